"""Who sits in a council, and whether the report's rules of composition are kept."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from governance.domain import councils
from governance.models import Body, CompositionRule, Council, Sector
from portal.audit.models import Act
from portal.refusals import Refused
from tests.factories.governance import CouncilFactory, SeatFactory
from tests.factories.portal import UserFactory


def seat_all(council, **numbers):
    """Fill seats: ``resident=5, expert=1``."""
    for code, count in numbers.items():
        SeatFactory.create_batch(count, council=council, sector=Sector.objects.get(code=code))


@pytest.fixture
def living_lab_council(db):
    return CouncilFactory(body=Body.objects.get(code="living-lab-council"))


def written(member, **changes):
    today = timezone.localdate()
    return {
        "member": member,
        "sector": Sector.objects.get(code="resident"),
        "starts_on": today,
        "ends_on": today + timedelta(days=365),
        **changes,
    }


def test_reference_has_the_rules_of_table_6_4(db):
    rules = CompositionRule.objects.filter(body__code="living-lab-council").order_by("code")

    assert [
        ([s.code for s in rule.sectors.all()], rule.at_least, rule.at_most, rule.table)
        for rule in rules
    ] == [
        (["expert", "activist"], None, 20, "6-4"),
        (["public"], None, 30, "6-4"),
        (["resident"], 50, None, "6-4"),
    ]


def test_found_without_a_rule_decides_by_majority(sam):
    body = Body.objects.get(code="executive")

    council = councils.found(
        by=sam, written={"code": "new", "name_ko": "새", "name_en": "New", "body": body}
    )

    assert council.rule["id"] == "majority"
    assert Act.objects.get(subject=f"governance.council:{council.pk}").verb.endswith(":founded")


def test_found_refuses_a_rule_that_decides_nothing(sam):
    body = Body.objects.get(code="executive")

    with pytest.raises(Refused, match="cannot decide a vote"):
        councils.found(by=sam, written={"code": "new", "body": body, "rule": {"id": "nonsense"}})

    assert not Council.objects.filter(code="new").exists()


def test_composition_of_the_report_holds(living_lab_council):
    seat_all(living_lab_council, resident=5, expert=1, public=2, company=1)

    checks = councils.composition(living_lab_council)

    assert [(c.seats, c.total, c.percent, c.holds) for c in checks] == [
        (1, 9, 11, True),
        (2, 9, 22, True),
        (5, 9, 55, True),
    ]


@pytest.mark.parametrize(
    ("numbers", "broken"),
    [
        ({"resident": 4, "company": 4}, set()),
        ({"resident": 4, "company": 5}, {"residents-at-least-half"}),
        ({"resident": 8, "expert": 1, "activist": 1}, set()),
        ({"resident": 7, "expert": 1, "activist": 1}, {"experts-at-most-a-fifth"}),
        ({"resident": 7, "public": 3}, set()),
        ({"resident": 6, "public": 3}, {"public-at-most-three-tenths"}),
        ({}, {"residents-at-least-half"}),
    ],
)
def test_composition_names_each_broken_rule(living_lab_council, numbers, broken):
    seat_all(living_lab_council, **numbers)

    checks = councils.composition(living_lab_council)

    assert {check.rule.code for check in checks if not check.holds} == broken


def test_composition_counts_the_seats_of_the_day(living_lab_council):
    seat_all(living_lab_council, resident=2)
    SeatFactory(
        council=living_lab_council,
        sector=Sector.objects.get(code="company"),
        starts_on=date(2020, 1, 1),
        ends_on=date(2021, 1, 1),
    )

    today = councils.composition(living_lab_council)
    then = councils.composition(living_lab_council, date(2020, 6, 1))

    assert {check.total for check in today} == {2}
    assert {check.total for check in then} == {1}


def test_insist_says_which_rule_is_broken_and_by_how_much(living_lab_council):
    seat_all(living_lab_council, resident=1, company=2)

    with pytest.raises(Refused, match=r"Local residents: 1 of 3 seats \(33%\), at least 50%"):
        councils.insist_on_composition(living_lab_council)


def test_insist_is_silent_where_rules_are_not_enforced(living_lab_council, settings):
    settings.COMPOSITION_ENFORCED = False

    assert councils.insist_on_composition(living_lab_council) is None


def test_seat_gives_a_place_and_records_it(sam, ana):
    council = CouncilFactory()

    place = councils.seat(council, by=sam, written=written(ana))

    assert list(council.seats.current()) == [place]
    assert Act.objects.get(subject=f"governance.council:{council.pk}").verb.endswith(":seated")


def test_seat_is_refused_while_the_member_has_one(sam, ana):
    council = CouncilFactory()
    councils.seat(council, by=sam, written=written(ana))

    with pytest.raises(Refused, match="already has a seat"):
        councils.seat(council, by=sam, written=written(ana))

    assert council.seats.count() == 1


def test_seat_follows_an_earlier_term_of_the_same_member(sam, ana):
    council = CouncilFactory()
    today = timezone.localdate()
    earlier = {"starts_on": today - timedelta(days=100), "ends_on": today - timedelta(days=1)}
    councils.seat(council, by=sam, written=written(ana, **earlier))

    councils.seat(council, by=sam, written=written(ana))

    assert council.seats.count() == 2


def test_seat_is_refused_to_a_second_chair(sam, ana, zoe):
    council = CouncilFactory()
    councils.seat(council, by=sam, written=written(ana, is_chair=True))

    with pytest.raises(Refused, match="already has a chair"):
        councils.seat(council, by=sam, written=written(zoe, is_chair=True))


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"ends_on": date(2030, 1, 2), "starts_on": date(2027, 1, 1)}, "3 years at most"),
        ({"ends_on": date(2026, 1, 1), "starts_on": date(2027, 1, 1)}, "ends before it begins"),
        ({"ends_on": None}, "needs its last day"),
    ],
)
def test_seat_is_refused_for_an_impossible_term(sam, ana, changes, sentence):
    council = CouncilFactory()

    with pytest.raises(Refused, match=sentence):
        councils.seat(council, by=sam, written=written(ana, **changes))


def test_seat_by_office_may_last(sam, ana):
    council = CouncilFactory()

    place = councils.seat(council, by=sam, written=written(ana, is_ex_officio=True, ends_on=None))

    assert place.ends_on is None


def test_unseat_ends_the_term(sam):
    place = SeatFactory()
    today = timezone.localdate()

    councils.unseat(place, by=sam, on=today - timedelta(days=1), reason="Moved away.")

    assert not place.council.seats.current().exists()


@pytest.mark.parametrize(
    ("days", "reason", "sentence"),
    [(0, " ", "reason is needed"), (-400, "Moved.", "outside the term")],
)
def test_unseat_is_refused(sam, days, reason, sentence):
    place = SeatFactory()
    day = timezone.localdate() + timedelta(days=days)

    with pytest.raises(Refused, match=sentence):
        councils.unseat(place, by=sam, on=day, reason=reason)


def test_members_who_left_no_longer_sit(sam):
    person = UserFactory()
    SeatFactory(member=person, ends_on=timezone.localdate() - timedelta(days=1))

    assert not person.seats.current().exists()
