"""Proposals of earlier systems: unharmed, once each, through the citizens' own door."""

import json

import pytest
from django.core.management import CommandError, call_command

from portal.audit.models import Act
from portal.notifications.models import Note
from portal.proposals.models import Area, Channel, Follow, Proposal
from portal.writing.domain import imports
from portal.writing.models import ImportedText
from tests.real_input import real_input

LONG_AGO = {"category": "행정", "begin": "2019-04-01", "end": "2019-05-01", "status": "청원종료"}


@pytest.fixture
def area(db):
    return Area.objects.get(code="housing-transport")


def petitions(path, *rows):
    lines = [
        json.dumps({**LONG_AGO, "petition_idx": n, "num_agree": 7, **row}, ensure_ascii=False)
        for n, row in enumerate(rows)
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_texts_are_published_as_they_are_with_an_act_each(area, tmp_path):
    text = "첫 줄\n\n  둘째 줄 <b>&amp;</b> \u200b 😀 "
    path = petitions(tmp_path / "a.jsonl", {"title": "가로등", "content": text})

    outcome = imports.bring_in("cheongwadae", imports.cheongwadae(path), area=area)

    proposal = Proposal.objects.get(title="가로등")
    assert (outcome.taken, outcome.duplicates) == (1, 0)
    assert proposal.problem == text
    assert proposal.channel == Channel.IMPORT
    assert proposal.reference
    assert Act.objects.about(f"proposals.proposal:{proposal.pk}").count() >= 1
    imported = ImportedText.objects.get()
    assert (imported.agreed, str(imported.written_on)) == (7, "2019-04-01")


def test_the_same_text_is_published_once_and_remembered_twice(area, tmp_path):
    same = {"title": "가로등", "content": "어둡습니다."}
    path = petitions(tmp_path / "a.jsonl", same, same, {**same, "title": "가로등 둘"})

    outcome = imports.bring_in("cheongwadae", imports.cheongwadae(path), area=area)

    assert (outcome.taken, outcome.duplicates) == (2, 1)
    first, second = ImportedText.objects.filter(key__in=["0", "1"]).order_by("key")
    assert first.proposal_id == second.proposal_id
    assert (first.is_duplicate, second.is_duplicate) == (False, True)


def test_a_key_that_a_file_gives_twice_is_taken_once(area):
    texts = [
        imports.Written("1", "가로등", "어둡습니다."),
        imports.Written("1", "보도", "좁습니다."),
    ]

    outcome = imports.bring_in("elsewhere", iter(texts), area=area)

    assert (outcome.taken, outcome.known, outcome.harmed) == (1, 1, [])


def test_nobody_is_told_of_what_strangers_wrote_elsewhere(area):
    imports.bring_in("elsewhere", iter([imports.Written("1", "가로등", "어둡습니다.")]), area=area)

    assert not Note.objects.exists()
    assert not Follow.objects.exists()


def test_the_number_of_a_resident_is_refused_by_name(area):
    texts = [imports.Written("1", "가로등", "제 번호는 900101-1234568 입니다.")]

    outcome = imports.bring_in("elsewhere", iter(texts), area=area)

    assert [key for key, _reason in outcome.refused] == ["1"]
    assert "resident registration number" in next(outcome.why_not())


def test_a_second_run_changes_nothing(area, tmp_path):
    path = petitions(tmp_path / "a.jsonl", {"title": "가로등", "content": "어둡습니다."})
    imports.bring_in("cheongwadae", imports.cheongwadae(path), area=area)

    again = imports.bring_in("cheongwadae", imports.cheongwadae(path), area=area)

    assert (again.taken, again.known) == (0, 1)
    assert ImportedText.objects.count() == 1


def test_an_empty_text_is_refused_by_name_and_the_rest_goes_in(area, tmp_path):
    path = petitions(
        tmp_path / "a.jsonl",
        {"title": "빈 글", "content": " "},
        {"title": "가로등", "content": "어둡습니다."},
    )

    outcome = imports.bring_in("cheongwadae", imports.cheongwadae(path), area=area)

    assert outcome.taken == 1
    assert [key for key, _reason in outcome.refused] == ["0"]


def test_the_page_says_where_a_text_comes_from(client, area, tmp_path):
    path = petitions(tmp_path / "a.jsonl", {"title": "가로등", "content": "어둡습니다."})
    imports.bring_in("cheongwadae", imports.cheongwadae(path), area=area)

    page = client.get(Proposal.objects.get(title="가로등").get_absolute_url()).text

    assert "comes from an earlier system" in page
    assert "7 people agreed there" in page
    assert "익명" in page
    assert "someone who has left" not in page
    assert "What should be done?" not in page


@pytest.mark.parametrize("content", ["not json", '{"title": 1}', "\ufffd"])
def test_a_file_of_another_form_is_named_not_half_read(area, tmp_path, content):
    path = tmp_path / "other.jsonl"
    path.write_text(content, encoding="utf-8")

    with pytest.raises(CommandError, match=r"other\.jsonl is not in the form"):
        call_command("import_proposals", "cheongwadae", str(path))
    with pytest.raises(CommandError, match="no file"):
        call_command("import_proposals", "cheongwadae", str(tmp_path / "absent"))


@pytest.mark.parametrize(
    ("form", "folder", "pattern"),
    [
        ("cheongwadae", "01_kr_petitions/cheongwadae", "*04.jsonl"),
        ("gwanghwamun", "01_kr_petitions/gwanghwamun1st", "*.tsv"),
        ("madrid", "02_participation_foreign/decide_madrid_2019_annotated", "proposals.csv"),
    ],
)
def test_real_texts_come_in_unharmed(area, form, folder, pattern):
    path = next(real_input(folder).glob(pattern))
    texts = list(imports.FORMATS[form](path))[:300]

    outcome = imports.bring_in(form, iter(texts), area=area)

    assert (outcome.read, outcome.harmed) == (len(texts), [])
    stored = {
        row.key: imports.text_hash(row.proposal.title, row.proposal.problem)
        for row in ImportedText.objects.filter(source=form).select_related("proposal")
    }
    refused = {key for key, _reason in outcome.refused}
    assert stored == {text.key: text.sha256 for text in texts if text.key not in refused}
