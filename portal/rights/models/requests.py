"""Requests about one's own data: access, correction, erasure, stop, each with its clock.

They stand on the Personal Information Protection Act, articles 35 to 37.
"""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Role
from portal.lifecycle import Living


class RequestKind(models.TextChoices):
    """What is asked for."""

    ACCESS = "access", _("See my data")
    CORRECTION = "correction", _("Correct my data")
    ERASURE = "erasure", _("Erase something")
    STOP = "stop", _("Stop the use of my data")


# Personal Information Protection Act: the article behind each kind.
ARTICLES = {
    RequestKind.ACCESS: 35,
    RequestKind.CORRECTION: 36,
    RequestKind.ERASURE: 36,
    RequestKind.STOP: 37,
}


class About(models.TextChoices):
    """Which data a request is about."""

    NAME = "name", _("My name")
    CONTACT = "contact", _("My e-mail address or telephone")
    TEXT = "text", _("A text or file that I handed in")
    NOTED = "noted", _("Something that the city noted about me")
    OTHER = "other", _("Something else, or everything")


class RequestState(models.TextChoices):
    """Where a request stands."""

    RECEIVED = "received", _("Received")
    GRANTED = "granted", _("Granted")
    PARTLY = "partly", _("Granted in part")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Withdrawn")


TONES = {
    RequestState.RECEIVED: "info",
    RequestState.GRANTED: "success",
    RequestState.PARTLY: "warning",
    RequestState.REFUSED: "danger",
    RequestState.WITHDRAWN: "gray",
}


class DataRequestQuerySet(models.QuerySet["DataRequest"]):
    def visible_to(self, user: Any) -> Self:
        """Their own for everyone; operators answer, so they see all."""
        if not user.is_authenticated:
            return self.none()
        return self if user.holds(Role.OPERATOR) else self.filter(person=user)

    def open(self) -> Self:
        return self.filter(state=RequestState.RECEIVED)

    def answered(self) -> Self:
        return self.exclude(state__in=[RequestState.RECEIVED, RequestState.WITHDRAWN])

    def soonest_due(self) -> Self:
        return self.order_by("due_on", "pk")


class DataRequest(Living):
    """One request of one person about their own data; ``domain.requests`` moves it."""

    S = RequestState
    MOVES: ClassVar = {S.RECEIVED: {S.GRANTED, S.PARTLY, S.REFUSED, S.WITHDRAWN}}

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="data_requests"
    )
    kind = models.CharField(_("what you ask for"), max_length=20, choices=RequestKind)
    about = models.CharField(_("which data"), max_length=20, choices=About)
    wish = models.TextField(_("what exactly"), max_length=3000, blank=True)
    new_value = models.CharField(_("what is right"), max_length=300, blank=True)
    state = models.CharField(max_length=20, choices=RequestState, default=RequestState.RECEIVED)
    received_on = models.DateField(default=timezone.localdate)
    due_on = models.DateField()
    reminded_at = models.DateTimeField(null=True)
    late_told_at = models.DateTimeField(null=True)
    reason = models.TextField(_("reason"), max_length=3000, blank=True)
    remedy = models.TextField(_("what can be done against it"), max_length=2000, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True)

    objects = DataRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request about own data")
        verbose_name_plural = _("requests about own data")
        ordering = ["-received_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=RequestState.values), name="data_request_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["received", "withdrawn"])
                | Q(answered_at__isnull=False, answered_by__isnull=False),
                name="answered_data_requests_name_who_answered",
            ),
            models.CheckConstraint(
                condition=Q(answered_by=None) | ~Q(answered_by=models.F("person")),
                name="nobody_answers_their_own_data_request",
            ),
        ]
        indexes = [
            models.Index(fields=["person", "-received_on"], name="data_request_of_person"),
            models.Index(
                fields=["due_on"], name="data_request_owed", condition=Q(state="received")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.get_about_display()}"

    def get_absolute_url(self) -> str:
        return reverse("rights:request", args=[self.pk])

    @property
    def article(self) -> int:
        """The article of the Personal Information Protection Act behind the request."""
        return ARTICLES[RequestKind(self.kind)]

    @property
    def tone(self) -> str:
        return TONES[RequestState(self.state)]

    @property
    def is_open(self) -> bool:
        return self.state == RequestState.RECEIVED

    @property
    def is_overdue(self) -> bool:
        return self.is_open and self.due_on < timezone.localdate()

    @property
    def is_answered(self) -> bool:
        return self.state in {RequestState.GRANTED, RequestState.PARTLY, RequestState.REFUSED}
