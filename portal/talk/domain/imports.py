"""Comments written elsewhere, taken over under the proposals that were imported before them."""

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from portal.importing import Outcome, in_batches
from portal.proposals.models import Proposal
from portal.refusals import Refused
from portal.talk.domain import comments
from portal.talk.models import Comment

MADRID = ZoneInfo("Europe/Madrid")
NONE = "-1"


@dataclass(frozen=True)
class Said:
    """One comment of an earlier system; ``proposal`` and ``parent`` are the numbers there."""

    key: str
    proposal: str
    author: str
    text: str
    at: datetime
    parent: str = ""


@dataclass
class Talk(Outcome):
    """What became of a file of comments: also how many answer, and how many lost their parent."""

    answers: int = 0
    orphans: int = 0


def bring_in(source: str, said: Iterator[Said]) -> Talk:
    """Take over every comment of ``source`` once, in batches, each under its proposal.

    Can be run again: what is here already is passed over. Parents come before their answers.
    What was taken is read back and compared with the file.
    """
    talk = Talk()
    for batch in in_batches(said):
        _bring_in_batch(source, batch, talk)
    return talk


@transaction.atomic
def _bring_in_batch(source: str, batch: list[Said], talk: Talk) -> None:
    places = _places(source, {one.proposal for one in batch})
    known = _known(places, batch)
    taken: dict[int, Said] = {}
    for one in batch:
        place = places.get(one.proposal)
        if place is None:
            reason = _("The proposal to which it belongs was not imported.")
            talk.refused.append((one.key, reason))
        elif (place.pk, one.key) in known:
            talk.known += 1
        else:
            known.add((place.pk, one.key))
            taken |= _taken(place, one, talk)
    talk.harmed += _harmed(taken)


def _places(source: str, keys: set[str]) -> dict[str, Proposal]:
    """The proposals as which the texts of ``source`` were imported, by their keys there."""
    found = Proposal.objects.filter(imported_from__source=source, imported_from__key__in=keys)
    numbers = dict(found.values_list("imported_from__key", "pk"))
    rows = Proposal.objects.in_bulk(numbers.values())
    return {key: rows[number] for key, number in numbers.items()}


def _known(places: dict[str, Proposal], batch: list[Said]) -> set[tuple[int, str]]:
    rows = Comment.objects.filter(
        proposal__in=places.values(), source_id__in=[one.key for one in batch]
    )
    return {(proposal, key or "") for proposal, key in rows.values_list("proposal_id", "source_id")}


def _taken(place: Proposal, one: Said, talk: Talk) -> dict[int, Said]:
    """Take one comment over and count it; nothing where it is refused."""
    try:
        comment = comments.import_comment(
            place,
            source_id=one.key,
            pseudonym=one.author,
            text=one.text,
            written_at=one.at,
            parent_id=one.parent,
        )
    except Refused as refusal:
        talk.refused.append((one.key, str(refusal)))
        return {}
    talk.taken += 1
    talk.answers += comment.parent_id is not None
    talk.orphans += bool(one.parent) and comment.parent_id is None
    return {comment.pk: one}


def _harmed(taken: dict[int, Said]) -> list[str]:
    """The keys of the comments that the database does not give back as the file had them."""
    rows = Comment.objects.filter(pk__in=taken).values_list("pk", "text", "created_at")
    same = {pk for pk, text, at in rows if (text, at) == (taken[pk].text, taken[pk].at)}
    return [one.key for pk, one in taken.items() if pk not in same]


# --- The forms in which earlier systems give their comments ------------------------------


def madrid(path: Path) -> Iterator[Said]:
    """Decide Madrid, CSV with a header: id, parentId, proposalId, userId, date, time, text."""
    with path.open(encoding="utf-8-sig", newline="") as rows:
        for row in csv.DictReader(rows):
            yield Said(
                key=row["id"],
                proposal=row["proposalId"],
                author=f"usuario {row['userId']}",
                text=row["text"],
                at=_moment(row["date"], row["time"]),
                parent="" if row["parentId"] == NONE else row["parentId"],
            )


FORMATS: dict[str, Callable[[Path], Iterator[Said]]] = {"madrid": madrid}


def _moment(day: str, span: str) -> datetime:
    """The moment of a day and the time since its midnight, as ``0 days 10:50:19``."""
    clock = datetime.strptime(span.rpartition(" ")[2], "%H:%M:%S")  # noqa: DTZ007  a span
    since = timedelta(hours=clock.hour, minutes=clock.minute, seconds=clock.second)
    return datetime.strptime(day, "%Y-%m-%d").replace(tzinfo=MADRID) + since
