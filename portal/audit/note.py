"""Signed notes, checkpoints and cosignatures, in the text formats of C2SP.

A checkpoint says: this log (origin) had so many leaves (size) and this root.
Formats: c2sp.org/signed-note, c2sp.org/tlog-checkpoint, c2sp.org/tlog-cosignature.
Standard library only: the same file is handed to auditors, so the Ed25519
functions come in as arguments: ``sign(message) -> 64 bytes`` and
``verify(public key, signature, message) -> bool``.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

ED25519 = 1
COSIGNATURE = 4
DASH = "\u2014 "
HASH_BYTES = 32
KEY_ID_BYTES = 4
TIME_BYTES = 8

Sign = Callable[[bytes], bytes]
Verify = Callable[[bytes, bytes, bytes], bool]


class NoteError(ValueError):
    """The text is no note, or nobody known has signed it."""


class NotSignedError(NoteError):
    """The key that was asked for has not signed this note."""


@dataclass(frozen=True)
class Key:
    """A public key by name, written ``name+hash+key`` as note readers expect it."""

    name: str
    public: bytes
    kind: int = ED25519

    @property
    def id(self) -> bytes:
        """Four bytes that point to the key in a signature line."""
        text = self.name.encode() + b"\n" + bytes([self.kind]) + self.public
        return hashlib.sha256(text).digest()[:KEY_ID_BYTES]

    def __str__(self) -> str:
        return f"{self.name}+{self.id.hex()}+{_encode(bytes([self.kind]) + self.public)}"

    @classmethod
    def parse(cls, text: str) -> Key:
        """Read a key from its text. Raises ``NoteError``."""
        name, _, rest = text.strip().partition("+")
        number, _, encoded = rest.partition("+")
        raw = _decode(encoded)
        key = cls(name, raw[1:], raw[0]) if len(raw) == 1 + HASH_BYTES else None
        if key is None or key.id.hex() != number:
            raise NoteError("this is no verifier key")
        return key


@dataclass(frozen=True)
class Signature:
    """One signature line: whose it claims to be, the key's id, and the bytes."""

    name: str
    key_id: bytes
    raw: bytes


@dataclass(frozen=True)
class Checkpoint:
    """A head of a log and the signatures under it."""

    origin: str
    size: int
    root: bytes
    text: str
    signatures: tuple[Signature, ...]


def body(origin: str, size: int, root: bytes) -> str:
    """Write the three lines of a checkpoint that are signed."""
    return f"{origin}\n{size}\n{_encode(root)}\n"


def sign(text: str, key: Key, signer: Sign) -> str:
    """Turn ``text`` into a note signed under ``key``."""
    return f"{text}\n{_signature_line(key, signer(text.encode()))}"


def sign_too(note: str, key: Key, signer: Sign) -> str:
    """Add the signature of a second ``key`` of the log to a signed note."""
    return note + _signature_line(key, signer(parse(note).text.encode()))


def cosign(note: str, key: Key, signer: Sign, at: int) -> str:
    """Add a witness's signature: this head, seen at ``at`` (seconds since 1970)."""
    text = parse(note).text
    stamped = signer(_cosigned(text, at))
    return note + _signature_line(key, at.to_bytes(TIME_BYTES, "big") + stamped)


def parse(note: str) -> Checkpoint:
    """Read a checkpoint without believing it. Raises ``NoteError``."""
    text, found, tail = note.rpartition("\n\n")
    lines = (text + "\n").split("\n")
    if not found or len(lines) < len(("origin", "size", "root", "")):
        raise NoteError("this is no signed checkpoint")
    size, root = lines[1], _decode(lines[2])
    if not size.isascii() or not size.isdecimal() or str(int(size)) != size:
        raise NoteError("the size is not a plain number")
    if len(root) != HASH_BYTES:
        raise NoteError("the root has not 32 bytes")
    signatures = tuple(_signature(line) for line in tail.splitlines())
    return Checkpoint(lines[0], int(size), root, text + "\n", signatures)


def verify(note: str, key: Key, check: Verify) -> Checkpoint:
    """Read a checkpoint that ``key`` has signed. Raises ``NoteError`` where it has not."""
    checkpoint = parse(note)
    if key.kind == ED25519 and checkpoint.origin != key.name:
        raise NoteError(f"the checkpoint is of {checkpoint.origin}, not of {key.name}")
    for signature in checkpoint.signatures:
        if (signature.name, signature.key_id) == (key.name, key.id):
            if not check(key.public, *_signed_part(checkpoint.text, key, signature.raw)):
                raise NoteError(f"the signature of {key.name} is false")
            return checkpoint
    raise NotSignedError(f"{key.name} has not signed this")


def verify_with(note: str, keys: Sequence[Key], check: Verify) -> Checkpoint:
    """Read a checkpoint that one of ``keys`` has signed, and none of them falsely.

    A log that changes its key has heads of the earlier one, of the later one, and one head of both.
    Raises ``NoteError``.
    """
    found, missing = None, NotSignedError("there is no key to believe")
    for key in keys:
        try:
            found = verify(note, key, check)
        except NotSignedError as error:
            missing = error
    if found is None:
        raise missing
    return found


def _signed_part(text: str, key: Key, raw: bytes) -> tuple[bytes, bytes]:
    """Split a signature into its bytes and the message they must cover."""
    if key.kind == ED25519:
        return raw, text.encode()
    at = int.from_bytes(raw[:TIME_BYTES], "big")
    return raw[TIME_BYTES:], _cosigned(text, at)


def _cosigned(text: str, at: int) -> bytes:
    return f"cosignature/v1\ntime {at}\n{text}".encode()


def _signature_line(key: Key, raw: bytes) -> str:
    return f"{DASH}{key.name} {_encode(key.id + raw)}\n"


def _signature(line: str) -> Signature:
    name, _, encoded = line.removeprefix(DASH).partition(" ")
    raw = _decode(encoded)
    if not line.startswith(DASH) or len(raw) <= KEY_ID_BYTES:
        raise NoteError("a signature line is not well formed")
    return Signature(name, raw[:KEY_ID_BYTES], raw[KEY_ID_BYTES:])


def _encode(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def _decode(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise NoteError("this is not base64") from error
