"""What the ground floor keeps about a person, row by row, for the person's own download.

Secrets stay behind: the hash of the password, what second factors are made of, and the key that
links pseudonyms in the trail.
"""

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db.models import Case, F, Q, QuerySet, Value, When
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Appointment, SignIn, User
from portal.audit.domain import log
from portal.audit.models import Act, ActPrivate
from portal.notifications.models import Note, Preference
from portal.proposals.models import (
    Attachment,
    Follow,
    Pause,
    Proposal,
    Reexamination,
    Support,
    Visibility,
    WaitingWithdrawal,
)
from portal.quarantine.domain import files
from portal.registry import OwnData
from portal.rights.models import Consent, DataRequest, Download

CROWD = 500
ACCOUNT = (
    *("uuid", "email", "name", "shows_name", "language", "phone", "is_active"),
    *("date_joined", "last_login", "terms_accepted_at"),
)
PROPOSAL = (
    *("id", "reference", "title", "problem", "solution", "effect", "place", "latitude"),
    *("longitude", "area__name_ko", "issue__name_ko", "district__name_ko", "channel", "visibility"),
    *("state", "created_at", "changed_at", "published_at", "due_on", "decided_at", "answer"),
)
REQUEST = (
    *("id", "kind", "about", "wish", "new_value", "state", "received_on", "due_on", "reason"),
    *("remedy", "answered_at"),
)


def table(found: Callable[[User], QuerySet[Any]], *names: str) -> Callable[[User], Iterator[Any]]:
    """Make the rows of a kind: the columns ``names`` of what ``found`` finds, a few at a time."""
    return lambda person: found(person).values(*names).iterator(CROWD)


