"""What kind of values a column holds, found without harming any of them.

A kind is given only where every value fits and turning it back would lose nothing:
a leading zero keeps a column text, and so does the name of a code or a telephone.
Missing values (empty, and ``-`` beside numbers or dates) fit every kind.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

TEXT, INTEGER, NUMBER, DATE, DATETIME, BOOLEAN = (
    "text",
    "integer",
    "number",
    "date",
    "datetime",
    "boolean",
)
MISSING = frozenset({"", "-", "－", "–", "NULL", "null", "N/A", "n/a", "NaN", "nan"})
WHOLE = re.compile(r"-?(?:0|[1-9]\d{0,17}|[1-9]\d{0,2}(?:,\d{3}){1,5})")
DECIMAL = re.compile(r"-?(?=[.\d])(?:0|[1-9]\d{0,14}|[1-9]\d{0,2}(?:,\d{3}){1,4})?(?:\.\d{1,17})?")
DAY = r"(\d{4})SEP(\d{1,2})SEP(\d{1,2})"
CLOCK = r"[ T](\d{1,2}):(\d{2})(?::(\d{2}))?(?:\.\d+)?"
DAYS = {
    "-": re.compile(DAY.replace("SEP", "-")),
    ".": re.compile(DAY.replace("SEP", r"\. ?") + r"\.?"),
    "/": re.compile(DAY.replace("SEP", "/")),
    "": re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})"),
}
MOMENTS = {mark: re.compile(days.pattern + CLOCK) for mark, days in DAYS.items() if mark}
YES_NO = (
    ("Y", "N"),
    ("YES", "NO"),
    ("TRUE", "FALSE"),
    ("예", "아니오"),
    ("예", "아니요"),
    ("O", "X"),
    ("유", "무"),
)
# Numbers that name something: nothing is counted with them.
NAMES_SOMETHING = re.compile(
    r"전화|팩스|휴대폰|연락처|우편|코드|phone|fax|zip|postcode|code\b", re.IGNORECASE
)
MAX_DISTINCT = 1000
EXAMPLE = 80

Reader = Callable[[str], Any]


def read_whole(value: str) -> int | None:
    """``1,234`` is 1234; ``007`` and twenty digits are ``None``."""
    return int(value.replace(",", "")) if WHOLE.fullmatch(value) else None


def read_number(value: str) -> float | None:
    return float(value.replace(",", "")) if DECIMAL.fullmatch(value) else None


def day_reader(mark: str) -> Reader:
    """Make a reader of dates whose parts ``mark`` stands between."""

    def read(value: str) -> date | None:
        found = DAYS[mark].fullmatch(value)
        try:
            return date(*map(int, found.groups())) if found else None
        except ValueError:
            return None

    return read


def moment_reader(mark: str) -> Reader:
    """Make a reader of dates with a time of day."""

    def read(value: str) -> datetime | None:
        found = MOMENTS[mark].fullmatch(value)
        if not found:
            return None
        year, month, day, hour, minute, second = (int(part or 0) for part in found.groups())
        try:
            return datetime(year, month, day, hour, minute, second)  # noqa: DTZ001  the files name no zone
        except ValueError:
            return None

    return read


def yes_no_reader(yes: str, no: str) -> Reader:
    known = {yes: True, no: False}
    return lambda value: known.get(value.upper())


# In the order of preference: where several fit, the first names the column.
READERS: dict[str, tuple[str, Reader]] = {
    **{f"{BOOLEAN}:{yes}/{no}": (BOOLEAN, yes_no_reader(yes, no)) for yes, no in YES_NO},
    **{f"{DATE}:{mark}": (DATE, day_reader(mark)) for mark in DAYS},
    **{f"{DATETIME}:{mark}": (DATETIME, moment_reader(mark)) for mark in MOMENTS},
    INTEGER: (INTEGER, read_whole),
    NUMBER: (NUMBER, read_number),
}


@dataclass
class Profile:
    """What is known of a column after the values seen so far."""

    name: str
    title: str = ""
    nulls: int = 0
    empty: int = 0
    example: str = ""
    distinct: set[str] | None = field(default_factory=set)
    ranges: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    possible: set[str] = field(default_factory=lambda: set(READERS))

    def __post_init__(self) -> None:
        if NAMES_SOMETHING.search(self.title or self.name):
            self.possible -= {INTEGER, NUMBER}

    def see(self, values: Sequence[str]) -> None:
        """Take in the values of a block of rows; each different one is looked at once."""
        different = set(values)
        gaps = different & MISSING
        self.nulls += sum(map(values.count, gaps))
        self.empty += values.count("")
        different -= MISSING
        self._count(different | (gaps - {""}))
        for key in self.possible & READERS.keys():
            self._try(key, different)

    def _count(self, different: Iterable[str]) -> None:
        if not self.example:
            self.example = min(different, default="")[:EXAMPLE]
        if self.distinct is not None:
            self.distinct.update(different)
            if len(self.distinct) > MAX_DISTINCT:
                self.distinct = None

    def _try(self, key: str, different: set[str]) -> None:
        """Strike ``key`` off unless it reads every value; widen its range by them."""
        read = READERS[key][1]
        found = []
        for value in different:
            one = read(value)
            if one is None:
                self.possible.discard(key)
                self.ranges.pop(key, None)
                return
            found.append(one)
        if found:
            low, high = self.ranges.get(key, (found[0], found[0]))
            self.ranges[key] = (min(low, *found), max(high, *found))

    @property
    def reading(self) -> str:
        """The key of the reader that fits, or ``""`` for text."""
        return next((key for key in READERS if key in self.possible and key in self.ranges), "")

    @property
    def kind(self) -> str:
        return READERS[self.reading][0] if self.reading else TEXT

    @property
    def missing(self) -> int:
        """Cells without a value: in a column of text only the empty ones."""
        return self.nulls if self.reading else self.empty

    @property
    def range(self) -> tuple[str, str]:
        """Lowest and highest value, as text; empty for text and for yes/no."""
        if not self.reading or self.kind == BOOLEAN:
            return "", ""
        low, high = self.ranges[self.reading]
        return _plain(low), _plain(high)

    def converter(self) -> Reader:
        """Make the function that turns a cell into its value; ``None`` where it is missing."""
        if not self.reading:
            return lambda value: value or None
        read = READERS[self.reading][1]
        return lambda value: None if value in MISSING else read(value)


def _plain(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:.12g}"
    return value.isoformat(" ") if isinstance(value, datetime) else str(value)
