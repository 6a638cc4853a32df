"""Keyed hashes: of a person, and of codes that people type.

HMAC-SHA256 under ``IDENTITY_KEY``. Each purpose has a prefix of its own, so that a code for
one thing is never found as a code for another. Without the key nobody can try out names and
birth dates against what is kept.
"""

import base64
import hashlib
import hmac
import re
import secrets
import unicodedata
from datetime import date
from typing import NamedTuple

from django.conf import settings
from django.utils.translation import gettext as _

from portal.refusals import Refused

NOT_NAME = re.compile(r"[^\w]|_", re.UNICODE)
# Thirteen digits in the form of a resident registration number, which is never taken.
RESIDENT_NUMBER = re.compile(r"(?<!\d)\d{6}[-\s]?[1-8]\d{6}(?!\d)")
CODE_BYTES = 10
GROUPS = 4
# Crockford's alphabet: letters that are taken for digits are read as those digits.
LIKE_DIGITS = str.maketrans({"O": "0", "I": "1", "L": "1", "U": "V"})
ALPHABET = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", "0123456789ABCDEFGHJKMNPQRSTVWXYZ")


class Facts(NamedTuple):
    """What tells a resident from others: name, birth date and the district of the address."""

    name: str
    birth_date: date
    district: str


def person(facts: Facts) -> bytes:
    """The keyed hash of a person: 32 bytes, the same however the name was spaced or cased.

    Raises ``Refused`` where no name is left once marks and spaces are gone.
    """
    name = NOT_NAME.sub("", unicodedata.normalize("NFKC", facts.name)).casefold()
    if not name:
        raise Refused(_("Give the name as it stands in the register."))
    return keyed("person", f"{name}|{facts.birth_date.isoformat()}|{facts.district}")


def code(purpose: str, typed: str) -> bytes:
    """The keyed hash under which a typed code of ``purpose`` is kept: 32 bytes."""
    return keyed(f"code:{purpose}", plain(typed))


def fresh_code() -> str:
    """A new random code of 80 bits, in groups that can be read out."""
    return grouped(secrets.token_bytes(CODE_BYTES))


def code_of(purpose: str, number: str) -> str:
    """The code that belongs to a record's random ``number``: made again, never kept."""
    return grouped(keyed(f"made:{purpose}", number)[:CODE_BYTES])


def grouped(raw: bytes) -> str:
    """Write bytes as ``ABCD-EFGH-…`` in letters and digits that are not mistaken for others."""
    text = base64.b32encode(raw).decode().rstrip("=").translate(ALPHABET)
    return "-".join(text[at : at + GROUPS] for at in range(0, len(text), GROUPS))


def plain(typed: str) -> str:
    """A code as it was typed, without spaces and hyphens and with look-alikes made one."""
    kept = NOT_NAME.sub("", unicodedata.normalize("NFKC", typed)).upper()
    return kept.translate(LIKE_DIGITS)


def keyed(purpose: str, text: str) -> bytes:
    """HMAC-SHA256 of ``text`` for one ``purpose``: 32 bytes."""
    key = settings.IDENTITY_KEY.encode()
    return hmac.new(key, f"{purpose}\x00{text}".encode(), hashlib.sha256).digest()
