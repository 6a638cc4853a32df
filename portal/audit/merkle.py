"""The tree of RFC 6962: hashing, growing, proving, and checking proofs.

Standard library only: the same file is handed to auditors. A tree is never held
in memory whole. Growing needs its frontier (at most one hash per level), proving
needs a source of stored hashes: leaves (level 0) and the roots of complete
subtrees at the levels 8, 16, 24 and so on.

Hashes are 32 bytes. Rules of proofs: RFC 9162, sections 2.1.3 and 2.1.4.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence

HASH_BYTES = 32
STRIDE = 8
TILE = 1 << STRIDE
EMPTY = hashlib.sha256(b"").digest()

# (level, first index, index after the last) -> the stored hashes in that order
Source = Callable[[int, int, int], list[bytes]]
# (level, index, hash) of a subtree that has just become complete
Sink = Callable[[int, int, bytes], None]


def leaf_hash(data: bytes) -> bytes:
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def root_of(hashes: Iterable[bytes]) -> bytes:
    """Compute the root over leaf hashes, in one pass."""
    tree = Frontier()
    for value in hashes:
        tree.append(value)
    return tree.root()


def _is_power_of_two(number: int) -> bool:
    return number & (number - 1) == 0


def _left_part(size: int) -> int:
    """How many of ``size`` (> 1) leaves go to the left: the largest power of two below it."""
    return 1 << ((size - 1).bit_length() - 1)


class Frontier:
    """The right edge of a growing tree: the roots of its complete subtrees, large to small.

    Appending costs one or two hashes on average, the root at most one per level.
    """

    def __init__(self, size: int = 0, edge: bytes = b"", keep: Sink | None = None) -> None:
        """Continue a tree of ``size`` leaves whose edge is the joined hashes ``edge``.

        ``keep`` is told of each subtree of height 8, 16, 24 that becomes complete.
        Raises ``ValueError`` where the edge cannot be that of such a tree.
        """
        self.size, self._keep = size, keep
        self._edge = [edge[at : at + HASH_BYTES] for at in range(0, len(edge), HASH_BYTES)]
        if len(self._edge) != f"{size:b}".count("1") or len(edge) % HASH_BYTES:
            raise ValueError("the edge does not fit the size of the tree")

    def append(self, value: bytes) -> None:
        """Add the hash of the next leaf."""
        level, index = 0, self.size
        while index & 1:
            value = node_hash(self._edge.pop(), value)
            level, index = level + 1, index >> 1
            if self._keep and level % STRIDE == 0:
                self._keep(level, index, value)
        self._edge.append(value)
        self.size += 1

    def root(self) -> bytes:
        if not self._edge:
            return EMPTY
        value = self._edge[-1]
        for left in reversed(self._edge[:-1]):
            value = node_hash(left, value)
        return value

    @property
    def edge(self) -> bytes:
        return b"".join(self._edge)


class Prover:
    """Proofs from stored hashes; at most 256 of them are read for each level."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._tiles: dict[tuple[int, int], list[bytes]] = {}

    def root(self, size: int) -> bytes:
        return self._subtree(0, size) if size else EMPTY

    def inclusion(self, index: int, size: int) -> list[bytes]:
        """Prove that leaf ``index`` is in the tree of the first ``size`` leaves.

        Raises ``ValueError`` where that tree has no such leaf.
        """
        if not 0 <= index < size:
            raise ValueError("no such leaf in a tree of that size")
        low, high, path = 0, size, []
        while high - low > 1:
            middle = low + _left_part(high - low)
            if index < middle:
                path.append(self._subtree(middle, high))
                high = middle
            else:
                path.append(self._subtree(low, middle))
                low = middle
        return path[::-1]

    def consistency(self, old: int, new: int) -> list[bytes]:
        """Prove that the tree of ``new`` leaves begins with the tree of ``old`` leaves.

        Raises ``ValueError`` where the old tree is the larger one.
        """
        if not 0 <= old <= new:
            raise ValueError("a tree cannot begin with a larger one")
        if old in {0, new}:
            return []
        low, high, path = 0, new, []
        while high != old:
            middle = low + _left_part(high - low)
            if old <= middle:
                path.append(self._subtree(middle, high))
                high = middle
            else:
                path.append(self._subtree(low, middle))
                low = middle
        # The verifier knows the old root already where the old tree is one whole subtree.
        start = [] if low == 0 else [self._subtree(low, high)]
        return start + path[::-1]

    def _subtree(self, low: int, high: int) -> bytes:
        size = high - low
        if not _is_power_of_two(size):
            middle = low + _left_part(size)
            return node_hash(self._subtree(low, middle), self._subtree(middle, high))
        level = (size.bit_length() - 1) // STRIDE * STRIDE
        hashes = self._stored(level, low >> level, high >> level)
        while len(hashes) > 1:
            hashes = [node_hash(*hashes[at : at + 2]) for at in range(0, len(hashes), 2)]
        return hashes[0]

    def _stored(self, level: int, low: int, high: int) -> list[bytes]:
        tile, start = low // TILE, low % TILE
        width = start + high - low
        known = self._tiles.get((level, tile), [])
        if len(known) < width:
            known = self._source(level, tile * TILE, tile * TILE + width)
            if len(known) != width:
                raise LookupError(f"level {level} of the tree lacks hashes from {tile * TILE}")
            self._tiles[level, tile] = known
        return known[start:width]


def verify_inclusion(
    leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes
) -> bool:
    """Whether ``proof`` shows the hash ``leaf`` at ``index`` of the tree with that root."""
    if not 0 <= index < size:
        return False
    place, last, value = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            return False
        if place & 1 or place == last:
            value = node_hash(sibling, value)
            place, last = _climb_to_left_child(place, last)
        else:
            value = node_hash(value, sibling)
        place, last = place >> 1, last >> 1
    return last == 0 and value == root


def verify_consistency(
    old: int, new: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes]
) -> bool:
    """Whether ``proof`` shows that the new tree begins with the old one."""
    if old > new or old < 0:
        return False
    if old in {0, new}:
        return not proof and old_root == (new_root if old == new else EMPTY)
    steps = [old_root, *proof] if _is_power_of_two(old) else list(proof)
    return bool(steps) and _replay(old, new, steps) == (old_root, new_root)


def _replay(old: int, new: int, steps: Sequence[bytes]) -> tuple[bytes, bytes] | None:
    """Compute both roots from a consistency proof; ``None`` where its length is wrong."""
    place, last = old - 1, new - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    first = second = steps[0]
    for step in steps[1:]:
        if last == 0:
            return None
        if place & 1 or place == last:
            first, second = node_hash(step, first), node_hash(step, second)
            place, last = _climb_to_left_child(place, last)
        else:
            second = node_hash(second, step)
        place, last = place >> 1, last >> 1
    return (first, second) if last == 0 else None


def _climb_to_left_child(place: int, last: int) -> tuple[int, int]:
    """Go up while the node is an only child, which has no sibling on its level."""
    while place and not place & 1:
        place, last = place >> 1, last >> 1
    return place, last
