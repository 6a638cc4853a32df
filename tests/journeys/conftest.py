"""A browser, a running city, and people who walk through it."""

import os
import shutil

import pytest
from django.test import override_settings

from portal.accounts.domain import cast
from portal.identity.domain import demo as verified
from tests import conftest, databases
from tests.drivers import driver
from tests.journeys.city import City
from tests.journeys.people import PASSWORD, Crowd

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")


@pytest.fixture(scope="session")
def chromium():
    """The machine's own Chromium, without a window."""
    if not CHROMIUM:
        if os.environ.get("REQUIRE_BROWSER") == "1":
            pytest.fail("Chromium is needed here and was not found")
        pytest.skip("no Chromium on this machine")
    browser = driver().chromium.launch(
        executable_path=CHROMIUM,
        args=[
            "--no-sandbox",
            "--disable-gpu",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--no-first-run",
        ],
    )
    yield browser
    browser.close()


@pytest.fixture
def city(own_database, tmp_path):
    """The running portal with the cast of the demo city and nothing that they have done yet."""
    settle()
    running = City(own_database.name, tmp_path)
    try:
        running.start()
        yield running
    finally:
        running.stop()


def settle():
    """Let the cast of the demo city live here, with the passwords that the web knows."""
    hashers = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
    with override_settings(DEMO_PASSWORD=PASSWORD, PASSWORD_HASHERS=hashers):
        cast.load()
        verified.load()


@pytest.fixture(scope="module")
def offices(django_db_setup, django_db_blocker, tmp_path_factory):
    """The web alone, with the cast, on one database for all the tests of a module."""
    name = f"{conftest.NAME}_offices"
    with django_db_blocker.unblock():
        databases.copy(conftest.TEMPLATE, name)
        databases.point_at(name)
        settle()
        running = City(name, tmp_path_factory.mktemp("offices"))
        try:
            running.start_web()
            yield running
        finally:
            running.stop()
            databases.point_at(conftest.NAME)
            databases.drop(name)


@pytest.fixture
def staff(chromium, offices):
    """People of the offices, and those who come to them, with browsers of their own."""
    people = Crowd(chromium, offices)
    yield people
    people.leave()


@pytest.fixture
def crowd(chromium, city):
    """People with browsers of their own."""
    people = Crowd(chromium, city)
    yield people
    people.leave()
