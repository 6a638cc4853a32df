"""The jury: who judges, who stands back, what they give, and what ranks follow from it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.audit.domain import log
from portal.calls.domain import makeup
from portal.calls.domain.entries import takes_part
from portal.calls.models import (
    Call,
    CallState,
    Criterion,
    Entry,
    EntryState,
    Juror,
    Recusal,
    Score,
    Track,
)
from portal.notifications.domain import notes
from portal.refusals import Refused

HUNDREDTH = Decimal("0.01")
OUT_OF = 10
SEATING = (CallState.DRAFT, CallState.ANNOUNCED, CallState.OPEN, CallState.JUDGING)


@dataclass(frozen=True)
class Standing:
    """An entry with its points (0 to 100, ``None`` where nobody scored it) and its rank."""

    entry: Entry
    points: Decimal | None
    rank: int | None
    tied: bool


@transaction.atomic
def seat(track: Track, *, by: User, person: User) -> Juror:
    """Appoint someone to judge a track.

    Raises ``Refused`` for one who takes part in the call, sits there already, or is too late,
    and for an official too many once the judging has begun.
    """
    call, official = track.call, person.works_for_city
    _refuse_complete(track)
    if takes_part(person, call):
        raise Refused(_("Who takes part in the call cannot judge it."))
    try:
        with transaction.atomic(), makeup.kept(track):
            juror = Juror.objects.create(track=track, person=person, is_official=official)
    except IntegrityError as error:
        raise Refused(_("This person judges that track already.")) from error
    log.record("juror_seated", call, by=by, juror=person.pk, track=track.applicant)
    notes.leave(person, "jury_seat", url=call.get_absolute_url(), title=call.title)
    return juror


@transaction.atomic
def unseat(juror: Juror, *, by: User) -> None:
    """Let someone judge no more, before the first score."""
    _refuse_complete(juror.track)
    log.record("juror_unseated", juror.track.call, by=by, juror=juror.person_id)
    with makeup.kept(juror.track):
        juror.delete()


def _refuse_complete(track: Track) -> None:
    """Keep a jury as it is from its first score on."""
    scored = Score.objects.filter(juror__track=track).exists()
    if scored or track.call.state not in SEATING:
        raise Refused(_("The jury is complete once it has begun to score."))


@transaction.atomic
def stand_back(entry: Entry, *, by: User, reason: str) -> Recusal:
    """Declare a conflict of interest: the juror does not judge this entry.

    Raises ``Refused`` without a reason, twice, and once the juror has scored the entry.
    """
    juror = seat_of(entry, by)
    if not reason.strip():
        raise Refused(_("Say which conflict keeps you from judging."))
    if juror.scores.filter(entry=entry).exists():
        raise Refused(_("You have already scored this entry."))
    try:
        with transaction.atomic():
            recusal = Recusal.objects.create(juror=juror, entry=entry, reason=reason)
    except IntegrityError as error:
        raise Refused(_("You have already stood back from this entry.")) from error
    log.record("juror_stood_back", entry, by=by, reason=reason)
    return recusal


@transaction.atomic
def score(entry: Entry, *, by: User, points: Mapping[str, int], comment: str = "") -> Score:
    """Give one to ten for each criterion; may be changed until the time of judging is over.

    Raises ``Refused`` for one who stood back, after the last day, and once all see all scores.
    """
    juror, call = seat_of(entry, by), entry.track.call
    if juror.recusals.filter(entry=entry).exists():
        raise Refused(_("You have stood back from this entry."))
    if is_done(call):
        raise Refused(_("Judging is over; the scores stay as they are."))
    columns: dict[str, Any] = {
        **{name: points[name] for name in Criterion.values},
        "comment": comment,
    }
    given, _created = Score.objects.update_or_create(
        juror=juror, entry=entry, defaults={**columns, "at": timezone.now()}
    )
    log.record("given", given, by=by, **columns)
    return given


def seat_of(entry: Entry, person: User) -> Juror:
    """The seat from which ``person`` judges ``entry``. Raises ``Refused`` where there is none."""
    call = entry.track.call
    if call.state != CallState.JUDGING:
        raise Refused(_("This call is not being judged."))
    if takes_part(person, call):
        raise Refused(_("Who takes part in the call cannot judge it."))
    juror = Juror.objects.of_person(person).filter(track=entry.track_id).first()
    if juror is None:
        raise Refused(_("You do not sit on this jury."))
    return juror


def judged_by(person: Any, call: Call) -> dict[int, str]:
    """What a juror has done with the entries of a call: ``scored`` or ``stood_back`` by entry."""
    done = {"juror__person_id": person.pk, "entry__track__call": call}
    scored = Score.objects.filter(**done).values_list("entry", flat=True)
    stood_back = Recusal.objects.filter(**done).values_list("entry", flat=True)
    return dict.fromkeys(scored, "scored") | dict.fromkeys(stood_back, "stood_back")


def missing_scores(call: Call) -> int:
    """How many scores are still owed: jurors times entries, without those who stood back."""
    owed = 0
    for track in call.tracks.prefetch_related("jurors"):
        entries = track.entries.present()
        given = Score.objects.filter(entry__in=entries, juror__track=track).count()
        stood_back = Recusal.objects.filter(entry__in=entries, juror__track=track).count()
        owed += len(track.jurors.all()) * entries.count() - given - stood_back
    return owed


def is_done(call: Call) -> bool:
    """Whether the scores are in the open: all are given, or the last day of judging is over."""
    if call.state in {CallState.PUBLISHED, CallState.CLOSED}:
        return True
    if call.state != CallState.JUDGING:
        return False
    if timezone.now() >= call.judging_ends_at:
        return True
    unjudged = call.tracks.filter(entries__state=EntryState.SUBMITTED, jurors=None)
    return missing_scores(call) == 0 and not unjudged.exists()


def scores_seen_by(entry: Entry, user: Any) -> list[Score]:
    """The scores that a reader may see: until all are in, nobody's but the reader's own."""
    found = entry.scores.select_related("juror__person").order_by("juror__appointed_at", "pk")
    if not is_done(entry.track.call):
        found = found.filter(juror__person_id=user.pk)
    return list(found)


def weighted(given: Score, call: Call) -> Decimal:
    """Turn the points of one juror into 0 to 100 by the weights of the call."""
    total = sum(getattr(given, name) * weight for name, weight in call.weights.items())
    return Decimal(total) / OUT_OF


def mean(given: Sequence[Score], call: Call) -> Decimal | None:
    """The mean of the jurors' weighted points, to a hundredth; ``None`` without any."""
    if not given:
        return None
    total = sum((weighted(one, call) for one in given), Decimal(0))
    return (total / len(given)).quantize(HUNDREDTH, ROUND_HALF_UP)


