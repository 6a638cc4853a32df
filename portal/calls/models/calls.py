"""A call for ideas: what is asked of whom, until when, who judges it and what can be won."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from typing import Self

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Department, User
from portal.calls.models.states import EVENTS, Applicant, CallKind, CallState, Criterion
from portal.lifecycle import Living
from portal.proposals.models import Area

TONES = {
    CallState.DRAFT: "gray",
    CallState.ANNOUNCED: "info",
    CallState.OPEN: "success",
    CallState.JUDGING: "warning",
    CallState.PUBLISHED: "info",
    CallState.CLOSED: "gray",
    CallState.CANCELLED: "danger",
}


def team_size() -> int:
    """How many people make a team unless the call says otherwise."""
    return settings.CALL_TEAM_SIZE


class CallQuerySet(models.QuerySet["Call"]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Drafts are for the department in charge; the rest is public."""
        mine = list(user.departments) if isinstance(user, User) else []
        return self.filter(~Q(state=CallState.DRAFT) | Q(department_id__in=mine))

    def public(self) -> Self:
        return self.exclude(state=CallState.DRAFT)

    def open(self) -> Self:
        """Those that take entries now."""
        return self.filter(state=CallState.OPEN, closes_at__gt=timezone.now())

    def taking_proposals(self) -> Self:
        """Those that citizens answer with proposals: not the events, where teams hand in ideas."""
        return self.filter(tracks__applicant=Applicant.CITIZEN).exclude(kind__in=EVENTS)

    def to_open(self) -> Self:
        """Those announced whose day has come."""
        return self.filter(state=CallState.ANNOUNCED, opens_at__lte=timezone.now())

    def to_judge(self) -> Self:
        """Those open whose last moment has passed."""
        return self.filter(state=CallState.OPEN, closes_at__lte=timezone.now())

    def of_departments(self, departments: Iterable[int]) -> Self:
        return self.filter(department_id__in=list(departments))

    def judged_by(self, person: User) -> Self:
        return self.filter(tracks__jurors__person=person).distinct()

    def for_cards(self) -> Self:
        return self.select_related("department").defer("text", "results")


