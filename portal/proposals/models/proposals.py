"""The proposal itself: its texts, its state and until when the city must answer."""

from collections.abc import Iterable
from typing import Any, Self

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Department, User
from portal.lifecycle import Living
from portal.proposals.models.places import Area, District, Issue
from portal.proposals.models.states import (
    DECIDED_STATES,
    OPEN_STATES,
    WAITING_STATES,
    Channel,
    ComplaintKind,
    Decision,
    Ground,
    ProposalState,
    Visibility,
)

# What stands in place of a title that moderation has hidden.
NOT_SHOWN = _("A proposal that is not shown")


class ProposalQuerySet(models.QuerySet["Proposal"]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Drafts are their author's alone; what moderation has hidden, also the department's.

        The department still owes it an answer, whose clock goes on.
        """
        public = Q(visibility=Visibility.PUBLIC) & ~Q(state=ProposalState.DRAFT)
        seen = public | Q(author_id=user.pk)
        if user.is_authenticated and user.departments:
            seen |= Q(visibility=Visibility.HIDDEN, department_id__in=user.departments)
        return self.filter(seen)

    def within_reach_of(self, user: User) -> Self:
        """What a person sees, and what they follow or support though it was hidden since.

        Of a hidden one they read nothing, but may always stop.
        """
        followed, supported = user.follows.values("proposal"), user.supports.values("proposal")
        return self.visible_to(user) | self.filter(Q(pk__in=followed) | Q(pk__in=supported))

    def public(self) -> Self:
        return self.filter(visibility=Visibility.PUBLIC).exclude(state=ProposalState.DRAFT)

    def open(self) -> Self:
        return self.filter(state__in=OPEN_STATES)

    def awaiting_answer(self) -> Self:
        """Those that a department owes an answer, its clock running or stopped."""
        return self.filter(state__in=WAITING_STATES)

    def clock_running(self) -> Self:
        return self.awaiting_answer().exclude(state=ProposalState.SUPPLEMENT)

    def overdue(self) -> Self:
        return self.clock_running().filter(due_on__lt=timezone.localdate())

    def referred(self) -> Self:
        return self.filter(state=ProposalState.REFERRED)

    def of_departments(self, departments: Iterable[int]) -> Self:
        return self.filter(department_id__in=list(departments))

    def by_author(self, person: User) -> Self:
        return self.filter(author=person)

    def for_lists(self) -> Self:
        """With all that a card shows, whatever the number of rows."""
        return self.select_related("stat", "area", "district", "author", "department").defer(
            "problem", "solution", "effect"
        )


class Proposal(Living):
    """One request of one citizen; ``domain.proposals`` and ``domain.reviews`` move it."""

    S = ProposalState
    MOVES = {
        S.DRAFT: {S.SUBMITTED},
        S.SUBMITTED: {S.ANSWER_DUE, S.NOT_ADOPTED, S.WITHDRAWN, S.MERGED},
        S.ANSWER_DUE: {
            S.SUPPLEMENT,
            S.PRELIM_REVIEW,
            S.NOT_ADOPTED,
            S.WITHDRAWN,
            S.MERGED,
            S.CONVERTED,
        },
        # Examined again once: Regulation on Citizens' Proposals, articles 12 and 14(3).
        S.NOT_ADOPTED: {S.ANSWER_DUE},
        S.SUPPLEMENT: {
            S.ANSWER_DUE,
            S.PRELIM_REVIEW,
            S.DEPT_REVIEW,
            S.NOT_ADOPTED,
            S.WITHDRAWN,
            S.LAPSED,
            S.CONVERTED,
        },
        S.PRELIM_REVIEW: {
            S.SUPPLEMENT,
            S.DEPT_REVIEW,
            S.REFERRED,
            S.ADOPTED,
            S.NOT_ADOPTED,
            S.WITHDRAWN,
        },
        S.DEPT_REVIEW: {S.SUPPLEMENT, S.REFERRED, S.ADOPTED, S.NOT_ADOPTED, S.WITHDRAWN},
        S.REFERRED: {S.ADOPTED, S.NOT_ADOPTED},
        S.MERGED: {S.SUBMITTED, S.ANSWER_DUE},
    }

    title = models.CharField(_("title"), max_length=200)
    problem = models.TextField(_("what is the problem"), max_length=5000)
    solution = models.TextField(_("what should be done"), max_length=5000)
    effect = models.TextField(_("what gets better"), max_length=3000, blank=True)
    area = models.ForeignKey(Area, models.PROTECT, null=True, verbose_name=_("area"))
    issue = models.ForeignKey(Issue, models.PROTECT, null=True, blank=True, verbose_name=_("issue"))
    district = models.ForeignKey(
        District, models.PROTECT, null=True, blank=True, verbose_name=_("district")
    )
    place = models.CharField(_("place"), max_length=200, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="proposals")
    reference = models.CharField(max_length=60, null=True, editable=False)  # noqa: DJ001  drafts have none
    channel = models.CharField(
        max_length=10, choices=Channel, default=Channel.WEB, db_default=Channel.WEB
    )
    visibility = models.CharField(
        max_length=10, choices=Visibility, default=Visibility.PUBLIC, db_default=Visibility.PUBLIC
    )
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged"
    )
    # The number of the call that it answers; calls themselves stand above proposals.
    call_id = models.BigIntegerField(null=True, editable=False)
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="proposals"
    )
    state = models.CharField(max_length=20, choices=ProposalState, default=ProposalState.DRAFT)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)
    published_at = models.DateTimeField(null=True, editable=False)
    clock_started_on = models.DateField(null=True, editable=False)
    due_on = models.DateField(null=True, editable=False)
    decided_at = models.DateTimeField(null=True, editable=False)
    ground = models.CharField(max_length=30, choices=Ground, blank=True)
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    decision = models.CharField(max_length=20, choices=Decision, blank=True, db_default="")
    # How often the city examines it: twice where its author asked for it again.
    round = models.PositiveSmallIntegerField(default=1, db_default=1)
    # The named official who deals with it.
    official = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    transfers = models.PositiveSmallIntegerField(default=0, db_default=0)
    complaint_kind = models.CharField(
        max_length=20, choices=ComplaintKind, blank=True, db_default=""
    )
    complaint_due_at = models.DateTimeField(null=True, editable=False)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=ProposalState.values), name="proposal_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state="draft")
                | (Q(published_at__isnull=False) & ~Q(title="") & Q(area__isnull=False)),
                name="published_proposals_are_whole",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["answer_due", "prelim_review", "dept_review", "supplement"])
                | (Q(due_on__isnull=False) & Q(department__isnull=False)),
                name="whoever_owes_an_answer_has_a_date",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["adopted", "not_adopted"])
                | (Q(decided_at__isnull=False) & ~Q(answer="")),
                name="decisions_have_a_reason",
            ),
            models.UniqueConstraint(fields=["reference"], name="one_proposal_each_reference"),
            models.CheckConstraint(
                condition=Q(latitude=None, longitude=None)
                | Q(
                    latitude__isnull=False,
                    longitude__isnull=False,
                    latitude__range=(-90, 90),
                    longitude__range=(-180, 180),
                ),
                name="points_lie_on_the_globe",
            ),
            models.CheckConstraint(
                condition=Q(state="merged", merged_into__isnull=False)
                | (~Q(state="merged") & Q(merged_into=None)),
                name="merged_proposals_name_the_earlier_one",
            ),
            models.CheckConstraint(
                condition=~Q(state="not_adopted") | ~Q(ground=""),
                name="refused_proposals_have_a_ground",
            ),
            models.CheckConstraint(
                condition=Q(transfers__lte=1), name="proposals_are_transferred_once"
            ),
            models.CheckConstraint(
                condition=Q(decision__in=["", *Decision.values]), name="proposal_decision_known"
            ),
        ]
        indexes = [
            models.Index(fields=["author", "-created_at"], name="proposal_of_author"),
            models.Index(
                fields=["department", "due_on"],
                name="proposal_owed",
                condition=Q(state__in=["answer_due", "supplement", "prelim_review", "dept_review"]),
            ),
            models.Index(fields=["changed_at"], name="proposal_changed"),
            models.Index(
                fields=["call_id"], name="proposal_of_call", condition=Q(call_id__isnull=False)
            ),
            models.Index(
                fields=["official", "due_on"],
                name="proposal_owed_by_official",
                condition=Q(state__in=["answer_due", "supplement", "prelim_review", "dept_review"]),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("proposals:detail", args=[self.pk])

    @property
    def number(self) -> str:
        """What people call it by: the reference of its receipt, or its plain number."""
        return self.reference or str(self.pk)

    @property
    def shown_title(self) -> str:
        """The title, or what everyone reads in its place where moderation has hidden it."""
        return str(self.title_for_others)

    @property
    def title_for_others(self) -> Any:
        """The same, not yet in a language, for notes to those who may not read it."""
        return self.title if self.visibility == Visibility.PUBLIC else NOT_SHOWN

    @property
    def was_refused(self) -> bool:
        return self.state == ProposalState.NOT_ADOPTED

    @property
    def clock_runs(self) -> bool:
        return self.state in WAITING_STATES and self.state != ProposalState.SUPPLEMENT

    @property
    def days_left(self) -> int | None:
        """Whole days until the answer is due, negative when late; ``None`` where none is due."""
        if not (self.clock_runs and self.due_on):
            return None
        return (self.due_on - timezone.localdate()).days

    @property
    def is_overdue(self) -> bool:
        return (self.days_left or 0) < 0

    @property
    def days_late(self) -> int:
        return max(0, -(self.days_left or 0))

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES

    @property
    def is_decided(self) -> bool:
        return self.state in DECIDED_STATES