def ranking(track: Track) -> list[Standing]:
    """The entries of a track, best first; entries with the same points share a rank."""
    entries = track.entries.present().for_lists().prefetch_related("scores")
    marked = [(entry, mean(list(entry.scores.all()), track.call)) for entry in entries]
    return ranked(marked)


def ranked(marked: Iterable[tuple[Entry, Decimal | None]]) -> list[Standing]:
    """Rank by points: 1, 1, 3; those without points come last and have no rank."""
    rows = list(marked)
    points = [p for _entry, p in rows if p is not None]
    order = sorted(rows, key=lambda row: (row[1] is None, -(row[1] or 0), row[0].pk))
    return [
        Standing(
            entry=entry,
            points=mark,
            rank=None if mark is None else 1 + sum(other > mark for other in points),
            tied=mark is not None and points.count(mark) > 1,
        )
        for entry, mark in order
    ]


@transaction.atomic
def settle(call: Call, *, by: User) -> None:
    """Write points and ranks to the entries, and give each place's prize to its winner.

    Raises ``Refused`` where nobody has scored a track, and for a place that several share until
    ``award`` has said who gets its prize.
    """
    for track in call.tracks.select_related("call").prefetch_related("prizes"):
        standings = ranking(track)
        if standings and all(standing.points is None for standing in standings):
            raise Refused(_("Nobody has judged the track “{track}”.").format(track=track))
        for standing in standings:
            entry = standing.entry
            Entry.objects.filter(pk=entry.pk).update(points=standing.points, rank=standing.rank)
            log.record("ranked", entry, by=by, points=str(standing.points), rank=standing.rank)
        _give_prizes(track, standings, by=by)


def _give_prizes(track: Track, standings: list[Standing], *, by: User) -> None:
    """Give each prize that one entry alone has reached and nobody has been awarded yet."""
    taken = {s.entry.prize_id for s in standings if s.entry.prize_id}
    for prize in track.prizes.all():
        if prize.pk in taken:
            continue
        reached = [s for s in standings if covers(s, prize.place, standings)]
        waiting = [s for s in reached if not s.entry.prize_id]
        if len(waiting) > 1:
            words = _("Several entries share place {place} of “{track}”. Say who gets its prize.")
            raise Refused(words.format(place=prize.place, track=track))
        for standing in waiting:
            _give(standing.entry, prize, by=by)


def covers(standing: Standing, place: int, standings: list[Standing]) -> bool:
    """Whether a rank reaches ``place``: three who share rank 1 cover places 1 to 3."""
    if standing.rank is None:
        return False
    alike = sum(other.rank == standing.rank for other in standings)
    return standing.rank <= place < standing.rank + alike


@transaction.atomic
def award(entry: Entry, *, by: User, place: int | None) -> Entry:
    """Say which prize an entry gets where several share a place; ``None`` gives none.

    Raises ``Refused`` while the jury scores, for a place that the entry has not reached, and
    for a prize that another entry has.
    """
    if not is_done(entry.track.call) or entry.track.call.state != CallState.JUDGING:
        raise Refused(_("Prizes are given after judging and before the results are public."))
    prize = entry.track.prizes.filter(place=place).first() if place else None
    if prize and not _may_win(entry, prize.place):
        raise Refused(_("The entry has not reached that place."))
    _give(entry, prize, by=by)
    return entry


def _may_win(entry: Entry, place: int) -> bool:
    standings = ranking(entry.track)
    return any(s.entry.pk == entry.pk and covers(s, place, standings) for s in standings)


def _give(entry: Entry, prize: Any, *, by: User) -> None:
    try:
        with transaction.atomic():
            Entry.objects.filter(pk=entry.pk).update(prize=prize)
    except IntegrityError as error:
        raise Refused(_("Another entry has that prize.")) from error
    entry.prize = prize
    place = prize.place if prize else None
    log.record("awarded", entry, by=by, place=place, amount=prize.amount if prize else None)


def parts_of_prize(entry: Entry) -> list[tuple[str, int]]:
    """Split an entry's prize among its team by their shares: names and won, to the last won.

    What rounding leaves over goes to the largest share.
    """
    if entry.prize is None or entry.team is None:
        return []
    members = list(entry.team.memberships.present().select_related("person"))
    if any(member.share is None for member in members):
        return []
    amounts = [entry.prize.amount * (member.share or 0) // 100 for member in members]
    largest = max(range(len(members)), key=lambda i: members[i].share or 0)
    amounts[largest] += entry.prize.amount - sum(amounts)
    return [(m.person.public_name, a) for m, a in zip(members, amounts, strict=True)]
