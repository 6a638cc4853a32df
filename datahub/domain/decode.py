"""Bytes that someone calls a table, read as text without guessing.

The ladder: a byte order mark, then strict UTF-8 over the whole file, then strict
CP949 (which contains EUC-KR). Statistics over the first bytes mistake Korean for
other alphabets, so none are used. What fits nothing is refused with the place of
the byte that breaks.
"""

import codecs
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from django.utils.translation import gettext as _

from portal.refusals import Refused

BLOCK = 1 << 20
HEAD = 4096
# The longest line in characters: a file without line ends must not fill the memory.
MAX_LINE = 1 << 24
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
LADDER = ("utf-8", "cp949")
ZIP, OLE, PDF = b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF-"
HTML = re.compile(
    rb"\s*(<!--.*?-->\s*)*<(!doctype|html|head|body|table|\?xml|meta)", re.IGNORECASE | re.DOTALL
)
JSON = re.compile(rb'(\xef\xbb\xbf)?\s*[\[{]\s*["{\[}\]]')
# Hangul syllables and letters; other letters beyond ASCII are rare in a Korean table.
HANGUL = re.compile(r"[가-힣ㄱ-ㆎ]")
BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
FEW, LITTLE = 20, 0.3


@dataclass(frozen=True)
class Encoding:
    """The name of an encoding (Python's), and whether its text looks unlike Korean."""

    name: str
    doubtful: bool = False


def find_encoding(file: BinaryIO) -> Encoding:
    """Find the encoding in which every byte of ``file`` makes sense.

    Reads the whole file in blocks, keeps none of it and leaves it at its start.
    Raises ``Refused`` with a sentence: empty, not text, or which byte breaks.
    """
    start = _head(file)
    if not start.strip():
        raise Refused(_("The file is empty. Choose a file with a table in it."))
    refuse_what_is_no_text(start)
    marked = next((name for mark, name in MARKS if start.startswith(mark)), "")
    broken = []
    for name in (marked,) if marked else LADDER:
        offset = first_break(file, name)
        if offset is None:
            return Encoding(name, name == "cp949" and _looks_foreign(start))
        broken.append((offset, name))
    raise _unreadable(file, max(broken)[0], marked)


def refuse_what_is_no_text(start: bytes) -> None:
    """Refuse what its first bytes show to be another kind of file.

    Raises ``Refused`` with a sentence that says what it is and what to do.
    """
    kinds = (
        (start.startswith(PDF), _("This is a PDF. Hand in the table itself as CSV or XLSX.")),
        (
            bool(HTML.match(start)),
            _(
                "This is a web page (HTML), whatever its name says. "
                "Open it in a spreadsheet and save it as CSV or XLSX."
            ),
        ),
        (
            bool(JSON.match(start)),
            _("This is JSON or GeoJSON, not a table. Save it as CSV, one row for each thing."),
        ),
        (
            start.startswith((ZIP, OLE)),
            _("This is a packed file, not a table in text. Save its table as CSV or XLSX."),
        ),
    )
    for is_it, sentence in kinds:
        if is_it:
            raise Refused(sentence)


def first_break(file: BinaryIO, encoding: str) -> int | None:
    """Offset in bytes of the first byte that is not ``encoding``, or ``None`` where all are.

    Raises ``Refused`` at a NUL character, which no table in text contains.
    """
    decoder = codecs.getincrementaldecoder(encoding)()
    file.seek(0)
    read, line = 0, 1
    for block in _blocks(file):
        waiting = len(decoder.getstate()[0])
        try:
            text = decoder.decode(block, final=not block)
        except UnicodeDecodeError as error:
            return read - waiting + error.start
        _refuse_nul(text, line)
        read += len(block)
        line += text.count("\n")
    file.seek(0)
    return None


def lines(file: BinaryIO, encoding: str) -> Iterator[str]:
    """Give the lines with their ends (LF, CRLF or CR). Raises ``Refused`` at an endless one."""
    file.seek(0)
    text = io.TextIOWrapper(file, encoding=encoding, newline="")
    try:
        number = 0
        while line := text.readline(MAX_LINE):
            number += 1
            if len(line) == MAX_LINE:
                raise Refused(
                    _(
                        "Line %(line)s does not end within %(limit)s characters; "
                        "this is not a table."
                    )
                    % {"line": number, "limit": MAX_LINE}
                )
            yield line
    finally:
        # Without this the wrapper would close a file that is not its own.
        if not file.closed:
            text.detach()


def _blocks(file: BinaryIO) -> Iterator[bytes]:
    """Give the blocks of the file and, last, an empty one that ends the text."""
    while block := file.read(BLOCK):
        yield block
    yield b""


def _head(file: BinaryIO) -> bytes:
    file.seek(0)
    start = file.read(HEAD)
    file.seek(0)
    return start


def _refuse_nul(text: str, line: int) -> None:
    place = text.find("\0")
    if place >= 0:
        raise Refused(
            _(
                "Line %(line)s contains a NUL character, which is not text. If the file is UTF-16, "
                "save it as “CSV UTF-8”."
            )
            % {"line": line + text.count("\n", 0, place)}
        )


def _looks_foreign(start: bytes) -> bool:
    """Whether text that decodes as CP949 holds little Hangul: it may be another encoding."""
    text = start.decode("cp949", errors="ignore")
    beyond = len(BEYOND_ASCII.findall(text))
    return beyond > FEW and len(HANGUL.findall(text)) < beyond * LITTLE


def _unreadable(file: BinaryIO, offset: int, marked: str) -> Refused:
    """Word the refusal: which byte breaks, and where it stands."""
    file.seek(0)
    before = file.read(offset)
    byte = file.read(1)
    file.seek(0)
    line = 1 + before.count(b"\n") + before.replace(b"\r\n", b"").count(b"\r")
    tried = "UTF-8, CP949" if not marked else marked.upper()
    return Refused(
        _(
            "The text cannot be read: byte %(byte)s at position %(offset)s (line %(line)s) fits "
            "none of: %(tried)s. Save the file as “CSV UTF-8” and hand it in again."
        )
        % {"byte": f"0x{byte.hex().upper()}", "offset": offset, "line": line, "tried": tried}
    )
