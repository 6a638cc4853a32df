"""Taking the second factor off the account of a person who has lost it, codes and all."""

from functools import partial

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core.mail import send_mail
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.audit.domain import log
from portal.refusals import Refused


@transaction.atomic
def take_off(person: User, *, why: str) -> User:
    """Forget the app, the keys and the codes of ``person`` and sign them out everywhere.

    It is done by whoever runs the servers and by no page, so that no account can open
    another; ``why`` says how the person was known, and stays out of public sight. The person
    is told by mail whatever they chose about letters, and staff set up a new factor before
    anything else.

    :raises Refused: there is no second factor, or no word about why.
    """
    if not why.strip():
        raise Refused(_("Say how you know that it is this person."))
    if not Authenticator.objects.filter(user=person).delete()[0]:
        raise Refused(_("This account has no second factor."))
    for session in UserSession.objects.filter(user=person):
        session.end()
    log.record("second_factor_taken_off", person, by=None, why=why)
    transaction.on_commit(partial(_tell, person))
    return person


def _tell(person: User) -> None:
    with translation.override(person.language):
        subject = _("Hamkke: the second factor was taken off your account")
        body = _(
            "Whoever runs the portal has taken the second factor off your account, because you said"
            " that it was lost. You have been signed out everywhere. Sign in with your password and"
            " set up a new one.\n\nIf that was not you, call the city at once."
        )
    send_mail(subject, body, None, [person.email])
