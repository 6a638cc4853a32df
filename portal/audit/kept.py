"""Finding the signed heads in what somebody kept: heads, a letter, a report, a printed line.

Standard library only: the same file is handed to auditors.
"""

from __future__ import annotations

import base64
import json
import re
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

HEAD = re.compile(r"^[^\s].*\n[0-9]+\n[A-Za-z0-9+/]{43}=\n\n(?:\u2014 .+(?:\n|\Z))+", re.MULTILINE)
PROOF_LINE = re.compile(r"^[A-Za-z0-9+/]{43}=$", re.MULTILINE)
NUMBER = re.compile(r"[0-9]+")
GROUP = re.compile(r"\b[A-Z2-7]{4,52}\b")
# A hundred bits of the root: fewer could be found by trying.
FEWEST_LETTERS = 20


def heads_in(path: str | Path) -> list[str]:
    """Find every checkpoint in a text, a saved mail or the JSON of a report."""
    raw = Path(path).read_bytes()
    for reading in (_as_report, _as_mail):
        if found := _heads(reading(raw)):
            return found
    return _heads(raw.decode("utf-8", errors="replace"))


def hashes_in(path: str | Path) -> list[str]:
    """Find the lines of a consistency proof, which stand beneath the last head."""
    raw = Path(path).read_bytes()
    for text in (_as_mail(raw), raw.decode("utf-8", errors="replace")):
        plain = text.replace("\r\n", "\n")
        if ends := [found.end() for found in HEAD.finditer(plain)]:
            return PROOF_LINE.findall(plain, ends[-1])
    return []


def lines_of(texts: list[str]) -> list[str]:
    """Read lines that are given as such or as files."""
    lines: list[str] = []
    for text in texts:
        path = Path(text)
        lines += (path.read_text(encoding="utf-8") if path.is_file() else text).splitlines()
    return [line for line in lines if line.strip()]


def printed(line: str) -> tuple[int, str]:
    """Read size and root of a head as the foot of a report's page shows them.

    ``"550 acts, root ABCD EFGH …"``: a number, then groups of the root. Raises ``ValueError``.
    """
    size = NUMBER.search(line)
    letters = "".join(GROUP.findall(line, size.end())) if size else ""
    if not size or len(letters) < FEWEST_LETTERS:
        raise ValueError(f"this is no printed head: {line}")
    return int(size[0]), letters


def as_printed(root: bytes) -> str:
    return base64.b32encode(root).decode()


def _heads(text: str) -> list[str]:
    plain = text.replace("\r\n", "\n")
    return [f"{found.rstrip()}\n" for found in HEAD.findall(plain)]


def _as_mail(raw: bytes) -> str:
    body = message_from_bytes(raw, policy=policy.default).get_body(("plain",))
    return body.get_content() if body else ""


def _as_report(raw: bytes) -> str:
    """Join the checkpoints that a manifest or the data of a report carry."""
    try:
        return "\n".join(_checkpoints(json.loads(raw)))
    except (ValueError, RecursionError):
        return ""


def _checkpoints(value: Any) -> list[str]:
    if isinstance(value, str) and HEAD.fullmatch(value):
        return [value]
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [head for part in parts for head in _checkpoints(part)]
