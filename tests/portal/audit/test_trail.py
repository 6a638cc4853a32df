"""Telling acts: words, names, reasons, in the order of the file, for a fixed price."""

import pytest

from portal import registry
from portal.accounts.models import Role
from portal.audit.domain import log, trail
from portal.registry import Verb
from tests.factories.portal import UserFactory, appoint


@pytest.fixture(autouse=True)
def told():
    registry.verbs.add(Verb("t.t:tried", "Something was tried", "success"))
    yield
    registry.verbs._items.pop("t.t:tried")


def test_entries_tell_the_chained_acts_oldest_first(ana, omar):
    first = log.record("tried", "t.t:1", by=ana, before="a", after="b")
    log.record("supported", "t.t:1", by=ana, linked=False)
    second = log.record("odd", "t.t:2", by=omar, reason="Because.")
    log.record("tried", "t.t:3")

    one, two = trail.entries(["t.t:1", "t.t:2"])

    assert (one.uid, one.text, one.tone, one.subject) == (
        first,
        "Something was tried",
        "success",
        "t.t:1",
    )
    assert (one.actor_name, one.role) == (ana.public_name, "citizen")
    assert (one.reason, one.detail, one.index) == ("", {"before": "a", "after": "b"}, None)
    assert (two.uid, two.text, two.tone, two.reason) == (second, "t.t:odd", "gray", "Because.")


def test_entries_name_officials_by_their_office_even_after_it_ended(omar, audrey, transport):
    log.record("tried", "t.t:1", by=omar)
    log.record("tried", "t.t:1", by=audrey)
    log.record("tried", "t.t:1")
    omar.appointments.update(starts_on="2020-01-01", ends_on="2020-02-01")

    names = [entry.actor_name for entry in trail.entries(["t.t:1"])]

    assert names == [f"{transport.name} 오마루", "Auditor 오드리", "The system"]


def test_entries_of_a_forgotten_citizen_name_nobody(ana):
    uid = log.record("tried", "t.t:1", by=ana, reason="Because.")
    values = {uid: {}}

    assert trail.entries(["t.t:1"])[0].actor_name == ana.public_name
    acts = list(trail.Act.objects.about("t.t:1").with_leaf())
    assert trail.told(acts, values)[0].actor_name == "A citizen"


def test_entries_keep_to_the_newest_when_there_are_too_many(db):
    uids = [log.record("tried", "t.t:1") for _ in range(5)]

    told = trail.entries(["t.t:1"], limit=2)

    assert [entry.uid for entry in told] == uids[3:]


@pytest.mark.parametrize("count", [1, 3])
def test_entries_cost_the_same_for_any_number(omar, count, django_assert_num_queries):
    for n in range(count):
        log.record("tried", f"t.t:{n}", by=UserFactory())
        log.record("tried", f"t.t:{n}", by=appoint(UserFactory(), Role.CLERK))

    with django_assert_num_queries(4):
        told = trail.entries([f"t.t:{n}" for n in range(count)])

    assert len(told) == 2 * count


@pytest.mark.parametrize(
    ("detail", "told"),
    [("text", "text"), ({"a": [1]}, {"a": [1]}), ([1], [1]), ("[not json", "[not json"), (3, "3")],
)
def test_entries_give_details_back(db, detail, told):
    log.record("tried", "t.t:1", detail=detail)

    assert trail.entries(["t.t:1"])[0].detail == {"detail": told}


@pytest.mark.parametrize(
    ("verb", "text"),
    [
        ("t.t:tried", "Something was tried"),
        ("t.t:unknown", "t.t:unknown"),
        ("t.t:personal_data_read", "Personal data were looked at"),
    ],
)
def test_verb_is_told_in_words_where_somebody_said_how(verb, text):
    assert trail.verb_text(verb) == text


@pytest.mark.parametrize(
    ("key", "name"),
    [("accounts.user:5", "person 5"), ("no.such:5", "no.such:5"), ("odd", "odd")],
)
def test_subject_is_named_by_its_model(key, name):
    assert trail.subject_name(key) == name
