"""The meetings of a council: notice, agenda, who was there, and the minutes."""

from datetime import date, timedelta
from functools import reduce
from operator import or_
from typing import Self

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from governance.models.bodies import Council, Seat, SeatQuerySet
from portal.accounts.models import Appointment, AppointmentQuerySet, Role, User
from portal.lifecycle import Living

KEEPERS = (Role.SECRETARY, Role.AUDITOR)
TEXTS = [
    f"minutes__{name}" for name in ("observers", "proceedings", "remarks", "decisions", "votes")
]


class MeetingState(models.TextChoices):
    PLANNED = "planned", _("Planned")
    NOTICED = "noticed", _("Notice given")
    OPENED = "opened", _("In session")
    CLOSED = "closed", _("Session closed")
    CANCELLED = "cancelled", _("Cancelled")


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        """All that notice was given of; plans are the secretary's and the auditor's."""
        if user.is_authenticated and user.holds(*KEEPERS):
            return self
        return self.noticed()

    def noticed(self) -> Self:
        return self.filter(noticed_at__isnull=False)

    def coming(self) -> Self:
        """Noticed or in session."""
        return self.filter(state__in=[MeetingState.NOTICED, MeetingState.OPENED])

    def planned(self) -> Self:
        return self.filter(state=MeetingState.PLANNED)

    def without_minutes(self) -> Self:
        """Closed, the minutes not signed yet."""
        return self.filter(state=MeetingState.CLOSED).exclude(minutes__signed_at__isnull=False)

    def with_whole_minutes(self) -> Self:
        """Closed, every field of the minutes written, and not signed yet."""
        written = Q(minutes__isnull=False) & ~reduce(or_, (Q(**{name: ""}) for name in TEXTS))
        noted = Exists(Attendance.objects.filter(meeting=OuterRef("pk")))
        return self.without_minutes().filter(written, noted)

    def to_sign_by(self, person: User) -> Self:
        """Those whose minutes the person may sign, as the chair or a secretary who wrote none."""
        found = self.with_whole_minutes().exclude(minutes__written_by=person.pk)
        if person.holds(Role.SECRETARY):
            return found
        chaired = chairs().filter(council=OuterRef("council"), member=person.pk)
        return found.filter(Exists(chaired))

    def to_finish(self) -> Self:
        """What the secretaries still have to do: minutes to write, or that nobody can sign."""
        writer = OuterRef("minutes__written_by")
        chair = chairs().filter(council=OuterRef("council")).exclude(member=writer)
        another = secretaries().exclude(user=writer)
        waiting = self.with_whole_minutes().filter(Exists(chair) | Exists(another))
        return self.without_minutes().exclude(pk__in=waiting.values("pk"))

    def of_council(self, council: Council) -> Self:
        return self.filter(council=council)


def chairs() -> SeatQuerySet:
    """The seats of those who chair a council today."""
    return Seat.objects.current().filter(is_chair=True, member__is_active=True)


def secretaries() -> AppointmentQuerySet:
    """The offices of those who keep the meetings today."""
    return Appointment.objects.current().filter(role=Role.SECRETARY, user__is_active=True)


