"""What citizens ask of their city, who supports it, and until when the city must answer.

A proposal's text stands apart from its counts: supports arrive by the thousand,
and a counter on a row with text and indexes would make each of them slow.
"""

from collections.abc import Iterable
from typing import Self

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Department, User
from portal.bilingual import Bilingual
from portal.lifecycle import Living
from portal.uploads import RandomName


class Area(Bilingual):
    """A field of city life that proposals are about (report, table 6-1)."""

    order = models.PositiveSmallIntegerField(default=0)
    department = models.ForeignKey(
        Department, models.SET_NULL, null=True, blank=True, related_name="areas"
    )

    class Meta(Bilingual.Meta):
        verbose_name = _("area")
        verbose_name_plural = _("areas")
        ordering = ["order"]


class Issue(Bilingual):
    """A social issue within an area (report, table 6-1)."""

    area = models.ForeignKey(Area, models.PROTECT, related_name="issues")
    order = models.PositiveSmallIntegerField(default=0)

    class Meta(Bilingual.Meta):
        verbose_name = _("issue")
        verbose_name_plural = _("issues")
        ordering = ["order"]


class District(Bilingual):
    """An administrative district of the city."""

    class Meta(Bilingual.Meta):
        verbose_name = _("district")
        verbose_name_plural = _("districts")
        ordering = ["name_ko"]


class ProposalState(models.TextChoices):
    """Where a proposal stands. Visibility and lateness are no states."""

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Gathering support")
    ANSWER_DUE = "answer_due", _("Due for an answer")
    SUPPLEMENT = "supplement", _("Supplement asked for")
    PRELIM_REVIEW = "prelim_review", _("Preliminary review")
    DEPT_REVIEW = "dept_review", _("Departments' review")
    REFERRED = "referred", _("Before the council")
    ADOPTED = "adopted", _("Adopted")
    NOT_ADOPTED = "not_adopted", _("Not adopted")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Ground(models.TextChoices):
    """Why a proposal is not adopted.

    The Regulation on Citizens' Proposals (presidential decree 35811), article 2 no. 1, names
    what is no proposal; the others are what a city answers in practice.
    """

    ALREADY_DONE = "already_done", _("Already done or in force")
    NOT_THE_CITYS = "not_the_citys", _("Not the city's business")
    NOT_FEASIBLE = "not_feasible", _("Not feasible")
    SAME_AS_EARLIER = "same_as_earlier", _("The same as an earlier proposal")
    RIGHTS_OF_OTHERS = "rights_of_others", _("Touches the rights of others")
    PRIVATE_PROFIT = "private_profit", _("For private profit or publicity")
    COUNCIL = "council", _("The council voted against it")


WAITING_STATES = (
    ProposalState.ANSWER_DUE,
    ProposalState.SUPPLEMENT,
    ProposalState.PRELIM_REVIEW,
    ProposalState.DEPT_REVIEW,
)
OPEN_STATES = (ProposalState.SUBMITTED, *WAITING_STATES, ProposalState.REFERRED)
DECIDED_STATES = (ProposalState.ADOPTED, ProposalState.NOT_ADOPTED)


