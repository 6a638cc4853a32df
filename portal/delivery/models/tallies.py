"""What the scoreboard is read from: tallies, and what each proposal adds to them."""

from enum import StrEnum

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from portal.accounts.models import Department


class Measure(StrEnum):
    """What a tally counts: what is owed by the due date, all else by the month of its day."""

    OPEN = "open"  # owed, its clock running
    STOPPED = "stopped"  # owed, its clock stopped
    DUE = "due"  # answered; the month is that of the due date
    IN_TIME = "in_time"  # answered in time; the same
    ANSWERED = "answered"  # answered; here and below the month is that of the answer
    TOOK = "took"  # answered after so many days
    DECIDED = "decided"  # answered by a decision
    ACCEPTED = "accepted"  # answered by an adoption
    MARKS = "marks"  # people who rated the answer
    MARKED = "marked"  # the sum of their ratings
    REOPENED = "reopened"  # re-examinations, by the month in which they were asked for


OWED = [Measure.OPEN.value, Measure.STOPPED.value]


class Tally(models.Model):
    """How many of one measure a department has on one day or in the month that begins with it."""

    pk = models.CompositePrimaryKey("day", "department_id", "measure", "took")
    day = models.DateField()
    department = models.ForeignKey(Department, models.PROTECT, related_name="+", db_index=False)
    measure = models.CharField(max_length=10)
    # How many days answers took, where that is what is counted: so the median is exact.
    took = models.IntegerField(default=0)
    n = models.BigIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(measure__in=[measure.value for measure in Measure]),
                name="tally_measure_known",
            )
        ]
        indexes = [
            models.Index(
                fields=["department", "day"],
                name="tally_owed",
                condition=Q(measure__in=OWED),
            )
        ]

    def __str__(self) -> str:
        return f"{self.department_id} {self.day} {self.measure}: {self.n}"


class TallyPart(models.Model):
    """What one proposal adds to the tallies; it tells what to take away when it moves on."""

    proposal_id = models.BigIntegerField(primary_key=True)
    department_id = models.BigIntegerField()
    standing = models.CharField(max_length=10, blank=True)
    due_on = models.DateField(null=True)
    answered_on = models.DateField(null=True)
    took = models.IntegerField(null=True)
    is_decided = models.BooleanField()
    is_accepted = models.BooleanField()
    marks = models.IntegerField()
    marked = models.IntegerField()
    reopened_on = ArrayField(models.DateField())

    def __str__(self) -> str:
        return f"{self.proposal_id}: {self.standing}"


class TallyWait(models.Model):
    """A proposal that has moved since it was counted; the database notes it."""

    proposal_id = models.BigIntegerField()

    def __str__(self) -> str:
        return str(self.proposal_id)
