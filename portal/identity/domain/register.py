"""The city's register of residents, read from a CSV file and kept as keyed hashes alone."""

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.audit.domain import log
from portal.identity.domain import districts, hashes
from portal.identity.domain.hashes import Facts
from portal.identity.models import RegisterEntry, RegisterLoad
from portal.refusals import Refused

COLUMNS = {
    "name": ("name", "이름", "성명"),
    "birth_date": ("birth_date", "birthdate", "생년월일"),
    "district": ("district", "구", "행정구", "지역"),
}
MOST_NAMED = 20
MANY = 2_000
DAY_DIGITS = 8


class BadLine(NamedTuple):
    """A line that was not taken, and why."""

    number: int
    why: str


class Reading(NamedTuple):
    """How reading a register went."""

    load: RegisterLoad
    bad: list[BadLine]


@transaction.atomic
def load(content: bytes, *, by: User, replaces: bool) -> Reading:
    """Read ``content`` (CSV, UTF-8 or CP949) into keyed hashes.

    Lines that cannot be read are reported and do not stop the others. With ``replaces``, who
    is not in this file is no longer in the register.

    Raises ``Refused`` for a file without the three columns, without one good line, or with
    anything that looks like a resident registration number: such a file is not taken at all.
    """
    text = _decoded(content)
    if hashes.RESIDENT_NUMBER.search(text):
        raise Refused(
            _("The file holds resident registration numbers. Take them out: they are never kept.")
        )
    made = RegisterLoad.objects.create(by=by)
    bad: list[BadLine] = []
    _keep(_hashes(_rows(text), bad), made)
    if not made.taken:
        raise Refused(_("No line of the file could be read. Check the columns and dates."))
    if replaces:
        RegisterLoad.objects.exclude(pk=made.pk).delete()
    made.refused = len(bad)
    made.save(update_fields=["taken", "refused"])
    log.record("loaded", made, by=by, taken=made.taken, refused=made.refused)
    return Reading(made, bad[:MOST_NAMED])


def _decoded(content: bytes) -> str:
    for encoding in ("utf-8-sig", "cp949"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refused(_("The file is neither UTF-8 nor CP949. Save it again as CSV UTF-8."))


def _rows(text: str) -> Iterator[tuple[int, str, str, str]]:
    """Line number, name, birth date and district of each line as they were written."""
    reader = csv.reader(io.StringIO(text, newline=""))
    heads = [head.strip().casefold() for head in next(reader, [])]
    found = (
        next((at for at, head in enumerate(heads) if head in known), None)
        for known in COLUMNS.values()
    )
    places = [at for at in found if at is not None]
    if len(places) < len(COLUMNS):
        raise Refused(_("The first line must name three columns: name, birth_date, district."))
    for row in reader:
        if any(cell.strip() for cell in row):
            name, born, district = (row[at] if at < len(row) else "" for at in places)
            yield reader.line_num, name, born, district


def _hashes(rows: Iterable[tuple[int, str, str, str]], bad: list[BadLine]) -> Iterator[bytes]:
    for number, name, born, district in rows:
        try:
            yield hashes.person(facts_of(name, born, district))
        except Refused as refusal:
            bad.append(BadLine(number, str(refusal)))


def facts_of(name: str, born: str, district: str) -> Facts:
    """Read a person's facts as they stand in a file or on paper.

    Raises ``Refused`` with a sentence for what cannot be read.
    """
    if not name.strip():
        raise Refused(_("The name is missing."))
    code = districts.code_of(district)
    if code is None:
        raise Refused(_("The district “{district}” is not known.").format(district=district[:40]))
    return Facts(name, birth_date(born), code)


def birth_date(written: str) -> date:
    """A date written as 1980-01-02, 1980.1.2., 19800102 or 1980년 1월 2일. Raises ``Refused``."""
    parts = "".join(c if c.isdigit() else " " for c in written).split()
    if len(parts) == 1 and len(parts[0]) == DAY_DIGITS:
        digits = parts[0]
        parts = [digits[:4], digits[4:6], digits[6:]]
    try:
        year, month, day = map(int, parts)
        found = date(year, month, day)
    except ValueError:
        found = date.max
    if not date(1900, 1, 1) <= found <= date.today():  # noqa: DTZ011  a day of a life, not of a zone
        raise Refused(
            _("The birth date “{date}” cannot be read. Write it like 1980-01-02.").format(
                date=written[:20]
            )
        )
    return found


def _keep(found: Iterable[bytes], made: RegisterLoad) -> None:
    """Write the hashes; somebody who was there already belongs to this load from now on."""
    for many in batched_unique(found):
        entries = [RegisterEntry(person_hash=one, load=made) for one in many]
        RegisterEntry.objects.bulk_create(
            entries, update_conflicts=True, unique_fields=["person_hash"], update_fields=["load"]
        )
        made.taken += len(entries)


def batched_unique(found: Iterable[bytes]) -> Iterator[set[bytes]]:
    """The hashes in portions in which none stands twice."""
    portion: set[bytes] = set()
    for one in found:
        portion.add(one)
        if len(portion) >= MANY:
            yield portion
            portion = set()
    if portion:
        yield portion
