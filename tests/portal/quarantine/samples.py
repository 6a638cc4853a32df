"""Documents that act on their own, and some that do not, made here byte by byte."""

import io
import zipfile
import zlib

HANGUL = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
LOADS = b"<Relationship Type='http://x/attachedTemplate' Target='http://x' TargetMode='External'/>"


def pdf(*objects):
    return b"%PDF-1.7\n" + b"\n".join(objects) + b"\n%%EOF\n"


def stream(content):
    """A compressed part of a PDF."""
    packed = zlib.compress(content)
    return b"<< /Length %d >>\nstream\r\n%s\nendstream" % (len(packed), packed)


def package(*members, folder="word/"):
    """An Office document with ``members`` (name, bytes) beside its text."""
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in [(f"{folder}document.xml", b"<w:t>text</w:t>"), *members]:
            made.writestr(name, content)
    return memory.getvalue()


def locked():
    """A package whose directory says that its members are encrypted."""
    made = bytearray(package())
    made[made.rindex(b"PK\x01\x02") + 8] |= 1
    return bytes(made)


def hangul(flags=0, content=b""):
    return HANGUL + b"HWP Document File".ljust(36, b"\0") + flags.to_bytes(4, "little") + content


def broken():
    made = bytearray(package(("word/media/a.bin", bytes(range(256)) * 40)))
    made[60:120] = b"\0" * 60
    return bytes(made)


PLAIN = pdf(b"1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj", stream(b"BT /F1 12 Tf (hi) Tj ET"))
WORKBOOK = package(folder="xl/")
BOMB = zlib.compress(b"\0" * (3 * 1024 * 1024))
HARMLESS = {
    "plain.pdf": PLAIN,
    "generation.csv": "MZ세대,비율\n20,41.5\n".encode("cp949"),
    "letter.docx": package(("word/media/image1.png", b"\x89PNG")),
    "diagram.docx": package(("word/embeddings/Sheet1.xlsx", WORKBOOK)),
    "table.xlsx": WORKBOOK,
    "plan.hwpx": package(folder="Contents/"),
    "plan.hwp": hangul(),
    "photo.png": b"\x89PNG\r\n\x1a\n",
    "table.csv": b"name,number\na,1\n",
    "cells.xlsx": package(("xl/sheet1.xml", b"<?xml version='1.0'?>Ole10Native"), folder="xl/"),
}
HARMFUL = [
    ("script", "a.pdf", pdf(b"<< /S /JavaScript /JS (app.alert(1)) >>")),
    ("script", "escaped.pdf", pdf(b"<< /S /Java#53cript >>")),
    ("script", "folded.pdf", pdf(stream(b"5 0 << /S /JavaScript >>"))),
    ("script", "form.pdf", pdf(b"<< /AcroForm << /XFA [(a) 7 0 R] >> >>")),
    ("program", "a.pdf", pdf(b"<< /OpenAction << /S /Launch /F (cmd.exe) >> >>")),
    ("embedded", "a.pdf", pdf(b"<< /Names << /EmbeddedFiles 4 0 R >> >>")),
    ("locked", "a.pdf", pdf(b"trailer << /Encrypt 9 0 R >>")),
    ("macro", "a.docx", package(("word/vbaProject.bin", b"x"))),
    (
        "macro",
        "inner.docx",
        package(("word/embeddings/a.xlsx", package(("xl/vbaProject.bin", b"x"), folder="xl/"))),
    ),
    ("macro", "a.hwp", hangul(content="_VBA_PROJECT".encode("utf-16-le"))),
    ("archive", "a.docx", package(("word/a.bin", package()))),
    ("program", "a.docx", package(("word/media/image1.png", b"MZ\x90\0"))),
    ("embedded", "a.docx", package(("word/embeddings/o.bin", "Ole10Native".encode("utf-16-le")))),
    ("remote", "a.docx", package(("word/_rels/settings.xml.rels", LOADS))),
    ("disguised", "program.csv", b"MZ\x90\0,1\n"),
    ("disguised", "archive.csv", WORKBOOK),
    ("disguised", "archive.docx", package(folder="films/")),
    ("disguised", "letter.hwp", HANGUL + b"Word.Document.8"),
    ("locked", "a.docx", locked()),
    ("locked", "a.hwp", hangul(flags=2)),
    ("script", "a.hwp", hangul(flags=8)),
    ("broken", "a.docx", broken()),
]
