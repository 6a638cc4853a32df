"""Who supports a proposal, and the counts that follow.

They stand apart from the text: supports arrive by the thousand, and a counter on a
row with text and indexes would make each of them slow.
"""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from portal.proposals.models.proposals import Proposal
from portal.proposals.models.states import Channel


class ClockTimestamp(models.Func):
    """The time at which a row is written, not that at which its transaction began.

    Migrations name it; no table of today has it.
    """

    function = "clock_timestamp"
    output_field = models.DateTimeField()


class ProposalStat(models.Model):
    """The counts of one proposal, with copies of what lists filter and order by."""

    proposal = models.OneToOneField(Proposal, models.CASCADE, primary_key=True, related_name="stat")
    district_id = models.BigIntegerField(null=True)
    area_id = models.BigIntegerField(null=True)
    state = models.CharField(max_length=20)
    published_at = models.DateTimeField()
    support_count = models.PositiveIntegerField(default=0)
    visible = models.BooleanField(default=True, db_default=True)
    # The keyed hash of a verified author, whose other accounts do not support the proposal.
    author_hash = models.BinaryField(max_length=32, null=True)

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


class SupportFacts(models.Model):
    """What is kept of one person's support (공감) for one proposal."""

    created_at = models.DateTimeField(db_default=Now())
    # How sure the portal was of who supports, at that time; and the keyed hash of that person,
    # so that two accounts of one person count once.
    level = models.CharField(max_length=20, default="email", db_default="email")
    person_hash = models.BinaryField(max_length=32, null=True)
    channel = models.CharField(
        max_length=10, choices=Channel, default=Channel.WEB, db_default=Channel.WEB
    )

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.person_id} supports {self.proposal_id}"  # type: ignore[attr-defined]


class Support(SupportFacts):
    """One person's support for one proposal, counted already or not: read from a view."""

    pk = models.CompositePrimaryKey("proposal_id", "person_id")
    proposal = models.ForeignKey(Proposal, models.DO_NOTHING, related_name="supports")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.DO_NOTHING, related_name="supports")
    counted = models.BooleanField()

    class Meta:
        managed = False
        db_table = "proposals_support"


class CountedSupport(SupportFacts):
    """A support that is in the count and in the trail; rules and steps read these."""

    pk = models.CompositePrimaryKey("proposal_id", "person_id")
    # The primary key begins with the proposal, so an index of its own would only cost each fold.
    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="+", db_index=False)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False
    )

    class Meta:
        indexes = [models.Index(fields=["person", "created_at"], name="support_of_person")]
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "person_hash"],
                condition=models.Q(person_hash__isnull=False),
                name="one_support_each_verified_person",
            )
        ]


class WaitingSupport(SupportFacts):
    """A support that waits for the fold, which counts it and writes its act.

    Rows are only ever added and taken away, by no key that two people share: a proposal that
    thousands support at once has no row they would wait for. That proposal and person exist is
    looked at by the fold, seconds later: here it would cost each click a lock on both (decision
    12).
    """

    pk = models.CompositePrimaryKey("proposal_id", "person_id")
    proposal = models.ForeignKey(
        Proposal, models.CASCADE, related_name="+", db_index=False, db_constraint=False
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="+",
        db_index=False,
        db_constraint=False,
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "person_hash"],
                condition=models.Q(person_hash__isnull=False),
                name="one_wait_each_verified_person",
            )
        ]


class WaitingWithdrawal(models.Model):
    """A support taken back of which neither the count nor the trail knows yet."""

    proposal_id = models.BigIntegerField()
    person_id = models.BigIntegerField()
    taken_back_at = models.DateTimeField(db_default=Now())
    # Otherwise it was given and taken back between two folds: two acts, and nothing to count.
    was_counted = models.BooleanField()

    def __str__(self) -> str:
        return f"{self.person_id} no longer supports {self.proposal_id}"
