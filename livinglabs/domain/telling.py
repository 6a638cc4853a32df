"""Telling the people of a lab what happened: the proposal's author and everyone who takes part."""

from typing import Any

from django.db import transaction

from livinglabs.models import Lab
from portal.accounts.models import User
from portal.notifications.domain import notes
from portal.page_cache import forget_pages


def people_of(lab: Lab) -> list[User]:
    """The author of the proposal and the participants with an account, each once."""
    present = User.objects.filter(
        lab_participations__lab=lab, lab_participations__left_at=None, is_active=True
    )
    people = {lab.mandate.proposal.author_id: lab.mandate.proposal.author}
    return list((people | {person.pk: person for person in present}).values())


def tell_people_of(lab: Lab, kind: str, **context: Any) -> None:
    """Leave each of them a note of ``kind`` that leads to the lab; kept pages grow stale."""
    transaction.on_commit(forget_pages)
    notes.leave_for_all(
        people_of(lab), kind, url=lab.get_absolute_url(), title=lab.title, **context
    )
