"""What somebody with all rights on the server could try, triggers switched off."""

import json

from portal.audit import note
from portal.audit.leaves import one_line
from portal.audit.merkle import Frontier, leaf_hash

TRIGGERS = {
    "act": ["00_row", "00_statement", "10_derive", "20_queue"],
    "leaf": ["00_row", "00_statement"],
    "node": ["00_row", "00_statement"],
    "head": ["00_row", "00_statement"],
    "act_private": ["00_statement"],
}
# Each attack is a statement, or a function of a cursor.
HASH = r"sha256('\x00'::bytea || convert_to(leaf_data, 'UTF8'))"
REHASH = f"UPDATE audit.act SET leaf_hash = {HASH}"
REHASH_LEAVES = (
    "UPDATE audit.leaf SET leaf_hash = act.leaf_hash FROM audit.act WHERE act.id = leaf.act_id"
)


def attack(database, *steps):
    """Run ``steps`` as the superuser with the triggers off, and put the triggers back."""
    connection = database.superuser()
    with connection.cursor() as cursor:
        for table in TRIGGERS:
            cursor.execute(f"ALTER TABLE audit.{table} DISABLE TRIGGER USER")
        for step in steps:
            step(cursor) if callable(step) else cursor.execute(step)
        for table, names in TRIGGERS.items():
            for name in names:
                cursor.execute(f"ALTER TABLE audit.{table} ENABLE ALWAYS TRIGGER {table}_{name}")
    connection.close()


def edit(index):
    """Change one word of the act at ``index``."""
    return (
        "UPDATE audit.act SET leaf_data = replace(leaf_data, '\"system\"', '\"mayor!\"') "
        f"WHERE id = (SELECT act_id FROM audit.leaf WHERE leaf_index = {index})"
    )


def drop(index):
    """Take the act at ``index`` out of the tree and close the gap."""
    return (
        "DELETE FROM audit.act WHERE id = "
        f"(SELECT act_id FROM audit.leaf WHERE leaf_index = {index});"
        f"DELETE FROM audit.leaf WHERE leaf_index = {index};"
        "ALTER TABLE audit.leaf DROP CONSTRAINT leaf_index_from_zero;"
        f"UPDATE audit.leaf SET leaf_index = -leaf_index WHERE leaf_index > {index};"
        "UPDATE audit.leaf SET leaf_index = -leaf_index - 1 WHERE leaf_index < 0;"
        f"UPDATE audit.head SET tree_size = tree_size - 1 WHERE tree_size > {index}"
    )


def swap(index):
    """Change the places of the acts at ``index`` and after it."""
    return (
        "ALTER TABLE audit.leaf DROP CONSTRAINT leaf_index_from_zero;"
        f"UPDATE audit.leaf SET leaf_index = -1 WHERE leaf_index = {index};"
        f"UPDATE audit.leaf SET leaf_index = {index} WHERE leaf_index = {index + 1};"
        f"UPDATE audit.leaf SET leaf_index = {index + 1} WHERE leaf_index = -1"
    )


def cut(size):
    """Cut the trail off after ``size`` acts."""
    return (
        "DELETE FROM audit.act WHERE id IN "
        f"(SELECT act_id FROM audit.leaf WHERE leaf_index >= {size});"
        f"DELETE FROM audit.leaf WHERE leaf_index >= {size};"
        f"DELETE FROM audit.node WHERE (idx + 1) << level > {size};"
        f"DELETE FROM audit.head WHERE tree_size > {size}"
    )


def relink(cursor):
    """Repair the chains of all subjects."""
    cursor.execute(
        "SELECT act.id, leaf_data FROM audit.leaf JOIN audit.act ON act.id = act_id "
        "ORDER BY leaf_index"
    )
    chains = {}
    for identity, text in cursor.fetchall():
        leaf = json.loads(text)
        seq, previous = chains.get(leaf["subject"], (0, ""))
        repaired = text
        if (leaf["seq"], leaf["prev"]) != (seq + 1, previous):
            repaired = one_line(leaf | {"seq": seq + 1, "prev": previous})
            cursor.execute(
                "UPDATE audit.act SET leaf_data = %s, subject_seq = %s WHERE id = %s",
                [repaired, seq + 1, identity],
            )
        chains[leaf["subject"]] = (seq + 1, leaf_hash(repaired.encode()).hex())


def rebuild(signer):
    """Compute the whole tree again and sign its heads with the stolen key."""

    def step(cursor):
        cursor.execute("SELECT leaf_hash FROM audit.leaf ORDER BY leaf_index")
        hashes = [bytes(row[0]) for row in cursor.fetchall()]
        cursor.execute("SELECT tree_size FROM audit.head")
        sizes = {row[0] for row in cursor.fetchall()}
        cursor.execute("DELETE FROM audit.node")
        nodes = []
        tree = Frontier(keep=lambda *node: nodes.append(node))
        for value in hashes:
            tree.append(value)
            if tree.size in sizes:
                text = note.body(signer.origin, tree.size, tree.root())
                cursor.execute(
                    "UPDATE audit.head SET root = %s, frontier = %s, checkpoint = %s "
                    "WHERE tree_size = %s",
                    [
                        tree.root(),
                        tree.edge,
                        note.sign(text, signer.key, signer._secret().sign),
                        tree.size,
                    ],
                )
        for node in nodes:
            cursor.execute("INSERT INTO audit.node VALUES (%s, %s, %s)", node)

    return step
