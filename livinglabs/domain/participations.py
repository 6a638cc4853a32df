"""Joining and leaving a lab."""

from django.db import IntegrityError, transaction
from django.db.models import F
from django.db.models.functions import Greatest
from django.utils import timezone
from django.utils.translation import gettext as _

from livinglabs.models import Lab, ParticipantKind, Participation
from portal.accounts.models import User
from portal.audit.domain import log
from portal.refusals import Refused

# Raised whenever the words of templates/livinglabs/_consent.html change.
CONSENT_VERSION = "2026-1"


@transaction.atomic
def join(lab: Lab, *, by: User, kind: str) -> Participation:
    """Let ``by`` take part, having agreed to the consent of today.

    Raises ``Refused`` where the lab has ended, its last day has passed, the
    person takes part already, or wants to join as an official without being one.
    """
    if kind == ParticipantKind.OFFICIAL and not by.works_for_city:
        raise Refused(_("Only people who work for the city can take part as officials."))
    _refuse_ended(lab)
    return _enter(
        Participation(lab=lab, user=by, kind=kind, registered_by=by), by=by, verb="joined"
    )


@transaction.atomic
def register(lab: Lab, *, by: User, name: str, kind: str, contact: str = "") -> Participation:
    """Enter someone without an account, who agreed on paper. Raises ``Refused`` after the end."""
    _refuse_ended(lab)
    person = Participation(lab=lab, name=name, kind=kind, contact=contact, registered_by=by)
    return _enter(person, by=by, verb="registered")


@transaction.atomic
def leave(participation: Participation, *, by: User) -> Participation:
    """End a participation; its contact is erased with it. Raises ``Refused`` the second time."""
    present = Participation.objects.present().filter(pk=participation.pk)
    now = timezone.now()
    if not present.update(left_at=now, contact=""):
        raise Refused(_("This participation has already ended."))
    Lab.objects.filter(pk=participation.lab_id).update(
        participant_count=Greatest(F("participant_count") - 1, 0)
    )
    participation.left_at, participation.contact = now, ""
    log.record("left", participation, by=by, linked=False)
    return participation


def _refuse_ended(lab: Lab) -> None:
    lab.refresh_from_db(fields=["state", "ends_on"])
    if not lab.is_open or lab.is_over:
        raise Refused(_("This lab has ended; nobody can join it any more."))


def _enter(participation: Participation, *, by: User, verb: str) -> Participation:
    participation.consent_version = CONSENT_VERSION
    try:
        with transaction.atomic():
            participation.save(force_insert=True)
    except IntegrityError as error:
        raise Refused(_("You already take part in this lab.")) from error
    Lab.objects.filter(pk=participation.lab_id).update(participant_count=F("participant_count") + 1)
    log.record(verb, participation, by=by, linked=False, kind=participation.kind)
    return participation
