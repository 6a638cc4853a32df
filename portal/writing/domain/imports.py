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
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from django.contrib.auth.hashers import make_password
from django.db import transaction

from portal.accounts.models import User
from portal.audit import actors
from portal.importing import Outcome, in_batches
from portal.proposals.domain import proposals
from portal.proposals.models import Area, Channel, Proposal
from portal.refusals import Refused
from portal.writing.models import ImportedText

SEOUL = ZoneInfo("Asia/Seoul")
DOMAIN = "import.invalid"
LONGEST_TITLE = 200
# Who stands over a text whose file names nobody: they have not left, they were never named.
NAMELESS = "익명"


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


def text_hash(title: str, text: str) -> str:
    """SHA-256 of title and text, hexadecimal; a line feed stands between them."""
    return hashlib.sha256(f"{title}\n{text}".encode()).hexdigest()


def bring_in(source: str, texts: Iterator[Written], *, area: Area) -> Outcome:
    """Publish every text of ``source`` once, in batches; each is a proposal in ``area``.

    Can be run again: what is known already is passed over. What was published is read back
    and compared with the file.
    """
    outcome = Outcome()
    for batch in in_batches(texts):
        _bring_in_batch(source, batch, area, outcome)
    return outcome


@transaction.atomic
def _bring_in_batch(source: str, batch: list[Written], area: Area, outcome: Outcome) -> None:
    known, firsts = _met(source, batch)
    authors = _authors(source, {text.author for text in batch if text.key not in known})
    rows = []
    for text in batch:
        if text.key in known:
            outcome.known += 1
            continue
        known.add(text.key)
        is_duplicate = text.sha256 in firsts
        proposal = firsts.get(text.sha256) or _published(text, authors[text.author], area, outcome)
        if proposal:
            firsts[text.sha256] = proposal
            rows.append(_row(source, text, proposal, is_duplicate=is_duplicate))
    ImportedText.objects.bulk_create(rows)
    outcome.taken += sum(not row.is_duplicate for row in rows)
    outcome.duplicates += sum(row.is_duplicate for row in rows)
    outcome.harmed += _harmed([row for row in rows if not row.is_duplicate])


def _met(source: str, batch: list[Written]) -> tuple[set[str], dict[str, int]]:
    """The keys of ``batch`` that are known, and the proposals of its texts by their hashes."""
    rows = ImportedText.objects.filter(source=source)
    known = rows.filter(key__in=[text.key for text in batch]).values_list("key", flat=True)
    firsts = rows.filter(sha256__in=[text.sha256 for text in batch], is_duplicate=False)
    return set(known), dict(firsts.values_list("sha256", "proposal_id"))


def _published(text: Written, author: User, area: Area, outcome: Outcome) -> int | None:
    """Draft and publish a text; the proposal's number, or nothing where it was refused."""
    written = {"title": text.title, "problem": text.text, "solution": "", "area": area}
    try:
        with transaction.atomic():
            draft = proposals.draft(by=author, written=written, channel=Channel.IMPORT)
            return proposals.publish(draft, by=author).pk
    except Refused as refusal:
        outcome.refused.append((text.key, str(refusal)))
        return None


def _row(source: str, text: Written, proposal: int, *, is_duplicate: bool) -> ImportedText:
    return ImportedText(
        source=source,
        key=text.key,
        proposal_id=proposal,
        is_duplicate=is_duplicate,
        sha256=text.sha256,
        written_on=text.written_on,
        category=text.category[:80],
        agreed=text.agreed,
    )


def _harmed(rows: list[ImportedText]) -> list[str]:
    """The keys of the texts that the database does not give back as the file had them."""
    stored = Proposal.objects.filter(pk__in=[row.proposal_id for row in rows])
    hashes = {
        pk: text_hash(title, problem)
        for pk, title, problem in stored.values_list("pk", "title", "problem")
    }
    return [row.key for row in rows if hashes[row.proposal_id] != row.sha256]


def _authors(source: str, names: set[str]) -> dict[str, User]:
    """The accounts that stand for people of the earlier system: they cannot sign in."""
    addresses = {name: _address(source, name) for name in names}
    accounts = User.objects.filter(email__in=addresses.values())
    known = set(accounts.values_list("email", flat=True))
    User.objects.bulk_create(
        User(
            email=address,
            name=name[:60] or NAMELESS,
            shows_name=not name,
            is_active=False,
            password=make_password(None),
        )
        for name, address in addresses.items()
        if address not in known
    )
    actors.keys_of(accounts.values_list("pk", flat=True))
    found = {account.email: account for account in accounts.select_related("person_key")}
    return {name: found[address] for name, address in addresses.items()}


def _address(source: str, name: str) -> str:
    mark = hashlib.sha256(f"{source}\n{name}".encode()).hexdigest()[:24]
    return f"{mark}@{DOMAIN}"


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
    """Decide Madrid, CSV with a header: id, title, summary, text, userId, date, numSupports."""
    with path.open(encoding="utf-8-sig", newline="") as rows:
        for row in csv.DictReader(rows):
            yield Written(
                key=row["id"],
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