class ProposalQuerySet(models.QuerySet["Proposal"]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Drafts are their author's alone; the rest is public."""
        return self.filter(~Q(state=ProposalState.DRAFT) | Q(author_id=user.pk))

    def public(self) -> Self:
        return self.exclude(state=ProposalState.DRAFT)

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
        S.SUBMITTED: {S.ANSWER_DUE, S.NOT_ADOPTED, S.WITHDRAWN},
        S.ANSWER_DUE: {S.SUPPLEMENT, S.PRELIM_REVIEW, S.NOT_ADOPTED, S.WITHDRAWN},
        S.SUPPLEMENT: {S.ANSWER_DUE, S.PRELIM_REVIEW, S.DEPT_REVIEW, S.NOT_ADOPTED, S.WITHDRAWN},
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
    }

    title = models.CharField(_("title"), max_length=100)
    problem = models.TextField(_("what is the problem"), max_length=5000)
    solution = models.TextField(_("what should be done"), max_length=5000)
    effect = models.TextField(_("what gets better"), max_length=3000, blank=True)
    area = models.ForeignKey(Area, models.PROTECT, null=True, verbose_name=_("area"))
    issue = models.ForeignKey(Issue, models.PROTECT, null=True, blank=True, verbose_name=_("issue"))
    district = models.ForeignKey(
        District, models.PROTECT, null=True, blank=True, verbose_name=_("district")
    )
    place = models.CharField(_("place"), max_length=200, blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="proposals")
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
            models.CheckConstraint(
                condition=~Q(state="not_adopted") | ~Q(ground=""),
                name="refused_proposals_have_a_ground",
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
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("proposals:detail", args=[self.pk])

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


class ProposalStat(models.Model):
    """The counts of one proposal, with copies of what lists filter and order by."""

    proposal = models.OneToOneField(Proposal, models.CASCADE, primary_key=True, related_name="stat")
    district_id = models.BigIntegerField(null=True)
    area_id = models.BigIntegerField(null=True)
    state = models.CharField(max_length=20)
    published_at = models.DateTimeField()
    support_count = models.PositiveIntegerField(default=0)
    shards = models.PositiveSmallIntegerField(default=1)

    class Meta:
        indexes = [
            models.Index(fields=["-published_at", "-proposal"], name="stat_newest"),
            models.Index(fields=["-support_count", "-proposal"], name="stat_most_supported"),
            models.Index(
                fields=["state", "-published_at", "-proposal"], name="stat_newest_in_state"
            ),
            models.Index(
                fields=["area_id", "-published_at", "-proposal"], name="stat_newest_in_area"
            ),
            models.Index(
                fields=["district_id", "-published_at", "-proposal"], name="stat_newest_in_district"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.proposal_id}: {self.support_count}"


class ProposalCount(models.Model):
    """How many proposals there are per district, area and state; kept by the database."""

    district_id = models.BigIntegerField()
    area_id = models.BigIntegerField()
    state = models.CharField(max_length=20)
    n = models.IntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["district_id", "area_id", "state"], name="one_count_each"
            )
        ]

    def __str__(self) -> str:
        return f"{self.district_id}/{self.area_id}/{self.state}: {self.n}"


class Support(models.Model):
    """One person's support (공감) for one proposal."""

    pk = models.CompositePrimaryKey("proposal_id", "person_id")
    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="supports")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="supports", db_index=False
    )
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        indexes = [models.Index(fields=["person", "created_at"], name="support_of_person")]

    def __str__(self) -> str:
        return f"{self.person_id} supports {self.proposal_id}"


class SupportShard(models.Model):
    """Supports not yet folded into the count, spread so that a hot proposal has no hot row."""

    pk = models.CompositePrimaryKey("proposal_id", "shard")
    proposal_id = models.BigIntegerField()
    shard = models.SmallIntegerField()
    n = models.IntegerField()

    def __str__(self) -> str:
        return f"{self.proposal_id}/{self.shard}: {self.n}"


class Pause(models.Model):
    """A stop of the answer's clock: a supplement was asked for and has not come yet."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="pauses")
    asked_on = models.DateField()
    due_on = models.DateField()
    came_on = models.DateField(null=True)
    asked_for = models.TextField()
    asked_in = models.CharField(max_length=20, choices=ProposalState)
    supplement = models.TextField(blank=True)

    class Meta:
        ordering = ["asked_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["proposal"], condition=Q(came_on=None), name="one_open_pause_each"
            ),
            models.CheckConstraint(
                condition=Q(came_on=None) | Q(came_on__gte=F("asked_on")),
                name="pause_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.proposal_id} from {self.asked_on}"


class Review(models.Model):
    """An opinion of a department on a proposal: the preliminary review, or another's."""

    class Kind(models.TextChoices):
        PRELIMINARY = "preliminary", _("Preliminary review")
        DEPARTMENT = "department", _("Review by a department concerned")

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="reviews")
    kind = models.CharField(max_length=20, choices=Kind)
    department = models.ForeignKey(Department, models.PROTECT)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    opinion = models.TextField()
    written_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["written_at", "pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} of {self.proposal_id}"


class Attachment(models.Model):
    """A file that belongs to a proposal."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="attachments")
    file = models.FileField(upload_to=RandomName("proposals"), max_length=120)
    name = models.CharField(max_length=255)
    content_type = models.CharField(max_length=120)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    added_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["added_at", "pk"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("proposals:attachment", args=[self.proposal_id, self.pk])


class Follow(models.Model):
    """A person who wants to be told what becomes of a proposal."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="follows")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="follows")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["proposal", "person"], name="one_follow_each")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} follows {self.proposal_id}"
