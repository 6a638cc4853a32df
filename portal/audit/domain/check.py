"""Checking the whole trail in the database: every act, hash, chain, head and value.

Nothing stored is believed because it is stored: every text is hashed again and
compared with its leaf, and the tree is grown again from the leaves and compared
with the signed heads. Where the signer's folder is at hand, its keys and its memory
of the last head count for more than what the database says. Memory: one batch, and
the last link of each subject.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.db import connection

from portal.audit import note
from portal.audit.domain.findings import Finding, Row
from portal.audit.domain.signer import Signer
from portal.audit.domain.waiting import SEALED_WITHIN
from portal.audit.leaves import MOST_SET_BACK, commitment, read_leaf, set_back
from portal.audit.merkle import Frontier, leaf_hash

BATCH = 10_000
ENOUGH = 100

ROWS = """
SELECT leaf.leaf_index, leaf.leaf_hash, act.act_uid::text, act.verb, act.subject, act.subject_seq,
       act.leaf_data, act.leaf_hash
FROM audit.leaf LEFT JOIN audit.act ON act.id = leaf.act_id
WHERE leaf.leaf_index >= %s AND leaf.leaf_index < %s ORDER BY leaf.leaf_index LIMIT %s
"""
VALUES = """
SELECT act_uid::text, field, salt, value FROM audit.act_private WHERE act_uid = ANY(%s::uuid[])
"""
TOP = "SELECT coalesce(max(tree_size), 0) FROM audit.head"
HEADS = """
SELECT tree_size, root, checkpoint, vkey FROM audit.head
WHERE tree_size > %s AND tree_size <= %s ORDER BY tree_size
"""
NODES = "SELECT hash FROM audit.node WHERE level = %s AND idx = %s"
COUNT_NODES = "SELECT count(*) FROM audit.node WHERE (idx + 1) << level <= %s"
STRAY_LEAVES = (
    "SELECT count(*) FROM audit.leaf "
    "WHERE leaf_index >= (SELECT coalesce(max(tree_size), 0) FROM audit.head)"
)
UNSEALED = """
SELECT act_uid::text, verb, subject, leaf_data, leaf_hash,
       recorded_at < clock_timestamp() - %s::interval
