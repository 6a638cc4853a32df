"""The front door: its pages, the visitor's display, and what it never asks of strangers."""

import pytest
from django.urls import reverse

from portal import registry
from portal.home import context
from portal.home.display import Display
from portal.registry import DeskQueue, Shelf, Tile

PAGES = [
    "/",
    "/about/",
    "/help/",
    "/accessibility/",
    "/privacy/",
    "/terms/",
    "/kiosk/",
    "/preferences/",
]


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("address", PAGES)
def test_page_opens_in_both_languages(client, address, language, db):
    client.cookies["django_language"] = language

    response = client.get(address)

    assert response.status_code == 200
    assert f'<html lang="{language}"' in response.text


@pytest.mark.parametrize("address", PAGES)
def test_page_of_a_stranger_costs_no_query_and_sets_no_cookie(
    client, address, db, monkeypatch, django_assert_num_queries
):
    monkeypatch.setattr(registry, "tiles", Shelf())
    monkeypatch.setattr(registry, "home_sections", [])

    with django_assert_num_queries(0):
        response = client.get(address)

    assert dict(response.cookies) == {}
    assert "csrfmiddlewaretoken" not in response.text


def test_front_shows_the_tiles_that_rooms_registered(client, db, monkeypatch):
    shelf = Shelf()
    shelf.add(Tile("help", "A room", "What is in it", "home:help", lambda: "3 new"))
    shelf.add(Tile("many", "A full room", "", "home:about", lambda: 12345))
    shelf.add(Tile("gone", "A room without a door", "", "home:nowhere", lambda: "never"))
    monkeypatch.setattr(registry, "tiles", shelf)

    text = client.get("/").text

    assert "A room" in text
    assert "3 new" in text
    assert "12,345" in text
    assert "without a door" not in text


def test_front_shows_the_sections_of_rooms(client, db, monkeypatch):
    section = {"template": "components/_badge.html", "context": {"label": "Due soon"}}
    monkeypatch.setattr(registry, "home_sections", [lambda _request: section])

    response = client.get("/")

    assert "Due soon" in response.text


def test_preferences_are_kept_and_lead_back(client, db):
    response = client.post(
        "/preferences/",
        {"large": "yes", "contrast": "yes", "language": "ko", "next": "/help/?a=1"},
    )

    assert response.url == "/help/?a=1"
    assert response.cookies["display"].value == "large-contrast"
    assert response.cookies["django_language"].value == "ko"
    page = client.get("/help/").text
    assert 'data-krds-mode="high-contrast"' in page
    assert 'data-text="large"' in page


def test_preferences_turn_one_switch_and_leave_the_other(client, db):
    client.cookies["display"] = "large-contrast"

    response = client.post("/preferences/", {"large": "no"})

    assert response.cookies["display"].value == "contrast"


@pytest.mark.parametrize(
    "target",
    ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)", "", "help"],
)
def test_preferences_never_lead_elsewhere(client, target, db):
    response = client.post("/preferences/", {"large": "yes", "next": target})

    assert response.url == "/"


def test_preferences_ignore_a_language_that_is_not_spoken(client, db):
    response = client.post("/preferences/", {"language": "xx"})

    assert "django_language" not in response.cookies


@pytest.mark.parametrize(
    ("cookie", "display"),
    [
        ("", Display()),
        ("large", Display(large=True)),
        ("contrast-large", Display(large=True, contrast=True)),
        ("<script>-contrast", Display(contrast=True)),
    ],
)
def test_display_reads_its_cookie_as_far_as_it_makes_sense(cookie, display):
    assert Display.from_cookie(cookie) == display


def test_signed_in_person_finds_own_doors(client, ana):
    client.force_login(ana)

    text = client.get("/help/").text

    assert 'href="/me/"' in text
    assert 'href="/desk/"' not in text
    assert reverse("account_logout") in text


def test_staff_find_their_desk(client, omar):
    client.force_login(omar)

    assert 'href="/desk/"' in client.get("/help/").text


def test_unread_notes_are_counted_in_the_head(client, ana):
    ana.notes.create(kind="any")
    ana.notes.create(kind="any")
    client.force_login(ana)

    assert '<span class="count">2<' in client.get("/help/").text


def test_menu_marks_where_one_is(client, db):
    text = client.get("/preferences/").text

    assert text.count("aria-current") == 1  # the breadcrumb's last word only


@pytest.mark.parametrize("language", ["ko", "en"])
def test_unknown_address_says_what_to_do(client, language, db):
    client.cookies["django_language"] = language

    response = client.get("/no/such/page/")

    assert response.status_code == 404
    assert 'href="/help/"' in response.text
    assert response.headers["X-Request-ID"] in response.text


def test_citizen_finds_a_desk_when_something_waits_there(client, ana, monkeypatch):
    shelf = Shelf()
    shelf.add(DeskQueue("q", "Waiting", "", lambda _person: True, lambda _person: 1, list))
    monkeypatch.setattr(context, "desk_queues", shelf)
    client.force_login(ana)

    assert 'href="/desk/"' in client.get("/me/").text
    assert 'href="/desk/"' not in client.get("/help/").text
