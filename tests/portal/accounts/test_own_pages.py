"""A person's own pages, and the doors that their menu shows."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from portal.accounts.models import User
from portal.notifications.domain import notes
from portal.proposals.domain import supports
from portal.proposals.models import ProposalState
from tests.factories.portal import ProposalFactory, support_by

OWN = ["accounts:me", "accounts:profile", "accounts:sign_ins", "notifications:list"]
TYPED = {"name": "아나연", "language": "ko", "phone": ""}


def doors(page):
    """The titles in the menu of the person."""
    return [item.title for item in page.context["own_menu"]()]


@pytest.mark.parametrize("name", OWN)
@pytest.mark.parametrize("language", ["ko", "en"])
def test_own_page_opens(client, ana, name, language):
    client.force_login(ana)
    client.cookies["django_language"] = language

    page = client.get(reverse(name))

    assert page.status_code == 200
    assert f'<html lang="{language}"' in page.text


@pytest.mark.parametrize("name", OWN)
def test_own_page_asks_to_sign_in(client, db, name):
    answer = client.get(reverse(name))

    assert answer.url == f"{reverse('account_login')}?next={reverse(name)}"


def test_the_profile_is_kept(client, ana):
    ana.verifications.all().delete()
    client.force_login(ana)

    answer = client.post(
        reverse("accounts:profile"),
        {
            **TYPED,
            "name": "아나래",
            "shows_name": "on",
            "language": "en",
            "phone": "+82 (32) 320-1234",
        },
    )

    person = User.objects.get(pk=ana.pk)
    assert answer.url == reverse("accounts:me")
    assert (person.public_name, person.language, person.phone) == (
        "아나래",
        "en",
        "+82 (32) 320-1234",
    )


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "가" * 61),
        ("language", "xx"),
        ("phone", "032-1"),
        ("phone", "abc 1234567"),
        ("name", "가\0나"),
        ("name", "\u3164\u200b"),
    ],
)
def test_a_profile_that_cannot_be_kept_says_why(client, ana, field, value):
    ana.verifications.all().delete()
    client.force_login(ana)

    answer = client.post(reverse("accounts:profile"), {**TYPED, field: value})

    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert User.objects.get(pk=ana.pk).name == "아나연"


def test_the_profile_changes_nothing_else(client, ana):
    client.force_login(ana)

    client.post(reverse("accounts:profile"), {**TYPED, "is_staff": "on", "email": "x@example.org"})

    person = User.objects.get(pk=ana.pk)
    assert (person.is_staff, person.email) == (False, "ana@example.org")


@pytest.mark.parametrize("office", ["omar", "petra", "clara", "sam", "audrey", "olga"])
def test_staff_have_a_desk_on_every_page(client, request, office):
    client.force_login(request.getfixturevalue(office))

    counter = ["Counter"] if office == "clara" else []
    assert doors(client.get("/help/")) == ["My participation", "Desk", *counter]


def test_a_citizen_has_no_desk(client, ana):
    client.force_login(ana)

    assert doors(client.get("/help/")) == ["My participation"]
    assert doors(client.get("/me/")) == ["My participation"]


def test_a_citizen_finds_on_the_own_page_that_something_waits(client, ana):
    ProposalFactory(author=ana, state=ProposalState.SUPPLEMENT)
    client.force_login(ana)

    assert doors(client.get("/me/")) == ["My participation", "Desk"]
    assert client.get(reverse("desk:show")).status_code == 200


def test_the_frame_of_a_page_costs_a_citizen_three_questions(
    client, ana, own_memory, django_assert_num_queries
):
    client.force_login(ana)
    client.get("/help/")

    with django_assert_num_queries(3) as asked:
        client.get("/help/")

    tables = [query["sql"].split(' FROM "')[1].split('"')[0] for query in asked]
    assert tables == ["accounts_user", "notifications_note", "accounts_appointment"]


def test_the_own_page_costs_the_same_for_any_number(client, ana, zoe, own_memory):
    client.force_login(ana)
    client.get(reverse("accounts:me"))

    costs = [cost_of_own_page(client, ana, zoe, count) for count in (1, 3)]

    assert costs[0] == costs[1]


def cost_of_own_page(client, ana, zoe, count):
    """How many questions the page asks once ``count`` more of each have been added."""
    for _ in range(count):
        proposal = ProposalFactory(author=ana)
        support_by(proposal, 1)
        supports.add(ProposalFactory(author=zoe), by=ana)
        notes.leave(ana, "unheard_of")
    with CaptureQueriesContext(connection) as asked:
        assert client.get(reverse("accounts:me")).status_code == 200
    return len(asked)
