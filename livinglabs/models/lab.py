"""A living lab: one carried motion, tried out for a time with the people of a place."""

from datetime import date
from typing import Any, ClassVar, Self

from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from livinglabs.models.reference import EvidenceKind, ReportedCase, Stage
from portal.accounts.models import Department, User
from portal.lifecycle import Living

EARLIEST, LATEST = date(2000, 1, 1), date(2100, 1, 1)


class LabState(models.TextChoices):
    PREPARED = "prepared", _("Being prepared")
    RUNNING = "running", _("Running")
    COMPLETED = "completed", _("Completed")
    STOPPED = "stopped", _("Stopped")


TONES = {
    LabState.PREPARED: "info",
    LabState.RUNNING: "success",
    LabState.COMPLETED: "gray",
    LabState.STOPPED: "danger",
}


class LabQuerySet(models.QuerySet["Lab"]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        """All of them: a lab is public from the day that its preparation begins."""
        return self

    def open_to_people(self) -> Self:
        """Those that one can still join."""
        return self.filter(state__in=[LabState.PREPARED, LabState.RUNNING])

    def running(self) -> Self:
        return self.filter(state=LabState.RUNNING)

    def past_their_end(self, on: date | None = None) -> Self:
        """Those that still run although their last day is over."""
        return self.running().filter(ends_on__lt=on or timezone.localdate())

    def managed_by(self, user: User) -> Self:
        """Those that ``user`` manages, or whose department the person works for."""
        return self.filter(Q(manager=user) | Q(department__in=user.departments))

    def with_closed_gate(self) -> Self:
        """Those whose present stage asks for a kind of evidence that is not there."""
        return self.filter(Exists(_asked_but_absent()))

    def with_open_gate(self) -> Self:
        """Those whose present stage has all the evidence that its gate asks for."""
        return self.exclude(Exists(_asked_but_absent()))

    def of_proposal(self, proposal: Any) -> Self:
        return self.filter(mandate__proposal=proposal)

    def for_cards(self) -> Self:
        """With all that a card in a list shows."""
        return self.select_related("stage", "district", "department")

    def for_page(self) -> Self:
        """With all that stands at the head of the lab's own page."""
        return self.select_related(
            "stage",
            "district",
            "department",
            "manager",
            "reported_case",
            "mandate__proposal__author",
            "mandate__council",
        )


def _asked_but_absent() -> Any:
    """Kinds of evidence that the gate of the outer lab's stage asks for in vain."""
    evidence = apps.get_model("livinglabs", "Evidence")
    there = evidence.objects.standing().filter(
        lab=OuterRef(OuterRef("pk")), stage=OuterRef(OuterRef("stage")), kind=OuterRef("pk")
    )
    return EvidenceKind.objects.filter(asked_by=OuterRef("stage")).exclude(Exists(there))


class Lab(Living):
    """A project that tries an idea out; ``domain.labs`` moves it through its life."""

    MOVES: ClassVar = {
        LabState.PREPARED: {LabState.RUNNING, LabState.STOPPED},
        LabState.RUNNING: {LabState.COMPLETED, LabState.STOPPED},
    }

    mandate = models.ForeignKey(
        "governance.Motion", models.PROTECT, related_name="labs", verbose_name=_("mandate")
    )
    title = models.CharField(_("title"), max_length=120)
    problem = models.TextField(_("the problem"), max_length=3000)
    goal = models.TextField(_("what the lab wants to reach"), max_length=3000)
    place = models.CharField(_("place"), max_length=120)
    district = models.ForeignKey(
        "proposals.District",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="labs",
        verbose_name=_("district"),
    )
    department = models.ForeignKey(
        Department, models.PROTECT, related_name="labs", verbose_name=_("department")
    )
    manager = models.ForeignKey(
        User, models.PROTECT, related_name="managed_labs", verbose_name=_("manager")
    )
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    stage = models.ForeignKey(Stage, models.PROTECT, related_name="labs", verbose_name=_("stage"))
    reported_case = models.ForeignKey(
        ReportedCase,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="labs",
        verbose_name=_("case of the report that it continues"),
    )
    state = models.CharField(
        _("state"), max_length=20, choices=LabState, default=LabState.PREPARED, editable=False
    )
    outcome = models.TextField(_("outcome"), blank=True, max_length=3000)
    learnings = models.TextField(_("what was learned"), blank=True, max_length=3000)
    is_sample = models.BooleanField(_("sample data"), default=False, editable=False)
    participant_count = models.PositiveIntegerField(_("participants"), default=0, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = LabQuerySet.as_manager()

    class Meta:
        verbose_name = _("living lab")
        verbose_name_plural = _("living labs")
        ordering = ["-created_at", "-id"]
        indexes = [
            models.Index(fields=["-created_at", "-id"], name="lab_newest_first"),
            models.Index(fields=["state", "-created_at", "-id"], name="lab_newest_in_state"),
            models.Index(fields=["changed_at"], name="lab_changed"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["mandate"],
                name="one_lab_each_mandate",
                violation_error_message=_("There is already a lab for this motion."),
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="lab_ends_after_it_starts",
                violation_error_message=_("The last day must not be before the first day."),
            ),
            models.CheckConstraint(
                condition=Q(starts_on__gte=EARLIEST, ends_on__lt=LATEST),
                name="lab_days_are_of_this_century",
                violation_error_message=_("Enter days between the years 2000 and 2099."),
            ),
            models.CheckConstraint(
                condition=~Q(state="stopped") | ~Q(learnings=""),
                name="stopped_lab_says_what_it_learned",
            ),
            models.CheckConstraint(
                condition=~Q(state="completed") | ~Q(outcome=""),
                name="completed_lab_has_an_outcome",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("livinglabs:detail", args=[self.pk])

    @property
    def is_open(self) -> bool:
        """Whether things can still happen in it."""
        return self.state in {LabState.PREPARED, LabState.RUNNING}

    @property
    def is_over(self) -> bool:
        """Whether its last day has passed."""
        return self.ends_on < timezone.localdate()

    @property
    def tone(self) -> str:
        """The colour of the state's word."""
        return TONES[LabState(self.state)]
