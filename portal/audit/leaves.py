"""What a leaf is made of: one line of JSON, and commitments that hide its values.

Standard library only: the same file is handed to auditors.
"""

import base64
import hashlib
import json
from typing import Any

DOMAIN = b"act-field-v1"
SALT_BYTES = 16


def one_line(value: Any) -> str:
    """Write ``value`` as JSON in one line: keys sorted, no spaces, Hangul as it is."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)


def commitment(uid: str, field: str, salt: bytes, value: bytes) -> str:
    """Commit to one value of one act, as base64.

    SHA-256 over the domain and then each part behind its length (4 bytes, big
    endian), so that no two different inputs give the same bytes. Without the 16
    random bytes of the salt a short value ("approved") could be found by trying.
    """
    text = DOMAIN
    for part in (uid.encode(), field.encode(), salt, value):
        text += len(part).to_bytes(4, "big") + part
    return base64.b64encode(hashlib.sha256(text).digest()).decode()
