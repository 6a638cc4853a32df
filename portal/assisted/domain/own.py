"""What is kept of a person here: for their download, and made nameless with the account."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from portal.accounts.models import User
from portal.assisted.models import Entry
from portal.audit.domain import log
from portal.registry import OwnData


def entries(person: User) -> Iterator[dict[str, Any]]:
    """What clerks entered for ``person``, oldest first."""
    for entry in Entry.objects.filter(citizen=person).order_by("entered_at"):
        yield {
            "what": entry.kind,
            "way": entry.channel,
            "reason": entry.reason,
            "consent": entry.consent_how,
            "consent_on": entry.consent_on,
            "shown": entry.shown,
            "level": entry.level,
            "proposal": entry.proposal_id,
            "at": entry.entered_at,
        }


def forget(person: User) -> None:
    """Take the reasons out of the entries of a closed account; that a clerk acted stays."""
    for entry in Entry.objects.filter(citizen=person).exclude(reason=""):
        Entry.objects.filter(pk=entry.pk).update(reason="")
        log.record("forgotten", entry, by=None)


DATA = [OwnData("assisted_entries", _("What clerks entered for me"), entries, order=60)]