def _titled(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Rows about others' proposals with their titles, empty where these are hidden."""
    shown = When(proposal__visibility=Visibility.PUBLIC, then=F("proposal__title"))
    return rows.annotate(title=Case(shown, default=Value("")))


def _notes(person: User) -> Iterator[dict[str, Any]]:
    for note in Note.objects.for_person(person).order_by("pk").iterator(CROWD):
        yield {
            "kind": note.kind,
            "subject": note.subject,
            "body": note.body,
            "url": note.url,
            "created_at": note.created_at,
            "read_at": note.read_at,
            "mailed_at": note.mailed_at,
        }


def _factors(person: User) -> Iterator[dict[str, Any]]:
    """Which second factors there are, without what they are made of."""
    for factor in Authenticator.objects.filter(user=person).order_by("pk"):
        yield {
            "type": factor.type,
            "created_at": factor.created_at,
            "last_used_at": factor.last_used_at,
        }


def _attached(person: User) -> QuerySet[Attachment]:
    return Attachment.objects.filter(proposal__author=person).order_by("pk")


def _attached_files(person: User) -> Iterator[tuple[str, Any]]:
    places = ((attached.name, files.place_of(attached.file)) for attached in _attached(person))
    return ((name, place) for name, place in places if place)


def _acts(person: User) -> Iterator[dict[str, Any]]:
    """The acts that the person did, with the values that the trail keeps beside them."""
    values = ActPrivate.objects.filter(person_ref=person.uuid).order_by("act_uid", "field")
    for batch in _in_batches(groupby(values.iterator(CROWD), key=lambda value: value.act_uid)):
        acts = {act.uid: act for act in Act.objects.filter(uid__in=batch)}
        for uid, told in batch.items():
            yield {**_act(acts[uid]), "values": told}


def _in_batches(groups: Iterable[Any]) -> Iterator[dict[Any, dict[str, str]]]:
    batch: dict[Any, dict[str, str]] = {}
    for uid, values in groups:
        batch[uid] = {value.field: value.text for value in values}
        if len(batch) >= CROWD:
            yield batch
            batch = {}
    if batch:
        yield batch


def _acts_about(person: User) -> Iterator[dict[str, Any]]:
    """The acts on the person's account, looks at it among them."""
    found = Act.objects.about(log.subject_key(person)).oldest_first()
    return (_act(act) for act in found.iterator(CROWD))


def _act(act: Act) -> dict[str, Any]:
    return {"uid": act.uid, "at": act.recorded_at, "verb": act.verb, "subject": act.subject}


def _granted(person: User) -> QuerySet[Appointment]:
    return Appointment.objects.filter(user=person).order_by("pk")


ENTRIES = [
    OwnData("account", _("Account"), table(lambda p: User.objects.filter(pk=p.pk), *ACCOUNT), 10),
    OwnData(
        "emails",
        _("E-mail addresses"),
        table(lambda p: EmailAddress.objects.filter(user=p), "email", "verified", "primary"),
        11,
    ),
    OwnData(
        "appointments",
        _("Offices"),
        table(_granted, "role", "department__code", "starts_on", "ends_on", "revoked_at"),
        12,
    ),
    OwnData(
        "sign_ins",
        _("Sign-in history"),
        table(
            lambda p: SignIn.objects.filter(user=p).order_by("pk"),
            *("at", "succeeded", "network", "browser"),
        ),
        13,
    ),
    OwnData(
        "sessions",
        _("Where you are signed in"),
        table(
            lambda p: UserSession.objects.filter(user=p).order_by("pk"),
            *("created_at", "last_seen_at", "ip", "user_agent"),
        ),
        14,
    ),
    OwnData("second_factors", _("Second factors"), _factors, 15),
    OwnData("notes", _("Notifications"), _notes, 20),
    OwnData(
        "note_preference",
        _("How mail arrives"),
        table(lambda p: Preference.objects.filter(user=p), "rhythm"),
        21,
    ),
    OwnData(
        "proposals",
        _("Proposals, drafts among them"),
        table(lambda p: Proposal.objects.filter(author=p).order_by("pk"), *PROPOSAL),
        30,
    ),
    OwnData(
        "attachments",
        _("Files of your proposals"),
        table(_attached, "id", "proposal_id", "name", "content_type", "size", "sha256", "added_at"),
        31,
        files=_attached_files,
    ),
    OwnData(
        "supplements",
        _("Supplements that you gave"),
        table(
            lambda p: Pause.objects.filter(proposal__author=p).order_by("pk"),
            *("proposal_id", "asked_for", "asked_on", "due_on", "came_on", "supplement"),
        ),
        32,
    ),
    OwnData(
        "reexaminations",
        _("Re-examinations that you asked for"),
        table(
            lambda p: Reexamination.objects.filter(proposal__author=p).order_by("pk"),
            *("proposal_id", "kind", "reason", "asked_at"),
        ),
        33,
    ),
    OwnData(
        "supports",
        _("Proposals that you support"),
        table(
            lambda p: _titled(Support.objects.filter(person=p)).order_by("proposal_id"),
            *("proposal_id", "title", "created_at", "level", "channel", "counted"),
        ),
        34,
    ),
    OwnData(
        "support_withdrawals",
        _("Supports just taken back that the count does not follow yet"),
        table(
            lambda p: WaitingWithdrawal.objects.filter(person_id=p.pk).order_by("pk"),
            *("proposal_id", "taken_back_at", "was_counted"),
        ),
        35,
    ),
    OwnData(
        "follows",
        _("Proposals that you follow"),
        table(
            lambda p: _titled(Follow.objects.filter(person=p)).order_by("pk"),
            *("proposal_id", "title", "tells"),
        ),
        36,
    ),
    OwnData(
        "consents",
        _("Consents"),
        table(
            lambda p: Consent.objects.filter(person=p).order_by("pk"),
            *("wording__purpose__code", "wording__version", "given_at", "channel"),
            *("withdrawn_at", "withdrawn_by_way"),
        ),
        80,
    ),
    OwnData(
        "data_requests",
        _("Requests about your data"),
        table(lambda p: DataRequest.objects.filter(person=p).order_by("pk"), *REQUEST),
        81,
    ),
    OwnData(
        "downloads",
        _("Downloads of your data"),
        table(
            lambda p: Download.objects.filter(Q(person=p)).order_by("pk"),
            *("uuid", "state", "asked_at", "ready_at", "expires_at", "size", "sha256"),
        ),
        82,
    ),
    OwnData("acts", _("What you did, as the audit trail keeps it"), _acts, 90),
    OwnData(
        "acts_about_me", _("What was done to your account, looks at it among them"), _acts_about, 91
    ),
]
