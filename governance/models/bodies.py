"""Kinds of councils with their rules, the councils, and who sits in them."""

from datetime import date
from typing import Self

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Prefetch, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import User
from portal.bilingual import Bilingual


class Sector(Bilingual):
    """Whom a member speaks for: residents, experts, companies … (report, table 6-4)."""

    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta(Bilingual.Meta):
        verbose_name = _("sector")
        verbose_name_plural = _("sectors")
        ordering = ["order"]


class Body(Bilingual):
    """A kind of council, with the place in the report that it is founded on."""

    basis_ko = models.CharField(_("basis in Korean"), max_length=200)
    basis_en = models.CharField(_("basis in English"), max_length=200)
    task_ko = models.CharField(_("task in Korean"), max_length=300, blank=True)
    task_en = models.CharField(_("task in English"), max_length=300, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta(Bilingual.Meta):
        verbose_name = _("kind of council")
        verbose_name_plural = _("kinds of councils")
        ordering = ["order"]

    @property
    def basis(self) -> str:
        return in_language(self, "basis")

    @property
    def task(self) -> str:
        return in_language(self, "task")


class CompositionRule(models.Model):
    """The least or the greatest share of a council's seats that some sectors may hold together."""

    body = models.ForeignKey(Body, models.CASCADE, related_name="composition_rules")
    code = models.SlugField(_("code"), max_length=60, unique=True)
    sectors = models.ManyToManyField(Sector, verbose_name=_("sectors"))
    at_least = models.PositiveSmallIntegerField(_("at least, in percent"), null=True, blank=True)
    at_most = models.PositiveSmallIntegerField(_("at most, in percent"), null=True, blank=True)
    table = models.CharField(_("table of the report"), max_length=20)

    class Meta:
        verbose_name = _("composition rule")
        verbose_name_plural = _("composition rules")
        ordering = ["body", "code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(at_least__isnull=True, at_most__range=(0, 100))
                | Q(at_most__isnull=True, at_least__range=(0, 100)),
                name="composition_rule_has_one_bound",
            )
        ]

    def __str__(self) -> str:
        return self.code


class CouncilQuerySet(models.QuerySet["Council"]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Councils are public."""
        return self

    def standing(self) -> Self:
        return self.filter(is_standing=True)

    def with_seats(self) -> Self:
        """With the seats of today, their members and sectors, and the rules of the body."""
        seats = Seat.objects.current().select_related("member", "sector")
        return self.select_related("body").prefetch_related(
            Prefetch("seats", queryset=seats, to_attr="seats_today"),
            "body__composition_rules__sectors",
        )


def notice_days() -> int:
    return settings.MEETING_NOTICE_DAYS


class Council(Bilingual):
    """One council of the city, with the rule that decides its votes."""

    body = models.ForeignKey(
        Body, models.PROTECT, related_name="councils", verbose_name=_("kind of council")
    )
    purpose_ko = models.TextField(_("purpose in Korean"), max_length=1000, blank=True)
    purpose_en = models.TextField(_("purpose in English"), max_length=1000, blank=True)
    rule = models.JSONField(_("rule of votes"))  # in the form that ``domain.tally`` reads
    notice_days = models.PositiveSmallIntegerField(
        _("days between notice and meeting"), default=notice_days
    )
    is_standing = models.BooleanField(_("exists today"), default=True)
    changed_at = models.DateTimeField(auto_now=True)

    objects = CouncilQuerySet.as_manager()

    class Meta(Bilingual.Meta):
        verbose_name = _("council")
        verbose_name_plural = _("councils")
        ordering = ["body__order", "code"]

    def get_absolute_url(self) -> str:
        return reverse("governance:council", args=[self.code])

    @property
    def purpose(self) -> str:
        return in_language(self, "purpose")


class SeatQuerySet(models.QuerySet["Seat"]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Who sits in a council is public."""
        return self

    def current(self, on: date | None = None) -> Self:
        """Those whose term runs ``on`` that day (today)."""
        day = on or timezone.localdate()
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=day), starts_on__lte=day)

    def of_member(self, person: User) -> Self:
        return self.filter(member=person)


class DateRange(Func):
    """The days of a term as a range of PostgreSQL."""

    function = "DATERANGE"
    output_field = DateRangeField()


class Seat(models.Model):
    """A person's place in a council for a term."""

    council = models.ForeignKey(Council, models.PROTECT, related_name="seats")
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="seats",
        verbose_name=_("member"),
    )
    sector = models.ForeignKey(Sector, models.PROTECT, related_name="+", verbose_name=_("sector"))
    is_ex_officio = models.BooleanField(_("sits by office"), default=False)
    is_chair = models.BooleanField(_("chairs the council"), default=False)
    starts_on = models.DateField(_("from"), default=timezone.localdate)
    ends_on = models.DateField(_("until"), null=True, blank=True)

    objects = SeatQuerySet.as_manager()

    class Meta:
        verbose_name = _("seat")
        verbose_name_plural = _("seats")
        ordering = ["-is_chair", "sector__order", "member__name", "pk"]
        constraints = [
            ExclusionConstraint(
                name="one_seat_each_member_at_a_time",
                expressions=[
                    ("council", RangeOperators.EQUAL),
                    ("member", RangeOperators.EQUAL),
                    (
                        DateRange("starts_on", "ends_on", RangeBoundary(inclusive_upper=True)),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
            ExclusionConstraint(
                name="one_chair_at_a_time",
                expressions=[
                    ("council", RangeOperators.EQUAL),
                    (
                        DateRange("starts_on", "ends_on", RangeBoundary(inclusive_upper=True)),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(is_chair=True),
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="seat_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(is_ex_officio=True) | Q(ends_on__isnull=False),
                name="commissioned_seats_have_an_end",
            ),
        ]

    def __str__(self) -> str:
        return self.member.name

    def runs_on(self, day: date) -> bool:
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)


def in_language(row: Bilingual, field: str) -> str:
    """The text of ``field`` in the language in which the row's name is read now."""
    ending = "en" if row.name == row.name_en else "ko"
    return getattr(row, f"{field}_{ending}") or getattr(row, f"{field}_ko")
