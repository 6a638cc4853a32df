"""How people judge the city's answer and what came of it: one mark each, and the sums."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.proposals.models import Proposal


class MarkKind(models.TextChoices):
    """What is judged."""

    ANSWER = "answer", _("The answer")
    RESULT = "result", _("The result")


class Score(models.IntegerChoices):
    """A mark in words; five is best."""

    VERY_GOOD = 5, _("Very satisfied")
    GOOD = 4, _("Satisfied")
    FAIR = 3, _("Neither nor")
    POOR = 2, _("Dissatisfied")
    VERY_POOR = 1, _("Very dissatisfied")


class Mark(models.Model):
    """What one person thinks of the answer or the result; the words are for the department."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="marks")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="marks_given")
    kind = models.CharField(max_length=10, choices=MarkKind)
    score = models.PositiveSmallIntegerField(_("your mark"), choices=Score)
    comment = models.TextField(_("why"), blank=True, max_length=1000)
    given_at = models.DateTimeField(default=timezone.now, editable=False)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("mark")
        verbose_name_plural = _("marks")
        ordering = ["-given_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "person", "kind"], name="one_mark_each_person_and_kind"
            ),
            models.CheckConstraint(
                condition=Q(score__gte=1, score__lte=5), name="marks_go_from_one_to_five"
            ),
            models.CheckConstraint(condition=Q(kind__in=MarkKind.values), name="mark_kind_known"),
        ]

    def __str__(self) -> str:
        return f"{self.proposal_id} {self.kind}: {self.score}"

    @staticmethod
    def words_of(score: int) -> str:
        return str(Score(score).label)


class MarkSum(models.Model):
    """How many marks of a kind a proposal got, and their sum; kept by the database."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="mark_sums")
    kind = models.CharField(max_length=10, choices=MarkKind)
    n = models.IntegerField(default=0)
    total = models.IntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["proposal", "kind"], name="one_sum_each_kind")
        ]

    def __str__(self) -> str:
        return f"{self.proposal_id} {self.kind}: {self.total}/{self.n}"

    @property
    def mean(self) -> float | None:
        """The mean mark, or ``None`` without any."""
        return self.total / self.n if self.n else None
