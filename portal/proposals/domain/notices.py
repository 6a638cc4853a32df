"""Who is told what: the contact that every notice names, and the people behind an office.

Each notice of a step names the office, the official and the telephone (decree of the Civil
Petitions Act, article 31). Officials act in public: their names are not masked.
"""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Appointment, Department, Role, User
from portal.bilingual import in_each_language
from portal.notifications.domain import notes
from portal.notifications.models import Note
from portal.proposals.models import (
    LATER,
    Announcement,
    Follow,
    HeldNote,
    Proposal,
    Rhythm,
    Support,
)

SUPPORTERS_AT_ONCE = 500


def contact(proposal: Proposal, official: User | None = None) -> dict[str, Any]:
    """The office, the official and the telephone of whoever deals with ``proposal``."""
    named = official or proposal.official
    department = proposal.department
    nobody = _("Nobody yet") if proposal.is_overdue else _("the official is named next")
    return {
        "office": department or "-",
        "officer": named.name if named else nobody,
        "phone": (department and department.phone) or settings.SITE_CONTACT["phone"],
    }


def tell(proposal: Proposal, kind: str, **context: Any) -> None:
    """Tell the author at once, and each who follows the proposal in the rhythm they chose.

    While moderation hides it, those who follow are not told its title.
    """
    follows = Follow.objects.filter(proposal=proposal).exclude(person=proposal.author_id)
    people: dict[str, list[User]] = {rhythm: [] for rhythm in Rhythm.values}
    for follow in follows.select_related("person"):
        people[follow.tells].append(follow.person)
    _leave([proposal.author], proposal, kind, **context)
    others = {**context, "title": proposal.title_for_others}
    if people[Rhythm.MAIL]:
        _leave(people[Rhythm.MAIL], proposal, kind, **others)
    if people[Rhythm.PORTAL]:
        _leave(people[Rhythm.PORTAL], proposal, kind, by_mail=False, **others)
    if any(people[rhythm] for rhythm in LATER):
        _hold(people, proposal, kind, **context)


def _hold(people: dict[str, list[User]], proposal: Proposal, kind: str, **context: Any) -> None:
    """Keep a note for those whom a digest tells."""
    told = {"title": proposal.title_for_others, "number": proposal.number, **context}
    words = notes.in_words(told)
    HeldNote.objects.bulk_create(
        HeldNote(person=person, proposal=proposal, tells=rhythm, kind=kind, context=words)
        for rhythm in LATER
        for person in people[rhythm]
    )


def tell_author(proposal: Proposal, kind: str, **context: Any) -> None:
    _leave([proposal.author], proposal, kind, **context)


def tell_officials(
    proposal: Proposal, kind: str, *, approvers_too: bool = True, **context: Any
) -> None:
    """Leave a note for the official who deals with it, or else for the whole department."""
    if proposal.official:
        _leave([proposal.official], proposal, kind, **context)
    elif approvers_too:
        tell_department(proposal.department, proposal, kind, **context)
    else:
        officials = holders(Role.OFFICIAL, departments=[proposal.department])
        _leave(officials, proposal, kind, **context)


def tell_department(
    department: Department | None, proposal: Proposal, kind: str, **context: Any
) -> None:
    people = holders(Role.OFFICIAL, Role.APPROVER, departments=[department])
    _leave(people, proposal, kind, **context)


def tell_approvers(proposal: Proposal, kind: str, **context: Any) -> None:
    """Leave a note for the approvers of the department and of the one above it."""
    _leave(approvers(proposal), proposal, kind, **context)


def approvers(proposal: Proposal) -> Any:
    """Those who approve for the department of ``proposal``, or for the one above it."""
    department = proposal.department
    above = department.parent if department else None
    return holders(Role.APPROVER, departments=[department, above])


def tell_auditors(proposal: Proposal, kind: str, **context: Any) -> None:
    _leave(holders(Role.AUDITOR), proposal, kind, **context)


def holders(*roles: str, departments: Iterable[Department | None] = ()) -> Any:
    """Those who hold one of ``roles`` today, in ``departments`` where some are named."""
    held = Appointment.objects.current().filter(role__in=roles)
    if departments:
        held = held.filter(department__in=[found for found in departments if found])
    return User.objects.filter(appointments__in=held, is_active=True).distinct()


def officials_of(department: Department | None) -> Any:
    """Those of ``department`` who may deal with a proposal, by name."""
    return holders(Role.OFFICIAL, Role.APPROVER, departments=[department]).order_by("name")


def announce(proposal: Proposal, kind: str, **context: Any) -> Announcement:
    """Have all supporters told; ``tell_supporters`` does it some hundreds at a time."""
    words = {"title": proposal.title_for_others, "number": proposal.number, **context}
    return Announcement.objects.create(
        proposal=proposal,
        kind=kind,
        context={name: in_each_language(value) for name, value in words.items()},
    )


def tell_supporters(announcement: Announcement) -> int:
    """Tell the next supporters of ``announcement``; return how many were told.

    The author and those who follow were told at once, so they are passed over. Call it with
    the row locked, in a transaction: what was told and how far it went agree.
    """
    follows = Follow.objects.filter(
        proposal=announcement.proposal_id, person_id=OuterRef("person_id")
    )
    waiting = (
        Support.objects.filter(
            proposal=announcement.proposal_id, person_id__gt=announcement.told_until
        )
        .exclude(Exists(follows))
        .exclude(person_id=announcement.proposal.author_id)
        .order_by("person_id")
    )
    people = list(waiting.values_list("person_id", flat=True)[:SUPPORTERS_AT_ONCE])
    Note.objects.bulk_create(
        Note(
            recipient_id=person,
            kind=announcement.kind,
            url=announcement.proposal.get_absolute_url(),
            context=announcement.context,
        )
        for person in people
    )
    announcement.told_until = people[-1] if people else announcement.told_until
    announcement.done_at = timezone.now() if len(people) < SUPPORTERS_AT_ONCE else None
    announcement.save(update_fields=["told_until", "done_at"])
    return len(people)


def how_to_follow(proposal: Proposal) -> str:
    """The address at which everyone sees how far the proposal is."""
    return settings.SITE_URL + reverse("proposals:detail", args=[proposal.pk])


def _leave(people: Any, proposal: Proposal, kind: str, **context: Any) -> None:
    facts = {"title": proposal.title, "number": proposal.number, **context}
    notes.leave_for_all(people, kind, url=proposal.get_absolute_url(), **facts)
