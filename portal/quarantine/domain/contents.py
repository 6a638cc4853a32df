"""What in a document acts on its own: scripts, macros, programs, files hidden in files.

Pure functions over bytes, without Django's database. They look for what lets a document do
something when it is opened, not for known harm; a scanner does that beside them.

Sources: PDF, ISO 32000-1, 7.3.5 (names), 7.5.7 (object streams), 12.6 (actions), 7.11.4
(embedded files); Office Open XML, ISO/IEC 29500-2 (parts and relations); 한글 문서 파일 형식 5.0,
section 3.2.1 (the properties in the head of the file).
"""

import re
import zipfile
import zlib
from codecs import BOM_UTF8
from collections.abc import Iterator
from io import BytesIO
from pathlib import PurePosixPath
from typing import IO

from portal.quarantine.models import Finding
from portal.uploads import UNREADABLE, ZIP_MAX_BYTES

MOST_UNFOLDED = 200 * 1024 * 1024
PIECE = 64 * 1024
NESTED = 2

HARM_IN_PDF = {
    b"JavaScript": Finding.SCRIPT,
    b"Launch": Finding.PROGRAM,
    b"RichMedia": Finding.PROGRAM,
    b"EmbeddedFile": Finding.EMBEDDED,
    b"EmbeddedFiles": Finding.EMBEDDED,
    b"Encrypt": Finding.LOCKED,
}
# Forms that bring programs of their own; three letters alone stand in any picture by chance.
PDF_FORM = re.compile(rb"/XFA\s*[\[\d]")
PDF_NAME = re.compile(rb"/([A-Za-z0-9#]{3,40})(?=[^A-Za-z0-9#]|$)")
PDF_STREAM = re.compile(rb"stream\r?\n")
ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")

STARTS = {
    b"PK\x03\x04": Finding.ARCHIVE,
    b"Rar!\x1a\x07": Finding.ARCHIVE,
    b"7z\xbc\xaf\x27\x1c": Finding.ARCHIVE,
    b"\x1f\x8b": Finding.ARCHIVE,
    b"MZ": Finding.PROGRAM,
    b"\x7fELF": Finding.PROGRAM,
}
MACRO_PART = re.compile(r"(^|/)(vba\w*\.(bin|xml)|macrosheets/|activeX/)", re.IGNORECASE)
RELATION = re.compile(rb"<Relationship\b[^>]*>")
LOADING = re.compile(rb"/(attachedTemplate|oleObject|frame)[\"']")
OFFICE = (".docx", ".xlsx", ".pptx")
PLAIN = (".csv", ".txt")
HEAD, LONG_HEAD = 8, 64
FOLDERS = {".docx": "word/", ".xlsx": "xl/", ".pptx": "ppt/", ".hwpx": "Contents/"}
LOCKED = 1

HANGUL = b"HWP Document File"
HANGUL_FLAGS = 36
HANGUL_LOCKED, HANGUL_SCRIPT = 1 << 1, 1 << 3


def look(file: IO[bytes], name: str) -> Finding | None:
    """Say what in a document would act on its own, or nothing. ``name`` tells its kind."""
    ending = PurePosixPath(name).suffix.lower()
    if ending == ".pdf":
        return in_pdf(file.read())
    if ending in FOLDERS:
        return in_package(file, ending)
    if ending == ".hwp":
        return in_hangul(file.read())
    if ending in PLAIN:
        return Finding.DISGUISED if _is_no_text(file.read(LONG_HEAD)) else None
    return None


def _is_no_text(head: bytes) -> bool:
    """Whether a table or text begins as an archive or a program does.

    A table may begin with the letters MZ, as in ``MZ세대``; a program goes on with zeros.
    """
    return _begun(head) is not None and (not head.startswith(b"MZ") or b"\0" in head)


