"""Someone without a mouse: reaches everything by Tab, and sees at each stop where they stand."""

import re
from typing import Any

from playwright.sync_api import Page, expect

from tests.look.crawl import kind
from tests.look.test_browser import findings, overflow

MOST_STOPS = 150
# Where the focus stands: what it is called, and whether it can be seen.
STOP = """() => {
  const found = document.activeElement;
  if (!found || found === document.body) return null;
  window.stops ??= new Map();
  if (!window.stops.has(found)) window.stops.set(found, window.stops.size);
  const box = found.getBoundingClientRect();
  const outlined = (element) => {
    const style = getComputedStyle(element);
    return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1;
  };
  // A card whose whole face is one link is outlined as a whole.
  const marks = [found, found.closest(".card")].filter(Boolean);
  const label = found.labels?.length ? found.labels[0].innerText : "";
  const name = found.getAttribute("aria-label") || label || found.innerText || found.value || "";
  return {
    number: window.stops.get(found),
    tag: found.tagName,
    field: found.getAttribute("name") || "",
    href: found.getAttribute("href") || "",
    name: name.trim().replace(/\\s+/g, " ").replace(/ :/g, ":"),
    outlined: marks.some(outlined),
    inView: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight
      && box.right > 0 && box.left < innerWidth,
  };
}"""
CHOSEN = "document.activeElement.selectedOptions[0].text"


class Hands:
    """A person at a keyboard. Nothing here points, clicks or sets the focus by script."""

    def __init__(self, page: Page, complaints: list[str] | None = None) -> None:
        self.page = page
        # What the browser says of the page's own doing; axe's is taken out again.
        self.complaints = [] if complaints is None else complaints
        self.known: set[str] = set()

    def open(self, address: str) -> "Hands":
        """Type an address into the browser."""
        self.page.goto(address)
        return self

    def stop(self, key: str = "Tab") -> dict[str, Any] | None:
        """Go one stop on and see where the focus is; ``None`` outside of the page."""
        self.page.keyboard.press(key)
        found = self.page.evaluate(STOP)
        if found:
            assert found["outlined"], f"{self.page.url}: the focus cannot be seen at {found}"
            assert found["inView"], f"{self.page.url}: the focus is out of sight at {found}"
        return found

    def reach(
        self, name: str = "", *, field: str = "", href: str = "", key: str = "Tab"
    ) -> "Hands":
        """Press Tab until the focus is on what is called so, or on this field or link."""
        met = []
        for _ in range(MOST_STOPS):
            found = self.stop(key)
            if found and _fits(found, name, field, href):
                return self
            met.append(found and (found["name"] or found["field"]))
        raise AssertionError(f"{self.page.url}: no {name or field or href} by {key} among {met}")

    def write(self, field: str, text: str) -> "Hands":
        """Tab to a field and type."""
        self.reach(field=field).page.keyboard.type(text)
        return self

    def choose(self, field: str, words: str) -> "Hands":
        """Tab to a list and go down by the arrow key until the words are chosen."""
        self.reach(field=field)
        for _ in range(MOST_STOPS):
            if re.search(words, self.page.evaluate(CHOSEN)):
                return self
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"{self.page.url}: {field} offers no {words}")

    def pick(self, field: str, words: str) -> "Hands":
        """Tab to a group of round buttons, go down by the arrow key to these words, take them."""
        self.reach(field=field)
        met = []
        for _ in range(MOST_STOPS):
            met.append(self.page.evaluate(STOP)["name"])
            if met[-1] == words:
                self.page.keyboard.press("Space")
                return self
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"{self.page.url}: {field} offers no {words} but {set(met)}")

    def tick(self, name: str) -> "Hands":
        """Tab to a square box and tick it by the space bar."""
        self.reach(name).page.keyboard.press("Space")
        assert self.page.evaluate("document.activeElement.checked"), f"{name} is not ticked"
        return self

    def sees(self, words: str) -> "Hands":
        """Read the words on a page that fits its window and has no barrier that axe knows."""
        expect(self.page.locator("body")).to_contain_text(words)
        assert overflow(self.page) == 0, f"{self.page.url} is too wide"
        if kind(self.page.url) not in self.known:
            self.known.add(kind(self.page.url))
            heard = len(self.complaints)
            assert findings(self.page) == [], self.page.url
            del self.complaints[heard:]
        return self

    def press(self, key: str = "Enter") -> "Hands":
        """Press the key on what has the focus and wait for the page that follows."""
        with self.page.expect_navigation():
            self.page.keyboard.press(key)
        return self

    def walk_round(self) -> int:
        """Walk through the whole page and out at its end, and back again; return the stops.

        Fails where the focus is caught, so that the end of the page is not reached.
        """
        self.page.evaluate("window.stops = new Map()")
        there = self._until_round("Tab")
        back = self._until_round("Shift+Tab")
        assert len(there) > 1, f"{self.page.url}: caught at the first stop"
        assert set(there) == set(back), f"{self.page.url}: one way {there}, back {back}"
        return len(there)

    def _until_round(self, key: str) -> list[int]:
        """The stops until the page is left or the first comes again."""
        met: list[int] = []
        for _ in range(MOST_STOPS):
            found = self.stop(key)
            number = found["number"] if found else -1
            if met and number == met[-1] and found["tag"] == "INPUT":
                continue  # a day is one field with a stop for each of its parts
            if met and (number == met[0] or number == -1):
                return [stop for stop in met if stop >= 0]
            assert number not in met, f"{self.page.url}: caught at {found}"
            met.append(number)
        raise AssertionError(f"{self.page.url}: no end after {MOST_STOPS} stops")


def _fits(found: dict[str, Any], name: str, field: str, href: str) -> bool:
    if field:
        return found["field"] == field
    if href:
        return found["href"] == href
    return found["name"] == name
