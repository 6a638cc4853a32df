"""The minutes of a meeting: written by the secretary, signed, and public from then on."""

import hashlib
import json
from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from governance.domain import sentences
from governance.models import Meeting, MeetingState, Minutes
from portal.accounts.models import User
from portal.audit.domain import log
from portal.proposals.domain.proposals import forget_kept_pages
from portal.refusals import Refused

FIELDS = ("observers", "proceedings", "remarks", "decisions", "votes")


def begun(meeting: Meeting) -> dict[str, str]:
    """The minutes so far, or what the meeting itself already knows."""
    written = getattr(meeting, "minutes", None)
    if written:
        return {name: getattr(written, name) for name in FIELDS}
    motions = list(meeting.motions.select_related("council"))
    items = [f"{item.order}. {item.title}" for item in meeting.items.all()]
    return {
        "observers": "",
        "proceedings": "\n".join(items),
        "remarks": "",
        "decisions": "\n".join(f"{m.title}: {m.get_state_display()}" for m in motions),
        "votes": "\n".join(f"{m.title}: {sentences.counts(m)}" for m in motions if m.outcome),
    }


@transaction.atomic
def write(meeting: Meeting, *, by: User, written: Mapping[str, str]) -> Minutes:
    """Keep a version of the minutes; it may be incomplete until it is signed.

    Raises ``Refused`` before the meeting opens and once the minutes are signed.
    """
    if meeting.state not in {MeetingState.OPENED, MeetingState.CLOSED}:
        raise Refused(_("There is nothing to write down before the meeting has opened."))
    _insist_on_unsigned(meeting)
    texts = {name: written.get(name, "").strip() for name in FIELDS}
    minutes, _created = Minutes.objects.update_or_create(
        meeting=meeting, defaults={**texts, "written_by": by}
    )
    meeting.minutes = minutes
    log.record("minutes_written", meeting, by=by)
    return minutes


@transaction.atomic
def sign(meeting: Meeting, *, by: User) -> Minutes:
    """Sign the minutes of a closed meeting; everyone reads them at once.

    Raises ``Refused`` while one of the nine fields of the decree on public records,
    article 18(2), is empty.
    """
    if meeting.state != MeetingState.CLOSED:
        raise Refused(_("Minutes are signed after the meeting has closed."))
    _insist_on_unsigned(meeting)
    empty = missing(meeting)
    if empty:
        raise Refused(_("The minutes are not complete: {names}.").format(names=", ".join(empty)))
    minutes = meeting.minutes
    minutes.signed_at, minutes.signed_by = timezone.now(), by
    minutes.save(update_fields=["signed_at", "signed_by"])
    log.record("minutes_signed", meeting, by=by, sha256=digest(minutes))
    forget_kept_pages()
    return minutes


def missing(meeting: Meeting) -> list[str]:
    """The names of the fields that are still empty."""
    minutes = Minutes.objects.filter(meeting=meeting).first()
    names = {f.name: str(f.verbose_name) for f in Minutes._meta.fields if f.name in FIELDS}
    empty = [names[name] for name in FIELDS if not (minutes and getattr(minutes, name))]
    if not meeting.attendances.exists():
        empty.append(_("who was there"))
    return empty


def digest(minutes: Minutes) -> str:
    """The SHA-256 of the texts, so that a later change would show."""
    texts = {name: getattr(minutes, name) for name in FIELDS}
    return hashlib.sha256(json.dumps(texts, sort_keys=True).encode()).hexdigest()


def _insist_on_unsigned(meeting: Meeting) -> None:
    signed = Minutes.objects.select_for_update(of=["self"]).filter(meeting=meeting)
    if signed.exclude(signed_at=None).exists():
        raise Refused(_("The minutes are signed and can no longer be changed."))
