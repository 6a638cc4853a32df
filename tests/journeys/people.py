"""People with browsers: each signs in once and then acts by the words on the page.

A citizen and an official sign in by hand; all others come with a session of their own.
"""

import re
from pathlib import Path
from typing import Any

from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from portal.accounts.domain import cast
from portal.accounts.models import User

PASSWORD = "hamkke-demo-2026"
BY_HAND = ("member1", "official.traffic")
# Milliseconds that a page may take on a machine that does other things as well.
PATIENCE = 60_000
WIDTHS = {"desktop": (1280, 900), "phone": (360, 780)}


class Crowd:
    """All who take part in a story, in one language, at one width, with or without scripts."""

    def __init__(self, browser: Browser, city: Any) -> None:
        self.browser, self.city = browser, city
        self.language, self.width, self.scripts = "ko", "desktop", True
        self.known: dict[str, Person] = {}

    def dress(self, language: str, width: str, *, scripts: bool) -> None:
        """Choose how all of them look at the portal."""
        self.language, self.width, self.scripts = language, width, scripts

    def __getitem__(self, key: str) -> "Person":
        """The person of the cast with this key, signed in."""
        if key not in self.known:
            self.known[key] = self.stranger()
            if key in BY_HAND:
                self.known[key].sign_in(f"{key}@demo.hamkke", PASSWORD)
            else:
                self.known[key].come_signed_in(cast.person(key), self.city.url)
        return self.known[key]

    @property
    def reader(self) -> "Person":
        """The one who never signs in, and reads what is public."""
        if "reader" not in self.known:
            self.known["reader"] = self.stranger()
        return self.known["reader"]

    def stranger(self) -> "Person":
        """Someone who has not signed in."""
        width, height = WIDTHS[self.width]
        context = self.browser.new_context(
            base_url=self.city.url,
            viewport={"width": width, "height": height},
            java_script_enabled=self.scripts,
            locale="ko-KR" if self.language == "ko" else "en-US",
            accept_downloads=True,
        )
        context.add_cookies(
            [{"name": "django_language", "value": self.language, "url": self.city.url}]
        )
        context.set_default_timeout(PATIENCE)
        expect.set_options(timeout=PATIENCE)
        return Person(context.new_page(), self.language)

    def leave(self) -> None:
        for person in self.known.values():
            person.page.context.close()


class Person:
    """One browser. Words come as ``(Korean, English)``, and the page's language decides."""

    def __init__(self, page: Page, language: str) -> None:
        self.page, self.language = page, language
        self.complaints: list[str] = []
        page.on("console", self._hear)

    def _hear(self, message: Any) -> None:
        if message.type == "error" and "Content Security Policy" in message.text:
            self.complaints.append(message.text)

    def come_signed_in(self, user: User, url: str) -> None:
        """Take up a session that was begun without the form."""
        session = Client()
        session.force_login(user)
        cookie = settings.SESSION_COOKIE_NAME
        self.page.context.add_cookies(
            [{"name": cookie, "value": session.cookies[cookie].value, "url": url}]
        )

    def words(self, both: tuple[str, str] | str) -> str:
        if isinstance(both, str):
            return both
        return both[0] if self.language == "ko" else both[1]

    def go(self, address: str, *, status: int = 200) -> "Person":
        response = self.page.goto(address)
        assert response is not None
        assert response.status == status, f"{address}: {response.status}\n{self.text[:1500]}"
        return self

    @property
    def text(self) -> str:
        return self.page.locator("main").inner_text()

    def sees(self, both: tuple[str, str] | str) -> "Person":
        expect(self.page.locator("main")).to_contain_text(self.words(both))
        return self

    def follow(self, both: tuple[str, str] | str) -> "Person":
        """Follow the first link in the page with these words."""
        words = self.words(both)
        link = (
            self.page.locator("main")
            .get_by_role("link", name=words)
            .or_(self.page.locator("aside").get_by_role("link", name=words))
        )
        link.first.click()
        self.page.wait_for_load_state()
        return self

    def press(self, both: tuple[str, str] | str) -> "Person":
        """Press the button with these words, and see that the portal did not fail."""
        self.page.get_by_role("button", name=self.words(both), exact=True).first.click()
        self.page.wait_for_load_state()
        return self

    def fill(self, **fields: Any) -> "Person":
        """Type into fields by their names; files are paths, ``True`` ticks a box."""
        for name, value in fields.items():
            self._fill_one(name, value)
        return self

    def _fill_one(self, name: str, value: Any) -> None:
        field = self.page.locator(f"main [name='{name}']")
        kind = field.first.get_attribute("type") or field.first.evaluate("e => e.tagName")
        if isinstance(value, Path):
            field.set_input_files(str(value))
        elif kind == "checkbox":
            field.set_checked(bool(value))
        elif kind == "radio":
            self.page.locator(f"main [name='{name}'][value='{value}']").check()
        elif kind == "SELECT":
            field.select_option(value) if not isinstance(value, re.Pattern) else self._select(
                field, value
            )
        else:
            field.fill(str(value))

    def _select(self, field: Any, pattern: re.Pattern) -> None:
        """Choose the first option whose words fit."""
        texts = field.locator("option").all_inner_texts()
        field.select_option(label=next(text for text in texts if pattern.search(text)))

    def send(self) -> "Person":
        """Press the main button of the page's form, and see that nothing is complained of."""
        self.page.locator("main form button[type=submit]").last.click()
        self.page.wait_for_load_state()
        complaints = self.page.locator("main .error-summary, main .error-page")
        assert not complaints.count(), f"{self.page.url}: {self.text[:1500]}"
        return self

    def is_refused(self, both: tuple[str, str] | str) -> "Person":
        """Press the main button and read why the step is not open."""
        self.page.locator("main form button[type=submit]").last.click()
        self.page.wait_for_load_state()
        return self.sees(both)

    def sign_in(self, email: str, password: str) -> "Person":
        self.go("/accounts/login/").fill(login=email, password=password)
        self.page.locator("main form button[type=submit]").first.click()
        self.page.wait_for_load_state()
        assert "/accounts/login" not in self.page.url, self.text[:800]
        return self

    def fits(self) -> "Person":
        """The page is not wider than the window."""
        wide = self.page.evaluate("document.documentElement.scrollWidth")
        assert wide <= self.page.viewport_size["width"], f"{self.page.url} is {wide} wide"
        return self

    def download(self, locator: Any) -> Path:
        with self.page.expect_download() as caught:
            locator.click()
        return Path(caught.value.path())
