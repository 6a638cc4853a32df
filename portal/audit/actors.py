"""Under what name somebody appears in a leaf.

Officials act under the public pseudonym of their office, citizens under one that
is different in each file, so that two acts of one citizen in two files cannot be
linked by anyone who lacks the person's own random key.
"""

import hashlib
import hmac
from collections.abc import Collection
from dataclasses import dataclass

from portal.accounts.models import Appointment, PersonKey, Role, User

SYSTEM = "system"
PSEUDONYM_BYTES = 16
# Of several offices the one in which a person most likely acts on a file.
ORDER = (
    Role.APPROVER,
    Role.CLERK,
    Role.SECRETARY,
    Role.OFFICIAL,
    Role.AUDITOR,
    Role.MODERATOR,
    Role.OPERATOR,
    Role.EXPERT,
)


@dataclass(frozen=True)
class Actor:
    """The name and the role that a leaf shows."""

    name: str
    role: str


def actor_for(person: User | None, subject: str) -> Actor:
    """Name the actor of an act on ``subject``; ``None`` is the system."""
    office = office_of(person) if person else None
    if office:
        return Actor(office.pseudonym.hex, office.role)
    return citizen_for(person, subject)


def citizen_for(person: User | None, subject: str) -> Actor:
    """Name somebody who acts as a citizen, whatever office they hold."""
    if person is None:
        return Actor(SYSTEM, SYSTEM)
    return citizen_with(key_of(person), subject)


def citizen_with(key: bytes, subject: str) -> Actor:
    """Name the citizen whose random key is known."""
    return Actor(pseudonym_from(key, subject), Role.CITIZEN.value)


def office_of(person: User) -> Appointment | None:
    """Find the office a person holds today; of several, the first of ``ORDER``."""
    held = [office for office in person.current_appointments if office.role in ORDER]
    return min(held, key=lambda office: (ORDER.index(office.role), office.pk), default=None)


def pseudonym(person: User, subject: str) -> str:
    """Derive the name of a citizen in one file: 32 hex digits."""
    return pseudonym_from(key_of(person), subject)


def pseudonym_from(key: bytes, subject: str) -> str:
    """Derive the name in one file that belongs to a random key: 32 hex digits."""
    seal = hmac.new(key, f"subject:{subject}".encode(), hashlib.sha256)
    return seal.digest()[:PSEUDONYM_BYTES].hex()


def key_of(person: User) -> bytes:
    """Give the person's random key, made at the first act where an account has none yet."""
    try:
        return bytes(person.person_key.key)
    except PersonKey.DoesNotExist:
        return bytes(PersonKey.objects.get_or_create(user=person)[0].key)


def keys_of(people: Collection[int]) -> dict[int, bytes]:
    """Give the random keys of many people by their numbers, making those that are missing."""
    known = _known_keys(people)
    missing = [PersonKey(user_id=person) for person in people if person not in known]
    if missing:
        # Whoever makes a key at the same moment wins, and both use that one.
        PersonKey.objects.bulk_create(missing, ignore_conflicts=True)
        known = _known_keys(people)
    return known


def _known_keys(people: Collection[int]) -> dict[int, bytes]:
    rows = PersonKey.objects.filter(pk__in=people).values_list("pk", "key")
    return {person: bytes(key) for person, key in rows}
