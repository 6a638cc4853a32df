"""What a leaf is made of: one line of JSON, and commitments that hide its values.

Standard library only: the same file is handed to auditors.
"""

from __future__ import annotations

import base64
import hashlib
import json
import math
from datetime import datetime
from typing import Any

DOMAIN = b"act-field-v1"
SALT_BYTES = 16
TIME = "%Y-%m-%dT%H:%M:%S.%fZ"
# Clocks differ by minutes, and a long transaction commits what it wrote at its beginning.
MOST_SET_BACK = 3600


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


def read_leaf(line: str | bytes) -> dict[str, Any]:
    """Read an act from its text. Raises ``ValueError`` where it is not of the agreed form.

    The database refuses such texts; a check must be able to name one all the same.
    """
    try:
        leaf = json.loads(line)
        texts = [leaf[name] for name in ("uid", "at", "verb", "subject", "actor", "role")]
        promises = leaf.get("c", {}).values()
        if "seq" in leaf:
            texts.append(leaf["prev"])
        is_whole = type(leaf.get("seq", 1)) is int
    except (AttributeError, KeyError, TypeError, RecursionError) as error:
        raise ValueError("this is no act") from error
    if not is_whole or not all(isinstance(text, str) for text in (*texts, *promises)):
        raise ValueError("this is no act")
    return leaf


def set_back(latest: str, at: str) -> float:
    """How many seconds the time ``at`` of an act lies before ``latest``, the latest one before it.

    Infinite where a time is not in the form that the portal writes.
    """
    if at >= latest:
        return 0
    try:
        times = [datetime.strptime(text, TIME) for text in (latest, at)]  # noqa: DTZ007  both UTC
    except ValueError:
        return math.inf
    return (times[0] - times[1]).total_seconds()
