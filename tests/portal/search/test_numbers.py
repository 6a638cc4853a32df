"""Numbers of what matches, per cell: those that are kept are those that counting gives."""

import random
from collections import Counter

import pytest
from django.utils import timezone

from portal.accounts.models import User
from portal.search.domain import index, numbers, probe
from portal.search.domain.matches import matching
from portal.search.models import CommonWord, WordCount
from portal.search.terms import parse
from tests.portal.search.conftest import CELLS


@pytest.fixture
def common(monkeypatch):
    """Let words of three things be common."""
    monkeypatch.setattr(numbers, "COMMON", 3)
    monkeypatch.setattr(
        probe, "common_terms", lambda *_names: {"주차장": 0.5, "주차": 0.5, "물": 1}
    )
    monkeypatch.setattr(probe, "documents", lambda: 100)


def change(thing, name):
    User.objects.filter(pk=thing.pk).update(name=name, date_joined=timezone.now())


def test_numbers_are_counted_per_cell(thing):
    for cell in ("a", "a", "b"):
        CELLS[thing("공유 주차장").pk] = (cell,)
    thing("주차 차장")
    index.reindex_changed()

    assert matching("주차장", kind="proposal").numbers() == {("a",): 2, ("b",): 1}


def test_numbers_keep_to_a_period(thing):
    CELLS[thing("주차장", days=9).pk] = ("a",)
    CELLS[thing("주차장").pk] = ("a",)
    index.reindex_changed()
    day = timezone.now() - timezone.timedelta(days=1)

    assert matching("주차장", kind="proposal").numbers(since=day) == {("a",): 1}
    assert matching("주차장", kind="proposal").numbers(until=day) == {("a",): 1}


def test_only_what_enough_things_hold_is_common(indexed, common):
    indexed("주차장 하나", "주차장 둘", "주차 셋", "물 하나", "물 둘", "물 셋")

    assert index.count_words() == 1
    assert CommonWord.objects.get().word == "주차"


def test_kept_numbers_follow_every_change(thing, common, django_assert_num_queries):
    chance = random.Random(5)
    things = [thing(f"주차장 {n}") for n in range(6)]
    for n, made in enumerate(things):
        CELLS[made.pk] = ("ab"[n % 2],)
    index.reindex_changed()
    assert index.count_words() == 2
    for _time in range(12):
        made = chance.choice(things)
        CELLS[made.pk] = (chance.choice("abc"),)
        change(made, chance.choice(["주차장 앞", "주차 안내", "도서관"]))
        index.reindex_changed()
    index.forget("proposal", [things[0].pk])

    for word in ("주차장", "주차"):
        assert CommonWord.objects.filter(word=word).exists()
        kept = matching(word, kind="proposal").numbers()
        assert kept == {k: n for k, n in counted(word).items() if n}
        with django_assert_num_queries(3):
            numbers.per_cell(parse(word), "proposal")


def counted(word):
    """Count the documents anew that hold the word."""
    found = Counter()
    for made in User.objects.filter(name__contains=word):
        if index.Document.objects.filter(object_id=made.pk).exists():
            found[CELLS[made.pk]] += 1
    return found


def test_words_are_counted_anew_every_night(indexed, common):
    indexed("주차장 하나", "주차장 둘", "주차장 셋")
    index.count_words()
    WordCount.objects.update(n=99)

    index.count_words()

    assert matching("주차장", kind="proposal").numbers() == {("a",): 3}
