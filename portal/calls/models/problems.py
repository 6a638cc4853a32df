"""A local problem that people report, confirm and weigh, and what companies offer for it."""

from collections.abc import Iterable
from typing import Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Department, User
from portal.calls.models.states import ProblemState
from portal.lifecycle import Living
from portal.proposals.models import Area, District, Proposal
from portal.quarantine.models import StatedQuerySet
from portal.uploads import RandomName

TONES = {
    ProblemState.RECEIVED: "gray",
    ProblemState.SHARED: "info",
    ProblemState.HANDLED: "warning",
    ProblemState.SOLVED: "success",
    ProblemState.NOT_SOLVED: "danger",
}
OPEN_PROBLEMS = (ProblemState.SHARED, ProblemState.HANDLED)


class ProblemQuerySet(StatedQuerySet):
    FILE = "photo"

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """What is not shared yet is for who reported it and for officials; the rest is public."""
        if isinstance(user, User) and user.departments:
            return self
        return self.filter(Q(shared_at__isnull=False) | Q(reporter_id=user.pk))

    def public(self) -> Self:
        return self.filter(shared_at__isnull=False)

    def received(self) -> Self:
        return self.filter(state=ProblemState.RECEIVED)

    def open(self) -> Self:
        return self.filter(state__in=OPEN_PROBLEMS)

    def of_departments(self, departments: Iterable[int]) -> Self:
        return self.filter(department_id__in=list(departments))

    def for_lists(self) -> Self:
        return self.select_related("area", "district", "department", "reporter")


class Problem(Living):
    """One problem in one place; ``domain.problems`` moves it."""

    S = ProblemState
    MOVES = {
        S.RECEIVED: {S.SHARED, S.NOT_SOLVED},
        S.SHARED: {S.HANDLED, S.SOLVED, S.NOT_SOLVED},
        S.HANDLED: {S.SOLVED, S.NOT_SOLVED},
        S.NOT_SOLVED: {S.HANDLED},
    }

    title = models.CharField(_("title"), max_length=100)
    text = models.TextField(_("what is wrong"), max_length=3000)
    area = models.ForeignKey(Area, models.PROTECT, null=True, blank=True, verbose_name=_("area"))
    district = models.ForeignKey(
        District, models.PROTECT, null=True, blank=True, verbose_name=_("district")
    )
    place = models.CharField(_("place"), max_length=200, blank=True)
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    photo = models.FileField(upload_to=RandomName("problems"), blank=True, max_length=120)
    photo_shows = models.CharField(_("what the photo shows"), max_length=200, blank=True)
    reporter = models.ForeignKey(User, models.PROTECT, related_name="reported_problems")
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="problems"
    )
    state = models.CharField(max_length=20, choices=ProblemState, default=ProblemState.RECEIVED)
    reason = models.TextField(blank=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)
    shared_at = models.DateTimeField(null=True, editable=False)
    me_too_count = models.PositiveIntegerField(default=0, editable=False)
    vote_count = models.PositiveIntegerField(default=0, editable=False)
    is_sample = models.BooleanField(default=False, editable=False)

    objects = ProblemQuerySet.as_manager()

    class Meta:
        verbose_name = _("local problem")
        verbose_name_plural = _("local problems")
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=ProblemState.values), name="problem_state_known"
            ),
            models.CheckConstraint(
                condition=~Q(place="") | Q(district__isnull=False) | Q(latitude__isnull=False),
                name="problems_are_somewhere",
            ),
            models.CheckConstraint(
                condition=Q(latitude=None, longitude=None)
                | Q(
                    latitude__isnull=False,
                    longitude__isnull=False,
                    latitude__range=(-90, 90),
                    longitude__range=(-180, 180),
                ),
                name="problem_points_lie_on_the_globe",
            ),
            models.CheckConstraint(
                condition=Q(state="received") | ~Q(reason=""), name="steps_of_problems_have_reasons"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["shared", "handled", "solved"])
                | (Q(shared_at__isnull=False) & Q(department__isnull=False)),
                name="shared_problems_have_a_department",
            ),
            models.CheckConstraint(
                condition=Q(photo="") | ~Q(photo_shows=""), name="photos_say_what_they_show"
            ),
        ]
        indexes = [
            models.Index(fields=["-created_at", "-id"], name="problems_by_time"),
            models.Index(fields=["-vote_count", "-me_too_count", "-id"], name="problems_by_weight"),
            models.Index(fields=["changed_at"], name="problem_changed"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("calls:problem", args=[self.pk])

    @property
    def tone(self) -> str:
        return TONES[ProblemState(self.state)]

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_PROBLEMS

    @property
    def where(self) -> str:
        """The place in words: district and address, as far as they are known."""
        words = [self.district.name if self.district else "", self.place]
        return ", ".join(word for word in words if word)


class MeToo(models.Model):
    """One person who has the same problem."""

    problem = models.ForeignKey(Problem, models.CASCADE, related_name="me_too")
    person = models.ForeignKey(User, models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["problem", "person"], name="one_me_too_each")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} too: {self.problem_id}"


class Weight(models.Model):
    """One of the few votes that a person has in a month for what should come first."""

    problem = models.ForeignKey(Problem, models.CASCADE, related_name="weights")
    person = models.ForeignKey(User, models.CASCADE, related_name="+")
    month = models.DateField()
    # The number of the vote within the month: two at once cannot take the same.
    slot = models.PositiveSmallIntegerField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["problem", "person", "month"], name="one_vote_each_for_a_problem"
            ),
            models.UniqueConstraint(
                fields=["person", "month", "slot"], name="votes_of_a_month_are_numbered"
            ),
        ]

    def __str__(self) -> str:
        return f"vote {self.slot} of {self.person_id}: {self.problem_id}"


class Solution(models.Model):
    """What a company offers to do about a problem; shown apart from what citizens write."""

    problem = models.ForeignKey(Problem, models.PROTECT, related_name="solutions")
    author = models.ForeignKey(User, models.PROTECT, related_name="offered_solutions")
    company = models.CharField(_("name of the company"), max_length=100)
    text = models.TextField(_("what you offer"), max_length=3000)
    link = models.URLField(_("link"), max_length=300, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    withdrawn_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("solution")
        verbose_name_plural = _("solutions")
        ordering = ["created_at", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(company=""), name="solutions_name_their_company"),
            models.UniqueConstraint(
                fields=["problem", "author"],
                condition=Q(withdrawn_at=None),
                name="one_solution_each_for_a_problem",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.company}: {self.problem_id}"


class ProblemProposal(models.Model):
    """A proposal that began with a problem."""

    problem = models.ForeignKey(Problem, models.PROTECT, related_name="proposal_links")
    proposal = models.OneToOneField(Proposal, models.CASCADE, related_name="problem_link")
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.problem_id} became {self.proposal_id}"
