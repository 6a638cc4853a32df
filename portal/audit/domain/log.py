"""Writing to the trail; there is no other way in.

An act is written in the transaction of the change that it tells of: both are
committed or neither. Only commitments to its values go into the leaf; the values
lie beside it and can be erased.
"""

import os
import uuid
from collections.abc import Collection, Sequence
from datetime import UTC, datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import Model
from django.utils.functional import Promise
from psycopg2.extras import execute_values

from portal.accounts.models import User
from portal.audit.actors import Actor, actor_for, citizen_for, citizen_with, keys_of
from portal.audit.leaves import SALT_BYTES, commitment, one_line

VERSION = 1
READ = "personal_data_read"

APPEND_LINKED = "SELECT audit.append_linked(%s)"
APPEND_PLAIN = "INSERT INTO audit.act (leaf_data) VALUES (%s)"
APPEND_CROWD = "INSERT INTO audit.act (leaf_data) SELECT unnest(%s::text[])"
KEEP_VALUE = (
    "INSERT INTO audit.act_private (act_uid, field, salt, value, person_ref) "
    "VALUES (%s, %s, %s, %s, %s)"
)
KEEP_VALUES = "INSERT INTO audit.act_private (act_uid, field, salt, value, person_ref) VALUES %s"


@transaction.atomic(savepoint=False)
def record(
    verb: str, subject: Model | str, *, by: User | None = None, linked: bool = True, **detail: Any
) -> uuid.UUID:
    """Remember that ``by`` did ``verb`` to ``subject``, and give the act's number.

    ``by=None`` is the system. Each ``detail`` (text, number, ``None``, dictionary)
    is kept beside the leaf under a salted commitment; ``reason`` is the reason
    that the public may read. ``linked`` acts form the chain of their subject and
    wait for each other there; acts that come in crowds (votes, supports) are not.

    The act is lost with its transaction, and the other way round: a governed row
    without an act cannot be committed.
    """
    key = subject_key(subject)
    uid = uuid.uuid4()
    values = {name: _text(value) for name, value in detail.items()}
    if by is not None:
        values["actor"] = f"user:{by.uuid}"
    secrets = {name: (os.urandom(SALT_BYTES), value.encode()) for name, value in values.items()}
    leaf = _leaf(uid, verb, key, actor_for(by, key)) | {
        "c": {name: commitment(str(uid), name, *secret) for name, secret in secrets.items()}
    }
    _append(leaf, secrets, linked=linked, person=by)
    return uid


def record_read(subject: Model | str, *, by: User, purpose: str) -> uuid.UUID:
    """Remember that ``by`` looked at personal data, and what for."""
    return record(READ, subject, by=by, linked=False, purpose=purpose)


@transaction.atomic(savepoint=False)
def record_reads(people: Collection[User], *, by: User, purpose: str) -> None:
    """Remember that ``by`` looked at the data of several people on one page: two statements."""
    acts, values = [], []
    told = {"purpose": purpose, "actor": f"user:{by.uuid}"}
    for person in people:
        uid, key = uuid.uuid4(), subject_key(person)
        salted = {name: (os.urandom(SALT_BYTES), text.encode()) for name, text in told.items()}
        promises = {name: commitment(str(uid), name, *pair) for name, pair in salted.items()}
        acts.append(one_line(_leaf(uid, READ, key, actor_for(by, key)) | {"c": promises}))
        values += [(uid, name, salt, value, by.uuid) for name, (salt, value) in salted.items()]
    if acts:
        with connection.cursor() as cursor:
            cursor.execute(APPEND_CROWD, [acts])
            execute_values(cursor, KEEP_VALUES, values)


def leaf_for(verb: str, subject: Model | str, by: User | None) -> str:
    """Write the leaf of an unlinked act without values, for ``INSERT INTO audit.act (leaf_data)``.

    For who must write an act as a role that sees no values, as the sealer does.
    """
    key = subject_key(subject)
    return one_line(_leaf(uuid.uuid4(), verb, key, citizen_for(by, key)))


def record_crowd(acts: Sequence[tuple[str, str, int]]) -> None:
    """Remember acts that come in crowds (supports): verb, subject key and person's number of each.

    They are unlinked and without values, in the order given and in one statement. A support is
    a citizen's own matter: who holds an office appears here as a citizen like all others.
    """
    keys = keys_of({person for _verb, _subject, person in acts})
    leaves = [
        one_line(_leaf(uuid.uuid4(), verb, subject, citizen_with(keys[person], subject)))
        for verb, subject, person in acts
    ]
    with connection.cursor() as cursor:
        cursor.execute(APPEND_CROWD, [leaves])


def subject_key(subject: Model | str) -> str:
    """Name a record as the trail does: ``"proposals.proposal:5"``."""
    if isinstance(subject, str):
        return subject
    return f"{subject._meta.label_lower}:{subject.pk}"


def _leaf(uid: uuid.UUID, verb: str, key: str, actor: Actor) -> dict[str, Any]:
    return {
        "v": VERSION,
        "uid": str(uid),
        "at": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
        "verb": f"{key.partition(':')[0]}:{verb}",
        "subject": key,
        "actor": actor.name,
        "role": actor.role,
    }


def _append(
    leaf: dict[str, Any],
    secrets: dict[str, tuple[bytes, bytes]],
    *,
    linked: bool,
    person: User | None,
) -> None:
    uid = leaf["uid"]
    with connection.cursor() as cursor:
        cursor.execute(APPEND_LINKED if linked else APPEND_PLAIN, [one_line(leaf)])
        if secrets:
            rows = [
                (uid, name, salt, value, person.uuid if person else None)
                for name, (salt, value) in secrets.items()
            ]
            cursor.executemany(KEEP_VALUE, rows)


def _text(value: Any) -> str:
    return str(value) if isinstance(value, (str, Promise)) else one_line(value)