def in_pdf(data: bytes) -> Finding | None:
    """Look for actions and files in a PDF, in its compressed parts too."""
    left = MOST_UNFOLDED
    for part in _parts(data):
        left -= len(part)
        if left < 0:
            return Finding.BURSTING
        if PDF_FORM.search(part):
            return Finding.SCRIPT
        for name in PDF_NAME.findall(part):
            plain = ESCAPED.sub(lambda code: bytes([int(code[1], 16)]), name)
            if plain in HARM_IN_PDF:
                return HARM_IN_PDF[plain]
    return None


def _parts(data: bytes) -> Iterator[bytes]:
    """The document as it lies there, then each of its streams that unfolds."""
    yield data
    view = memoryview(data)
    for start in PDF_STREAM.finditer(data):
        yield b"".join(_unfolded(view[start.end() :]))


def _unfolded(view: memoryview) -> Iterator[bytes]:
    """What a stream unfolds to, piece by piece; it ends where it ends or cannot be read."""
    unfolding = zlib.decompressobj()
    left = MOST_UNFOLDED + 1
    for at in range(0, len(view), PIECE):
        try:
            piece = unfolding.decompress(view[at : at + PIECE], left)
        except zlib.error:
            return
        yield piece
        left -= len(piece)
        if unfolding.eof or left <= 0:
            return


def in_package(file: IO[bytes], ending: str, depth: int = 0) -> Finding | None:
    """Look into an Office or Hangul package: macros, objects, archives and loading from afar."""
    try:
        with zipfile.ZipFile(file) as package:
            members = package.infolist()
            found = (_in_member(package, member, depth) for member in members)
            return _of_package(members, ending) or next(filter(None, found), None)
    except (*UNREADABLE, zlib.error):
        return Finding.BROKEN


def _of_package(members: list[zipfile.ZipInfo], ending: str) -> Finding | None:
    """What the directory of a package tells by itself."""
    if any(member.flag_bits & LOCKED for member in members):
        return Finding.LOCKED
    if not any(member.filename.startswith(FOLDERS[ending]) for member in members):
        return Finding.DISGUISED
    if sum(member.file_size for member in members) > ZIP_MAX_BYTES:
        return Finding.BURSTING
    return None


def _in_member(package: zipfile.ZipFile, member: zipfile.ZipInfo, depth: int) -> Finding | None:
    if MACRO_PART.search(member.filename):
        return Finding.MACRO
    with package.open(member) as opened:
        # The cells of a table are XML, and may be longer than all the rest together.
        is_xml = opened.read(HEAD).removeprefix(BOM_UTF8).startswith(b"<?xml")
    if is_xml and not member.filename.endswith(".rels"):
        return None
    content = package.read(member)
    ending = PurePosixPath(member.filename).suffix.lower()
    # A diagram keeps its table as a workbook of its own: that is looked into, not refused.
    if ending in OFFICE and depth < NESTED:
        return in_package(BytesIO(content), ending, depth + 1)
    if member.filename.endswith(".rels"):
        return _in_relations(content)
    return _begun(content) or _in_object(content)


def _begun(content: bytes) -> Finding | None:
    return next((found for start, found in STARTS.items() if content.startswith(start)), None)


def _in_relations(content: bytes) -> Finding | None:
    relations = RELATION.findall(content)
    if any(b"External" in one and LOADING.search(one) for one in relations):
        return Finding.REMOTE
    if any(b"/vbaProject" in one for one in relations):
        return Finding.MACRO
    return None


def _in_object(content: bytes) -> Finding | None:
    """Look at the names in a compound file: whole files and macros have names of their own."""
    if "Ole10Native".encode("utf-16-le") in content:
        return Finding.EMBEDDED
    if "_VBA_PROJECT".encode("utf-16-le") in content:
        return Finding.MACRO
    return None


def in_hangul(data: bytes) -> Finding | None:
    """Look at the head of a Hangul document and at the names of what lies in it."""
    head = data.find(HANGUL)
    if head < 0:
        return Finding.DISGUISED
    flags = int.from_bytes(data[head + HANGUL_FLAGS : head + HANGUL_FLAGS + 4], "little")
    if flags & HANGUL_LOCKED:
        return Finding.LOCKED
    if flags & HANGUL_SCRIPT:
        return Finding.SCRIPT
    return _in_object(data)
