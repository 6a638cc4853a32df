"""Consent by purpose: given, taken back, and asked for again when the wording changes."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.audit.domain import log
from portal.refusals import Refused
from portal.rights.models import Channel, Consent, Purpose, Wording


@dataclass(frozen=True)
class Standing:
    """A purpose as one person meets it: its wording, the consent in force, one that is outdated."""

    purpose: Purpose
    wording: Wording
    consent: Consent | None = None
    outdated: Consent | None = None


def has(person: User, purpose: str) -> bool:
    """Whether ``person`` agrees to the purpose with the code ``purpose``, as it is worded now."""
    found = Consent.objects.in_force().filter(person=person, wording__purpose__is_open=True)
    return found.filter(wording__purpose__code=purpose).exists()


def standings(person: User | None = None) -> list[Standing]:
    """The optional purposes with what ``person`` decided about each; three queries."""
    wordings = Wording.objects.current().select_related("purpose")
    wordings = wordings.filter(purpose__in=Purpose.objects.optional())
    given = Consent.objects.filter(person=person, withdrawn_at=None).select_related("wording")
    held = {c.wording.purpose_id: c for c in given} if person else {}
    return [_standing(wording, held.get(wording.purpose_id)) for wording in wordings]


def _standing(wording: Wording, held: Consent | None) -> Standing:
    if held and held.wording_id == wording.pk:
        return Standing(wording.purpose, wording, consent=held)
    return Standing(wording.purpose, wording, outdated=held)


def by_law() -> list[Wording]:
    """What a law demands, as it is worded today; nobody is asked about it (article 22(3))."""
    found = Wording.objects.current().filter(purpose__in=Purpose.objects.by_law())
    return list(found.select_related("purpose"))


@transaction.atomic
def give(person: User, purpose: Purpose, *, channel: str, by: User | None = None) -> Consent:
    """Keep that ``person`` agrees to today's wording; an earlier wording's consent ends.

    Raises ``Refused`` for what is demanded by law, which nobody can agree to, and for purposes
    that are no longer in use.
    """
    if purpose.is_required or not purpose.is_open:
        raise Refused(_("Nobody is asked for consent to this purpose."))
    wording = purpose.wordings.current().get()
    person = User.objects.select_for_update().get(pk=person.pk)
    standing = person.consents.filter(withdrawn_at=None)
    held = standing.filter(wording=wording).first()
    if held:
        return held
    _end(standing.filter(wording__purpose=purpose), Channel.REWORDED)
    consent = Consent.objects.create(person=person, wording=wording, channel=channel)
    _remember("consented", consent, by or person)
    return consent


@transaction.atomic
def withdraw(person: User, purpose: Purpose, *, channel: str, by: User | None = None) -> int:
    """Take back whatever consent ``person`` gave to ``purpose``; give how many there were."""
    held = person.consents.filter(withdrawn_at=None, wording__purpose=purpose)
    for consent in held.select_related("wording__purpose"):
        _remember("withdrawn", consent, by or person)
    return _end(held, channel)


@transaction.atomic
def decide(person: User, chosen: Iterable[str], *, channel: str = Channel.OWN_PAGE) -> int:
    """Let ``person`` agree to exactly the purposes named; give how many decisions changed."""
    wanted, changed = set(chosen), 0
    for standing in standings(person):
        if standing.purpose.code in wanted:
            changed += standing.consent is None
            give(person, standing.purpose, channel=channel)
        else:
            changed += withdraw(person, standing.purpose, channel=channel)
    return changed


def end_all(person: User) -> int:
    """End every consent of somebody whose account is closed."""
    return _end(person.consents.filter(withdrawn_at=None), Channel.CLOSING)


def _end(held: QuerySet[Consent], channel: str) -> int:
    return held.update(withdrawn_at=timezone.now(), withdrawn_by_way=channel)


def _remember(verb: str, consent: Consent, by: User) -> None:
    log.record(
        verb,
        consent,
        by=by,
        linked=False,
        purpose=consent.wording.purpose.code,
        version=consent.wording.version,
    )
