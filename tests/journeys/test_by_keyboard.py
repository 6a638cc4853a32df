"""A citizen without a mouse signs in, proposes, supports a neighbour's proposal and finds help."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from portal.accounts.domain.cast import person
from portal.proposals.models import Proposal, ProposalState
from tests.factories.portal import ProposalFactory
from tests.journeys.keyboard import Hands
from tests.journeys.people import PASSWORD

WRITTEN = {
    "title": "Benches along the stream",
    "problem": "Older people find no place to rest between the two bridges.",
    "solution": "Put three benches with backs where the path is wide.",
    "place": "Simgok stream",
    "effect": "More people can walk the whole way.",
}

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", ["desktop", "phone"])
def test_a_citizen_takes_part_by_keyboard_alone(crowd, width):
    crowd.dress("en", width, scripts=True)
    neighbours = ProposalFactory(author=person("member1"), title="Lamps for the alley")
    visitor = crowd.stranger()
    crowd.known["citizen"] = visitor
    hands = Hands(visitor.page)

    sign_in(hands)
    write(hands)
    publish(hands)
    support(hands, neighbours)
    find_help(hands)

    assert visitor.complaints == []


def sign_in(hands):
    """From the front page to the account."""
    hands.open("/").walk_round()
    hands.open("/").reach("Sign in").press()
    hands.walk_round()
    hands.open(hands.page.url)
    hands.write("login", "citizen1@demo.hamkke").write("password", PASSWORD).press()
    expect(hands.page.get_by_role("button", name="Sign out")).to_be_attached()


def write(hands):
    """All fields of a proposal, in the order in which Tab meets them."""
    hands.open("/proposals/new/").walk_round()
    hands.open("/proposals/new/")
    for name in ("title", "problem", "solution"):
        hands.write(name, WRITTEN[name])
    hands.choose("area", "Housing").choose("issue", "Traffic safety").choose("district", "Wonmi")
    hands.write("place", WRITTEN["place"])
    point_at_the_map(hands)
    hands.write("effect", WRITTEN["effect"])
    hands.reach("Look it over").press("Space")
    for words in WRITTEN.values():
        expect(hands.page.locator("article")).to_contain_text(words)


def point_at_the_map(hands):
    """Move the map by the arrow keys and take its middle."""
    hands.reach("Map: the arrow keys move it, Enter takes its middle")
    for key in ("+", "ArrowRight", "Enter"):
        hands.page.keyboard.press(key)
    expect(hands.page.get_by_text("The point is set.")).to_be_visible()


def publish(hands):
    """Look it over, go back once too far and publish."""
    hands.walk_round()
    hands.reach("Publish the proposal").reach("Go on writing", key="Shift+Tab")
    hands.reach("Publish the proposal").press()
    expect(hands.page.get_by_role("heading", level=1)).to_have_text("Your proposal is public")
    made = Proposal.objects.get(title=WRITTEN["title"])
    assert (made.state, made.area.code) == (ProposalState.SUBMITTED, "housing-transport")
    assert (made.issue.code, made.district.name_en[:5]) == ("traffic-safety", "Wonmi")
    assert 37.48 < made.latitude < 37.53
    assert 126.75 < made.longitude < 126.83


def support(hands, proposal):
    """Find a neighbour's proposal in the list and support it."""
    hands.open("/proposals/").walk_round()
    hands.reach(href=proposal.get_absolute_url()).press()
    hands.walk_round()
    hands.reach("Support this proposal").press()
    expect(hands.page.locator(".page-body")).to_contain_text("You support it")
    hands.reach("Take my support back")


def find_help(hands):
    """The skip link leads past the menu; the help page is one link away on every page."""
    hands.open("/").reach(href="#main").page.keyboard.press("Enter")
    assert hands.page.evaluate("document.activeElement.id") == "main"
    hands.reach(href=reverse("home:help")).press()
    expect(hands.page.get_by_role("heading", level=1)).to_have_text("Help")
    hands.walk_round()
