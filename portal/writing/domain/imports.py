"""Proposals written elsewhere, brought in through the same door as a citizen's own.

Each is drafted and published by the domain functions that pages call. The text goes in as it
is; its hash is kept beside it, so that anyone can check that nothing was lost. The same text
a second time is not published again: its row points at the first (first received leads).
"""

import ast
import csv
import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from django.db import transaction

from portal.accounts.models import User
from portal.proposals.domain import proposals
from portal.proposals.models import Area, Channel, Proposal
from portal.refusals import Refused
from portal.writing.models import ImportedText

SEOUL = ZoneInfo("Asia/Seoul")
BATCH = 100
DOMAIN = "import.invalid"
LONGEST_TITLE = 200


@dataclass(frozen=True)
class Written:
    """One text of an earlier system."""

    key: str
    title: str
    text: str
    author: str = ""
    category: str = ""
    written_on: date | None = None
    agreed: int = 0

    @property
    def sha256(self) -> str:
        return text_hash(self.title, self.text)


@dataclass
class Outcome:
    """What became of a file: how many texts of each kind, and why some were refused."""

    published: int = 0
    known: int = 0
    duplicates: int = 0
    refused: list[tuple[str, str]] = field(default_factory=list)

    @property
    def read(self) -> int:
        return self.published + self.known + self.duplicates + len(self.refused)


def text_hash(title: str, text: str) -> str:
    """SHA-256 of title and text, hexadecimal; a line feed stands between them."""
    return hashlib.sha256(f"{title}\n{text}".encode()).hexdigest()


def bring_in(source: str, texts: Iterator[Written], *, area: Area) -> Outcome:
    """Publish every text of ``source`` once, in batches; each is a proposal in ``area``.

    Can be run again: what is known already is passed over.
    """
    outcome, batch = Outcome(), []
    for text in texts:
        batch.append(text)
        if len(batch) == BATCH:
            _bring_in_batch(source, batch, area, outcome)
            batch = []
    _bring_in_batch(source, batch, area, outcome)
    return outcome


@transaction.atomic
def _bring_in_batch(source: str, batch: list[Written], area: Area, outcome: Outcome) -> None:
    rows = ImportedText.objects.filter(source=source)
    known = set(rows.filter(key__in=[text.key for text in batch]).values_list("key", flat=True))
    hashes = [text.sha256 for text in batch]
    firsts = dict(
        rows.filter(sha256__in=hashes, is_duplicate=False).values_list("sha256", "proposal_id")
    )
    for text in batch:
        if text.key in known:
            outcome.known += 1
        elif text.sha256 in firsts:
            _remember(source, text, firsts[text.sha256], is_duplicate=True)
            outcome.duplicates += 1
        else:
            _publish(source, text, area, firsts, outcome)


def _publish(
    source: str, text: Written, area: Area, firsts: dict[str, int], outcome: Outcome
) -> None:
    author = _author(source, text.author)
    try:
        with transaction.atomic():
            proposal = _proposal(text, author, area)
    except Refused as refusal:
        outcome.refused.append((text.key, str(refusal)))
        return
    _remember(source, text, proposal.pk, is_duplicate=False)
    firsts[text.sha256] = proposal.pk
    outcome.published += 1


def _proposal(text: Written, author: User, area: Area) -> Proposal:
    written = {"title": text.title, "problem": text.text, "solution": "", "area": area}
    draft = proposals.draft(by=author, written=written)
    Proposal.objects.filter(pk=draft.pk).update(channel=Channel.IMPORT)
    draft.channel = Channel.IMPORT
    return proposals.publish(draft, by=author)


def _remember(source: str, text: Written, proposal: int, *, is_duplicate: bool) -> None:
    ImportedText.objects.create(
        source=source,
        key=text.key,
        proposal_id=proposal,
        is_duplicate=is_duplicate,
        sha256=text.sha256,
        written_on=text.written_on,
        category=text.category[:80],
        agreed=text.agreed,
    )


def _author(source: str, name: str) -> User:
    """The account that stands for somebody of the earlier system: it cannot sign in."""
    mark = hashlib.sha256(f"{source}\n{name}".encode()).hexdigest()[:24]
    user, is_new = User.objects.get_or_create(
        email=f"{mark}@{DOMAIN}", defaults={"name": name[:60], "is_active": False}
    )
    if is_new:
        user.set_unusable_password()
        user.save(update_fields=["password"])
    return user


# --- The forms in which earlier systems give their texts ---------------------------------


def cheongwadae(path: Path) -> Iterator[Written]:
    """National petitions, JSON lines: title, content, category, begin, num_agree, petition_idx."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            yield Written(
                key=str(row["petition_idx"]),
                title=row["title"],
                text=row["content"],
                category=row.get("category", ""),
                written_on=_day(row.get("begin", "")),
                agreed=int(row.get("num_agree") or 0),
            )


def gwanghwamun(path: Path) -> Iterator[Written]:
    """Proposals to government, TSV without a header; the last cell is a Python list of lines."""
    with path.open(encoding="utf-8", newline="") as lines:
        for number, line in enumerate(lines, start=1):
            field_name, _state, day, author, agreed, title, body = line.rstrip("\n").split("\t", 6)
            yield Written(
                key=str(number),
                title=title,
                text="\n".join(ast.literal_eval(body)),
                author=author,
                category=field_name,
                written_on=_day(day),
                agreed=int(agreed or 0),
            )


def madrid(path: Path) -> Iterator[Written]:
    """Decide Madrid, CSV with a header: code, title, summary, text, userId, date, numSupports."""
    with path.open(encoding="utf-8-sig", newline="") as rows:
        for row in csv.DictReader(rows):
            yield Written(
                key=row["code"],
                title=row["title"],
                text="\n\n".join(part for part in (row["summary"], row["text"]) if part),
                author=row["userId"],
                written_on=_day(row["date"]),
                agreed=int(float(row["numSupports"] or 0)),
            )


FORMATS: dict[str, Callable[[Path], Iterator[Written]]] = {
    "cheongwadae": cheongwadae,
    "gwanghwamun": gwanghwamun,
    "madrid": madrid,
}


def _day(text: str) -> date | None:
    try:
        return datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=SEOUL).date()
    except ValueError:
        return None
