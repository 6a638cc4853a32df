"""Files that people hand in: looked at before they are kept.

The name says nothing that is believed: the first bytes decide the kind. Files
are kept under random names; the name that the person gave stays in the row.
"""

import hashlib
import unicodedata
import uuid
import zipfile
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.deconstruct import deconstructible
from django.utils.translation import gettext as _

MAX_NAME = 255
ZIP_MAX_BYTES = 500 * 1024 * 1024
ZIP_MAX_RATIO = 200
ZIP_MAX_FILES = 5000


@dataclass(frozen=True)
class Kind:
    """A kind of file: its endings, how it begins, and what browsers are told."""

    endings: tuple[str, ...]
    starts: tuple[bytes, ...]
    content_type: str


# What Python says of an archive that is broken, split or named in no known letters.
UNREADABLE = (zipfile.BadZipFile, NotImplementedError, ValueError, OSError)
ZIP_START = (b"PK\x03\x04",)
KINDS = {
    "pdf": Kind((".pdf",), (b"%PDF-",), "application/pdf"),
    "png": Kind((".png",), (b"\x89PNG\r\n\x1a\n",), "image/png"),
    "jpeg": Kind((".jpg", ".jpeg"), (b"\xff\xd8\xff",), "image/jpeg"),
    "hwp": Kind((".hwp",), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",), "application/x-hwp"),
    "hwpx": Kind((".hwpx",), ZIP_START, "application/hwp+zip"),
    "xlsx": Kind(
        (".xlsx",),
        ZIP_START,
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
    "docx": Kind(
        (".docx",),
        ZIP_START,
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
    "csv": Kind((".csv",), (), "text/csv"),
    "txt": Kind((".txt",), (), "text/plain"),
}
DOCUMENTS = ("pdf", "png", "jpeg", "hwp", "hwpx", "xlsx", "docx")
TABLES = ("csv",)


@dataclass(frozen=True)
class Checked:
    """What is known of a file that passed: its name, kind, size in bytes and SHA-256."""

    name: str
    content_type: str
    size: int
    sha256: str


def check_upload(
    file: UploadedFile, *, kinds: tuple[str, ...] = DOCUMENTS, max_bytes: int | None = None
) -> Checked:
    """Look at a file before it is kept.

    Raises ``ValidationError`` with a sentence that says what to do: too large,
    empty, of a kind that is not taken, another kind than its name says, or an
    archive that would not stop unfolding.
    """
    limit = max_bytes or settings.UPLOAD_MAX_BYTES
    name = clean_name(file.name or "")
    if not file.size:
        raise ValidationError(
            _("The file “%(name)s” is empty. Choose another one.") % {"name": name}
        )
    if file.size > limit:
        raise ValidationError(
            _("The file is %(size)s; at most %(limit)s is taken. Make it smaller or split it.")
            % {"size": filesizeformat(file.size), "limit": filesizeformat(limit)}
        )
    kind = _kind_of(file, name, kinds)
    return Checked(name, kind.content_type, file.size, _digest(file))


def clean_name(name: str) -> str:
    """Keep a name as people read it: composed Hangul, no path, no control characters, 255 long."""
    name = unicodedata.normalize("NFC", name.replace("\\", "/").rsplit("/", 1)[-1])
    name = "".join(c for c in name if unicodedata.category(c) not in {"Cc", "Cf"}).strip()
    if len(name) <= MAX_NAME:
        return name
    ending = PurePosixPath(name).suffix[:20]
    return name[: MAX_NAME - len(ending)] + ending


def _kind_of(file: UploadedFile, name: str, kinds: tuple[str, ...]) -> Kind:
    """Find the kind by the name and hold the first bytes against it."""
    ending = PurePosixPath(name).suffix.lower()
    named = [KINDS[key] for key in kinds if ending in KINDS[key].endings]
    if not named:
        taken = ", ".join(e for key in kinds for e in KINDS[key].endings)
        raise ValidationError(
            _("Files of this kind are not taken. Choose one of: %(taken)s.") % {"taken": taken}
        )
    kind = named[0]
    file.seek(0)
    start = file.read(16)
    if kind.starts and not start.startswith(kind.starts):
        raise ValidationError(
            _("The content of “%(name)s” is not what its name says. Save it in the right format.")
            % {"name": name}
        )
    if kind.starts == ZIP_START:
        _refuse_bomb(file, name)
    return kind


def _refuse_bomb(file: UploadedFile, name: str) -> None:
    """Refuse an archive that is broken or that unfolds beyond reason, by its own directory."""
    file.seek(0)
    try:
        members = zipfile.ZipFile(file).infolist()
    except UNREADABLE as error:
        raise ValidationError(
            _("“%(name)s” cannot be opened. Save it again.") % {"name": name}
        ) from error
    unfolded = sum(member.file_size for member in members)
    folded = max(1, sum(member.compress_size for member in members))
    if (
        unfolded > ZIP_MAX_BYTES
        or unfolded / folded > ZIP_MAX_RATIO
        or len(members) > ZIP_MAX_FILES
    ):
        raise ValidationError(
            _("“%(name)s” unfolds to far more than it holds and is not taken.") % {"name": name}
        )


def _digest(file: UploadedFile) -> str:
    """SHA-256 of the whole file, as 64 hexadecimal digits; leaves the file at its start."""
    digest = hashlib.sha256()
    file.seek(0)
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()


@deconstructible
class RandomName:
    """Where a file is kept: ``<folder>/<two digits>/<random>``, without its own name."""

    def __init__(self, folder: str) -> None:
        self.folder = folder

    def __call__(self, _instance: Any, _name: str) -> str:
        name = uuid.uuid4().hex
        return f"{self.folder}/{name[:2]}/{name}"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, RandomName) and other.folder == self.folder

    def __hash__(self) -> int:
        return hash(self.folder)
