"""Reading the trail in words: who did what, under which name the public knows them, and why."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.apps import apps
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal import registry
from portal.accounts.models import Appointment, Role, User
from portal.audit.actors import SYSTEM
from portal.audit.models import Act, ActPrivate

MOST = 300
PERSON = "user:"
# What readers call the rows of models that have no name for people.
KINDS = {
    "audit.head": gettext_lazy("audit trail"),
    "identity.registerload": gettext_lazy("reading of the register"),
    "identity.verification": gettext_lazy("verification of a person"),
    "identity.verificationcode": gettext_lazy("code for a verification"),
    "quarantine.heldfile": gettext_lazy("file not taken"),
}
_OFFICES = frozenset(Role.values) - {Role.CITIZEN.value}


@dataclass(frozen=True)
class Entry:
    """An act as a page tells it. ``index`` is its place in the tree, ``None`` before its seal."""

    at: datetime
    verb: str
    text: str
    tone: str
    subject: str
    subject_name: str
    actor_name: str
    role: str
    reason: str
    uid: UUID
    index: int | None
    detail: dict[str, Any] = field(default_factory=dict)


def entries(subject_keys: Sequence[str], limit: int = MOST) -> list[Entry]:
    """Tell the chained acts on these subjects, oldest first, at most the ``limit`` newest.

    Four queries, however many subjects and acts. Acts that come in crowds
    (supports, readings) are not in the chains and not told here.
    """
    acts = Act.objects.about(*subject_keys).chained().with_leaf().newest_first()[:limit]
    shown = list(acts)[::-1]
    return told(shown, values_of(shown))


def told(acts: Sequence[Act], values: dict[UUID, dict[str, str]]) -> list[Entry]:
    """Tell ``acts`` in the order given, with the ``values`` that may be told: two queries.

    Without the value ``actor`` a citizen stays "a citizen".
    """
    names = _names(acts, values)
    return [_entry(act, values.get(act.uid, {}), names) for act in acts]


def values_of(acts: Iterable[Act]) -> dict[UUID, dict[str, str]]:
    """Give the private values by act and field; what was erased is absent."""
    values: dict[UUID, dict[str, str]] = {}
    for value in ActPrivate.objects.filter(act_uid__in=[act.uid for act in acts]):
        values.setdefault(value.act_uid, {})[value.field] = value.text
    return values


def verb_text(verb: str) -> str:
    """Say ``verb`` as a citizen reads it, or give it as it is where nobody has said how."""
    known = registry.verbs.get(verb)
    if known:
        return str(known.text)
    if verb.endswith(":personal_data_read"):
        return _("Personal data were looked at")
    return verb


def verb_tone(verb: str) -> str:
    known = registry.verbs.get(verb)
    return known.tone if known else "gray"


def subject_name(key: str) -> str:
    """Say a subject's key in words: ``"proposals.proposal:5"`` is "proposal 5"."""
    label, _colon, number = key.partition(":")
    try:
        return f"{kind_name(label)} {number}"
    except (LookupError, ValueError):
        return key


def kind_name(label: str) -> str:
    """Say a kind of subject in words. Raises ``LookupError``, ``ValueError`` for what is none."""
    return str(KINDS.get(label) or apps.get_model(label)._meta.verbose_name)


def _entry(act: Act, values: dict[str, str], names: dict[str, str]) -> Entry:
    detail = {name: _value(text) for name, text in values.items() if name != "actor"}
    return Entry(
        at=act.recorded_at,
        verb=act.verb,
        text=verb_text(act.verb),
        tone=verb_tone(act.verb),
        subject=act.subject,
        subject_name=subject_name(act.subject),
        actor_name=_name(act, values, names),
        role=act.data["role"],
        reason=str(detail.pop("reason", "")),
        uid=act.uid,
        index=act.index,
        detail=detail,
    )


def _name(act: Act, values: dict[str, str], names: dict[str, str]) -> str:
    """Name the actor: an office by its pseudonym, a citizen by the value that can be erased."""
    if act.data["actor"] == SYSTEM:
        return _("The system")
    office = names.get(act.data["actor"])
    return office or names.get(values.get("actor", "")) or _("A citizen")


def _names(acts: Sequence[Act], values: dict[UUID, dict[str, str]]) -> dict[str, str]:
    """Give the public names of all actors, by pseudonym of the office and by ``user:<uuid>``."""
    pseudonyms = {act.data["actor"] for act in acts if act.data["role"] in _OFFICES}
    offices = Appointment.objects.filter(pseudonym__in=pseudonyms)
    named = {
        office.pseudonym.hex: office_name(office)
        for office in offices.select_related("department", "user")
    }
    people = {
        values[act.uid]["actor"].removeprefix(PERSON)
        for act in acts
        if act.data["role"] == Role.CITIZEN and "actor" in values.get(act.uid, {})
    }
    for person in User.objects.filter(uuid__in=people):
        named[f"{PERSON}{person.uuid}"] = person.public_name
    return named


def office_name(office: Appointment) -> str:
    """Name an office with its holder: the department or the role, and the official's full name."""
    place = office.department.name if office.department else office.get_role_display()
    return f"{place} {office.user.name}"


def _value(text: str) -> Any:
    """Undo what ``log`` wrote for a dictionary or a list; everything else is text."""
    if text[:1] not in {"{", "["}:
        return text
    try:
        return json.loads(text)
    except ValueError:
        return text
