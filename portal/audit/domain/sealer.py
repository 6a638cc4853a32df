"""Sealing: committed acts get their place in the tree, and the tree gets a signed head.

The work comes from a queue table, in the order of its rows at the moment of
sealing. A row of the queue appears when the transaction of its act commits, so
no act is lost that was begun early and committed late. What is promised to
outsiders: every committed act gets one place and keeps it; if one act's COMMIT
was answered before another was begun, it has the smaller place.
"""

import logging
from dataclasses import dataclass
from typing import Any

from django.db import connections, transaction

from portal.audit.domain import log
from portal.audit.domain.proofs import prover
from portal.audit.domain.signer import Signer
from portal.audit.merkle import EMPTY, Frontier, verify_consistency

logger = logging.getLogger(__name__)

SEALER = "sealer"
LOCK = 0x5EA1
BATCH = 50_000

LAST_HEAD = "SELECT tree_size, root, frontier FROM audit.head ORDER BY tree_size DESC LIMIT 1"
TAKE = r"""
WITH queued AS (
    SELECT act_id FROM audit.pending ORDER BY act_id LIMIT %(batch)s
), taken AS (
    DELETE FROM audit.pending USING queued WHERE pending.act_id = queued.act_id
    RETURNING pending.act_id
), placed AS (
    SELECT act.id, act.act_uid, act.leaf_hash,
           act.leaf_hash = sha256('\x00'::bytea || convert_to(act.leaf_data, 'UTF8')) AS is_whole,
           %(size)s + row_number() OVER (ORDER BY act.id) - 1 AS place
    FROM audit.act JOIN taken ON act.id = taken.act_id
), sealed AS (
    INSERT INTO audit.leaf (leaf_index, act_id, leaf_hash)
    SELECT place, id, leaf_hash FROM placed
)
SELECT placed.leaf_hash, placed.is_whole, coalesce(placed.act_uid::text, taken.act_id::text)
FROM taken LEFT JOIN placed ON placed.id = taken.act_id ORDER BY placed.place
"""
KEEP_NODES = (
    "INSERT INTO audit.node (level, idx, hash) "
    "SELECT * FROM unnest(%s::smallint[], %s::bigint[], %s::bytea[])"
)
KEEP_HEAD = (
    "INSERT INTO audit.head (tree_size, root, frontier, checkpoint, vkey) "
    "VALUES (%s, %s, %s, %s, %s)"
)


class TreeDamagedError(Exception):
    """The stored tree contradicts itself; nothing is sealed until somebody has looked."""


@dataclass(frozen=True)
class Seal:
    """What one sealing did: the sizes before and after, and whether the queue may hold more."""

    old: int
    new: int
    checkpoint: str
    more: bool


@dataclass
class _Tree:
    """The tree while it grows: its frontier, and the nodes that became complete."""

    size: int
    root: bytes
    frontier: Frontier
    nodes: list[tuple[int, int, bytes]]


def seal_waiting(signer: Signer | None = None, batch: int = BATCH) -> int:
    """Seal until the queue is short, and give the number of acts sealed."""
    count, more = 0, True
    while more:
        seal = seal_once(signer, batch)
        count += seal.new - seal.old if seal else 0
        more = bool(seal and seal.more)
    return count


def seal_once(signer: Signer | None = None, batch: int = BATCH) -> Seal | None:
    """Seal at most ``batch`` acts; ``None`` where none waits or somebody else is sealing.

    One transaction: a crash at any point leaves the queue and the tree as they were.
    Raises ``TreeDamagedError``, and ``ForkRefusedError`` of the signer.
    """
    signer = signer or Signer.of_the_portal()
    with transaction.atomic(using=SEALER), connections[SEALER].cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        seal = _seal(cursor, signer, batch) if cursor.fetchone()[0] else None
    if seal:
        signer.remember(seal.checkpoint)
    return seal


def _seal(cursor: Any, signer: Signer, batch: int) -> Seal | None:
    tree = _stored_tree(cursor)
    cursor.execute(TAKE, {"batch": batch, "size": tree.size})
    rows = cursor.fetchall()
    for value, is_whole, name in rows:
        if value is not None:
            tree.frontier.append(bytes(value))
        if not is_whole:
            _report(cursor, "vanished" if value is None else "changed", name)
    if tree.frontier.size == tree.size:
        return None
    checkpoint = _keep(cursor, tree, signer)
    return Seal(tree.size, tree.frontier.size, checkpoint, more=len(rows) == batch)


def _stored_tree(cursor: Any) -> _Tree:
    cursor.execute(LAST_HEAD)
    size, root, edge = cursor.fetchone() or (0, EMPTY, b"")
    nodes: list[tuple[int, int, bytes]] = []
    frontier = Frontier(size, bytes(edge), lambda *node: nodes.append(node))
    if frontier.root() != bytes(root):
        raise TreeDamagedError(f"the edge of the tree of {size} acts does not give its root")
    return _Tree(size, bytes(root), frontier, nodes)


def _keep(cursor: Any, tree: _Tree, signer: Signer) -> str:
    """Store what has grown, check it against the last head, and have it signed."""
    if tree.nodes:
        cursor.execute(KEEP_NODES, [list(column) for column in zip(*tree.nodes, strict=True)])
    size, root = tree.frontier.size, tree.frontier.root()
    proofs = prover(cursor)
    proof = proofs.consistency(tree.size, size)
    if not verify_consistency(tree.size, size, tree.root, root, proof):
        raise TreeDamagedError(f"the tree of {size} acts does not begin with that of {tree.size}")
    checkpoint = signer.sign(size, root, proofs.consistency)
    cursor.execute(KEEP_HEAD, [size, root, tree.frontier.edge, checkpoint, str(signer.key)])
    return checkpoint


def _report(cursor: Any, what: str, name: str) -> None:
    """Write an act on an act that was touched before its seal; the sealing goes on.

    A changed act is sealed with the hash it had when it was written, so every
    later check of the trail finds the difference.
    """
    logger.error("an act was %s before its seal: %s", what, name)
    leaf = log.leaf_for(f"{what}_before_seal", f"audit.act:{name}", None)
    cursor.execute(log.APPEND_PLAIN, [leaf])
