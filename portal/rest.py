"""The few habits that all API endpoints share."""

from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django_filters.fields import IsoDateTimeField
from django_filters.filters import IsoDateTimeFilter
from rest_framework.exceptions import NotFound, ParseError
from rest_framework.fields import CharField, empty
from rest_framework.pagination import Cursor, CursorPagination
from rest_framework.parsers import JSONParser
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.utils.urls import replace_query_param

from portal.typed import plain


class ReadOnlyUnlessAllowed(BasePermission):
    """Reading is for everyone; whoever writes must have signed in, and the view asks the rules."""

    message = _("Please sign in first.")

    def has_permission(self, request: Any, view: Any) -> bool:
        return request.method in SAFE_METHODS or bool(
            request.user and request.user.is_authenticated
        )


class ShallowJSONParser(JSONParser):
    """Reads JSON; what is nested deeper than the reader can follow cannot be read."""

    def parse(self, *args: Any, **kwargs: Any) -> Any:
        try:
            return super().parse(*args, **kwargs)
        except RecursionError as error:
            raise ParseError(_("The JSON is nested too deeply.")) from error


class PlainTextField(CharField):
    """Text as a form of the pages takes it: empty where a reader would see nothing."""

    def run_validation(self, data: Any = empty) -> Any:
        return super().run_validation(plain(data) if isinstance(data, str) else data)


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


class MomentFilter(IsoDateTimeFilter):
    field_class = MomentField
