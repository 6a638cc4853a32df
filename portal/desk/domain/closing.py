"""Closing an account: the person is forgotten, what was done in public stays."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils.translation import gettext as _

from portal import registry
from portal.accounts.models import User
from portal.audit.domain import erase
from portal.quarantine.domain import files
from portal.refusals import Refused

CLOSED_HOST = "closed.invalid"


@transaction.atomic
def close(person: User) -> User:
    """Erase what tells who ``person`` is, and end the account for good.

    Public proposals and supports stay and count, without a name; drafts, notes, sign-in
    history, second factors, addresses and the values behind the person's acts in the trail go
    (Personal Information Protection Act, articles 21 and 36).

    Raises ``Refused`` while the person holds an office or a seat.
    """
    _refuse_bound(person)
    _forget_drafts(person)
    erase.forget(person.uuid, by=person)
    for rows in (
        person.follows.all(),
        person.notes.all(),
        person.sign_ins.all(),
        EmailAddress.objects.filter(user=person),
        Authenticator.objects.filter(user=person),
    ):
        rows.delete()
    for erase_more in registry.on_closing:
        erase_more(person)
    _end_sessions(person)
    person.email = f"{person.uuid}@{CLOSED_HOST}"
    person.name = person.phone = ""
    person.shows_name = person.is_active = person.is_staff = False
    person.last_login = None
    person.set_unusable_password()
    person.save()
    return person


def _forget_drafts(person: User) -> None:
    """Erase the drafts and the files that lie beside the database, once all of it is done."""
    drafts = person.proposals.filter(state="draft")
    attached = [a.file for draft in drafts for a in draft.attachments.all()]
    drafts.delete()
    files.drop(attached)


def _end_sessions(person: User) -> None:
    """Sign the person out everywhere, by the list of sessions and by what they hold."""
    keys = UserSession.objects.filter(user=person).values_list("session_key", flat=True)
    Session.objects.filter(session_key__in=list(keys)).delete()
    UserSession.objects.filter(user=person).delete()


def _refuse_bound(person: User) -> None:
    if person.current_appointments:
        raise Refused(_("You hold an office. Close the account once the office has ended."))
    for bond in registry.bonds:
        reason = bond(person)
        if reason:
            raise Refused(reason)
