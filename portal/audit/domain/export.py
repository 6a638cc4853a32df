"""Handing the whole trail out: a zip that an auditor checks without the portal.

It holds every sealed act as the exact text that was hashed, the hashes, signed
heads, the public key, and the programs of the offline check.
"""

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from django.db import connection

from portal.audit.models import Head

HERE = Path(__file__).resolve().parent.parent
VERIFIER = ("verify_export.py", "merkle.py", "note.py", "ed25519.py", "leaves.py", "tlog.py")
CHECKPOINT_END = "====\n"
BATCH = 10_000
# The zip's own clock, so that the same trail gives the same bytes.
ZIP_TIME = (1980, 1, 1, 0, 0, 0)

ACTS = """
SELECT coalesce(act.leaf_data, ''), encode(leaf.leaf_hash, 'hex')
FROM audit.leaf LEFT JOIN audit.act ON act.id = leaf.act_id
WHERE leaf.leaf_index >= %s AND leaf.leaf_index < %s ORDER BY leaf.leaf_index
"""
# The last head of each day (UTC) and the last of all.
DAILY_HEADS = """
SELECT checkpoint FROM audit.head WHERE tree_size IN (
    SELECT max(tree_size) FROM audit.head WHERE tree_size <= %s
    GROUP BY (sealed_at AT TIME ZONE 'UTC')::date
    ORDER BY 1 DESC LIMIT %s
) ORDER BY tree_size
"""
EXPORTED_DAYS = 100_000


def write_export(file: IO[bytes], head: Head) -> int:
    """Write the trail up to ``head`` as a zip into ``file``, and give the number of acts.

    Costs memory for one batch, whatever the size of the trail.
    """
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(_entry("key.txt"), f"{head.vkey}\n")
        archive.writestr(_entry("checkpoints.txt"), daily_heads(EXPORTED_DAYS, head))
        _write_lines(archive, "hashes.txt", (row[1] for row in _rows(head.tree_size)))
        _write_lines(archive, "leaves.ndjson", (row[0] for row in _rows(head.tree_size)))
        add_verifier(archive)
    return head.tree_size


def write_verifier(file: IO[bytes]) -> None:
    """Write the programs of the offline check alone as a zip into ``file``."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        add_verifier(archive)


def add_verifier(archive: zipfile.ZipFile) -> None:
    for name in VERIFIER:
        archive.writestr(_entry(name), (HERE / name).read_bytes())


def daily_heads(days: int, upto: Head) -> str:
    """Give the last signed head of each of ``days`` days with a seal, ``upto`` the last one."""
    with connection.cursor() as cursor:
        cursor.execute(DAILY_HEADS, [upto.tree_size, days])
        return CHECKPOINT_END.join(row[0] for row in cursor.fetchall())


def _rows(size: int) -> Iterator[tuple[str, str]]:
    for start in range(0, size, BATCH):
        with connection.cursor() as cursor:
            cursor.execute(ACTS, [start, min(start + BATCH, size)])
            yield from cursor.fetchall()


def _write_lines(archive: zipfile.ZipFile, name: str, lines: Iterator[str]) -> None:
    with archive.open(_entry(name), "w", force_zip64=True) as file:
        for line in lines:
            file.write(f"{line}\n".encode())


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, ZIP_TIME)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry
