"""Who sits in a council, and whether its composition is as the report asks."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.domain import constraints, tally
from governance.models import CompositionRule, Council, Seat
from portal.accounts.models import User
from portal.audit.domain import log
from portal.proposals.domain.proposals import forget_kept_pages
from portal.refusals import Refused

FULL = 100
SEAT_REFUSALS = {
    "one_seat_each_member_at_a_time": gettext_lazy(
        "This person already has a seat in the council in that time."
    ),
    "one_chair_at_a_time": gettext_lazy("The council already has a chair in that time."),
    "seat_ends_after_it_starts": gettext_lazy("The term ends before it begins."),
    "commissioned_seats_have_an_end": gettext_lazy(
        "A commissioned member's term needs its last day."
    ),
}


@dataclass(frozen=True)
class Check:
    """One composition rule held against the seats of a day: ``seats`` of ``total`` seats."""

    rule: CompositionRule
    sectors: str
    seats: int
    total: int
    holds: bool

    @property
    def percent(self) -> int:
        """The share in whole percent, rounded down; comparisons do not use it."""
        return self.seats * FULL // self.total if self.total else 0

    @property
    def asks(self) -> str:
        """What the rule asks for, in words."""
        if self.rule.at_least is not None:
            return _("at least {n}%").format(n=self.rule.at_least)
        return _("at most {n}%").format(n=self.rule.at_most)

    def __str__(self) -> str:
        return _(
            "{sectors}: {seats} of {total} seats ({percent}%), {asks} by table {table}"
        ).format(
            sectors=self.sectors,
            seats=self.seats,
            total=self.total,
            percent=self.percent,
            asks=self.asks,
            table=self.rule.table,
        )


def found(*, by: User, written: Mapping[str, Any]) -> Council:
    """Set up a council; without a rule of its own it decides by majority.

    Raises ``Refused`` where the rule cannot decide a vote.
    """
    rule = written.get("rule") or tally.preset("majority")
    try:
        tally.check_rule(rule)
    except ValueError as error:
        raise Refused(_("This rule cannot decide a vote: {fault}").format(fault=error)) from error
    with transaction.atomic():
        council = Council.objects.create(**{**written, "rule": rule})
        log.record("founded", council, by=by, rule=rule, body=council.body.code)
    return council


def composition(council: Council, on: date | None = None) -> list[Check]:
    """Hold the seats of a day (today) against each composition rule of the council's kind."""
    seats = seats_of(council, on)
    rules = council.body.composition_rules.prefetch_related("sectors").order_by("code")
    if "composition_rules" in getattr(council.body, "_prefetched_objects_cache", {}):
        rules = council.body.composition_rules.all()
    return [_check(rule, seats) for rule in rules]


def seats_of(council: Council, on: date | None = None) -> list[Seat]:
    """The seats whose term runs on a day, with members and sectors."""
    if on is None and hasattr(council, "seats_today"):
        return council.seats_today
    return list(council.seats.current(on).select_related("member", "sector"))


def insist_on_composition(council: Council, on: date | None = None) -> None:
    """Raise ``Refused``, naming each broken rule, where the setting enforces them."""
    broken = [check for check in composition(council, on) if not check.holds]
    if broken and settings.COMPOSITION_ENFORCED:
        raise Refused(
            _("The council cannot meet, because its composition breaks a rule. {rules}.").format(
                rules="; ".join(map(str, broken))
            )
        )


@transaction.atomic
def seat(council: Council, *, by: User, written: Mapping[str, Any]) -> Seat:
    """Give a person a seat; ``written`` has the columns of ``Seat``.

    Raises ``Refused`` where the person or the chair is seated already, and where the term of a
    commissioned member is longer than the setting allows.
    """
    place = Seat(council=council, **written)
    last = _last_day(place.starts_on)
    if not place.is_ex_officio and place.ends_on and place.ends_on > last:
        raise Refused(
            _("A term lasts {n} years at most, here until {day}.").format(
                n=settings.COUNCIL_TERM_YEARS, day=last.isoformat()
            )
        )
    with constraints.in_words(SEAT_REFUSALS):
        place.save(force_insert=True)
    sector = place.sector.code
    log.record("seated", council, by=by, seat=place.pk, sector=sector, until=str(place.ends_on))
    forget_kept_pages()
    return place


@transaction.atomic
def unseat(place: Seat, *, by: User, on: date, reason: str) -> Seat:
    """End a member's term early, on a day, for a reason that everyone reads."""
    if not reason.strip():
        raise Refused(_("A reason is needed: everyone reads it."))
    if not place.runs_on(on):
        raise Refused(_("That day is outside the term."))
    place.ends_on = on
    place.save(update_fields=["ends_on"])
    log.record("unseated", place.council, by=by, seat=place.pk, on=str(on), reason=reason)
    forget_kept_pages()
    return place


def _check(rule: CompositionRule, seats: Iterable[Seat]) -> Check:
    sectors = {sector.pk: sector.name for sector in rule.sectors.all()}
    places = list(seats)
    held, total = sum(place.sector_id in sectors for place in places), len(places)
    if rule.at_least is not None:
        holds = total > 0 and held * FULL >= rule.at_least * total
    else:
        holds = held * FULL <= (rule.at_most or 0) * total
    return Check(rule, ", ".join(sectors.values()), held, total, holds)


def _last_day(start: date) -> date:
    """The last day of the longest term that begins on ``start``."""
    year = start.year + settings.COUNCIL_TERM_YEARS
    try:
        return start.replace(year=year)
    except ValueError:  # 29 February
        return start.replace(year=year, day=28)
