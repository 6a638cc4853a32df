"""The minutes of a meeting: written by a secretary, signed by another, and public from then on."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from governance.domain import sentences
from governance.models import Meeting, MeetingState, Minutes, chairs, secretaries
from portal.accounts.models import User
from portal.audit.domain import log
from portal.notifications.domain import notes
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
    asked = signers(meeting)
    minutes, _created = Minutes.objects.update_or_create(
        meeting=meeting, defaults={**texts, "written_by": by}
    )
    meeting.minutes = minutes
    log.record("minutes_written", meeting, by=by)
    if signers(meeting) != asked:
        ask_to_sign(meeting)
    return minutes


@transaction.atomic
def sign(meeting: Meeting, *, by: User, seen: str | None = None) -> Minutes:
    """Sign the minutes of a closed meeting; everyone reads them at once.

    ``seen`` is the ``digest`` of the texts that the signer read. Raises ``Refused`` for who wrote
    them, where they were changed since, and while one of the nine fields of the decree on public
    records, article 18(2), is empty.
    """
    if meeting.state != MeetingState.CLOSED:
        raise Refused(_("Minutes are signed after the meeting has closed."))
    _insist_on_unsigned(meeting)
    empty = missing(meeting)
    if empty:
        raise Refused(_("The minutes are not complete: {names}.").format(names=", ".join(empty)))
    minutes = meeting.minutes = Minutes.objects.select_for_update(of=["self"]).get(meeting=meeting)
    if minutes.written_by_id == by.pk:
        raise Refused(_("Whoever wrote the minutes does not sign them: somebody else reads them."))
    if seen is not None and seen != digest(minutes):
        raise Refused(_("The minutes were changed meanwhile. Read them again before you sign."))
    minutes.signed_at, minutes.signed_by = timezone.now(), by
    minutes.save(update_fields=["signed_at", "signed_by"])
    log.record("minutes_signed", meeting, by=by, sha256=digest(minutes))
    forget_kept_pages()
    return minutes


@dataclass(frozen=True)
class Signers:
    """Who may sign minutes that are whole: the chair, or one of ``secretaries``; not the writer."""

    chair: User | None
    secretaries: tuple[User, ...]
    writer: User

    @property
    def sentence(self) -> str:
        """Whose signature is awaited, as everyone reads it."""
        names = {"chair": self.chair and self.chair.name, "writer": self.writer.name}
        if self.chair and self.secretaries:
            words = _(
                "{chair}, who chairs the council, signs them, or a secretary other than {writer}, "
                "who wrote them."
            )
        elif self.chair:
            words = _("{chair}, who chairs the council, signs them. {writer} wrote them.")
        elif self.secretaries:
            words = _("A secretary other than {writer}, who wrote them, signs them.")
        else:
            words = _(
                "Nobody can sign them now: {writer} wrote them, and the council has no other "
                "chair and no other secretary."
            )
        return words.format(**names)


def signers(meeting: Meeting) -> Signers | None:
    """Who may sign the minutes of ``meeting`` now; ``None`` while they are not to be signed."""
    if not Meeting.objects.with_whole_minutes().filter(pk=meeting.pk).exists():
        return None
    writer = Minutes.objects.select_related("written_by").get(meeting=meeting).written_by
    chair = chairs().filter(council=meeting.council_id).exclude(member=writer)
    others = User.objects.filter(appointments__in=secretaries()).exclude(pk=writer.pk)
    found = chair.select_related("member").first()
    return Signers(found.member if found else None, tuple(others.distinct().order_by("pk")), writer)


def ask_to_sign(meeting: Meeting) -> None:
    """Tell the chair, or where there is none the other secretaries, that minutes wait for them."""
    found = signers(meeting)
    if found is None:
        return
    people = [found.chair] if found.chair else found.secretaries
    notes.leave_for_all(
        people,
        "minutes_to_sign",
        url=reverse("governance:sign_minutes", args=[meeting.pk]),
        writer=found.writer.name,
        n=meeting.number,
        council=meeting.council,
        day=meeting.minutes_due_on,
    )


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
