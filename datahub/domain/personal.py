"""Signs of personal data in a table: numbers and addresses that belong to one person.

A resident registration number is never taken. A mobile number or an e-mail address may
be a public desk's, so an official looks and confirms. Findings name column and line and
show a masked sample, never the value. The numbers follow the pattern of the Personal
Information Protection Act's unique identifiers.
"""

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass

RESIDENT, MAYBE_RESIDENT, MOBILE, EMAIL = "resident", "maybe_resident", "mobile", "email"
HINT = re.compile(r"[0-9]{7}|01[016789]|@")
RESIDENT_NUMBER = re.compile(
    r"(?<![\d.])\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])([-\s]?)[1-8]\d{6}(?![\d.])"
)
MOBILE_NUMBER = re.compile(r"(?<![\d.])01[016789][-.\s]?(\d{3,4})[-.\s]?(\d{4})(?!\d)")
EMAIL_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")
WEIGHTS = (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5)
NAMED_SO = re.compile(r"주민|외국인등록|resident", re.IGNORECASE)


@dataclass(frozen=True)
class Finding:
    """A kind of personal data in a column: how many cells, the first line, a masked sample."""

    column: str
    kind: str
    line: int
    count: int
    sample: str

    def as_dict(self) -> dict[str, str | int]:
        return asdict(self)


class Watch:
    """Looks through the columns of one table, block by block."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, str], Finding] = {}

    def see(self, column: str, values: Sequence[str], lines: Sequence[int]) -> None:
        """Look at the cells of ``column`` and remember the first of each kind and how many."""
        for value in filter(HINT.search, dict.fromkeys(values)):
            if kind := kind_of(value, column):
                self._add(column, kind, lines[values.index(value)], values.count(value), value)

    def _add(self, column: str, kind: str, line: int, count: int, value: str) -> None:
        before = self._found.get((column, kind))
        self._found[column, kind] = Finding(
            column,
            kind,
            min(line, before.line) if before else line,
            count + (before.count if before else 0),
            before.sample if before else masked(value),
        )

    @property
    def findings(self) -> list[Finding]:
        return sorted(self._found.values(), key=lambda one: (one.line, one.column, one.kind))


def kind_of(value: str, column: str) -> str:
    """Name the kind of personal data in ``value``, or ``""``."""
    resident = RESIDENT_NUMBER.search(value)
    if resident:
        sure = resident[1] or NAMED_SO.search(column) or checks_out(resident[0])
        return RESIDENT if sure else MAYBE_RESIDENT
    mobile = MOBILE_NUMBER.search(value)
    if mobile and len(set(mobile[1] + mobile[2])) > 1:
        return MOBILE
    return EMAIL if EMAIL_ADDRESS.search(value) else ""


def checks_out(number: str) -> bool:
    """Whether the last digit is the check digit of the others (numbers until October 2020)."""
    digits = [int(c) for c in number if c.isdigit()]
    total = sum(weight * digit for weight, digit in zip(WEIGHTS, digits, strict=False))
    return (11 - total % 11) % 10 == digits[12]


def masked(value: str) -> str:
    """Keep the first three characters of a value and stars in place of the others."""
    return value[:3] + "*" * min(8, max(0, len(value) - 3))
