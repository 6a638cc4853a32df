"""Occasions on which a lab and people met."""

from typing import Any

from django.db import transaction

from livinglabs.domain.openness import refuse_ended
from livinglabs.models import Event, EventKind, Lab
from portal.accounts.models import User
from portal.audit.domain import log


@transaction.atomic
def hold(lab: Lab, *, by: User, kind: EventKind, **event: Any) -> Event:
    """Enter an event: ``title``, ``held_on``, ``headcount``, ``notes``. Refused after the end."""
    refuse_ended(lab)
    row = Event.objects.create(lab=lab, kind=kind, by=by, **event)
    log.record("event_held", lab, by=by, event=row.pk, kind=kind.code, held_on=str(row.held_on))
    return row
