"""A small library of things to find: people stand in for any public thing."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from portal import registry
from portal.accounts.models import User
from portal.registry import SearchSource, Shelf
from portal.search.domain import index
from tests.factories.portal import UserFactory

BODIES = {}
CELLS = {}


def to_document(user):
    return {
        "title": user.name,
        "body": BODIES.get(user.pk, ""),
        "url": f"/things/{user.pk}/",
        "created_at": user.date_joined,
        "cell": CELLS.get(user.pk, ("a",)),
    }


SOURCE = SearchSource(
    key="proposal",
    label="Proposals",
    queryset=lambda: User.objects.filter(is_active=True),
    changed_at="date_joined",
    to_document=to_document,
)


@pytest.fixture(autouse=True)
def sources(monkeypatch):
    """One registered source, whose bodies a test may set, and nothing else."""
    BODIES.clear()
    CELLS.clear()
    shelf = Shelf()
    shelf.add(SOURCE)
    monkeypatch.setattr(registry, "search_sources", shelf)
    return shelf


@pytest.fixture
def second_kind(sources):
    """Another kind of thing over the same rows."""
    sources.add(replace(SOURCE, key="dataset", label="Datasets"))


@pytest.fixture
def thing(db, a_thing):
    """Make a public thing in the transaction of the test."""
    return a_thing


@pytest.fixture
def a_thing():
    """Make a public thing with a title, a body and an age in days."""

    def make(title, body="", *, days=0):
        made = UserFactory(name=title, date_joined=timezone.now() - timedelta(days=days))
        BODIES[made.pk] = body
        return made

    return make


@pytest.fixture
def indexed(thing):
    """Make public things with these titles and index them."""

    def make(*titles):
        things = [thing(title) for title in titles]
        index.reindex_changed()
        return things

    return make
