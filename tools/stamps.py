"""What has been done already: a step is skipped while its inputs are the same as last time."""

import hashlib
import sys
from collections.abc import Iterable
from pathlib import Path

from tools.places import LOCAL, ROOT

STAMPS = LOCAL / "stamps"
# Whatever the migrations, the translations and the demo city are made from.
SOURCES = ("portal", "governance", "datahub", "livinglabs", "evaluation")
SOURCE_KINDS = {".py", ".po", ".json", ".yaml", ".csv", ".sql"}


def digest(files: Iterable[Path], *extra: str) -> str:
    """Hash the names and contents of ``files`` with the Python version and the project's place."""
    parts = hashlib.sha256()
    for word in (f"{sys.version_info[:2]}", str(ROOT), *extra):
        parts.update(f"{word}\0".encode())
    for file in sorted(files):
        parts.update(f"{file}\0".encode())
        parts.update(hashlib.sha256(file.read_bytes()).digest())
    return parts.hexdigest()


def source_files() -> list[Path]:
    """List the files that the database's content depends on."""
    return [
        file
        for folder in SOURCES
        for file in (ROOT / folder).rglob("*")
        if file.suffix in SOURCE_KINDS and file.is_file()
    ]


def is_fresh(name: str, value: str, *, folder: Path = STAMPS) -> bool:
    """Tell whether step ``name`` was last done with inputs that hash to ``value``."""
    stamp = folder / name
    return stamp.is_file() and stamp.read_text() == value


def put(name: str, value: str, *, folder: Path = STAMPS) -> None:
    """Note that step ``name`` is done for inputs that hash to ``value``."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(value)