class Meeting(Living):
    """One meeting; ``domain.meetings`` moves it from the plan to the close."""

    S = MeetingState
    MOVES = {
        S.PLANNED: {S.NOTICED, S.CANCELLED},
        S.NOTICED: {S.OPENED, S.CANCELLED},
        S.OPENED: {S.CLOSED},
    }

    council = models.ForeignKey(Council, models.PROTECT, related_name="meetings")
    number = models.PositiveIntegerField(pgettext_lazy("of a meeting", "number"))
    starts_at = models.DateTimeField(_("begins"))
    place = models.CharField(_("place"), max_length=200)
    is_online = models.BooleanField(_("members may take part by video"), default=False)
    state = models.CharField(max_length=20, choices=MeetingState, default=MeetingState.PLANNED)
    noticed_at = models.DateTimeField(null=True, editable=False)
    emergency_reason = models.TextField(_("why it cannot wait"), max_length=500, blank=True)
    opened_at = models.DateTimeField(null=True, editable=False)
    closed_at = models.DateTimeField(null=True, editable=False)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        ordering = ["-starts_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["council", "number"], name="meetings_are_numbered"),
            models.CheckConstraint(
                condition=Q(state__in=MeetingState.values), name="meeting_state_known"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["noticed", "opened", "closed"])
                | Q(noticed_at__isnull=False),
                name="no_meeting_without_notice",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["opened", "closed"]) | Q(opened_at__isnull=False),
                name="meetings_know_when_they_opened",
            ),
        ]
        indexes = [models.Index(fields=["starts_at", "id"], name="meeting_by_time")]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        return _("Meeting {n} of {council}").format(n=self.number, council=self.council.name)

    def get_absolute_url(self) -> str:
        return reverse("governance:meeting", args=[self.pk])

    @property
    def tone(self) -> str:
        return {"noticed": "info", "opened": "success", "cancelled": "danger"}.get(
            self.state, "gray"
        )

    @property
    def minutes_due_on(self) -> date | None:
        """By which day the minutes are to be signed."""
        if self.closed_at is None:
            return None
        return timezone.localdate(self.closed_at) + timedelta(days=settings.MINUTES_SIGN_DAYS)

    @property
    def is_open(self) -> bool:
        return self.state == MeetingState.OPENED

    @property
    def published_minutes(self) -> "Minutes | None":
        """The minutes, once they are signed."""
        minutes = getattr(self, "minutes", None)
        return minutes if minutes and minutes.signed_at else None


class AgendaItem(models.Model):
    """One point of a meeting's agenda, with the motion that is decided under it if there is one."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="items")
    order = models.PositiveSmallIntegerField()
    title = models.CharField(_("title"), max_length=200)
    motion = models.ForeignKey(
        "governance.Motion", models.PROTECT, null=True, blank=True, related_name="items"
    )

    class Meta:
        ordering = ["meeting", "order"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "order"], name="agenda_has_an_order"),
            models.UniqueConstraint(
                fields=["meeting", "motion"], name="a_motion_stands_once_on_an_agenda"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order}. {self.title}"


class Presence(models.TextChoices):
    PRESENT = "present", _("Present")
    ONLINE = "online", _("Present by video")
    EXCUSED = "excused", _("Excused")
    ABSENT = "absent", _("Absent")


HERE = (Presence.PRESENT, Presence.ONLINE)


class Attendance(models.Model):
    """Whether the holder of a seat took part in a meeting."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attendances")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="attendances")
    status = models.CharField(max_length=10, choices=Presence)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["meeting", "seat"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "seat"], name="one_attendance_each"),
            models.CheckConstraint(
                condition=Q(status__in=Presence.values), name="attendance_status_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seat_id} {self.status}"

    @property
    def is_here(self) -> bool:
        return self.status in HERE


class Minutes(models.Model):
    """What was said and decided.

    With the meeting's own facts these are the nine fields of the decree on public records,
    article 18(2). Signed minutes are public and never change again.
    """

    meeting = models.OneToOneField(
        Meeting, models.PROTECT, primary_key=True, related_name="minutes"
    )
    observers = models.TextField(_("others who were there"), max_length=2000)
    proceedings = models.TextField(_("order of proceedings"), max_length=5000)
    remarks = models.TextField(_("what was said, in short"), max_length=20000)
    decisions = models.TextField(_("what was decided"), max_length=5000)
    votes = models.TextField(_("how the votes went"), max_length=5000)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(auto_now=True)
    signed_at = models.DateTimeField(null=True, editable=False)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )

    class Meta:
        verbose_name = _("minutes")
        verbose_name_plural = _("minutes")
        constraints = [
            models.CheckConstraint(
                condition=Q(signed_at=None, signed_by=None)
                | Q(signed_at__isnull=False, signed_by__isnull=False),
                name="minutes_are_signed_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(signed_at=None)
                | ~(
                    Q(observers="")
                    | Q(proceedings="")
                    | Q(remarks="")
                    | Q(decisions="")
                    | Q(votes="")
                ),
                name="signed_minutes_are_whole",
            ),
            models.CheckConstraint(
                condition=Q(signed_at=None) | ~Q(signed_by=F("written_by")),
                name="minutes_are_signed_by_another",
            ),
        ]

    def __str__(self) -> str:
        return str(self.meeting_id)