FROM audit.act WHERE NOT EXISTS (SELECT FROM audit.leaf WHERE leaf.act_id = act.id) ORDER BY id
"""
LOST_VALUES = """
SELECT act_uid::text, field FROM audit.act_private
WHERE NOT EXISTS (SELECT FROM audit.act WHERE act.act_uid = act_private.act_uid) LIMIT 10
"""


@dataclass
class Check:
    """The state of a check while it reads the acts in their order."""

    tree: Frontier = field(init=False)
    findings: list[Finding] = field(default_factory=list)
    # What proves nothing, but ought to be looked at.
    remarks: list[Finding] = field(default_factory=list)
    latest: str = ""
    heads: dict[int, bytes] = field(default_factory=dict)
    chains: dict[str, tuple[int, str, Row]] = field(default_factory=dict)
    nodes: int = 0
    values: int = 0
    last_good: int = 0
    # The keys that are believed (all where none is known here), and those that were met.
    believed: frozenset[bytes] = frozenset()
    met: set[str] = field(default_factory=set)
    remembered: dict[int, bytes] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.tree = Frontier(keep=self._check_node)

    @property
    def first(self) -> Finding | None:
        """The first broken entry, in the order of the trail.

        A finding about a range of acts steps back where an act of the range is named.
        """
        named = [finding.index for finding in self.findings if finding.uid]
        exact = [
            finding
            for finding in self.findings
            if not any(finding.index <= index < finding.end for index in named)
        ]
        return min(exact, key=lambda finding: finding.index, default=None)

    def find(self, finding: Finding) -> None:
        if len(self.findings) < ENOUGH:
            self.findings.append(finding)

    def add(self, row: Row) -> None:
        """Check one act, and grow the tree by its leaf."""
        if row.index != self.tree.size:
            self.find(Finding(self.tree.size, f"leaf {self.tree.size} is missing"))
        if row.text is None:
            self.find(Finding(row.index, "the act of this leaf is gone"))
        else:
            self._check_act(row, row.text)
        self.tree.append(row.sealed_hash)
        self._check_head()

    def _check_act(self, row: Row, text: str) -> None:
        value = leaf_hash(text.encode())
        if value != row.sealed_hash:
            self.find(row.finding("its text is not the text that was sealed"))
        elif value != row.act_hash:
            self.find(row.finding("the hash beside its text is not the hash of its text"))
        try:
            leaf = read_leaf(text)
        except ValueError:
            self.find(row.finding("its text is no act"))
            return
        derived = (row.uid, row.verb, row.subject, row.seq)
        if derived != tuple(leaf.get(name) for name in ("uid", "verb", "subject", "seq")):
            self.find(row.finding("its columns contradict its text"))
        self._check_link(row, leaf)
        self._check_time(row, leaf["at"])

    def _check_link(self, row: Row, leaf: dict[str, Any]) -> None:
        """Compare with the last link of the chain; a false link may be the one before."""
        if "seq" not in leaf:
            return
        seq, previous, before = self.chains.get(leaf["subject"], (0, "", row))
        if leaf["seq"] != seq + 1:
            self.find(row.finding(f"the chain of its file goes from link {seq} to {leaf['seq']}"))
        elif leaf["prev"] != previous:
            self.find(before.finding(f"it is not the act that link {leaf['seq']} was made for"))
        self.chains[leaf["subject"]] = (leaf["seq"], row.sealed_hash.hex(), row)

    def _check_time(self, row: Row, at: str) -> None:
        """Remark where times go back: the order is proved, a time is what a clock said."""
        if set_back(self.latest, at) > MOST_SET_BACK and len(self.remarks) < ENOUGH:
            self.remarks.append(row.finding(f"it says {at}, after an act of {self.latest}"))
        self.latest = max(self.latest, at)

    def _check_node(self, level: int, index: int, value: bytes) -> None:
        self.nodes += 1
        stored = _fetch(NODES, [level, index])
        if not stored or bytes(stored[0][0]) != value:
            start = index << level
            end = start + (1 << level)
            what = f"the stored hash over acts {start} to {end - 1} is another"
            self.find(Finding(max(start, self.last_good), what, end=end))

    def _check_head(self) -> None:
        remembered = self.remembered.pop(self.tree.size, self.tree.root())
        if remembered != self.tree.root():
            what = f"the signer remembers another head of {self.tree.size} acts"
            self.find(Finding(self.last_good, what, end=self.tree.size))
        root = self.heads.pop(self.tree.size, None)
        if root is None:
            return
        if root == self.tree.root():
            self.last_good = self.tree.size
        else:
            what = f"acts {self.last_good} to {self.tree.size - 1} do not give the signed head"
            self.find(Finding(self.last_good, what, end=self.tree.size))


def check_trail(signer: Signer | None = None) -> Check:
    """Check everything, and give what was found.

    The keys of ``signer`` alone are believed, and the trail must reach the head that it remembers.
    """
    check = Check()
    if signer and signer.has_key:
        check.believed = frozenset(key.public for key in signer.known_keys())
        check.remembered = dict([signer.last()])
    # The sealer may go on meanwhile: what is checked is the tree of the last head of now.
    top = _count(TOP, [])
    for rows in _batches(top):
        check_heads(check, rows[0].index, rows[-1].index + 1)
        for row in rows:
            check.add(row)
        check_values(check, rows)
    _check_memory(check)
    _check_rest(check, top)
    _check_waiting(check)
    return check


def check_heads(check: Check, low: int, high: int) -> None:
    """Check the signed heads of trees of ``low`` to ``high`` acts, and keep their roots."""
    for size, root, checkpoint, vkey in _fetch(HEADS, [low, high]):
        check.heads[size] = bytes(root)
        try:
            key = note.Key.parse(vkey)
            signed = note.verify(checkpoint, key, verify_signature)
        except note.NoteError as error:
            check.find(Finding(size, f"the head of {size} acts is not signed: {error}"))
            continue
        if (signed.size, signed.root) != (size, bytes(root)):
            check.find(Finding(size, f"the head of {size} acts is not the one that was signed"))
        if check.believed and key.public not in check.believed and vkey not in check.met:
            check.find(
                Finding(size, f"the head of {size} acts is signed with an unknown key: {vkey}")
            )
        check.met.add(vkey)


def check_values(check: Check, rows: list[Row]) -> None:
    """Check the private values of ``rows`` against the commitments in their leaves."""
    known = {row.uid: row for row in rows if row.text}
    for uid, name, salt, value in _fetch(VALUES, [list(known)]):
        row = known[uid]
        check.values += 1
        try:
            promised = read_leaf(row.text or "").get("c", {}).get(name)
        except ValueError:
            continue
        if promised != commitment(uid, name, bytes(salt), bytes(value)):
            check.find(row.finding(f"the value kept as {name} is not the one committed to"))


def verify_signature(public: bytes, signature: bytes, message: bytes) -> bool:
    """Whether the Ed25519 signature holds."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except InvalidSignature:
        return False
    return True


def _batches(top: int) -> Iterator[list[Row]]:
    start = 0
    while rows := [Row(*map(_plain, row)) for row in _fetch(ROWS, [start, top, BATCH])]:
        yield rows
        start = rows[-1].index + 1


def _plain(value: Any) -> Any:
    return bytes(value) if isinstance(value, memoryview) else value


def _check_memory(check: Check) -> None:
    """Look whether the trail reaches the head that the signer remembers, if it has signed one."""
    size = check.tree.size
    for last in filter(None, check.remembered):
        what = f"the signer remembers a head of {last} acts, and {size} are here: it was set back"
        check.find(Finding(size, what))


def _check_rest(check: Check, top: int) -> None:
    """Look at what lies beyond the tree of ``top`` acts: heads, nodes, values without an act."""
    size = check.tree.size
    if size < top:
        check.find(Finding(size, f"a head was signed over {top} acts, and {size} are left"))
    if _count(STRAY_LEAVES, []):
        check.find(Finding(size, "there are leaves that no signed head covers"))
    if _count(COUNT_NODES, [top]) != check.nodes:
        check.find(Finding(size, "the tree holds hashes of subtrees that do not exist"))
    for uid, name in _fetch(LOST_VALUES, []):
        check.find(Finding(size, f"a value ({name}) belongs to no act", uid))


def _check_waiting(check: Check) -> None:
    """Look at the acts that have no leaf: changed ones, and those that wait too long."""
    for uid, verb, subject, text, value, is_late in _fetch(UNSEALED, [SEALED_WITHIN]):
        place = check.tree.size
        if leaf_hash(text.encode()) != bytes(value):
            what = "not sealed yet, and its text is not the one that was written"
            check.find(Finding(place, what, uid, subject, verb))
        elif is_late:
            seconds = int(SEALED_WITHIN.total_seconds())
            what = f"not sealed after {seconds} seconds"
            check.find(Finding(place, what, uid, subject, verb))


def _fetch(sql: str, params: list[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()


def _count(sql: str, params: list[Any]) -> int:
    return _fetch(sql, params)[0][0]
