"""Consent by purpose: free, apart from what the law demands, and asked again when reworded."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from portal.accounts.models import User
from portal.audit.models import Act
from portal.refusals import Refused
from portal.rights.domain import consents, reference
from portal.rights.models import Channel, Consent, Purpose

OPTIONAL = {"news_email", "lot_panel", "phone_contact", "research"}
SIGN_UP = {
    "name": "김새봄",
    "email": "spring@example.org",
    "password1": "봄-들판에-부는-바람-3",
    "password2": "봄-들판에-부는-바람-3",
    "terms": "on",
}


@pytest.fixture
def panel(db):
    return Purpose.objects.get(code="lot_panel")


def words(mark):
    return {f"{part}_{language}": mark for part in reference.PARTS for language in ("ko", "en")}


def test_give_keeps_the_wording_the_way_and_an_act(ana, panel):
    consent = consents.give(ana, panel, channel=Channel.OWN_PAGE)

    assert consents.has(ana, "lot_panel")
    assert not consents.has(ana, "research")
    assert (consent.wording.version, consent.channel) == (1, "own_page")
    assert Act.objects.of_verb("rights.consent:consented").count() == 1


def test_give_twice_is_one_consent(ana, panel):
    consents.give(ana, panel, channel=Channel.OWN_PAGE)
    consents.give(ana, panel, channel=Channel.OWN_PAGE)

    assert Consent.objects.count() == 1


def test_withdraw_ends_it_and_keeps_that_there_was_one(ana, panel):
    consents.give(ana, panel, channel=Channel.OWN_PAGE)

    ended = consents.withdraw(ana, panel, channel=Channel.OWN_PAGE)

    assert ended == 1
    assert not consents.has(ana, "lot_panel")
    assert Consent.objects.get().withdrawn_by_way == "own_page"
    assert Act.objects.of_verb("rights.consent:withdrawn").count() == 1


def test_another_wording_allows_nothing_until_decided_again(ana, panel):
    consents.give(ana, panel, channel=Channel.OWN_PAGE)
    reference.reword(panel, words("새 문구"))
    before = consents.has(ana, "lot_panel")
    standing = next(s for s in consents.standings(ana) if s.purpose == panel)

    consents.give(ana, panel, channel=Channel.OWN_PAGE)

    assert (before, consents.has(ana, "lot_panel")) == (False, True)
    assert standing.outdated
    assert not standing.consent
    kept = Consent.objects.values_list("wording__version", "withdrawn_by_way")
    assert set(kept) == {(1, "reworded"), (2, "")}


def test_what_the_law_demands_is_no_consent(ana):
    with pytest.raises(Refused, match="asked"):
        consents.give(ana, Purpose.objects.get(code="account"), channel=Channel.OWN_PAGE)


def test_a_purpose_that_is_over_allows_nothing(ana, panel):
    consents.give(ana, panel, channel=Channel.OWN_PAGE)
    Purpose.objects.filter(pk=panel.pk).update(is_open=False)
    panel.refresh_from_db()

    assert not consents.has(ana, "lot_panel")
    with pytest.raises(Refused):
        consents.give(ana, panel, channel=Channel.OWN_PAGE)


def test_the_database_keeps_one_in_force_each_wording(ana, panel):
    consent = consents.give(ana, panel, channel=Channel.OWN_PAGE)

    with pytest.raises(IntegrityError, match="one_consent"), transaction.atomic():
        Consent.objects.create(person=ana, wording=consent.wording, channel="paper")


def test_reference_loads_once_and_leaves_what_a_city_changed(db):
    from portal.rights.models import Period

    Period.objects.filter(code="read_notes").update(days=90)
    reference.load()

    assert Period.objects.get(code="read_notes").days == 90
    assert set(Purpose.objects.optional().values_list("code", flat=True)) == OPTIONAL


@pytest.mark.parametrize("language", ["ko", "en"])
def test_sign_up_shows_what_is_handled_and_ticks_nothing(client, db, language):
    client.cookies["django_language"] = language

    page = client.get(reverse("account_signup"))

    article = "제15조" if language == "ko" else "article 15"
    assert article in page.text
    boxes = [line for line in page.text.split("<input") if 'name="consents"' in line]
    assert len(boxes) == len(OPTIONAL)
    assert not any("checked" in box.split(">")[0] for box in boxes)


def test_sign_up_without_a_tick_succeeds(client, db):
    client.post(reverse("account_signup"), SIGN_UP)

    assert User.objects.get().email == "spring@example.org"
    assert not Consent.objects.exists()


def test_sign_up_keeps_what_was_ticked(client, db):
    client.post(reverse("account_signup"), {**SIGN_UP, "consents": ["research"]})

    consent = Consent.objects.get()
    assert (consent.wording.purpose.code, consent.channel) == ("research", "sign_up")


def test_sign_up_with_an_unknown_purpose_says_so(client, db):
    page = client.post(reverse("account_signup"), {**SIGN_UP, "consents": ["all"]})

    assert page.status_code == 200
    assert page.context["form"].errors["consents"]


def test_the_page_gives_and_takes_back(client, ana):
    client.force_login(ana)

    client.post(reverse("rights:consents"), {"lot_panel": "on", "research": "on"})
    given = {code for code in OPTIONAL if consents.has(ana, code)}
    client.post(reverse("rights:consents"), {"research": "on"})
    left = {code for code in OPTIONAL if consents.has(ana, code)}

    assert (given, left) == ({"lot_panel", "research"}, {"research"})


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_page_sets_the_law_apart_without_a_box(client, ana, language):
    client.force_login(ana)
    client.cookies["django_language"] = language

    page = client.get(reverse("rights:consents"))

    assert set(page.context["offered"][0][0].wording.purpose.code.split()) <= OPTIONAL
    assert page.text.count('type="checkbox"') == len(OPTIONAL)
    assert len(page.context["by_law"]) == 2


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_for_any_number(client, ana, count, django_assert_max_num_queries):
    for purpose in Purpose.objects.optional()[:count]:
        consents.give(ana, purpose, channel=Channel.OWN_PAGE)
    client.force_login(ana)
    client.get(reverse("rights:consents"))

    with django_assert_max_num_queries(12):
        client.get(reverse("rights:consents"))
