"""Comments of another city's old system, taken over unharmed."""

import csv
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from portal.talk.domain import comments
from portal.talk.models import Comment
from tests.factories.portal import ProposalFactory
from tests.real_input import real_input

MADRID = ZoneInfo("Europe/Madrid")


def written_at(row):
    clock = row["time"].removeprefix("0 days ")
    return datetime.fromisoformat(f"{row['date']} {clock}").replace(tzinfo=MADRID)


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


def test_the_comments_of_decide_madrid_come_over_unharmed(db):
    path = real_input("02_participation_foreign/decide_madrid_2019_annotated/comments.csv")
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    known = {row["id"] for row in rows}
    absent = [r for r in rows if r["parentId"] != "-1" and r["parentId"] not in known]
    assert (len(rows), len(absent)) == (5633, 268)
    # A whole proposal with the deepest talk, and every comment whose parent is absent.
    chosen = [r for r in rows if r["proposalId"] == rows[0]["proposalId"]]
    chosen += [r for r in absent if r not in chosen]
    proposals = {key: ProposalFactory() for key in {r["proposalId"] for r in chosen}}

    for row in chosen:
        comments.import_comment(
            proposals[row["proposalId"]],
            source_id=row["id"],
            pseudonym=f"usuario {row['userId']}",
            text=row["text"],
            written_at=written_at(row),
            parent_id="" if row["parentId"] == "-1" else row["parentId"],
        )

    kept = {c.source_id: c for c in Comment.objects.all()}
    assert len(kept) == len(chosen)
    assert {key: c.text for key, c in kept.items()} == {r["id"]: r["text"] for r in chosen}
    assert all(kept[r["id"]].created_at == written_at(r) for r in chosen)
    assert all(c.created_at.utcoffset() == timedelta(0) for c in kept.values())
    assert max(c.level for c in kept.values()) == 3


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
