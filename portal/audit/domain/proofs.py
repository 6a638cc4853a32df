"""Proofs from the stored tree, in the text forms that other people's verifiers read."""

import base64
from typing import Any

from django.db import connection

from portal.audit.merkle import Prover, leaf_hash, verify_inclusion
from portal.audit.models import Act, Head
from portal.audit.tlog import proof_text

LEAVES = (
    "SELECT leaf_hash FROM audit.leaf WHERE leaf_index >= %s AND leaf_index < %s "
    "ORDER BY leaf_index"
)
NODES = "SELECT hash FROM audit.node WHERE level = %s AND idx >= %s AND idx < %s ORDER BY idx"


def prover(cursor: Any) -> Prover:
    """Prove from the database that ``cursor`` reads, at most 256 rows for each level."""

    def stored(level: int, low: int, high: int) -> list[bytes]:
        if level:
            cursor.execute(NODES, [level, low, high])
        else:
            cursor.execute(LEAVES, [low, high])
        return [bytes(row[0]) for row in cursor.fetchall()]

    return Prover(stored)


def inclusion(act: Act, head: Head) -> list[bytes]:
    """Prove that ``head`` covers ``act``. Raises ``ValueError`` where it does not."""
    index = act.index
    with connection.cursor() as cursor:
        return prover(cursor).inclusion(-1 if index is None else index, head.tree_size)


def is_as_sealed(act: Act) -> bool:
    """Whether the text of ``act`` is under the latest signed head; before its seal, as written."""
    value, head = leaf_hash(act.leaf_data.encode()), latest_head()
    if act.index is None or head is None:
        return value == bytes(act.leaf_hash)
    try:
        proof = inclusion(act, head)
    except LookupError:
        return False
    return verify_inclusion(value, act.index, head.tree_size, proof, bytes(head.root))


def consistency(old: int, new: int) -> list[bytes]:
    """Prove that the tree of ``new`` acts begins with that of ``old``. Raises ``ValueError``."""
    with connection.cursor() as cursor:
        return prover(cursor).consistency(old, new)


def latest_head() -> Head | None:
    return Head.objects.newest_first().first()


def proof_file(act: Act, head: Head) -> str:
    """Write the ``.tlog-proof`` of an act. Raises ``ValueError`` where ``head`` is too old."""
    proof = inclusion(act, head)
    return proof_text(act.leaf_data.encode(), act.leaf.leaf_index, proof, head.checkpoint)


def readable(act: Act, head: Head | None) -> list[str]:
    """Give the inclusion proof as a page shows it; empty while the act waits for its seal."""
    if head is None or act.index is None or act.index >= head.tree_size:
        return []
    return [value.hex() for value in inclusion(act, head)]


def lines(hashes: list[bytes]) -> str:
    """Write hashes one a line, in base64."""
    return "".join(f"{base64.b64encode(value).decode()}\n" for value in hashes)
