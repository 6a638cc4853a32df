"""Ways to seal that look right and are wrong, and schedules that find them out.

A sealer's ``step`` gives the complete list of sealed acts, in the order of the
tree, as outsiders would see it after that step.
"""

from itertools import pairwise

from portal.audit.domain import log, sealer
from portal.audit.domain.signer import Signer
from portal.audit.merkle import verify_consistency
from tests.portal.audit.trees import Grown


class Mutant:
    """A sealer that keeps its tree in memory; ``pause`` runs between its statements."""

    def __init__(self, database, folder):
        self.connection = database.superuser()
        self.sealed, self.mark = [], 0

    def fetch(self, sql, *params):
        with self.connection.cursor() as cursor:
            cursor.execute(sql, params)
            return cursor.fetchall()


class AfterLastId(Mutant):
    """Takes the acts with an id above the last one sealed."""

    def step(self, pause):
        rows = self.fetch("SELECT id FROM audit.act WHERE id > %s ORDER BY id", self.mark)
        pause()
        self.sealed += [row[0] for row in rows]
        self.mark = max(self.sealed, default=0)
        return self.sealed


class AfterLastTransaction(Mutant):
    """Takes the acts of transactions with a number above the last one sealed."""

    def step(self, pause):
        rows = self.fetch(
            "SELECT id, xid::text::bigint FROM audit.act WHERE xid::text::bigint > %s "
            "ORDER BY xid, id",
            self.mark,
        )
        pause()
        self.sealed += [row[0] for row in rows]
        self.mark = max([self.mark, *(row[1] for row in rows)])
        return self.sealed


class Rebuilt(Mutant):
    """Builds the whole tree again in the order of the ids."""

    def step(self, pause):
        self.sealed = [row[0] for row in self.fetch("SELECT id FROM audit.act ORDER BY id")]
        pause()
        return self.sealed


class RowsThenXmin(Mutant):
    """Reads the acts, and in a later statement which transactions were over by then."""

    def step(self, pause):
        rows = self.fetch(
            "SELECT id, xid::text::bigint FROM audit.act WHERE xid::text::bigint >= %s "
            "ORDER BY xid, id",
            self.mark,
        )
        pause()
        over = self.fetch("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint")[0][0]
        self.sealed += [act for act, xid in rows if xid < over]
        self.mark = over
        return self.sealed


class Shipped:
    """The portal's own sealer; the pause comes while the signer is at work."""

    def __init__(self, database, folder):
        self.database, self.folder = database, folder

    def step(self, pause):
        class Slow(Signer):
            def sign(self, *head):
                pause()
                return super().sign(*head)

        sealer.seal_once(Slow("test.example/audit", self.folder))
        connection = self.database.superuser()
        with connection.cursor() as cursor:
            cursor.execute("SELECT act_id FROM audit.leaf ORDER BY leaf_index")
            return [row[0] for row in cursor.fetchall()]


def add(connection, name, identity=None):
    """Write an act in the open transaction of ``connection``."""
    with connection.cursor() as cursor:
        leaf = log.leaf_for("tried", f"test.subject:{name}", None)
        if identity is None:
            cursor.execute(log.APPEND_PLAIN, [leaf])
        else:
            cursor.execute(
                "INSERT INTO audit.act (id, leaf_data) OVERRIDING SYSTEM VALUE VALUES (%s, %s)",
                [identity, leaf],
            )


def nothing():
    pass


def late_commit(database, sealer):
    """One begins first and commits last; a seal lies between."""
    slow, quick = database.connect(), database.connect()
    add(slow, "slow")
    add(quick, "quick")
    quick.commit()
    heads = [list(sealer.step(nothing))]
    slow.commit()
    heads.append(list(sealer.step(nothing)))
    add(quick, "next")
    quick.commit()
    return [*heads, list(sealer.step(nothing)), list(sealer.step(nothing))]


def early_number(database, sealer):
    """One draws its id before it has a transaction number, and writes after a seal."""
    slow, quick = database.connect("postgres"), database.connect()
    with slow.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('audit.act', 'id'))")
        number = cursor.fetchone()[0]
    add(quick, "quick")
    quick.commit()
    heads = [list(sealer.step(nothing))]
    add(slow, "slow", number)
    slow.commit()
    return [*heads, list(sealer.step(nothing)), list(sealer.step(nothing))]


def commit_within(database, sealer):
    """A running transaction commits between two statements of the sealer."""
    slow, quick = database.connect(), database.connect()
    add(slow, "slow")
    add(quick, "quick")
    quick.commit()

    def between():
        slow.commit()
        add(quick, "next")
        quick.commit()

    heads = [list(sealer.step(between))]
    return [*heads, list(sealer.step(nothing)), list(sealer.step(nothing))]


SCHEDULES = [late_commit, early_number, commit_within]
MUTANTS = [AfterLastId, AfterLastTransaction, Rebuilt, RowsThenXmin]


def faults(database, heads):
    """What outsiders who kept every head can hold against the sealer."""
    connection = database.superuser()
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM audit.act")
        committed = {row[0] for row in cursor.fetchall()}
    found = set()
    if committed - set(heads[-1]):
        found.add("lost")
    if len(set(heads[-1])) != len(heads[-1]):
        found.add("twice")
    if not all(extends(old, new) for old, new in pairwise(heads)):
        found.add("not append-only")
    return found


def extends(old, new):
    """Whether the newer list begins with the older one, as consistency proofs show it."""
    if len(old) > len(new):
        return False
    before, after = (Grown([str(act).encode() for act in acts]) for acts in (old, new))
    proof = after.prover.consistency(len(old), len(new))
    return verify_consistency(len(old), len(new), before.roots[-1], after.roots[-1], proof)
