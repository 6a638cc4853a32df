"""What only a browser knows: contrast, overflow, focus, and life without scripts."""

from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

pytestmark = pytest.mark.browser

PAGES = ["/", "/about/", "/help/", "/privacy/", "/preferences/", "/kiosk/", "/no/such/page/"]
ENTRANCES = ["/accounts/login/", "/accounts/signup/", "/accounts/password/reset/"]
LOOKS = [(1280, ""), (360, "large-contrast")]
NARROW = 320
AXE = """rules => axe.run(document, {runOnly: rules, resultTypes: ["violations"]})
  .then(found => found.violations.map(rule => [rule.id, rule.nodes[0].html]))"""
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
MOVED = """() => new Promise(tell => new PerformanceObserver(list =>
  tell(list.getEntries().reduce((sum, shift) => sum + shift.value, 0))
).observe({type: "layout-shift", buffered: true}) || setTimeout(() => tell(0), 200))"""
MOVED_AT_MOST = 0.1  # what Web Vitals call good
MENU = [
    *("Proposals", "Calls", "Problems", "Councils", "Living labs"),
    *("Data", "Evaluation", "Reports", "Audit trail"),
]


def findings(page):
    """What axe has against the page, each as its rule and the first element."""
    source = finders.find("vendor/axe.min.js")
    if not source:
        pytest.skip("axe-core has not been fetched.")
    page.evaluate(Path(source).read_text())
    return [(rule, element[:200]) for rule, element in page.evaluate(AXE, RULES)]


def overflow(page):
    return page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )


@pytest.mark.parametrize("address", PAGES + ENTRANCES)
def test_page_is_accessible_in_every_look(visit, address):
    for width, display in LOOKS:
        page = visit(address, width=width, display=display)

        assert findings(page) == []
        assert overflow(page) == 0

    page.context.clear_cookies()
    page.set_viewport_size({"width": NARROW, "height": 800})
    page.goto(page.url)
    assert overflow(page) == 0


@pytest.mark.parametrize("address", ["/", "/accounts/login/"])
def test_page_keeps_the_content_security_policy(visit, address):
    page = visit(address)

    assert [line for line in page.complaints if "Content Security Policy" in line] == []


def test_menu_is_whole_without_scripts(visit):
    page = visit("/", width=360, language="en", scripts=False)

    links = page.locator("#main-menu a")
    assert links.all_inner_texts() == MENU
    assert all(link.is_visible() for link in links.all())


def test_nothing_moves_while_a_page_is_loaded(visit):
    page = visit("/help/", width=360)

    assert page.evaluate(MOVED) < MOVED_AT_MOST


def test_menu_opens_by_its_button_and_closes_by_escape(visit):
    page = visit("/", width=360, language="en")
    button = page.get_by_role("button", name="Menu", exact=True)

    assert not page.locator("#main-menu").is_visible()
    button.click()
    assert page.locator("#main-menu").is_visible()
    page.locator("#main-menu a").first.focus()
    page.keyboard.press("Escape")

    assert not page.locator("#main-menu").is_visible()
    assert button.evaluate("element => element === document.activeElement")


def test_first_tab_reaches_the_skip_link(visit):
    page = visit("/help/")

    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"
    page.keyboard.press("Enter")

    assert page.evaluate("document.activeElement.id") == "main"


def test_focus_is_seen(visit):
    page = visit("/help/")

    page.locator("#main-menu a").first.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")

    style = "getComputedStyle(document.activeElement).outlineStyle"
    assert page.evaluate(style) == "solid"


@pytest.mark.parametrize("field", ["input[type=email]", "input[type=password]"])
def test_focus_is_seen_on_a_field_of_the_kit(visit, field):
    page = visit("/accounts/login/")

    page.locator(f"main {field}").focus()

    style = "getComputedStyle(document.activeElement).outlineStyle"
    assert page.evaluate(style) == "solid"


def test_high_contrast_is_near_the_extremes(visit):
    page = visit("/", display="contrast")

    colours = page.evaluate(
        "[getComputedStyle(document.body).color, getComputedStyle(document.body).backgroundColor]"
    )

    assert colours == ["rgb(244, 245, 246)", "rgb(0, 0, 0)"]


def test_large_text_grows_by_a_quarter(visit):
    size = "parseFloat(getComputedStyle(document.body).fontSize)"

    normal, large = visit("/").evaluate(size), visit("/", display="large").evaluate(size)

    assert large / normal == pytest.approx(1.25)


def test_page_asks_no_other_server(visit):
    page = visit("/")

    hosts = page.evaluate("performance.getEntriesByType('resource').map(e => new URL(e.name).host)")

    assert set(hosts) == {"localhost"}


def test_second_press_sends_nothing(visit):
    page = visit("/preferences/")
    page.evaluate(
        """() => {
            window.sent = 0;
            document.querySelector("main form").addEventListener("submit", (event) => {
                window.sent += event.defaultPrevented ? 0 : 1;
                event.preventDefault();
            });
        }"""
    )
    button = page.locator("main button[type=submit]")

    button.click()
    button.click(force=True)

    assert page.evaluate("window.sent") == 1
    assert button.get_attribute("aria-disabled") == "true"
