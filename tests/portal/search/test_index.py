"""What gets into the index, and what leaves it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from portal.accounts.models import User
from portal.search import tasks
from portal.search.domain import index
from portal.search.models import Document
from portal.search.text import codes
from tests.portal.search.conftest import SOURCE


def titles():
    return set(Document.objects.values_list("title", flat=True))


def test_reindex_writes_a_document_for_each_public_thing(thing):
    made = thing("공유 주차장", "골목길에 확대")

    assert index.reindex_changed() == 1

    document = Document.objects.get()
    assert (document.kind, document.object_id) == ("proposal", str(made.pk))
    assert (document.title, document.body) == ("공유 주차장", "골목길에 확대")
    assert document.url == f"/things/{made.pk}/"
    assert document.updated_at == made.date_joined
    assert "'골목길'" in document.m
    assert document.title_pairs == codes("공유 주차장")
    assert document.entry.pairs == codes("공유 주차장", "골목길에 확대")
    assert (document.entry.thing, document.entry.cell.key) == (made.pk, ["a"])


def test_reindex_again_writes_nothing(indexed):
    indexed("하나", "둘")

    assert index.reindex_changed() == 0


def test_reindex_reads_a_changed_thing_again(indexed):
    [made] = indexed("옛 제목")
    User.objects.filter(pk=made.pk).update(name="새 제목", date_joined=timezone.now())

    assert index.reindex_changed() == 1
    assert titles() == {"새 제목"}


def test_reindex_takes_out_what_is_no_longer_public(indexed):
    made, _ = indexed("감춘 글", "남은 글")
    User.objects.filter(pk=made.pk).update(is_active=False, date_joined=timezone.now())

    assert index.reindex_changed() == 1
    assert titles() == {"남은 글"}


def test_reindex_finds_a_thing_that_was_saved_late(indexed, thing):
    indexed("먼저 저장된 글")
    made = thing("늦게 저장된 글")
    User.objects.filter(pk=made.pk).update(date_joined=timezone.now() - timedelta(minutes=2))

    assert index.reindex_changed() == 1
    assert titles() == {"먼저 저장된 글", "늦게 저장된 글"}


def test_reindex_works_in_bounded_batches(thing, monkeypatch):
    monkeypatch.setattr(index, "BATCH", 2)
    monkeypatch.setattr(index, "MOST_BATCHES", 2)
    for number in range(5):
        thing(f"글 {number}", days=number)

    assert [index.reindex_changed() for _ in range(3)] == [4, 1, 0]


def test_the_nightly_round_heals_what_the_marks_missed(indexed, thing):
    made, _ = indexed("조용히 지운 글", "남은 글")
    User.objects.filter(pk=made.pk).delete()
    thing("오래된 글", days=900)
    Document.objects.create(
        kind="gone",
        object_id="1",
        title="없어진 종류",
        created_at=made.date_joined,
        updated_at=made.date_joined,
        m="",
    )
    assert index.reindex_changed() == 0

    changed = index.reindex_everything()

    assert changed == 3
    assert titles() == {"남은 글", "오래된 글"}


def test_a_change_dated_in_the_future_does_not_stop_the_index(indexed):
    made, _ = indexed("앞선 글", "다른 글")
    User.objects.filter(pk=made.pk).update(date_joined=timezone.now() + timedelta(days=9))
    index.reindex_changed()

    indexed("다음 글")

    assert titles() == {"앞선 글", "다른 글", "다음 글"}


def test_a_second_indexer_steps_back(own_database, thing):
    thing("글")
    other = own_database.connect()
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [index.ONE_INDEXER])

    assert index.reindex_changed() == 0
    other.rollback()
    assert index.reindex_changed() == 1
    other.close()


@pytest.mark.parametrize("text", ["\x00", "'\\ & | !", "😀" * 50, "가" * 30_000, "a" * 30_000, ""])
def test_any_text_can_be_indexed(thing, text):
    thing("글", text)

    assert index.reindex_changed() == 1


def test_every_source_is_read(indexed, sources):
    sources.add(replace(SOURCE, key="dataset"))

    indexed("글")

    assert set(Document.objects.values_list("kind", flat=True)) == {"proposal", "dataset"}


def test_the_tasks_run_the_rounds(thing):
    thing("글")

    assert tasks.reindex_changed() == 1
    assert tasks.reindex_everything() == 0


def test_separate_letters_are_stored_composed(thing):
    thing("\u1112\u1161\u11b7\u1101\u1166")
    index.reindex_changed()

    assert titles() == {"함께"}