class Call(Living):
    """One call; ``domain.calls`` moves it."""

    S = CallState
    MOVES = {
        S.DRAFT: {S.ANNOUNCED},
        S.ANNOUNCED: {S.OPEN, S.CANCELLED},
        S.OPEN: {S.JUDGING, S.CANCELLED},
        S.JUDGING: {S.PUBLISHED, S.CANCELLED},
        S.PUBLISHED: {S.CLOSED},
    }

    kind = models.CharField(_("kind"), max_length=20, choices=CallKind)
    title = models.CharField(_("title"), max_length=100)
    topic = models.CharField(_("topic of the call"), max_length=200, blank=True)
    text = models.TextField(_("what is asked"), max_length=5000)
    area = models.ForeignKey(Area, models.PROTECT, null=True, blank=True, verbose_name=_("area"))
    # Exactly one answers for the call (report, row B7); others help.
    department = models.ForeignKey(Department, models.PROTECT, related_name="calls")
    supporting = models.ManyToManyField(Department, related_name="supported_calls", blank=True)
    opens_at = models.DateTimeField(_("opens"))
    closes_at = models.DateTimeField(_("closes"))
    judged_by = models.DateField(_("judged by"))
    results_by = models.DateField(_("results by"))
    event_on = models.DateField(_("first day of the event"), null=True, blank=True)
    event_ends_on = models.DateField(_("last day of the event"), null=True, blank=True)
    place = models.CharField(_("place of the event"), max_length=200, blank=True)
    team_size = models.PositiveSmallIntegerField(_("people in a team"), default=team_size)
    feasibility = models.PositiveSmallIntegerField(Criterion.FEASIBILITY.label, default=20)
    originality = models.PositiveSmallIntegerField(Criterion.ORIGINALITY.label, default=20)
    effect = models.PositiveSmallIntegerField(Criterion.EFFECT.label, default=20)
    scope = models.PositiveSmallIntegerField(Criterion.SCOPE.label, default=20)
    continuity = models.PositiveSmallIntegerField(Criterion.CONTINUITY.label, default=20)
    state = models.CharField(max_length=20, choices=CallState, default=CallState.DRAFT)
    results = models.TextField(_("what came of the call"), max_length=5000, blank=True)
    reason = models.TextField(blank=True, editable=False)
    is_sample = models.BooleanField(default=False, editable=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)
    announced_at = models.DateTimeField(null=True, editable=False)
    published_at = models.DateTimeField(null=True, editable=False)

    objects = CallQuerySet.as_manager()

    class Meta:
        verbose_name = _("call")
        verbose_name_plural = _("calls")
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=CallState.values), name="call_state_known"
            ),
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at")) & Q(results_by__gte=F("judged_by")),
                name="dates_of_a_call_follow_each_other",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=["ideathon", "hackathon"])
                | Q(
                    event_on__isnull=False,
                    event_ends_on__gte=F("event_on"),
                    event_ends_on__lte=F("event_on") + timedelta(days=1),
                ),
                name="events_last_two_days_at_most",
            ),
            models.CheckConstraint(
                condition=~Q(kind="topic") | ~Q(topic=""), name="calls_on_a_topic_name_it"
            ),
            models.CheckConstraint(
                condition=Q(
                    feasibility=100 - F("originality") - F("effect") - F("scope") - F("continuity")
                ),
                name="weights_sum_to_one_hundred",
            ),
            models.CheckConstraint(condition=Q(team_size__range=(1, 50)), name="teams_have_a_size"),
            models.CheckConstraint(
                condition=~Q(state="cancelled") | ~Q(reason=""),
                name="cancelled_calls_have_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["published", "closed"])
                | (~Q(results="") & Q(published_at__isnull=False)),
                name="published_calls_have_results",
            ),
        ]
        indexes = [
            models.Index(fields=["-closes_at", "-id"], name="calls_by_close"),
            models.Index(fields=["changed_at"], name="call_changed"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("calls:detail", args=[self.pk])

    @property
    def tone(self) -> str:
        return "warning" if self.waits_for_jury else TONES[CallState(self.state)]

    @property
    def standing(self) -> str:
        """Where the call stands, in words."""
        return str(_("Closed for entries") if self.waits_for_jury else self.get_state_display())

    @property
    def is_event(self) -> bool:
        return self.kind in EVENTS

    @property
    def takes_entries(self) -> bool:
        """Whether entries are taken now: the last moment counts, not when somebody notices it."""
        return self.state == CallState.OPEN and timezone.now() < self.closes_at

    @property
    def waits_for_jury(self) -> bool:
        """Whether the time to enter is over and the judging has not begun."""
        return self.state == CallState.OPEN and not self.takes_entries

    @property
    def weights(self) -> dict[str, int]:
        """The weight of each criterion in percent."""
        return {name: getattr(self, name) for name in Criterion.values}

    @property
    def judging_ends_at(self) -> datetime:
        """The end of the last day of judging, in the city's time."""
        end = datetime.combine(self.judged_by + timedelta(days=1), time())
        return timezone.make_aware(end)

    @property
    def results_are_late(self) -> bool:
        waiting = self.state in {CallState.OPEN, CallState.JUDGING}
        return waiting and self.results_by < timezone.localdate()


class Track(models.Model):
    """The part of a call that is for one kind of applicants, judged and awarded by itself."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="tracks")
    applicant = models.CharField(_("for whom"), max_length=20, choices=Applicant)

    class Meta:
        verbose_name = _("track")
        verbose_name_plural = _("tracks")
        ordering = ["applicant"]
        constraints = [
            models.UniqueConstraint(
                fields=["call", "applicant"], name="one_track_for_each_applicant"
            )
        ]

    def __str__(self) -> str:
        return self.get_applicant_display()


class Prize(models.Model):
    """What the winner of a place in a track gets; ``amount`` is in won."""

    track = models.ForeignKey(Track, models.CASCADE, related_name="prizes")
    place = models.PositiveSmallIntegerField(_("place"))
    amount = models.PositiveIntegerField(_("amount"))

    class Meta:
        verbose_name = _("prize")
        verbose_name_plural = _("prizes")
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(fields=["track", "place"], name="one_prize_for_each_place"),
            models.CheckConstraint(
                condition=Q(place__gte=1, amount__gte=1), name="prizes_are_worth_something"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place}: {self.amount}"
