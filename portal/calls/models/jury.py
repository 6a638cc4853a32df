"""Who judges what is handed in to a call: jurors, those who stand back, and their scores."""

from typing import Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import User
from portal.calls.models.calls import Call, Track
from portal.calls.models.entries import Entry


class JurorQuerySet(models.QuerySet["Juror"]):
    def of_call(self, call: Call) -> Self:
        return self.filter(track__call=call)

    def of_person(self, person: User | AnonymousUser) -> Self:
        return self.filter(person_id=person.pk)


class Juror(models.Model):
    """Someone who judges a track."""

    track = models.ForeignKey(Track, models.CASCADE, related_name="jurors")
    person = models.ForeignKey(User, models.PROTECT, related_name="jury_seats")
    # Whether the person worked for the city when seated, and again when the judging began.
    is_official = models.BooleanField(default=False)
    appointed_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = JurorQuerySet.as_manager()

    class Meta:
        verbose_name = _("juror")
        verbose_name_plural = _("jurors")
        ordering = ["appointed_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["track", "person"], name="nobody_judges_a_track_twice")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} for {self.track_id}"


class Recusal(models.Model):
    """A juror who does not judge an entry, and why; everyone may know."""

    juror = models.ForeignKey(Juror, models.CASCADE, related_name="recusals")
    entry = models.ForeignKey(Entry, models.CASCADE, related_name="recusals")
    reason = models.TextField(max_length=1000)
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["juror", "entry"], name="nobody_stands_back_twice"),
            models.CheckConstraint(condition=~Q(reason=""), name="jurors_say_why_they_stand_back"),
        ]

    def __str__(self) -> str:
        return f"{self.juror_id} not on {self.entry_id}"


def one_to_ten(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(**{f"{name}__range": (1, 10)}), name=f"{name}_from_one_to_ten"
    )


class Score(models.Model):
    """What one juror gives one entry: one to ten for each criterion."""

    juror = models.ForeignKey(Juror, models.PROTECT, related_name="scores")
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="scores")
    feasibility = models.PositiveSmallIntegerField()
    originality = models.PositiveSmallIntegerField()
    effect = models.PositiveSmallIntegerField()
    scope = models.PositiveSmallIntegerField()
    continuity = models.PositiveSmallIntegerField()
    comment = models.TextField(max_length=2000, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("score of a juror")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["juror", "entry"], name="one_score_for_each_juror"),
            one_to_ten("feasibility"),
            one_to_ten("originality"),
            one_to_ten("effect"),
            one_to_ten("scope"),
            one_to_ten("continuity"),
        ]

    def __str__(self) -> str:
        return f"score of {self.juror_id} for {self.entry_id}"
