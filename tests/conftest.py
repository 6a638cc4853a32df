"""The cast. Every test in the suite meets the same people."""

import os

import pytest
from django.core.cache import cache
from django.utils import translation
from hypothesis import HealthCheck, settings

from portal import keeping
from portal.accounts.models import Department, Role
from tests import databases
from tests.factories.portal import UserFactory, appoint

NAME = f"test_hamkke_{os.getpid()}"
TEMPLATE = f"{NAME}_template"

# The same examples in every run, however long a slow machine takes over one of them. Whoever
# hunts for new ones says --hypothesis-profile=hunt.
settings.register_profile(
    "suite",
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile(
    "hunt", max_examples=3000, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("suite")


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker):
    """One database from the migrations; the tests share a copy, some get their own."""
    with django_db_blocker.unblock():
        databases.make_template(TEMPLATE)
        databases.copy(TEMPLATE, NAME)
        databases.point_at(NAME)
    yield
    with django_db_blocker.unblock():
        databases.point_at("postgres")
        databases.drop(NAME, TEMPLATE)


@pytest.fixture
def own_database(django_db_setup, django_db_blocker):
    """A fresh database for one test, where transactions really commit."""
    name = f"{NAME}_own"
    with django_db_blocker.unblock():
        databases.copy(TEMPLATE, name)
        databases.point_at(name)
        yield databases.OwnDatabase(name)
        databases.point_at(NAME)
        databases.drop(name)


@pytest.fixture(autouse=True)
def in_english():
    """Sentences in tests are the English ones unless a test says otherwise."""
    cache.clear()
    keeping.forget()
    with translation.override("en"):
        yield


@pytest.fixture
def client(client):
    """A browser that asks for English."""
    client.cookies["django_language"] = "en"
    return client


@pytest.fixture
def transport(db):
    """The department of traffic policy."""
    return Department.objects.get(code="traffic")


@pytest.fixture
def ana(db):
    """A citizen; things are usually hers."""
    return UserFactory(name="아나연", email="ana@example.org")


@pytest.fixture
def zoe(db):
    """A citizen with no part in the matter."""
    return UserFactory(name="조이선", email="zoe@example.org")


@pytest.fixture
def omar(transport):
    """An official of the department of traffic policy."""
    return appoint(UserFactory(name="오마루", email="omar@example.org"), Role.OFFICIAL, transport)


@pytest.fixture
def petra(transport):
    """An approver of the same department."""
    return appoint(UserFactory(name="백하나", email="petra@example.org"), Role.APPROVER, transport)


@pytest.fixture
def wendy(db):
    """An official of another department (welfare)."""
    welfare = Department.objects.get(code="welfare")
    return appoint(UserFactory(name="원다희", email="wendy@example.org"), Role.OFFICIAL, welfare)


@pytest.fixture
def clara(db):
    """The clerk at the counter."""
    return appoint(UserFactory(name="구라라", email="clara@example.org"), Role.CLERK)


@pytest.fixture
def sam(db):
    """The secretary of the councils."""
    return appoint(UserFactory(name="사마준", email="sam@example.org"), Role.SECRETARY)


@pytest.fixture
def audrey(db):
    """The auditor."""
    return appoint(UserFactory(name="오드리", email="audrey@example.org"), Role.AUDITOR)


@pytest.fixture
def olga(db):
    """The operator of the portal."""
    return appoint(UserFactory(name="올가희", email="olga@example.org"), Role.OPERATOR)


@pytest.fixture
def eric(db):
    """An expert."""
    return appoint(UserFactory(name="엄에릭", email="eric@example.org"), Role.EXPERT)
