"""Telling people things.

``leave`` only writes a row, inside the caller's transaction, so a note exists
exactly when the fact that it tells does. Sending is the sweep's business.
"""

import logging
from collections.abc import Iterable
from itertools import groupby
from smtplib import SMTPException, SMTPRecipientsRefused
from typing import Any

from django.conf import settings
from django.core import signing
from django.core.mail import EmailMessage
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation

from portal.accounts.models import User
from portal.bilingual import in_each_language
from portal.notifications.models import Note, Preference

logger = logging.getLogger(__name__)

BATCH = 500
SALT = "unsubscribe"


def leave(recipient: User, kind: str, *, url: str = "", **context: Any) -> Note:
    """Leave a note for ``recipient``; ``context`` fills the placeholders of the kind's texts.

    What can say itself in both languages is kept in both: give the department, the lazy title
    or the date, not its words.
    """
    return Note.objects.create(recipient=recipient, kind=kind, url=url, context=in_words(context))


def leave_for_all(
    recipients: Iterable[User], kind: str, *, url: str = "", by_mail: bool = True, **context: Any
) -> list[Note]:
    """Leave the same note for several people, each once; ``by_mail`` false: in the portal alone."""
    people = {person.pk: person for person in recipients}
    words, mailed_at = in_words(context), None if by_mail else timezone.now()
    return Note.objects.bulk_create(
        Note(recipient=person, kind=kind, url=url, context=words, mailed_at=mailed_at)
        for person in people.values()
    )


def in_words(context: dict[str, Any]) -> dict[str, str | dict[str, str]]:
    """What fills the placeholders of a note, kept in both languages."""
    return {name: in_each_language(value) for name, value in context.items()}


def deliver_waiting() -> int:
    """Mail every note whose reader wants it at once; return how many went out."""
    waiting = Note.objects.waiting().filter(
        Q(recipient__note_preference=None)
        | Q(recipient__note_preference__rhythm=Preference.Rhythm.AT_ONCE)
    )
    found = list(waiting.select_related("recipient").order_by("created_at")[:BATCH])
    return sum(_send(note.recipient, [note]) for note in found)


def send_digests() -> int:
    """Mail each person who wants one mail a day all that waits; return how many mails went out."""
    waiting = Note.objects.waiting().filter(
        recipient__note_preference__rhythm=Preference.Rhythm.DAILY
    )
    found = waiting.select_related("recipient").order_by("recipient_id", "created_at")[: BATCH * 10]
    return sum(
        _send(person, list(notes)) for person, notes in groupby(found, key=lambda n: n.recipient)
    )


def settle_unwanted() -> int:
    """Mark what nobody wants by mail as dealt with."""
    return (
        Note.objects.waiting()
        .filter(recipient__note_preference__rhythm=Preference.Rhythm.NEVER)
        .update(mailed_at=timezone.now())
    )


def _send(person: User, found: list[Note]) -> bool:
    """Send ``found`` in one mail unless another worker claimed all of them first.

    Where the mail server does not answer, the notes wait for the next run. Where it refuses the
    address, they stay in the portal alone.
    """
    now = timezone.now()
    claimed = [
        note for note in found if Note.objects.waiting().filter(pk=note.pk).update(mailed_at=now)
    ]
    if not claimed or not person.is_active:
        return False
    with translation.override(person.language):
        message = _message(person, claimed)
    try:
        message.send()
    except SMTPRecipientsRefused:
        logger.warning("The mail server refuses the address of person %s", person.pk)
        return False
    except (SMTPException, OSError):
        logger.exception("Mail could not be sent; it is tried again")
        Note.objects.filter(pk__in=[note.pk for note in claimed]).update(mailed_at=None)
        return False
    return True


def _message(person: User, found: list[Note]) -> EmailMessage:
    """Word the mail, with the one-click way out that RFC 8058 asks for."""
    way_out = settings.SITE_URL + reverse("notifications:unsubscribe", args=[token_of(person)])
    body = render_to_string(
        "notifications/mail.txt",
        {"person": person, "notes": found, "site": settings.SITE_URL, "way_out": way_out},
    )
    subject = found[0].subject
    if len(found) > 1:
        subject = translation.ngettext(
            "{n} piece of news from Hamkke", "{n} pieces of news from Hamkke", len(found)
        ).format(n=len(found))
    return EmailMessage(
        " ".join(subject.split()),
        body,
        to=[person.email],
        headers={
            "List-Unsubscribe": f"<{way_out}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
    )


def token_of(person: User) -> str:
    """What the link in a mail carries: it stops mail and opens nothing else."""
    return signing.dumps(str(person.uuid), salt=SALT)


def person_of(token: str) -> User:
    """The person whose mail carried ``token``. Raises ``BadSignature``, ``User.DoesNotExist``."""
    return User.objects.get(uuid=signing.loads(token, salt=SALT))


def unsubscribe(person: User) -> Preference:
    """Stop all mail to ``person``."""
    return choose(person, Preference.Rhythm.NEVER)


def choose(person: User, rhythm: str) -> Preference:
    """Set how often ``person`` gets mail."""
    preference, _created = Preference.objects.update_or_create(
        user=person, defaults={"rhythm": rhythm}
    )
    return preference


def read_all(person: User) -> int:
    """Mark all notes of ``person`` as read."""
    return Note.objects.for_person(person).unread().update(read_at=timezone.now())


def read(note: Note) -> Note:
    """Mark one note as read."""
    Note.objects.filter(pk=note.pk, read_at=None).update(read_at=timezone.now())
    return note
