"""What other steps would have done to the proposals of a past year, before anyone changes them.

Counted in one statement from the supports that are there: the moment at which a proposal passes a
step is that of its n-th support, or of the first supporter of the last district that is needed.
Supports that were taken back are not in it, so the figures are a little low for what was close.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import Any, Self

from django.conf import settings
from django.db import connection, models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Department
from portal.proposals.models import Channel, Proposal
from portal.thresholds.domain.steps import Rulebook
from portal.thresholds.models import Effect, Step
from portal.thresholds.scopes import ALWAYS_OPEN, Scope

DAYS_A_YEAR = 365
COUNT = """
WITH rule AS MATERIALIZED (
  SELECT * FROM unnest(%(places)s::int[], %(supports)s::int[], %(days)s::int[],
                       %(districts)s::int[], %(departments)s::bigint[])
    AS rule (place, supports, days, districts, department)),
chosen AS MATERIALIZED (
  SELECT proposal_id, area_id, published_at FROM proposals_proposalstat
   WHERE visible AND support_count >= %(least)s
     AND published_at >= %(since)s AND published_at < %(until)s
     AND (%(pool)s = 'all' OR EXISTS (
       SELECT 1 FROM proposals_proposal proposal
        WHERE proposal.id = proposal_id AND (
          %(pool)s = 'channel' AND proposal.channel = %(channel)s
          OR %(pool)s = 'call' AND proposal.call_id::text = %(call)s)))),
ranked AS (
  SELECT support.proposal_id, support.created_at AS at,
         row_number() OVER (PARTITION BY support.proposal_id ORDER BY support.created_at) AS n
    FROM proposals_countedsupport support JOIN chosen USING (proposal_id)),
reached AS (
  SELECT rule.*, ranked.proposal_id, ranked.at
    FROM ranked JOIN rule ON rule.supports = ranked.n),
passed AS (
  SELECT reached.*, greatest(reached.at, spread.at) AS passed_at FROM reached
    LEFT JOIN LATERAL (
      SELECT min(support.created_at) AS at FROM proposals_countedsupport support
        JOIN identity_verification known ON known.user_id = support.person_id
         AND known.ended_at IS NULL AND known.district <> ''
       WHERE reached.districts > 0 AND support.proposal_id = reached.proposal_id
       GROUP BY known.district ORDER BY 1 OFFSET greatest(reached.districts - 1, 0) LIMIT 1
    ) spread ON true
   WHERE reached.districts = 0 OR spread.at IS NOT NULL)
SELECT passed.place, coalesce(passed.department, area.department_id),
       date_trunc('month', passed_at AT TIME ZONE %(zone)s)::date, count(*)
  FROM passed JOIN chosen USING (proposal_id)
  LEFT JOIN proposals_area area ON area.id = chosen.area_id
 WHERE passed.days IS NULL OR passed_at < chosen.published_at + passed.days * interval '1 day'
 GROUP BY 1, 2, 3
