"""The search language that CKAN's clients use, turned into a condition.

Bare words, "phrases", ``field:value``, ``-field:value``, ``field:(a OR b)``, ``AND``,
``OR``, ``NOT`` and ``field:[from TO until]``. An unknown field is refused and never passed
over: a harvester would otherwise fetch what it wanted to leave out.
"""

import re
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import reduce
from operator import and_, or_
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime

from datahub.domain.ckan.errors import QueryError
from datahub.domain.ckan.packages import key_of
from portal.accounts.models import Department

MAX_LENGTH = 2000
MAX_DEPTH = 20
ANYTHING = Q()
NOTHING = Q(pk__in=[])
TOKEN = re.compile(
    r"""\s*(?:
        (?P<sign>[+\-!](?=\S)) | (?P<open>\() | (?P<close>\))
      | (?P<all>\*:\*) | (?P<field>[A-Za-z_]+):
      | (?P<range>[\[{][^\]}]*[\]}]) | (?P<phrase>"(?:\\.|[^"\\])*")
      | (?P<word>[^\s()"]+)
    )""",
    re.VERBOSE,
)
RANGE = re.compile(r"[\[{]\s*(\S+)\s+TO\s+(\S+?)\s*[\]}]")


@dataclass(frozen=True)
class Token:
    kind: str
    text: str


def parse(text: str) -> Q:
    """Turn the words of ``q`` or ``fq`` into a condition on datasets. Raises ``QueryError``."""
    if len(text) > MAX_LENGTH or "\0" in text:
        raise QueryError("The query is too long or holds characters that are no text")
    parser = _Parser(_tokens(text))
    condition = parser.either("", 0)
    if parser.rest:
        raise QueryError(f"Cannot read the query at: {parser.rest[0].text}")
    return condition


def _tokens(text: str) -> list[Token]:
    tokens, place = [], 0
    text = text.rstrip()
    while place < len(text):
        match = TOKEN.match(text, place)
        if not match or not match.lastgroup:
            raise QueryError(f"Cannot read the query at: {text[place : place + 30]}")
        tokens.append(Token(match.lastgroup, match[match.lastgroup]))
        place = match.end()
    return tokens


class _Parser:
    """Reads tokens by descent: ``either`` (OR) of ``both`` (AND) of single terms."""

    def __init__(self, tokens: list[Token]) -> None:
        self.rest = tokens

    def either(self, field: str, depth: int) -> Q:
        parts = [self.both(field, depth)]
        while self._take_word("OR", "||"):
            parts.append(self.both(field, depth))
        return reduce(or_, parts)

    def both(self, field: str, depth: int) -> Q:
        parts = [ANYTHING]
        while self.rest and not self._at_end():
            if not self._take_word("AND", "&&"):
                parts.append(self.term(field, depth))
        return reduce(and_, parts)

    def term(self, field: str, depth: int) -> Q:
        if not self.rest or depth > MAX_DEPTH:
            raise QueryError("The query ends too early, or has too many brackets and signs")
        token = self.rest.pop(0)
        if token.kind == "sign" or token == Token("word", "NOT"):
            inner = self.term(field, depth + 1)
            return inner if token.text == "+" else ~inner
        if token.kind == "field":
            return self.term(token.text, depth + 1)
        if token.kind == "open":
            return self.bracket(field, depth + 1)
        return ANYTHING if token.kind == "all" else leaf(field, token)

    def bracket(self, field: str, depth: int) -> Q:
        inner = self.either(field, depth)
        if not self.rest or self.rest.pop(0).kind != "close":
            raise QueryError("A bracket is not closed")
        return inner

    def _at_end(self) -> bool:
        token = self.rest[0]
        return token.kind == "close" or (token.kind == "word" and token.text in {"OR", "||"})

    def _take_word(self, *words: str) -> bool:
        if self.rest and self.rest[0].kind == "word" and self.rest[0].text in words:
            self.rest.pop(0)
            return True
        return False


def leaf(field: str, token: Token) -> Q:
    """One value of one field."""
    value = token.text
    if token.kind == "phrase":
        value = re.sub(r"\\(.)", r"\1", value[1:-1])
    if not field:
        return _in_text(value)
    if field not in FIELDS:
        raise QueryError(f"Unknown field: {field}")
    return ANYTHING if value == "*" else FIELDS[field](value)


def _in_text(value: str) -> Q:
    word = value.strip("*")
    return Q(search_text__contains=word.lower()) | Q(keywords__contains=[word])


def _is(column: str) -> Callable[[str], Q]:
    def condition(value: str) -> Q:
        if value.endswith("*"):
            return Q(**{f"{column}__startswith": value[:-1]})
        return Q(**{column: value})

    return condition


def _holds(*columns: str) -> Callable[[str], Q]:
    return lambda value: reduce(
        or_, [Q(**{f"{column}__icontains": value.strip("*")}) for column in columns]
    )


def _owner(value: str) -> Q:
    codes = Department.objects.values_list("code", flat=True)
    return Q(
        publisher__code__in=[c for c in codes if key_of("department", c) == value or c == value]
    )


def _identifier(value: str) -> Q:
    try:
        return Q(uuid=uuid.UUID(value))
    except ValueError:
        return NOTHING


def _always(*values: str) -> Callable[[str], Q]:
    return lambda value: ANYTHING if value.lower() in values else NOTHING


def _between(column: str) -> Callable[[str], Q]:
    def condition(value: str) -> Q:
        match = RANGE.fullmatch(value)
        if not match:
            raise QueryError(f"Give a range, for example [2026-01-01T00:00:00Z TO *]: {value}")
        low, high = (_moment(part) for part in match.groups())
        found = Q()
        if low:
            found &= Q(**{f"{column}__gte": low})
        if high:
            found &= Q(**{f"{column}__lte": high})
        return found

    return condition


def _moment(text: str) -> datetime | None:
    """Read a moment in UTC; ``*`` is none and ``NOW`` is now."""
    if text in {"*", "NOW"}:
        return None if text == "*" else timezone.now()
    moment: Any = None
    try:
        day = None if "T" in text else parse_date(text)
        moment = datetime(day.year, day.month, day.day, tzinfo=UTC) if day else parse_datetime(text)
    except ValueError:
        pass
    if moment is None:
        raise QueryError(f"Cannot read the moment: {text}")
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


FIELDS: dict[str, Callable[[str], Q]] = {
    "organization": _is("publisher__code"),
    "owner_org": _owner,
    "groups": _is("theme__code"),
    "tags": lambda value: Q(keywords__contains=[value]),
    "res_format": _always("csv"),
    "license_id": _is("licence__code"),
    "name": _is("name"),
    "id": _identifier,
    "title": _holds("title_ko", "title_en"),
    "notes": _holds("notes_ko", "notes_en"),
    "text": _in_text,
    "type": _always("dataset"),
    "dataset_type": _always("dataset"),
    "state": _always("active"),
    "private": _always("false"),
    "capacity": _always("public"),
    "metadata_modified": _between("modified_at"),
    "metadata_created": _between("created_at"),
}
