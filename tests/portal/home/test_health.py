"""What watches the portal is told the truth."""

from datetime import timedelta

import pytest
from django.core.cache.backends.locmem import LocMemCache
from django.db import OperationalError
from django.utils import timezone
from redis.exceptions import ConnectionError as RedisGone

from portal.home import health, tasks


@pytest.fixture(autouse=True)
def memory(monkeypatch):
    """A memory of its own, so that no other run of tests can wipe the sign of life."""
    memory = LocMemCache("health", {})
    memory.clear()
    monkeypatch.setattr(health, "cache", memory)
    return memory


def test_healthz_answers_without_asking_anything(client):
    response = client.get("/healthz")

    assert (response.status_code, response.content) == (200, b"ok\n")


def test_readyz_is_ready_once_the_worker_has_beaten(client, db):
    tasks.beat.delay()

    response = client.get("/readyz")

    assert response.status_code == 200
    assert response.json() == {"database": True, "redis": True, "worker": True}


@pytest.mark.parametrize("ago", [None, timedelta(seconds=61)])
def test_readyz_misses_a_worker_not_seen_for_a_minute(client, db, memory, ago):
    if ago:
        memory.set(health.BEAT_KEY, (timezone.now() - ago).timestamp())

    response = client.get("/readyz")

    assert response.status_code == 503
    assert response.json() == {"database": True, "redis": True, "worker": False}


def test_readyz_names_a_redis_that_is_gone(client, db, monkeypatch):
    def gone(_key):
        raise RedisGone

    monkeypatch.setattr(health.cache, "get", gone)

    assert client.get("/readyz").json() == {"database": True, "redis": False, "worker": False}


def test_readyz_names_a_database_that_is_gone(client, monkeypatch):
    def gone():
        raise OperationalError

    monkeypatch.setattr(health.connection, "cursor", gone)
    tasks.beat.delay()

    assert client.get("/readyz").json() == {"database": False, "redis": True, "worker": True}
