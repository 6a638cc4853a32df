"""One consistent copy of all that the portal keeps: the keys, the database, the files.

The keys are copied first, so that the signer's memory is never ahead of the
tree in the database; the files last, since they are only ever added. Whoever
holds the keys and the rest can forge a history, so the keys are a part of their own.
"""

import json
import os
import shutil
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import file_digest
from itertools import chain
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connections, transaction
from django.utils import timezone

from portal.audit.domain import sealer
from portal.audit.domain.signer import Signer
from portal.home.domain import postgres
from portal.home.domain.postgres import UnusableError
from portal.reports.domain import manifests

FORMAT = 1
MANIFEST = "manifest.json"
DATABASE = "database.dump"
FILES = "files.tar"
KEYS = "keys.tar"
PRIVATE = "audit.act_private"
TREE_SIZE = "SELECT coalesce(max(tree_size), 0) FROM audit.head"
# Folders by what the names of their files begin with in an archive; "" stands for all others.
Places = dict[str, Path]


@dataclass(frozen=True)
class Part:
    """One file of a backup: its SHA-256 in hexadecimal digits and its size in bytes."""

    sha256: str
    size: int

    @classmethod
    def of(cls, path: Path) -> "Part":
        with path.open("rb") as file:
            return cls(file_digest(file, "sha256").hexdigest(), path.stat().st_size)


def make(folder: Path, *, without_private: bool = False) -> dict[str, Any]:
    """Write a backup into ``folder``, which is made or must be empty; return its manifest.

    ``without_private`` leaves out what the trail's commitments hide, so that a copy kept
    for long does not outlive an erasure. The manifest comes last: without it, a backup that
    broke off is never taken for a whole one. Raises ``UnusableError``.
    """
    _refuse_full(folder)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    _pack(_key_places(), folder / KEYS)
    tree_size = _dump(folder / DATABASE, without_private=without_private)
    if tree_size and not Signer.of_the_portal().has_key:
        raise UnusableError(f"{settings.KEY_DIR} does not hold the key that signed the trail.")
    _pack(_file_places(), folder / FILES)
    manifest = {
        "format": FORMAT,
        "made_at": timezone.now().isoformat(),
        "software": settings.SOFTWARE_VERSION,
        "postgresql": postgres.server_major(),
        "tree_size": tree_size,
        "without_private": without_private,
        "parts": {name: vars(Part.of(folder / name)) for name in (DATABASE, FILES, KEYS)},
    }
    path = folder / MANIFEST
    path.write_text(json.dumps(manifest, indent=2) + "\n")
    path.chmod(0o600)
    return manifest


def restore(folder: Path, *, force: bool = False) -> dict[str, Any]:
    """Put a backup back and seal what waited; return its manifest.

    Every part is held against its hash before anything is touched. A database or a folder
    that holds something is refused unless ``force``. Raises ``UnusableError``.
    """
    manifest = read(folder)
    targets = {KEYS: _key_places(), FILES: _file_places()}
    postgres.refuse_unprepared()
    if not force:
        postgres.refuse_full()
        for target in chain.from_iterable(places.values() for places in targets.values()):
            _refuse_full(target)
    postgres.restore(folder / DATABASE, clear_first=force)
    for name, places in targets.items():
        _unpack(folder / name, places)
    _refuse_other_size(manifest)
    sealer.seal_waiting()
    return manifest


def read(folder: Path) -> dict[str, Any]:
    """Read the manifest and hold every part against it. Raises ``UnusableError``."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text())
        parts = {name: Part(**manifest["parts"][name]) for name in (DATABASE, FILES, KEYS)}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UnusableError(f"{folder} holds no whole backup: {error}") from error
    if manifest.get("format") != FORMAT:
        raise UnusableError(f"{folder} is a backup of a format that is not known here.")
    for name, part in parts.items():
        if not (folder / name).is_file() or Part.of(folder / name) != part:
            raise UnusableError(f"{name} is not the file that was written; nothing was restored.")
    return manifest


def _dump(path: Path, *, without_private: bool) -> int:
    """Dump the database as of one moment; return the size of the tree at that moment."""
    with transaction.atomic("migrator"), connections["migrator"].cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        snapshot = cursor.fetchone()[0]
        cursor.execute(TREE_SIZE)
        size = cursor.fetchone()[0]
        postgres.dump(path, snapshot=snapshot, without=[PRIVATE] if without_private else [])
    return size


def _refuse_other_size(manifest: dict[str, Any]) -> None:
    with connections["migrator"].cursor() as cursor:
        cursor.execute(TREE_SIZE)
        size = cursor.fetchone()[0]
    if size != manifest["tree_size"]:
        raise UnusableError(
            f"The tree has {size} acts, and the manifest says {manifest['tree_size']}."
        )


def _refuse_full(folder: Path) -> None:
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UnusableError(f"{folder} is not an empty folder.")


def _file_places() -> Places:
    return {"": Path(settings.MEDIA_ROOT)}


def _key_places() -> Places:
    """The trail's keys and the reports': in one archive they lie as they do in one folder."""
    return {"": Path(settings.KEY_DIR), manifests.KEYS: manifests.key_folder()}


def _pack(places: Places, archive: Path) -> None:
    """Put the plain files of ``places`` into one archive, readable by its owner alone."""
    archive.touch(mode=0o600, exist_ok=False)
    found = {
        Path(begin, path.relative_to(folder)): path
        for begin, folder in places.items()
        for path in _plain_files(folder)
    }
    with tarfile.open(archive, "w") as tar:
        for name, path in sorted(found.items()):
            tar.add(path, arcname=str(name))


def _plain_files(folder: Path) -> Iterator[Path]:
    """Walk the files below ``folder``, if there is one; what may not be read is an error."""
    for place, _, names in os.walk(folder, onerror=_fail) if folder.is_dir() else ():
        for path in (Path(place, name) for name in names):
            if path.is_file() and not path.is_symlink():
                yield path


def _fail(error: OSError) -> None:
    raise error


def _unpack(archive: Path, places: Places) -> None:
    """Take the plain files out, each readable by its owner alone.

    Python before 3.11.4 does not know the filters of ``tarfile``, so places are checked here.
    """
    places[""].mkdir(mode=0o750, parents=True, exist_ok=True)
    with tarfile.open(archive) as tar:
        for member in tar:
            target = _target(member.name, places)
            content = tar.extractfile(member)
            if content is None or target is None:
                raise UnusableError(f"{archive} holds more than files of its own: {member.name}")
            target.parent.mkdir(mode=0o750, parents=True, exist_ok=True)
            with content, open(target, "wb", opener=_for_owner) as file:
                shutil.copyfileobj(content, file)


def _target(name: str, places: Places) -> Path | None:
    """Where the file ``name`` of an archive belongs; None where that is outside its folder."""
    begin, _, rest = name.partition("/")
    if begin and rest and begin in places:
        folder, name = places[begin], rest
    else:
        folder = places[""]
    target = (folder / name).resolve()
    return target if target.is_relative_to(folder.resolve()) else None


def _for_owner(path: str, flags: int) -> int:
    return os.open(path, flags, mode=0o600)
