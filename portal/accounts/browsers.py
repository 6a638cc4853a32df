"""What a browser calls itself, in the few words by which people know it."""

import re

# The first that fits: most browsers also call themselves by the names further down.
BROWSERS = {
    r"KAKAOTALK": "KakaoTalk",
    r"NAVER\(": "Naver",
    r"Whale/": "Whale",
    r"SamsungBrowser/": "Samsung Internet",
    r"Edg\w*/": "Edge",
    r"OPR/": "Opera",
    r"Firefox/|FxiOS/": "Firefox",
    r"Chrome/|CriOS/": "Chrome",
    r"Safari/": "Safari",
}
SYSTEMS = {
    r"iPhone": "iPhone",
    r"iPad": "iPad",
    r"Android": "Android",
    r"Windows": "Windows",
    r"CrOS": "ChromeOS",
    r"Mac OS X": "macOS",
    r"Linux": "Linux",
}


def known_as(agent: str) -> str:
    """Give the browser and its system, like "Firefox, Windows"; unknown ones in their own words."""
    found = [_first(names, agent) for names in (BROWSERS, SYSTEMS)]
    return ", ".join(name for name in found if name) or agent


def _first(names: dict[str, str], agent: str) -> str:
    return next((name for sign, name in names.items() if re.search(sign, agent)), "")
