"""Offices: held for a term, ended by a date or at once, and what they open."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction
from django.utils import timezone

from portal.accounts import rules as office
from portal.accounts.models import Appointment, Role, User
from tests.factories.portal import UserFactory, appoint


def day(number):
    """The day so many days from today, whenever that is asked."""
    return timezone.localdate() + timedelta(days=number)


def again(person):
    """The person as the next request meets them."""
    return User.objects.get(pk=person.pk)


@pytest.mark.parametrize(
    ("term", "held"),
    [
        (dict, True),
        (lambda: {"starts_on": day(-1), "ends_on": day(0)}, True),
        (lambda: {"starts_on": day(0), "ends_on": day(0)}, True),
        (lambda: {"starts_on": day(-2), "ends_on": day(-1)}, False),
        (lambda: {"starts_on": day(1)}, False),
        (lambda: {"revoked_at": timezone.now()}, False),
    ],
    ids=["no end", "last day", "one day", "over", "to come", "revoked"],
)
def test_an_office_is_held_within_its_term(ana, term, held):
    appoint(ana, Role.CLERK, **term())

    assert again(ana).holds(Role.CLERK) is held
    assert again(ana).works_for_city is held
    assert office.is_clerk(again(ana)) is held


def test_a_citizen_holds_nothing(ana):
    assert not ana.works_for_city
    assert ana.departments == set()


def test_departments_are_those_where_one_acts(ana, transport):
    appoint(ana, Role.OFFICIAL, transport)

    assert again(ana).departments == {transport.pk}


def test_a_clerk_of_a_department_does_not_act_for_it(ana, transport):
    appoint(ana, Role.CLERK, transport)

    assert again(ana).departments == set()


def test_an_expert_is_no_staff(eric):
    assert eric.holds(Role.EXPERT)
    assert not office.is_staff_member(eric)


def test_offices_are_asked_for_once(omar, django_assert_num_queries):
    person = again(omar)

    with django_assert_num_queries(1):
        answers = person.holds(Role.OFFICIAL), person.works_for_city, person.departments

    assert answers[:2] == (True, True)


@pytest.mark.parametrize("role", [Role.OFFICIAL, Role.APPROVER])
def test_an_official_without_a_department_is_refused(ana, role):
    with pytest.raises(IntegrityError, match="officials_have_a_department"), transaction.atomic():
        Appointment.objects.create(user=ana, role=role)


def test_a_term_that_ends_before_it_starts_is_refused(ana):
    with (
        pytest.raises(IntegrityError, match="appointment_ends_after_it_starts"),
        transaction.atomic(),
    ):
        Appointment.objects.create(user=ana, role=Role.CLERK, ends_on=day(-1))


def test_two_accounts_never_share_an_address(ana):
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create(email="ANA@example.org", name="Another")


def test_the_public_name_is_masked_unless_its_bearer_chose(ana):
    masked, ana.shows_name = ana.public_name, True

    assert (masked, ana.public_name) == ("아*연", "아나연")


@pytest.mark.parametrize(
    ("predicate", "holder"),
    [
        (office.is_official, "omar"),
        (office.is_approver, "petra"),
        (office.is_clerk, "clara"),
        (office.is_secretary, "sam"),
        (office.is_auditor, "audrey"),
        (office.is_expert, "eric"),
        (office.is_operator, "olga"),
    ],
    ids=str,
)
@pytest.mark.parametrize(
    "person", ["ana", "omar", "petra", "clara", "sam", "audrey", "eric", "olga"]
)
def test_each_predicate_knows_its_holder_alone(request, predicate, holder, person):
    assert predicate(request.getfixturevalue(person)) is (person == holder)


def test_nobody_who_has_not_signed_in_holds_an_office():
    stranger = AnonymousUser()

    assert not office.is_citizen(stranger)
    assert not office.is_staff_member(stranger)


def test_someone_shut_out_is_no_citizen_any_more(db):
    assert not office.is_citizen(UserFactory(is_active=False))
