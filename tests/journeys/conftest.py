"""A browser, a running city, and people who walk through it."""

import os
import shutil

import pytest
from playwright.sync_api import sync_playwright

from portal.accounts.domain import cast
from portal.identity.domain import demo as verified
from tests.journeys.city import City
from tests.journeys.people import Crowd

# The browser's driver keeps an event loop in this thread; the database is used beside it.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "yes"
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")


@pytest.fixture(scope="session")
def chromium():
    """The machine's own Chromium, without a window."""
    if not CHROMIUM:
        if os.environ.get("REQUIRE_BROWSER") == "1":
            pytest.fail("Chromium is needed here and was not found")
        pytest.skip("no Chromium on this machine")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
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
def city(own_database, tmp_path, settings):
    """The running portal with the cast of the demo city and nothing that they have done yet."""
    settings.DEMO_PASSWORD = "hamkke-demo-2026"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
    cast.load()
    verified.load()
    running = City(own_database.name, tmp_path)
    running.start()
    yield running
    running.stop()


@pytest.fixture
def crowd(chromium, city):
    """People with browsers of their own."""
    people = Crowd(chromium, city)
    yield people
    people.leave()
