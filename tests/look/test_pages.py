"""The demo city as its readers meet it: every kind of page, for all who have something to do."""

from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import translation
from django.utils.translation import gettext, pgettext

from portal.accounts.models import User
from portal.quarantine.domain.files import check_waiting
from tests import conftest, databases
from tests.look.conftest import HOME, answer
from tests.look.crawl import walk
from tests.look.words import catalogue_of, homes

NAME = f"{conftest.NAME}_city"
# Who looks, in which language, how wide, in which display, and from where.
READERS = [
    ("", "ko", 360, "", "/"),
    ("citizen1", "en", 360, "contrast", "/me/"),
    ("official.traffic", "ko", 1280, "", "/desk/"),
    ("official.smart", "en", 360, "", "/desk/"),
    ("approver", "ko", 360, "contrast", "/desk/"),
    ("clerk", "ko", 360, "", "/proposals/new/"),
    ("member1", "ko", 360, "large", "/desk/"),
    ("secretary", "ko", 360, "", "/councils/"),
    ("auditor", "en", 1280, "", "/audit/"),
    ("expert", "ko", 360, "", "/me/"),
    ("operator", "ko", 360, "", "/reports/"),
]


@pytest.fixture(scope="module")
def demo_city(django_db_setup, django_db_blocker):
    """The demo city in a database of its own, as ``load_demo`` leaves it."""
    with django_db_blocker.unblock():
        databases.copy(conftest.TEMPLATE, NAME)
        databases.point_at(NAME)
        with translation.override("ko"):
            call_command("load_demo", force=True, verbosity=0)
            # The worker's part: files that were handed in are looked at.
            check_waiting()
        yield SimpleNamespace(known=set())
        databases.point_at(conftest.NAME)
        databases.drop(NAME)


@pytest.fixture
def reader(chromium, demo_city):
    """Open a browser, and beside it a client, for somebody of the cast or for any visitor."""
    contexts = []

    def reader(who, language, width, display):
        client = Client()
        if who:
            client.force_login(User.objects.get(email=f"{who}@demo.hamkke"))
        client.cookies["django_language"] = language
        client.cookies["display"] = display
        context = chromium.new_context(viewport={"width": width, "height": 800})
        contexts.append(context)
        context.add_cookies(
            [{"name": name, "value": m.value, "url": HOME} for name, m in client.cookies.items()]
        )
        page = context.new_page()
        page.complaints = []
        page.on("console", lambda line: line.type == "error" and page.complaints.append(line.text))
        page.route("**/*", answer)
        return page, client

    yield reader
    for context in contexts:
        context.close()


@pytest.mark.browser
@pytest.mark.parametrize(
    ("who", "language", "width", "display", "start"), READERS, ids=[r[0] or "all" for r in READERS]
)
def test_pages_are_fit_for_their_readers(reader, demo_city, who, language, width, display, start):
    page, client = reader(who, language, width, display)

    wrong = walk(page, client, start=start, known=demo_city.known, language=language)

    assert wrong == []


@pytest.mark.parametrize("home", homes(), ids=str)
def test_words_mean_on_the_page_what_their_own_catalogue_says(home):
    with translation.override("ko"):
        told = {
            (context, message): pgettext(context, message) if context else gettext(message)
            for context, message in catalogue_of(home)
        }

    assert told == catalogue_of(home)
