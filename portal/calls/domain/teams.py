"""Teams: founded, joined by an invitation that works once, left, and how they share a prize."""

import hashlib
import secrets
from collections.abc import Mapping
from datetime import timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.audit.domain import log
from portal.calls.models import Call, CallState, Entry, Invitation, Juror, Membership, Team, Track
from portal.notifications.domain import notes
from portal.refusals import Refused

CODE_BYTES = 16
WHOLE = 100


@transaction.atomic
def found(track: Track, *, by: User, name: str) -> Team:
    """Begin a team in a track, with its founder as the first member.

    Raises ``Refused`` where the call takes no teams now, for jurors, for one who is in a team of
    the call already, and for a name that another team of the track has.
    """
    _refuse_outsiders(track, by)
    # Of two who take a name at once, the second waits here and meets the team of the first.
    Track.objects.select_for_update(no_key=True).get(pk=track.pk)
    if Team.objects.filter(track=track, name=name).exists():
        raise Refused(_("Another team of this track has that name. Choose a different one."))
    team = Team.objects.create(track=track, name=name, founder=by)
    _join(team, by)
    log.record("team_founded", track.call, by=by, team=team.name)
    return team


@transaction.atomic
def invite(team: Team, *, by: User, email: str = "") -> str:
    """Make a code that lets one person into the team for some days; return it, once.

    With ``email`` only an account with that address may use it, and it is told where there is
    one. Raises ``Refused`` where as many are invited as the team has places.
    """
    _refuse_unchanging(team)
    held = team.memberships.present().count() + team.invitations.usable().count()
    if held >= team.track.call.team_size:
        raise Refused(_("Every place of the team is taken or offered to someone."))
    code = secrets.token_urlsafe(CODE_BYTES)
    until = timezone.now() + timedelta(days=settings.CALL_INVITATION_DAYS)
    Invitation.objects.create(
        team=team, email=email.lower(), code_hash=hash_of(code), invited_by=by, expires_at=until
    )
    invited = User.objects.filter(email__iexact=email, is_active=True).first() if email else None
    if invited:
        url = f"/calls/join/{code}/"
        notes.leave(invited, "team_invitation", url=url, title=team.name, until=until)
    return code


@transaction.atomic
def recall(invitation: Invitation, *, by: User) -> None:
    """Let an invitation work no more."""
    unused = Invitation.objects.usable().filter(pk=invitation.pk)
    if not unused.update(recalled_at=timezone.now()):
        raise Refused(_("This invitation no longer works anyway."))


@transaction.atomic
def accept(code: str, *, by: User) -> Team:
    """Join a team by its code, which works for one person only.

    Raises ``Refused`` for a code that is unknown, used, called back, run out or meant for
    another address, for a full team, for jurors and for one who is in a team already.
    """
    invitation = usable(code)
    if invitation.email and invitation.email != by.email.lower():
        raise Refused(_("This invitation is for another e-mail address."))
    team = Team.objects.select_for_update().get(pk=invitation.team_id)
    _refuse_outsiders(team.track, by)
    if team.memberships.present().count() >= team.track.call.team_size:
        raise Refused(_("The team is full."))
    claimed = Invitation.objects.usable().filter(pk=invitation.pk)
    if not claimed.update(used_at=timezone.now(), used_by=by):
        raise Refused(_("This invitation has just been used."))
    _join(team, by)
    log.record("team_joined", team.track.call, by=by, team=team.name)
    notes.leave(
        team.founder, "team_joined", url=team.get_absolute_url(), title=team.name, who=by.name
    )
    return team


@transaction.atomic
def decline(code: str, *, by: User) -> None:
    """Answer an invitation with no; it works no more."""
    recall(usable(code), by=by)


@transaction.atomic
def leave(team: Team, *, by: User) -> None:
    """Leave a team while its call still takes entries. The founder stays."""
    _refuse_unchanging(team)
    if team.founder_id == by.pk:
        raise Refused(_("Who founded a team stays in it. Withdraw the entry instead."))
    here = team.memberships.present().filter(person=by)
    if not here.update(left_at=timezone.now(), share=None):
        raise Refused(_("You are not in this team."))
    team.memberships.update(share=None)
    log.record("team_left", team.track.call, by=by, team=team.name)


@transaction.atomic
def share(team: Team, *, by: User, percent: Mapping[int, int]) -> Team:
    """Write down how the members share work and prize: percent by the member's row number.

    The rule is that of citizens' proposals: decree 35811, articles 5(3) and 18.
    Raises ``Refused`` where it is not 100 in all or a member is left out.
    """
    members = {row.pk: row for row in team.memberships.present()}
    if set(percent) != set(members) or sum(percent.values()) != WHOLE:
        raise Refused(_("The shares of all members must be 100 percent together."))
    if Entry.objects.filter(team=team, prize__isnull=False).exists():
        raise Refused(_("The prize is already given; its shares stay as they are."))
    for pk, part in percent.items():
        members[pk].share = part
        members[pk].save(update_fields=["share"])
    shares = {str(row.person_id): row.share for row in members.values()}
    log.record("team_shared", team.track.call, by=by, team=team.name, shares=shares)
    return team


def usable(code: str) -> Invitation:
    """The invitation behind a code. Raises ``Refused`` where none works any more."""
    rows = Invitation.objects.usable().select_related("team__track__call")
    invitation = rows.filter(code_hash=hash_of(code)).first()
    if invitation is None:
        raise Refused(_("This invitation does not work any more. Ask the team for a new one."))
    return invitation


def hash_of(code: str) -> str:
    """SHA-256 of a code, in hexadecimal digits; the code itself is long and random."""
    return hashlib.sha256(code.encode()).hexdigest()


def _join(team: Team, person: User) -> None:
    try:
        with transaction.atomic():
            Membership.objects.create(team=team, call=team.track.call, person=person)
    except IntegrityError as error:
        raise Refused(_("You are already in a team of this call.")) from error
    team.memberships.update(share=None)


def _is_changing(call: Call) -> bool:
    return call.state == CallState.ANNOUNCED or call.takes_entries


def _refuse_unchanging(team: Team) -> None:
    if not _is_changing(team.track.call):
        raise Refused(_("The teams of this call no longer change."))


def _refuse_outsiders(track: Track, person: User) -> None:
    """Refuse who judges the call, and everyone once it takes no entries."""
    if not _is_changing(track.call):
        raise Refused(_("This call takes no teams now."))
    if Juror.objects.of_call(track.call).of_person(person).exists():
        raise Refused(_("Who judges a call cannot take part in it."))
