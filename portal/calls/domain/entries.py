"""What is handed in to a call: a citizen's proposal, or an idea or prototype, and its use."""

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from portal import registry
from portal.accounts.models import User
from portal.audit.domain import log
from portal.calls.models import (
    Applicant,
    Call,
    CallState,
    Entry,
    EntryForm,
    EntryState,
    Juror,
    Membership,
    Team,
    Track,
    Use,
)
from portal.proposals.domain import proposals
from portal.proposals.models import Channel
from portal.quarantine.domain import files
from portal.refusals import Refused
from portal.uploads import Checked

WRITTEN = ("title", "text", "link", "organisation", "form")


@transaction.atomic
def propose(track: Track, *, by: User, written: Mapping[str, Any]) -> Entry:
    """Hand in a proposal to the citizens' track; it is public at once, like every proposal."""
    _refuse_entrants(track, by)
    proposal = proposals.draft(by=by, written=written, channel=Channel.CALL, call=track.call_id)
    proposals.publish(proposal, by=by)
    return _enter(track, by=by, form=EntryForm.PROPOSAL, proposal=proposal, title=proposal.title)


@transaction.atomic
def submit(
    track: Track,
    *,
    by: User,
    written: Mapping[str, Any],
    file: tuple[Any, Checked] | None = None,
) -> Entry:
    """Hand in an idea or a prototype, for oneself or for the team that one founded.

    Raises ``Refused`` outside the time of entries, for jurors and the department in charge, for
    a second entry, and where somebody else of the team has to hand it in.
    """
    _refuse_entrants(track, by)
    team = team_of(track, by)
    if team and team.founder_id != by.pk:
        raise Refused(_("Who founded the team hands in its entry."))
    columns = {name: written[name] for name in WRITTEN if name in written}
    return _enter(track, by=by, team=team, **columns, **_kept(file))


def _enter(track: Track, *, by: User, **columns: Any) -> Entry:
    try:
        with transaction.atomic():
            entry = Entry.objects.create(track=track, author=by, **columns)
    except IntegrityError as error:
        raise Refused(_("You have handed in an entry already.")) from error
    _hold(entry, by, entry.file)
    log.record("handed_in", entry, by=by, title=entry.title, form=entry.form)
    return entry


@transaction.atomic
def revise(
    entry: Entry,
    *,
    by: User,
    written: Mapping[str, Any],
    file: tuple[Any, Checked] | None = None,
) -> Entry:
    """Write an entry anew while the call is open."""
    _refuse_closed(entry.track)
    columns = {name: written[name] for name in WRITTEN if name in written} | _kept(file)
    for name, value in columns.items():
        setattr(entry, name, value)
    entry.save(update_fields=list(columns))
    _hold(entry, by, columns.get("file"))
    log.record("revised", entry, by=by, title=entry.title)
    return entry


@transaction.atomic
def withdraw(entry: Entry, *, by: User) -> Entry:
    """Take an entry out of a call that is still open. A proposal stays on its own way."""
    _refuse_closed(entry.track)
    if entry.proposal:
        proposals.leave_call(entry.proposal, by=by)
    return entry.move(EntryState.WITHDRAWN, by=by)


@transaction.atomic
def say_use(entry: Entry, *, by: User, use: str, used_in: str) -> Entry:
    """Say what became of an entry: used in what, or why not. Raises ``Refused`` without words."""
    if entry.track.call.state != CallState.JUDGING:
        raise Refused(_("What became of an entry is said while the call is judged."))
    if use not in Use.values or not used_in.strip():
        raise Refused(_("Say in words where it is used, or why not."))
    entry.use, entry.used_in = use, used_in.strip()
    entry.save(update_fields=["use", "used_in"])
    log.record("use_said", entry, by=by, use=use, reason=entry.used_in)
    return entry


def takes_part(person: User, call: Call) -> bool:
    """Whether someone has an entry, alone or with others, or a place in a team of the call."""
    written = [number for ask in registry.joint_works for number in ask(person)]
    own = Q(author=person) | Q(proposal__in=written)
    return (
        Entry.objects.of_call(call).present().filter(own).exists()
        or call.memberships.present().filter(person=person).exists()
    )


def team_of(track: Track, person: User) -> Team | None:
    """The team of a person in a track, or nothing."""
    here = Membership.objects.present().filter(person=person, team__track=track)
    row = here.select_related("team").first()
    return row.team if row else None


def takes_proposals(track: Track) -> bool:
    """Whether entries of the track are proposals: citizens' ones, outside of events."""
    return track.applicant == Applicant.CITIZEN and not track.call.is_event


def _kept(file: tuple[Any, Checked] | None) -> dict[str, Any]:
    if file is None:
        return {}
    stored, checked = file
    return {
        "file": stored,
        "file_name": checked.name,
        "file_size": checked.size,
        "content_type": checked.content_type,
    }


def _hold(entry: Entry, by: User, file: Any) -> None:
    """Keep a file that has just come apart until its content is checked."""
    if file:
        files.hold(entry.file, by=by, name=entry.file_name, url=entry.get_absolute_url())


def _refuse_closed(track: Track) -> None:
    if not track.call.takes_entries:
        raise Refused(_("This call does not take entries now."))


def _refuse_entrants(track: Track, person: User) -> None:
    """Refuse outside the time of entries, and those who run or judge the call."""
    _refuse_closed(track)
    if track.call.department_id in person.departments:
        raise Refused(_("Your department runs this call, so you cannot take part."))
    if Juror.objects.of_call(track.call).of_person(person).exists():
        raise Refused(_("Who judges a call cannot take part in it."))
