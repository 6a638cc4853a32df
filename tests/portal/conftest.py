"""What tests of the whole ground floor share."""

import pytest
from django.core.cache import cache


@pytest.fixture
def own_memory(settings):
    """A cache in this process, so that no other run of tests can wipe what is counted in it."""
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    cache.clear()
    yield cache
    cache.clear()
