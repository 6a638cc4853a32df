"""People judge the answer and the result: once each, changeable for some days."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.delivery.models import Mark, MarkKind, MarkSum
from portal.proposals.models import Proposal
from portal.refusals import Refused


@dataclass(frozen=True)
class Verdict:
    """What those who marked one kind think: how many they are, and the mean where enough are."""

    kind: MarkKind
    n: int
    mean: float | None


@transaction.atomic
def give(proposal: Proposal, *, by: User, kind: str, score: int, comment: str = "") -> Mark:
    """Keep what ``by`` thinks of the answer or the result; the same again changes it.

    Raises ``Refused`` once ``settings.RATING_CHANGE_DAYS`` have passed since the first time.
    """
    known = Mark.objects.select_for_update().filter(proposal=proposal, person=by, kind=kind)
    mark = known.first()
    if mark is None:
        return _first(proposal, by=by, kind=kind, score=score, comment=comment)
    if not may_change(mark):
        raise Refused(
            _("Your rating can no longer be changed: {days} days have passed.").format(
                days=settings.RATING_CHANGE_DAYS
            )
        )
    mark.score, mark.comment, mark.changed_at = score, comment, timezone.now()
    mark.save(update_fields=["score", "comment", "changed_at"])
    return mark


def _first(proposal: Proposal, *, by: User, **columns: Any) -> Mark:
    try:
        with transaction.atomic():
            return Mark.objects.create(proposal=proposal, person=by, **columns)
    except IntegrityError as error:
        raise Refused(_("You have just rated this in another window.")) from error


def may_change(mark: Mark) -> bool:
    """Whether the days in which a mark may be changed are not over."""
    return timezone.now() < mark.given_at + timedelta(days=settings.RATING_CHANGE_DAYS)


def of(proposal: Proposal, person: Any) -> dict[str, Mark]:
    """The marks that ``person`` gave to ``proposal``, by kind."""
    if not person.is_authenticated:
        return {}
    return {mark.kind: mark for mark in Mark.objects.filter(proposal=proposal, person=person)}


def verdicts(proposal: Proposal) -> list[Verdict]:
    """What people think of the answer and of the result, where anyone has said it: one query."""
    sums = {found.kind: found for found in MarkSum.objects.filter(proposal=proposal, n__gt=0)}
    return [
        Verdict(kind, sums[kind].n, mean_of(sums[kind].total, sums[kind].n))
        for kind in MarkKind
        if kind in sums
    ]


def mean_of(total: int, n: int) -> float | None:
    """The mean to one decimal, or ``None`` where too few have said anything to tell it."""
    return round(total / n, 1) if n >= settings.FEWEST_FOR_A_SHARE else None
