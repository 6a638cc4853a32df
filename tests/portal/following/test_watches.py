"""Following: what is kept, who may change it, and the pages of it."""

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.urls import reverse

from portal import registry
from portal.accounts.domain import cast
from portal.following.domain import demo, watches
from portal.following.models import Centre, Told, Watch
from portal.proposals.models import Area, District, Follow
from portal.refusals import Refused
from portal.search.text import codes
from tests.factories.portal import ProposalFactory

PLAIN = {"tells": "portal", "words": "주차", "name": "Parking"}


@pytest.fixture
def watch(ana):
    return watches.begin(by=ana, asked=dict(PLAIN))


def test_a_watch_keeps_its_words_as_the_search_reads_them(watch):
    assert (watch.pairs, watch.patterns) == (codes("주차"), ["주차"])
    assert watch.described == "“주차”"
    assert watch.address == "?q=%EC%A3%BC%EC%B0%A8"


def test_one_too_many_is_refused(ana, monkeypatch, watch):
    monkeypatch.setattr(watches, "MOST_OF_A_PERSON", 1)

    with pytest.raises(Refused, match="1 things"):
        watches.begin(by=ana, asked=dict(PLAIN))


def test_pausing_twice_keeps_the_first_time_and_going_on_ends_it(watch, ana):
    first = watches.pause(watch, by=ana).paused_at
    again = watches.pause(watch, by=ana).paused_at
    on = watches.resume(watch, by=ana)

    assert first == again
    assert on.paused_at is None


@pytest.mark.parametrize(
    "circle",
    [
        {"latitude": 37.5},
        {"latitude": 37.5, "longitude": 126.8, "radius": 50_000},
        {"latitude": 99, "longitude": 126.8, "radius": 1000},
    ],
)
def test_the_database_refuses_half_and_huge_circles(ana, circle):
    with pytest.raises(IntegrityError), transaction.atomic():
        Watch.objects.create(person=ana, name="x", **circle)


def test_the_rhythm_of_a_followed_proposal_is_chosen_on_a_page(client, ana, zoe):
    proposal = ProposalFactory(author=zoe, title="Slide")
    url = reverse("following:rhythm", args=[proposal.pk])
    client.force_login(ana)
    before = client.get(url).status_code
    client.post(reverse("proposals:follow", args=[proposal.pk]))

    shown = client.get(proposal.get_absolute_url()).text
    wrong = client.post(url, {"tells": "hourly"})
    kept = client.post(url, {"tells": "weekly"}, follow=True)

    assert before == 404
    assert url in shown
    assert "Slide" in wrong.text
    assert "Once a week, all together" in kept.text
    assert Follow.objects.get(person=ana).tells == "weekly"


@pytest.mark.parametrize("act", ["edit", "pause", "resume", "stop"])
@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("ana", 302),
        ("zoe", 404),
        ("omar", 404),
        ("petra", 404),
        ("audrey", 404),
        ("olga", 404),
        (None, 302),
    ],
)
@pytest.mark.parametrize("paused", [False, True])
def test_who_may_do_what(client, request, watch, ana, act, who, status, paused):
    if paused:
        watches.pause(watch, by=ana)
    if who:
        client.force_login(request.getfixturevalue(who))

    response = client.post(reverse(f"following:{act}", args=[watch.pk]), PLAIN)

    assert response.status_code == status
    assert (reverse("account_login") in response.get("Location", "")) == (who is None)


def test_adding_needs_an_account(client, db):
    response = client.get(reverse("following:new"), {"q": "주차"})

    assert reverse("account_login") in response.url


def test_what_was_chosen_in_the_list_fills_the_form(client, ana):
    client.force_login(ana)

    response = client.get(reverse("following:new"), {"q": "주차장", "district": "sosa"})

    assert 'value="주차장"' in response.text
    assert response.context["form"]["district"].value() == District.objects.get(code="sosa").pk


def test_a_citizen_follows_an_area_without_naming_it(client, ana):
    client.force_login(ana)
    area = Area.objects.get(code="health")

    client.post(reverse("following:new"), {"area": area.pk, "tells": "weekly"})

    mine = Watch.objects.get()
    assert (mine.name, mine.area, mine.tells, mine.person) == (area.name, area, "weekly", ana)


def test_a_circle_is_drawn_around_a_centre_from_the_list(client, ana):
    client.force_login(ana)
    call_command("load_reference")
    centre = Centre.objects.get(code="sangsalmi")

    client.post(
        reverse("following:new"), {"centre": centre.pk, "radius": "1000", "tells": "portal"}
    )

    mine = Watch.objects.get()
    assert (mine.latitude, mine.longitude, mine.radius) == (centre.latitude, centre.longitude, 1000)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"radius": "1000"}, "Choose a centre from the list"),
        ({"radius": "77"}, "77"),
        ({"latitude": "100", "longitude": "1", "radius": "500"}, "less than or equal to 90"),
        ({"tells": "pigeon"}, "pigeon"),
        ({"words": "가" * 201}, "200"),
    ],
)
def test_bad_input_gets_a_sentence_and_keeps_what_was_typed(client, ana, typed, sentence):
    client.force_login(ana)

    response = client.post(reverse("following:new"), {"tells": "portal", "name": "Mine", **typed})

    assert response.status_code == 422
    assert sentence in response.text
    assert 'value="Mine"' in response.text
    assert not Watch.objects.exists()


def test_a_change_is_kept(client, ana, watch):
    client.force_login(ana)

    client.post(reverse("following:edit", args=[watch.pk]), {**PLAIN, "words": "공원"})

    watch.refresh_from_db()
    assert (watch.words, watch.patterns) == ("공원", ["공원"])


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_any_number(client, ana, count, django_assert_max_num_queries):
    for n in range(count):
        watches.begin(
            by=ana, asked={**PLAIN, "name": f"n{n}", "area": Area.objects.order_by("pk")[n]}
        )
    client.force_login(ana)

    # The page's own two, and those of the frame around it for somebody who has signed in.
    with django_assert_max_num_queries(16):
        response = client.get(reverse("following:list"))

    assert len(response.context["watches"]) == count


def test_a_name_is_written_as_text(client, ana):
    watches.begin(by=ana, asked={**PLAIN, "name": "<script>alert(1)</script>"})
    client.force_login(ana)

    assert "<script>alert" not in client.get(reverse("following:list")).text


def test_a_download_of_oneself_tells_what_one_follows(ana, watch):
    [row] = registry.own_data["following"].rows(ana)

    assert row["words"] == "주차"
    assert row["created_at"] == watch.created_at


def test_a_closed_account_follows_nothing(ana, watch):
    for erase in registry.on_closing:
        erase(ana)

    assert not Watch.objects.exists()
    assert not Told.objects.exists()


def test_the_samples_are_made_once(db):
    call_command("load_reference")
    cast.load()

    demo.load()
    demo.load()

    assert Watch.objects.count() == 2
