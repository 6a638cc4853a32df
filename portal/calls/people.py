"""What this room keeps about a person, and what goes when the account is closed."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import User
from portal.calls.models import (
    Entry,
    Invitation,
    Juror,
    Membership,
    MeToo,
    Problem,
    Recusal,
    Score,
    Solution,
    Weight,
)
from portal.registry import OwnData

Rows = Iterable[Any]


def entries(person: User) -> Rows:
    found = Entry.objects.filter(author=person).order_by("created_at")
    yield from found.values(
        "id", "track__call__title", "track__applicant", "form", "title", "text", "organisation",
        "link", "file_name", "state", "created_at", "points", "rank", "use", "used_in",
    )  # fmt: skip


def teams(person: User) -> Rows:
    found = Membership.objects.filter(person=person).order_by("joined_at")
    yield from found.values("team__name", "call__title", "share", "joined_at", "left_at")


def invitations(person: User) -> Rows:
    mine = Q(email__iexact=person.email) | Q(invited_by=person) | Q(used_by=person)
    found = Invitation.objects.filter(mine).order_by("created_at")
    yield from found.values("team__name", "email", "created_at", "expires_at", "used_at")


def judging(person: User) -> Rows:
    """Seats on juries, what was scored, and from what the person stood back."""
    seats = Juror.objects.filter(person=person).order_by("appointed_at")
    yield from seats.values("track__call__title", "track__applicant", "appointed_at")
    scores = Score.objects.filter(juror__person=person).order_by("at")
    yield from scores.values(
        "entry__title", "feasibility", "originality", "effect", "scope", "continuity",
        "comment", "at",
    )  # fmt: skip
    stood_back = Recusal.objects.filter(juror__person=person).order_by("at")
    yield from stood_back.values("entry__title", "reason", "at")


def problems(person: User) -> Rows:
    found = Problem.objects.filter(reporter=person).order_by("created_at")
    yield from found.values(
        "id", "title", "text", "place", "latitude", "longitude", "photo_shows", "state",
        "reason", "created_at",
    )  # fmt: skip


def me_too(person: User) -> Rows:
    """Problems that the person has too, and those given a vote."""
    yield from (
        MeToo.objects.filter(person=person)
        .order_by("at")
        .values("problem_id", "problem__title", "at")
    )
    votes = Weight.objects.filter(person=person).order_by("at")
    yield from votes.values("problem_id", "problem__title", "month", "at")


def solutions(person: User) -> Rows:
    found = Solution.objects.filter(author=person).order_by("created_at")
    yield from found.values(
        "problem__title", "company", "text", "link", "created_at", "withdrawn_at"
    )


OWN = [
    OwnData("call-entries", _("Entries to calls"), entries, order=60),
    OwnData("call-teams", _("Teams"), teams, order=61),
    OwnData("call-invitations", _("Invitations to teams"), invitations, order=62),
    OwnData("call-juries", _("Juries and scores"), judging, order=63),
    OwnData("problems", _("Local problems reported"), problems, order=64),
    OwnData("problem-votes", _("“Me too” and votes for problems"), me_too, order=65),
    OwnData("problem-solutions", _("Solutions offered"), solutions, order=66),
]


def forget(person: User) -> None:
    """Let invitations of and to a closed account work no more, and drop their address.

    Counts, scores and entries are public acts: they stay, without a name.
    """
    now = timezone.now()
    sent = Invitation.objects.filter(invited_by=person)
    sent.filter(used_at=None, recalled_at=None).update(recalled_at=now)
    Invitation.objects.filter(email__iexact=person.email).update(email="", recalled_at=now)
