"""Browsers are called by the names that people know."""

import pytest

from portal.accounts.browsers import known_as

LIKE_SAFARI = "AppleWebKit/537.36 (KHTML, like Gecko)"


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        (f"Mozilla/5.0 (X11; Linux x86_64) {LIKE_SAFARI} Chrome/156.0 Safari/537", "Chrome, Linux"),
        (
            f"Mozilla/5.0 (Windows NT 10.0) {LIKE_SAFARI} Chrome/1 Safari/5 Edg/120.0",
            "Edge, Windows",
        ),
        (
            f"Mozilla/5.0 (Windows NT 10.0) {LIKE_SAFARI} Chrome/1 Whale/4 Safari/5",
            "Whale, Windows",
        ),
        (
            f"Mozilla/5.0 (Linux; Android 14) {LIKE_SAFARI} SamsungBrowser/25",
            "Samsung Internet, Android",
        ),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Safari/604.1", "Safari, iPhone"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:120.0) Firefox/120.0", "Firefox, macOS"),
        ("<b>curl</b>/8.0", "<b>curl</b>/8.0"),
        ("", ""),
    ],
)
def test_known_as_names_browser_and_system(agent, name):
    assert known_as(agent) == name
