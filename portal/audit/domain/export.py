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
VERIFIER = (
    "verify_export.py", "watch_heads.py", "kept.py", "merkle.py", "note.py", "ed25519.py",
    "leaves.py", "tlog.py",
)  # fmt: skip
CHECKPOINT_END = "====\n"
BATCH = 10_000
# The zip's own clock, so that the same trail gives the same bytes.
ZIP_TIME = (1980, 1, 1, 0, 0, 0)

ACTS = """
SELECT coalesce(act.leaf_data, ''), encode(leaf.leaf_hash, 'hex')
FROM audit.leaf LEFT JOIN audit.act ON act.id = leaf.act_id
WHERE leaf.leaf_index >= %s AND leaf.leaf_index < %s ORDER BY leaf.leaf_index
"""
# The last head of each of the last days (UTC), found by the index on the time.
DAILY_HEADS = """
SELECT last.tree_size, last.checkpoint FROM (
    SELECT generate_series(
        greatest(min(sealed_at), %(end)s - %(days)s * interval '1 day') AT TIME ZONE 'UTC',
        %(end)s AT TIME ZONE 'UTC' + interval '1 day', interval '1 day'
    )::date AS day FROM audit.head
) AS days CROSS JOIN LATERAL (
    SELECT tree_size, checkpoint FROM audit.head
    WHERE sealed_at >= day::timestamp AT TIME ZONE 'UTC'
      AND sealed_at < (day + 1)::timestamp AT TIME ZONE 'UTC' AND tree_size <= %(size)s
    ORDER BY sealed_at DESC, tree_size DESC LIMIT 1
) AS last
"""
LATEST_HEADS = """
SELECT tree_size, checkpoint FROM audit.head WHERE tree_size <= %s
ORDER BY tree_size DESC LIMIT %s
"""
KEYS = "SELECT vkey FROM audit.head GROUP BY vkey ORDER BY min(tree_size)"
EXPORTED_DAYS = 100_000
EXPORTED_HEADS = 300


def write_export(file: IO[bytes], head: Head) -> int:
    """Write the trail up to ``head`` as a zip into ``file``, and give the number of acts.

    Costs memory for one batch, whatever the size of the trail.
    """
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(_entry("key.txt"), _keys())
        archive.writestr(_entry("checkpoints.txt"), _exported_heads(head))
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
    return _joined(_daily(days, upto))


def _keys() -> str:
    """Give every key under which a head was signed, the first one first."""
    with connection.cursor() as cursor:
        cursor.execute(KEYS)
        return "".join(f"{vkey}\n" for (vkey,) in cursor.fetchall())


def _exported_heads(upto: Head) -> str:
    """Give one head of each day since the first, and the latest ones, oldest first."""
    with connection.cursor() as cursor:
        cursor.execute(LATEST_HEADS, [upto.tree_size, EXPORTED_HEADS])
        latest = dict(cursor.fetchall())
    return _joined(_daily(EXPORTED_DAYS, upto) | latest)


def _daily(days: int, upto: Head) -> dict[int, str]:
    with connection.cursor() as cursor:
        cursor.execute(DAILY_HEADS, {"end": upto.sealed_at, "days": days, "size": upto.tree_size})
        return dict(cursor.fetchall())


def _joined(heads: dict[int, str]) -> str:
    return CHECKPOINT_END.join(heads[size] for size in sorted(heads))


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
