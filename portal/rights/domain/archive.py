"""The file that holds all the city keeps about a person: tables twice, files, and what they mean.

Each kind of row is written once as JSON, for programs, and once as CSV, for spreadsheets. The
manifest names every member with its size and SHA-256, so that a copy can be compared.
"""

import csv
import hashlib
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from tempfile import TemporaryFile
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile

from django.core.serializers.json import DjangoJSONEncoder
from django.utils import timezone

from portal import registry
from portal.accounts.models import User
from portal.registry import OwnData
from portal.rights.domain import readme
from portal.uploads import clean_name

MARK = "\ufeff"
PIECE = 64 * 1024
# What a spreadsheet would take for a formula at the beginning of a text.
DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


class PlainEncoder(DjangoJSONEncoder):
    """Writes bytes as hexadecimal digits; a set as a list."""

    def default(self, o: Any) -> Any:
        if isinstance(o, (bytes, memoryview)):
            return bytes(o).hex()
        return super().default(o)


class Archive:
    """A zip that remembers what was put into it."""

    def __init__(self, file: IO[bytes]) -> None:
        self.zip = ZipFile(file, "w", ZIP_DEFLATED)
        self.members: list[dict[str, Any]] = []

    def put(self, path: str, pieces: Iterable[bytes], **about: Any) -> None:
        """Write one member piece by piece, and note its size in bytes and its SHA-256."""
        digest, size = hashlib.sha256(), 0
        with self.zip.open(path, "w", force_zip64=True) as member:
            for piece in pieces:
                member.write(piece)
                digest.update(piece)
                size += len(piece)
        self.members.append({"path": path, "bytes": size, "sha256": digest.hexdigest(), **about})


def write(file: IO[bytes], person: User) -> int:
    """Write everything that is kept about ``person`` into ``file``; give the number of kinds."""
    archive = Archive(file)
    columns = {entry.key: _put_kind(archive, entry, person) for entry in registry.own_data}
    for language in ("ko", "en"):
        text = readme.write(language, columns, archive.members)
        archive.put(f"README.{language}.txt", [(MARK + text).encode()])
    manifest = {
        "format": "hamkke own data, version 1",
        "person": str(person.uuid),
        "made_at": timezone.now(),
        "members": archive.members,
    }
    archive.zip.writestr("manifest.json", _json(manifest, indent=1))
    archive.zip.close()
    return len(columns)


def _put_kind(archive: Archive, entry: OwnData, person: User) -> list[str]:
    """Write one kind of row with its files; give its columns in the order of their appearance."""
    with TemporaryFile("w+", encoding="utf-8", newline="") as kept:
        columns, count = _keep(entry.rows(person), kept)
        archive.put(f"data/{entry.key}.json", _as_json(kept), rows=count)
        archive.put(f"data/{entry.key}.csv", _as_csv(kept, columns), rows=count)
    for number, (name, file) in enumerate(entry.files(person), 1):
        with file.open("rb") as opened:
            path = f"files/{entry.key}/{number:04d}-{clean_name(name)}"
            archive.put(path, iter(partial(opened.read, PIECE), b""))
    return list(columns)


def _keep(rows: Iterable[Mapping[str, Any]], kept: IO[str]) -> tuple[dict[str, None], int]:
    """Keep each row as a line of JSON, so that however many there are none stays in memory."""
    columns: dict[str, None] = {}
    count = 0
    for row in rows:
        columns.update(dict.fromkeys(row))
        kept.write(_json(row) + "\n")
        count += 1
    return columns, count


def _lines(kept: IO[str]) -> Iterator[str]:
    kept.seek(0)
    return (line.rstrip("\n") for line in kept)


def _as_json(kept: IO[str]) -> Iterator[bytes]:
    yield b"["
    for number, line in enumerate(_lines(kept)):
        yield (",\n" if number else "\n").encode() + line.encode()
    yield b"\n]\n"


def _as_csv(kept: IO[str], columns: Iterable[str]) -> Iterator[bytes]:
    names = list(columns)
    yield MARK.encode() + _csv_line(names)
    for line in _lines(kept):
        row = json.loads(line)
        yield _csv_line([_cell(row.get(name)) for name in names])


def _csv_line(cells: Iterable[str]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerow(cells)
    return text.getvalue().encode()


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return f"'{value}" if value.startswith(DANGEROUS) else value
    return json.dumps(value, ensure_ascii=False)


def _json(value: Any, **how: Any) -> str:
    return json.dumps(value, cls=PlainEncoder, ensure_ascii=False, **how)