"""


class Pool(models.TextChoices):
    """On which proposals a rule is tried out."""

    CALL = "call", _("The proposals of this call")
    CHANNEL = "channel", _("The proposals that came this way")
    ALL = "all", _("All proposals")


@dataclass(frozen=True)
class Rule:
    """One step as it is tried out."""

    supports: int
    effect: str
    days: int | None = None
    districts: int = 0
    department: int | None = None

    @classmethod
    def of(cls, step: Step) -> Self:
        return cls(step.supports, step.effect, step.days, step.districts, step.department_id)

    @property
    def label(self) -> str:
        return str(Effect(self.effect).label)

    def as_dict(self) -> dict[str, Any]:
        """The rule as plain values, to be kept."""
        return asdict(self)


@dataclass(frozen=True)
class Raised:
    """So many duties of one effect, of one department in one month, now and then."""

    effect: str
    department: int | None
    month: date
    now: int
    then: int


@dataclass(frozen=True)
class Line:
    """One line of a comparison: duties, hours and full-time posts, in force and changed."""

    label: str
    now: int
    then: int
    hours_now: int
    hours_then: int
    days: int

    @property
    def more(self) -> int:
        return self.then - self.now

    @property
    def posts_now(self) -> float:
        return self._posts(self.hours_now)

    @property
    def posts_then(self) -> float:
        return self._posts(self.hours_then)

    def _posts(self, hours: int) -> float:
        return hours * DAYS_A_YEAR / (self.days * settings.WORK_HOURS_A_YEAR)


@dataclass(frozen=True)
class Comparison:
    """What two rules would have raised in a period, on the proposals of ``pool``."""

    since: date
    until: date
    raised: list[Raised]
    pool: Pool = Pool.ALL

    @property
    def days(self) -> int:
        return max(1, (self.until - self.since).days)

    @cached_property
    def by_effect(self) -> list[Line]:
        return [
            self._line(str(effect.label), [row for row in self.raised if row.effect == effect])
            for effect in Effect
            if any(row.effect == effect for row in self.raised)
        ]

    @cached_property
    def by_department(self) -> list[Line]:
        names = {department.pk: department.name for department in Department.objects.all()}
        found = sorted(
            {row.department or 0 for row in self.raised}, key=lambda pk: names.get(pk, "")
        )
        return [
            self._line(names.get(pk, "–"), [r for r in self.raised if (r.department or 0) == pk])
            for pk in found
        ]

    @cached_property
    def by_month(self) -> list[Line]:
        return [
            self._line(f"{month:%Y-%m}", [row for row in self.raised if row.month == month])
            for month in sorted({row.month for row in self.raised})
        ]

    @property
    def total(self) -> Line:
        return self._line("", self.raised)

    def _line(self, label: str, rows: Sequence[Raised]) -> Line:
        hours = settings.DUTY_HOURS
        return Line(
            label=label,
            now=sum(row.now for row in rows),
            then=sum(row.then for row in rows),
            hours_now=sum(row.now * hours[row.effect] for row in rows),
            hours_then=sum(row.then * hours[row.effect] for row in rows),
            days=self.days,
        )


def in_force(scope: Scope = ALWAYS_OPEN) -> list[Rule]:
    """The steps that hold in ``scope`` on its day, its own or those that it shares."""
    return [Rule.of(step) for step in Rulebook.read().of_scope(scope)]


def last_year() -> tuple[date, date]:
    """The year until today: its first day, and the day after its last."""
    tomorrow = timezone.localdate() + timedelta(days=1)
    return tomorrow - timedelta(days=DAYS_A_YEAR), tomorrow


def pools_of(scope: Scope) -> list[Pool]:
    """The proposals on which a rule for ``scope`` can be tried out, the nearest first."""
    if scope.call:
        return [Pool.CALL, Pool.CHANNEL, Pool.ALL]
    return [Pool.CHANNEL, Pool.ALL] if scope.channel else [Pool.ALL]


def nearest_pool(scope: Scope, *, since: date, until: date) -> Pool:
    """The nearest proposals of which a period has any: a call that is new has none of its own."""
    first, last = (timezone.make_aware(datetime.combine(day, time())) for day in (since, until))
    found = Proposal.objects.public().filter(published_at__gte=first, published_at__lt=last)
    pools = pools_of(scope)
    if Pool.CALL in pools and found.filter(call_id=scope.call).exists():
        return Pool.CALL
    if Pool.CHANNEL in pools and found.filter(channel=_way_in(scope)).exists():
        return Pool.CHANNEL
    return Pool.ALL


def _way_in(scope: Scope) -> str:
    return Channel.CALL if scope.call else scope.channel


def compare(
    changed: Sequence[Rule],
    *,
    since: date,
    until: date,
    scope: Scope = ALWAYS_OPEN,
    pool: Pool | None = None,
) -> Comparison:
    """Compare ``changed`` with the rule in force in ``scope`` on proposals of a period.

    They are those of ``pool``, or else the nearest that there are.
    """
    now, pool = in_force(scope), pool or nearest_pool(scope, since=since, until=until)
    rules, counted = [*now, *changed], Counter[tuple[str, int | None, date, bool]]()
    where = {"pool": str(pool), "channel": _way_in(scope), "call": scope.call}
    for place, department, month, n in _count(rules, since=since, until=until, **where):
        counted[rules[place].effect, department, month, place < len(now)] += n
    keys = sorted({key[:3] for key in counted}, key=str)
    raised = [Raised(*key, counted[*key, True], counted[*key, False]) for key in keys]
    return Comparison(since, until, raised, pool)


def _count(rules: Sequence[Rule], **where: Any) -> list[tuple[Any, ...]]:
    if not rules:
        return []
    facts: dict[str, Any] = {
        "places": list(range(len(rules))),
        "supports": [rule.supports for rule in rules],
        "days": [rule.days for rule in rules],
        "districts": [rule.districts for rule in rules],
        "departments": [rule.department for rule in rules],
        "least": min(rule.supports for rule in rules),
        "zone": settings.TIME_ZONE,
        **where,
    }
    with connection.cursor() as cursor:
        cursor.execute(COUNT, facts)
        return list(cursor.fetchall())
