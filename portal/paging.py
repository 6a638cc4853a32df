"""Lists by keyset: the address carries the place of the last row, not a page number."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core import signing
from django.core.exceptions import BadRequest
from django.db.models import BooleanField, F, Q, QuerySet
from django.db.models.expressions import Func, Value
from django.http import HttpRequest


@dataclass(frozen=True)
class Page:
    """Rows of one page and the cursor of the next, empty on the last."""

    rows: list[Any]
    next: str

    def __iter__(self) -> Any:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)


def page_of(
    queryset: QuerySet[Any], order: Sequence[str], *, after: str = "", size: int = 20
) -> Page:
    """Cut one page of ``size`` rows after the cursor ``after``.

    ``order`` names columns, all descending, the last of them unique and never empty.
    Rows with an empty column come first, as PostgreSQL sorts them.
    Raises ``BadRequest`` where the cursor was not made here, for this order.
    """
    rows = list(
        _after(queryset, order, after).order_by(*(f"-{name}" for name in order))[: size + 1]
    )
    more = len(rows) > size
    rows = rows[:size]
    return Page(rows, cursor_of(rows[-1], order) if more else "")


def cursor_of(row: Any, order: Sequence[str]) -> str:
    """Sign the place of ``row`` in the order."""
    return cursor_at([_value(row, name) for name in order], order)


def cursor_at(values: Sequence[Any], order: Sequence[str]) -> str:
    """Sign the place that ``values`` name in the order."""
    return signing.dumps(
        [v.isoformat() if isinstance(v, date) else v for v in values], salt=_salt(order)
    )


def place_in(cursor: str, order: Sequence[str]) -> list[Any]:
    """Read the values of a signed place. Raises ``BadRequest`` where it was not made here."""
    try:
        place: list[Any] = signing.loads(cursor, salt=_salt(order))
    except signing.BadSignature as error:
        raise BadRequest from error
    return place


def _salt(order: Sequence[str]) -> str:
    """A cursor holds for one order only: another list would read its values as other columns."""
    return f"keyset:{','.join(order)}"


def _value(row: Any, name: str) -> Any:
    for part in name.split("__"):
        row = getattr(row, part)
    return row


def _after(queryset: QuerySet[Any], order: Sequence[str], cursor: str) -> QuerySet[Any]:
    """Keep the rows after the cursor, by one comparison of rows that an index can answer."""
    if not cursor:
        return queryset
    place = place_in(cursor, order)
    if None in place:
        return queryset.filter(_after_empty(order, place))
    fields = [queryset.model._meta.get_field(name) if "__" not in name else None for name in order]
    typed = [
        Value(field.to_python(v) if field else v, output_field=field)
        for field, v in zip(fields, place, strict=True)
    ]
    return queryset.annotate(_place=RowBefore(*[F(name) for name in order], *typed)).filter(
        _place=True
    )


def _after_empty(order: Sequence[str], place: Sequence[Any]) -> Q:
    """Keep the rows after a place with an empty column, which no comparison of rows can find."""
    after, equal = Q(), Q()
    for name, value in zip(order, place, strict=True):
        behind = Q(**{f"{name}__isnull": False} if value is None else {f"{name}__lt": value})
        after |= equal & behind
        equal &= Q(**{f"{name}__isnull": True} if value is None else {name: value})
    return after


class RowBefore(Func):
    """``(a, b) < (x, y)`` as PostgreSQL writes it."""

    def as_sql(self, compiler: Any, connection: Any, *given: Any, **extra: Any) -> tuple[str, Any]:
        half = len(self.source_expressions) // 2
        sql, params = [], []
        for expression in self.source_expressions:
            part, values = compiler.compile(expression)
            sql.append(part)
            params.extend(values)
        return f"(({', '.join(sql[:half])}) < ({', '.join(sql[half:])}))", params

    @property
    def output_field(self) -> Any:
        return BooleanField()


def first_page(request: HttpRequest) -> str:
    """The query of this list's first page, or nothing while standing on it."""
    if "after" not in request.GET:
        return ""
    query = request.GET.copy()
    del query["after"]
    return f"?{query.urlencode()}"


def next_page(request: HttpRequest, page: Page) -> str:
    """The query of the page behind ``page``, or nothing on the last."""
    if not page.next:
        return ""
    query = request.GET.copy()
    query["after"] = page.next
    return f"?{query.urlencode()}"
