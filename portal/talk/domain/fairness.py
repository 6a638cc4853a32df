"""Which comment comes first: the share of marks it was given, judged with caution.

Of the marks that the whole talk was given since a comment was written, some went to it. The
lower end of Wilson's interval for that share orders the comments, so an early comment gains
nothing from having stood there longer, and one lucky mark does not lead.
E. B. Wilson, Journal of the American Statistical Association 22 (1927), 209-212.
"""

from math import sqrt
from typing import Any

from django.db.models import BigIntegerField, F, Func, Value
from django.db.models.functions import Greatest

Z = 1.96
SCALE = 10**9


def lower_bound(given: int, of: int) -> int:
    """The lower end of the 95 per cent interval for ``given`` of ``of``, in billionths.

    >>> lower_bound(0, 0), lower_bound(5, 10) < lower_bound(50, 100)
    (0, True)
    """
    if given <= 0:
        return 0
    of = max(of, given)
    spread = Z * sqrt(given * (of - given) / of + Z * Z / 4)
    return int((given + Z * Z / 2 - spread) / (of + Z * Z) * SCALE)


class LowerBound(Func):
    """``lower_bound`` as the database computes it."""

    output_field: Any = BigIntegerField()
    arity = 2

    def as_sql(  # type: ignore[override]
        self, compiler: Any, connection: Any, **_extra: Any
    ) -> tuple[str, Any]:
        parts = [compiler.compile(part) for part in self.source_expressions]
        (given, given_params), (of, of_params) = parts
        spread = f"{Z} * sqrt({given}::float8 * ({of} - {given}) / {of} + {Z * Z / 4})"
        sql = (
            f"(CASE WHEN {given} <= 0 THEN 0 ELSE floor(({given} + {Z * Z / 2} - {spread})"
            f" / ({of} + {Z * Z}) * {SCALE})::bigint END)"
        )
        order = [given_params, given_params, given_params, of_params, given_params, of_params]
        return sql, [value for params in (*order, of_params) for value in params]


def place(marks: int) -> LowerBound:
    """Place a comment among those of a talk that was given ``marks`` in all."""
    since = Greatest(Value(marks) - F("marks_before"), F("helpful_count"))
    return LowerBound(F("helpful_count"), since)
