"""Lists by keyset: every row once, whatever its columns hold, and no place but those made here."""

from datetime import timedelta

import pytest
from django.core.exceptions import BadRequest
from django.utils import timezone

from portal.accounts.models import Appointment, Role, SignIn
from portal.paging import cursor_of, page_of
from tests.factories.portal import UserFactory, appoint

ORDER = ["at", "id"]


@pytest.fixture
def lines(ana):
    """Seven lines of a history; the middle three at one and the same moment."""
    now = timezone.now()
    moments = [0, 1, 2, 2, 2, 3, 4]
    return [
        SignIn.objects.create(user=ana, succeeded=True, at=now + timedelta(seconds=n))
        for n in moments
    ]


def walk(queryset, order, size):
    """All rows, page by page."""
    found, after = [], ""
    while True:
        page = page_of(queryset, order, after=after, size=size)
        found += page.rows
        after = page.next
        if not after:
            return found


@pytest.mark.parametrize("size", [1, 2, 3, 7, 20])
def test_pages_give_every_row_once_through_ties(lines, size):
    assert walk(SignIn.objects.all(), ORDER, size) == lines[::-1]


def test_the_last_page_has_no_next(lines):
    assert page_of(SignIn.objects.all(), ORDER, size=7).next == ""
    assert page_of(SignIn.objects.all(), ORDER, size=6).next


def test_an_empty_list_is_one_page(db):
    page = page_of(SignIn.objects.all(), ORDER)

    assert (page.rows, page.next, len(page)) == ([], "", 0)


def test_a_row_that_is_new_meanwhile_moves_nothing(lines, ana):
    first = page_of(SignIn.objects.all(), ORDER, size=3)
    SignIn.objects.create(user=ana, succeeded=True, at=timezone.now() + timedelta(days=1))

    second = page_of(SignIn.objects.all(), ORDER, after=first.next, size=20)

    assert [*first, *second] == lines[::-1]


@pytest.mark.parametrize("size", [1, 2, 3])
def test_rows_with_an_empty_column_are_on_pages_too(db, size):
    person = UserFactory()
    today = timezone.localdate()
    for ends_on in (None, today, None, today + timedelta(days=1), today, None):
        appoint(person, Role.CLERK, ends_on=ends_on)

    found = walk(Appointment.objects.all(), ["ends_on", "id"], size)

    assert found == list(Appointment.objects.order_by("-ends_on", "-id"))
    assert len(found) == 6


@pytest.mark.parametrize(
    "cursor",
    ["x", "a:b:c", "\x00", "가나다", "WzFd:1abc:sig", "' OR 1=1 --", "a" * 5000],
    ids=["short", "parts", "nul", "hangul", "looks right", "sql", "long"],
)
def test_a_forged_place_is_a_bad_request(db, cursor):
    with pytest.raises(BadRequest):
        page_of(SignIn.objects.all(), ORDER, after=cursor)


def test_a_place_in_another_list_is_a_bad_request(lines):
    elsewhere = cursor_of(lines[0], ["id"])

    with pytest.raises(BadRequest):
        page_of(SignIn.objects.all(), ["network"], after=elsewhere)


def test_a_forged_place_gets_a_page_that_says_so(client, db):
    page = client.get("/proposals/", {"after": "forged"})

    assert page.status_code == 400
    assert "<h1>" in page.text


def test_a_deep_page_is_found_by_the_order_of_an_index(lines, django_assert_num_queries):
    place = cursor_of(lines[3], ORDER)

    with django_assert_num_queries(1) as asked:
        page_of(SignIn.objects.all(), ORDER, after=place)

    assert '("accounts_signin"."at", "accounts_signin"."id") <' in asked[0]["sql"]
    assert "OFFSET" not in asked[0]["sql"]
