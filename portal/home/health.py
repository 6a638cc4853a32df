"""Whether the parts that the portal stands on answer."""

from contextlib import suppress

from django.core.cache import cache
from django.db import Error, connection
from django.utils import timezone
from redis.exceptions import RedisError

BEAT_KEY = "worker:beat"
SEEN_WITHIN_SECONDS = 60


def beat() -> None:
    """Leave a sign of life of the worker, and so of the beat and the broker before it."""
    cache.set(BEAT_KEY, timezone.now().timestamp(), 10 * SEEN_WITHIN_SECONDS)


def parts() -> dict[str, bool]:
    """Say of each part whether it answers; the worker, whether it was seen in the last minute."""
    last_beat = _last_beat()
    seen = last_beat is not None and timezone.now().timestamp() - last_beat <= SEEN_WITHIN_SECONDS
    return {"database": _database_answers(), "redis": last_beat is not None, "worker": seen}


def _database_answers() -> bool:
    with suppress(Error), connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return True
    return False


def _last_beat() -> float | None:
    """When the worker last beat, 0 if never; None where Redis does not answer."""
    with suppress(RedisError):
        return cache.get(BEAT_KEY) or 0.0
    return None
