"""Scanners for known harm, by the scheme of the setting ``UPLOAD_SCANNER``; empty is none.

``clamd`` speaks to the daemon of ClamAV: ``clamd:///run/clamav/clamd.ctl`` or
``clamd://host:3310``. The protocol is that of clamd(8), INSTREAM: pieces with their length
before them, an empty one at the end, one line as the answer.
"""

import socket
import struct
from collections.abc import Callable
from functools import partial
from typing import IO
from urllib.parse import SplitResult, urlsplit

from django.conf import settings

PIECE = 64 * 1024
CLAMD_PORT = 3310
MOST_ANSWER = 4096
UNANSWERED_AFTER = 30


class Unavailable(Exception):  # noqa: N818  a state of the world, not a fault of the caller
    """The scanner gave no verdict: it is asked again later."""


def scan(file: IO[bytes]) -> str:
    """Name the harm that the scanner of this site finds in ``file``; empty for none.

    Raises ``Unavailable`` where it does not answer, or not with a verdict.
    """
    if not settings.UPLOAD_SCANNER:
        return ""
    address = urlsplit(settings.UPLOAD_SCANNER)
    file.seek(0)
    try:
        return SCANNERS[address.scheme](address, file)
    except OSError as error:
        raise Unavailable(str(error)) from error


def clamd(address: SplitResult, file: IO[bytes]) -> str:
    """Ask the daemon of ClamAV."""
    with _connection(address) as connection:
        connection.sendall(b"zINSTREAM\0")
        for piece in iter(partial(file.read, PIECE), b""):
            connection.sendall(struct.pack("!L", len(piece)) + piece)
        connection.sendall(struct.pack("!L", 0))
        answer = _line(connection)
    verdict = answer.removeprefix("stream: ")
    if verdict == "OK":
        return ""
    if verdict.endswith(" FOUND"):
        return verdict.removesuffix(" FOUND")
    raise Unavailable(answer or "no answer")


def _connection(address: SplitResult) -> socket.socket:
    if address.hostname:
        place = (address.hostname, address.port or CLAMD_PORT)
        return socket.create_connection(place, timeout=UNANSWERED_AFTER)
    connection = socket.socket(socket.AF_UNIX)
    connection.settimeout(UNANSWERED_AFTER)
    try:
        connection.connect(address.path)
    except OSError:
        connection.close()
        raise
    return connection


def _line(connection: socket.socket) -> str:
    """The answer up to its closing zero."""
    answer = b""
    while not answer.endswith(b"\0") and len(answer) < MOST_ANSWER:
        piece = connection.recv(MOST_ANSWER)
        if not piece:
            break
        answer += piece
    return answer.rstrip(b"\0").decode(errors="replace").strip()


SCANNERS: dict[str, Callable[[SplitResult, IO[bytes]], str]] = {"clamd": clamd}
