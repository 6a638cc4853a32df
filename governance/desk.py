"""The work lists of members who vote and of the secretary who keeps the meetings."""

from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.models import Meeting, Motion, Seat
from portal.accounts.models import Role, User
from portal.proposals.models import Proposal
from portal.registry import DeskItem, DeskQueue


def announced() -> str:
    """How many meetings are to come: the news on the front page."""
    return str(Meeting.objects.coming().count())


def seats_held(person: User) -> list[bool]:
    """For each seat of the person whether it is the chair's, asked once: every page's menu does."""
    held: list[bool] | None = getattr(person, "seats_held", None)
    if held is None:
        seats = Seat.objects.current().of_member(person).filter(member__is_active=True)
        held = list(seats.values_list("is_chair", flat=True))
        setattr(person, "seats_held", held)  # noqa: B010  what this room keeps on a person
    return held


def sits_somewhere(person: User) -> bool:
    return person.is_authenticated and bool(seats_held(person))


def keeps_meetings(person: User) -> bool:
    return person.holds(Role.SECRETARY)


def to_vote(person: User) -> Any:
    return Motion.objects.open_to_vote_of(person)


def votes(person: User, most: int) -> list[DeskItem]:
    found = to_vote(person).select_related("council").order_by("opened_at", "pk")[:most]
    return [
        DeskItem(
            title=motion.title,
            url=reverse("governance:vote", args=[motion.pk]),
            note=motion.council.name,
            since=motion.opened_at,
        )
        for motion in found
    ]


def planned(person: User) -> Any:
    return Meeting.objects.planned()


def notices(person: User, most: int) -> list[DeskItem]:
    found = planned(person).select_related("council").order_by("starts_at", "pk")[:most]
    return [
        DeskItem(
            title=meeting.title,
            url=meeting.get_absolute_url(),
            due=timezone.localdate(meeting.starts_at) - timedelta(days=meeting.council.notice_days),
            note=_("Give notice by this day"),
            since=meeting.state_since,
        )
        for meeting in found
    ]


def unfinished(person: User) -> Any:
    return Meeting.objects.to_finish()


def minutes(person: User, most: int) -> list[DeskItem]:
    found = unfinished(person).select_related("council").order_by("closed_at", "pk")
    stuck = set(Meeting.objects.with_whole_minutes().values_list("pk", flat=True))
    return [
        DeskItem(
            title=meeting.title,
            url=meeting.get_absolute_url(),
            due=meeting.minutes_due_on,
            note=_("Nobody can sign them") if meeting.pk in stuck else _("Write the minutes"),
            since=meeting.closed_at,
        )
        for meeting in found[:most]
    ]


def signs(person: User) -> bool:
    return keeps_meetings(person) or (person.is_authenticated and any(seats_held(person)))


def unsigned(person: User) -> Any:
    return Meeting.objects.to_sign_by(person)


def signatures(person: User, most: int) -> list[DeskItem]:
    found = unsigned(person).select_related("council", "minutes__written_by")
    return [
        DeskItem(
            title=meeting.title,
            url=reverse("governance:sign_minutes", args=[meeting.pk]),
            due=meeting.minutes_due_on,
            note=_("Written by {name}").format(name=meeting.minutes.written_by.name),
            since=meeting.minutes.changed_at,
        )
        for meeting in found.order_by("closed_at", "pk")[:most]
    ]


def untabled(person: User) -> Any:
    """Referred proposals that no council has on its table."""
    return Proposal.objects.referred().exclude(
        pk__in=Motion.objects.undecided().values("proposal_id")
    )


def proposals(person: User, most: int) -> list[DeskItem]:
    return [
        DeskItem(
            title=proposal.title,
            url=reverse("governance:table", args=[proposal.pk]),
            note=_("Bring it before a council"),
            since=proposal.state_since,
        )
        for proposal in untabled(person).order_by("state_since", "pk")[:most]
    ]


def waiting(person: User) -> Any:
    return Motion.objects.tabled()


def motions(person: User, most: int) -> list[DeskItem]:
    found = waiting(person).select_related("council").order_by("state_since", "pk")[:most]
    return [
        DeskItem(
            title=motion.title,
            url=motion.get_absolute_url(),
            note=motion.council.name,
            since=motion.state_since,
        )
        for motion in found
    ]


def _queue(key: str, words: tuple[Any, Any], found: Any, items: Any, *, order: int) -> DeskQueue:
    """Make a work list of the secretary; ``words`` are its title and what it says when empty."""
    title, empty = words
    return DeskQueue(
        key=key,
        title=title,
        empty=empty,
        concerns=keeps_meetings,
        count=lambda person: found(person).count(),
        items=items,
        order=order,
    )


QUEUES = [
    DeskQueue(
        key="governance-votes",
        title=gettext_lazy("Votes that are open for you"),
        empty=gettext_lazy("No vote is open for you."),
        concerns=sits_somewhere,
        count=lambda person: to_vote(person).count(),
        items=votes,
        order=5,
    ),
    _queue(
        "governance-proposals",
        (
            gettext_lazy("Referred proposals without a motion"),
            gettext_lazy("Every referred proposal is before a council."),
        ),
        untabled,
        proposals,
        order=50,
    ),
    _queue(
        "governance-motions",
        (
            gettext_lazy("Motions waiting for a meeting"),
            gettext_lazy("No motion waits."),
        ),
        waiting,
        motions,
        order=55,
    ),
    _queue(
        "governance-notices",
        (
            gettext_lazy("Meetings that need a notice"),
            gettext_lazy("Notice of every meeting was given."),
        ),
        planned,
        notices,
        order=60,
    ),
    _queue(
        "governance-minutes",
        (
            gettext_lazy("Minutes to write"),
            gettext_lazy("All minutes are written."),
        ),
        unfinished,
        minutes,
        order=65,
    ),
    DeskQueue(
        key="governance-signatures",
        title=gettext_lazy("Minutes to sign"),
        empty=gettext_lazy("No minutes wait for your signature."),
        concerns=signs,
        count=lambda person: unsigned(person).count(),
        items=signatures,
        order=6,
    ),
]


def seat_held(person: User) -> str:
    """Say why a member's account stays open."""
    if sits_somewhere(person):
        return _("You hold a seat in a council. Close the account once your term has ended.")
    return ""
