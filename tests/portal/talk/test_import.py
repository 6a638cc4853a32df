"""Comments of another city's old system, taken over unharmed."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Max

from portal.talk.domain import comments, imports
from portal.talk.models import Comment
from tests.factories.portal import ProposalFactory
from tests.real_input import real_input

MADRID = ZoneInfo("Europe/Madrid")
SOURCE = "madrid"
HEAD = "id,parentId,proposalId,userId,date,time,text\n"


def test_an_import_keeps_pseudonym_time_and_parent_and_is_repeatable(proposal):
    moment = datetime(2015, 9, 15, 10, 50, tzinfo=MADRID)
    given = {"pseudonym": "vecino 3", "written_at": moment}
    root = comments.import_comment(proposal, source_id="1", text="Sí.", **given)
    answer = comments.import_comment(proposal, source_id="2", text="¿Y?", parent_id="1", **given)
    deep = answer
    for n in range(3, 6):
        deep = comments.import_comment(
            proposal, source_id=str(n), text="…", parent_id=str(n - 1), **given
        )
    again = comments.import_comment(proposal, source_id="1", text="Sí.", **given)

    assert again == root
    assert (answer.parent, answer.root, answer.level) == (root, root, 2)
    assert (deep.level, deep.root) == (3, root)
    assert (root.writer, root.created_at) == ("vecino 3", moment)
    assert Comment.objects.get(pk=root.pk).reply_count == 4


def test_an_absent_parent_makes_the_first_of_a_branch(proposal):
    comment = comments.import_comment(
        proposal,
        source_id="9",
        pseudonym="vecino",
        text="¿?",
        parent_id="8",
        written_at=datetime(2015, 9, 15, tzinfo=MADRID),
    )

    assert (comment.level, comment.parent) == (1, None)


def bring_in(*rows):
    """Take over comments under the proposals of ``SOURCE``: key, proposal, text, parent."""
    moment = datetime(2015, 9, 15, 10, 50, tzinfo=MADRID)
    said = [
        imports.Said(key=key, proposal=place, author="vecino", text=text, at=moment, parent=parent)
        for key, place, text, parent in rows
    ]
    return imports.bring_in(SOURCE, iter(said))


@pytest.fixture
def imported(proposal):
    proposal.imported_from.create(source=SOURCE, key="7", sha256="0" * 64)
    return proposal


def test_comments_go_under_their_proposals_once(imported):
    rows = [("1", "7", "Sí.", ""), ("2", "7", "¿Y?", "1"), ("3", "7", "…", "absent")]

    first, second = bring_in(*rows), bring_in(*rows)

    assert (first.taken, first.answers, first.orphans, first.harmed) == (3, 1, 1, [])
    assert (second.taken, second.known) == (0, 3)
    assert [c.proposal_id for c in Comment.objects.all()] == [imported.pk] * 3


def test_what_cannot_be_taken_over_is_named_with_its_reason(imported):
    talk = bring_in(
        ("1", "8", "¿?", ""),
        ("2", "7", "900101-1234568", ""),
        ("3", "7", "", ""),
        ("3", "7", "", ""),
    )

    assert (talk.read, talk.taken, talk.known) == (4, 1, 1)
    assert [key for key, _reason in talk.refused] == ["1", "2"]
    assert "was not imported" in next(talk.why_not())


def test_the_comments_of_decide_madrid_come_over_unharmed(db, capsys):
    path = real_input("02_participation_foreign/decide_madrid_2019_annotated/comments.csv")
    rows = list(imports.madrid(path))
    known = {row.key for row in rows}
    absent = [row for row in rows if row.parent and row.parent not in known]
    assert (len(rows), len(absent)) == (5633, 268)
    # A whole proposal with the deepest talk, and every comment whose parent is absent.
    chosen = [row for row in rows if row.proposal == rows[0].proposal]
    chosen += [row for row in absent if row not in chosen]
    for key in {row.proposal for row in chosen}:
        ProposalFactory().imported_from.create(source="madrid", key=key, sha256="0" * 64)

    talk = imports.bring_in("madrid", iter(chosen))

    assert (talk.taken, talk.orphans, talk.harmed) == (len(chosen), len(absent), [])
    kept = {c.source_id: (c.text, c.created_at) for c in Comment.objects.all()}
    assert kept == {row.key: (row.text, row.at) for row in chosen}
    assert Comment.objects.aggregate(deepest=Max("level"))["deepest"] == 3


def test_the_command_counts_and_names_a_file_of_another_form(imported, tmp_path, capsys):
    path = tmp_path / "comments.csv"
    path.write_text(HEAD + "1,-1,7,3,2015-09-15,0 days 10:50:19,Sí.\n", encoding="utf-8")
    call_command("import_comments", SOURCE, str(path))
    path.write_text(HEAD + "2,-1,7,3,yesterday,noon,Sí.\n", encoding="utf-8")

    with pytest.raises(CommandError, match=r"comments\.csv is not in the form"):
        call_command("import_comments", SOURCE, str(path))

    assert "1 read: 1 taken over (0 answers, 0 whose parent is absent)" in capsys.readouterr().out
    comment = Comment.objects.get()
    assert comment.created_at == datetime(2015, 9, 15, 10, 50, 19, tzinfo=MADRID)


@pytest.mark.parametrize("level", [1, 2, 3])
def test_a_level_names_its_parent(proposal, level):
    made = None
    for n in range(level):
        made = comments.import_comment(
            proposal,
            source_id=str(n),
            pseudonym="p",
            text="x",
            parent_id=str(n - 1) if n else "",
            written_at=datetime(2015, 9, 15, tzinfo=MADRID),
        )

    assert made.level == level
