"""How a jury is made up: how many of its members are officials, and whether that is too many.

The Regulation on Citizens' Proposals (decree 35811), article 8(3), asks that at least half of a
committee be citizens who are no officials; the share is a setting.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.utils.translation import ngettext

from portal.calls.models import Call, CallState, Juror, Track
from portal.refusals import Refused

WHOLE = 100


@dataclass(frozen=True)
class Makeup:
    """The members of a jury, and those of them who are officials."""

    seated: int
    officials: int

    @property
    def others(self) -> int:
        """Members who are no officials."""
        return self.seated - self.officials

    @property
    def percent(self) -> int:
        """Of the members, those who are no officials; whole percent, rounded down."""
        return WHOLE * self.others // self.seated if self.seated else 0

    @property
    def least(self) -> int:
        """The percent that is asked for."""
        return settings.CALL_JURY_CITIZENS

    @property
    def missing(self) -> int:
        """How many more members who are no officials are needed; one at least on any jury.

        Where nothing but they may sit, as many as there are officials have to be replaced.
        """
        if not self.seated:
            return 1
        if self.least >= WHOLE:
            return self.officials
        owed = self.least * self.seated - WHOLE * self.others
        return max(0, -(-owed // (WHOLE - self.least)))


def of(jurors: Iterable[Juror]) -> Makeup:
    """How the members of one jury make it up."""
    officials = [juror.is_official for juror in jurors]
    return Makeup(len(officials), sum(officials))


@transaction.atomic
def refuse_unmet(call: Call) -> None:
    """Raise ``Refused`` while a jury that has entries before it has too few who are no officials.

    Who works for the city is looked at anew: people change their posts.
    """
    tracks = call.tracks.prefetch_related("jurors__person")
    judged = [track for track in tracks if track.entries.present().exists()]
    for track in judged:
        for juror in track.jurors.all():
            _look_again(juror)
    lacking = [track for track in judged if of(track.jurors.all()).missing]
    if lacking:
        raise Refused(" ".join(_sentence(track) for track in lacking))


def _look_again(juror: Juror) -> None:
    is_official = juror.person.works_for_city
    if juror.is_official != is_official:
        juror.is_official = is_official
        juror.save(update_fields=["is_official"])


def _sentence(track: Track) -> str:
    found = of(track.jurors.all())
    words = ngettext(
        "The jury of the track “{track}” needs {n} more member who is no official: "
        "at least {least} percent are asked for (Regulation on Citizens' Proposals, article 8).",
        "The jury of the track “{track}” needs {n} more members who are no officials: "
        "at least {least} percent are asked for (Regulation on Citizens' Proposals, article 8).",
        found.missing,
    )
    return words.format(track=track, n=found.missing, least=found.least)


@contextmanager
def kept(track: Track) -> Iterator[None]:
    """Undo a change of the jury that leaves it worse than the rule once the judging has begun."""
    before = of(Juror.objects.filter(track=track)).missing
    with transaction.atomic():
        yield
        lacks = of(Juror.objects.filter(track=track)).missing
        if track.call.state == CallState.JUDGING and lacks > before:
            raise Refused(_sentence(Track.objects.get(pk=track.pk)))
