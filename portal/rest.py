"""The few habits that all API endpoints share."""

import codecs
import json
import math
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from django.core import signing
from django.core.exceptions import ValidationError
from django.forms import IntegerField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django_filters.fields import IsoDateTimeField
from django_filters.filters import IsoDateTimeFilter, NumberFilter
from rest_framework.exceptions import NotFound, ParseError
from rest_framework.fields import CharField, empty
from rest_framework.pagination import Cursor, CursorPagination
from rest_framework.parsers import JSONParser, get_encoding  # type: ignore[attr-defined]
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.utils.urls import replace_query_param

from portal.typed import plain


class ReadOnlyUnlessAllowed(BasePermission):
    """Reading is for everyone; whoever writes must have signed in, and the view asks the rules."""

    message = _lazy("Please sign in first.")

    def has_permission(self, request: Any, view: Any) -> bool:
        return request.method in SAFE_METHODS or bool(
            request.user and request.user.is_authenticated
        )


class ShallowJSONParser(JSONParser):
    """Reads JSON; what is nested deeper than the reader can follow cannot be read."""

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Any = None) -> Any:
        reader = codecs.getreader(get_encoding(parser_context or {}))
        try:
            return read_json(reader(stream).read())
        except (ValueError, RecursionError) as error:
            raise ParseError(_why_unreadable(error)) from error


def read_json(text: str | bytes) -> Any:
    """Read JSON whose numbers are numbers.

    Raises ``ValueError`` for what is no JSON, for NaN, and for a number too large to be one;
    ``RecursionError`` where it is nested too deeply.
    """
    return json.loads(text, parse_float=_finite, parse_constant=_finite)


def _finite(written: str) -> float:
    number = float(written)
    if not math.isfinite(number):
        raise ValueError(written)
    return number


def _why_unreadable(error: Exception) -> str:
    if isinstance(error, RecursionError):
        return _("The JSON is nested too deeply.")
    if isinstance(error, json.JSONDecodeError):
        sentence = _("This cannot be read as JSON: look at line {line}, character {column}.")
        return sentence.format(line=error.lineno, column=error.colno)
    if isinstance(error, UnicodeDecodeError):
        return _("This cannot be read as text: send it as UTF-8.")
    return _("NaN, Infinity and numbers as large as that cannot be taken.")


class PlainTextField(CharField):
    """Text as a form of the pages takes it: empty where a reader would see nothing."""

    default_error_messages = {"invalid": _lazy("This must be text, in quotation marks.")}

    def run_validation(self, data: Any = empty) -> Any:
        return super().run_validation(plain(data) if isinstance(data, str) else data)

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("invalid")
        return super().to_internal_value(data)


class KeysetPagination(CursorPagination):
    """Pages by position, not by number: as fast at depth as at the top.

    A cursor is signed for its list and order: none but those made here reach the database.
    """

    ordering: str | tuple[str, ...] = "-pk"
    page_size_query_param = "page_size"
    max_page_size = 100

    def encode_cursor(self, cursor: Cursor) -> str:
        signed = signing.dumps(list(cursor), salt=self._salt())
        return replace_query_param(self.base_url or "", self.cursor_query_param, signed)

    def decode_cursor(self, request: Any) -> Cursor | None:
        given = request.query_params.get(self.cursor_query_param)
        if not given:
            return None
        try:
            return Cursor(*signing.loads(given, salt=self._salt()))
        except signing.BadSignature as error:
            raise NotFound(self.invalid_cursor_message) from error

    def _salt(self) -> str:
        return f"api:{urlsplit(self.base_url or '').path}:{','.join(self.ordering)}"


class MomentField(IsoDateTimeField):
    """A moment as ISO 8601 writes it; the database knows fewer offsets from UTC than Python."""

    def clean(self, value: Any) -> datetime | None:
        moment = super().clean(value)
        try:
            return moment and moment.astimezone(UTC)
        except OverflowError as error:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from error


class WholeNumberFilter(NumberFilter):
    """A number such as a record's own: what has a fraction names none."""

    field_class = IntegerField


class MomentFilter(IsoDateTimeFilter):
    field_class = MomentField
