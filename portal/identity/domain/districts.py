"""The districts of addresses: their codes, and how people write them.

Districts are kept by the room of proposals, which stands above this one and tells its own.
"""

from portal import registry


def choices() -> list[tuple[str, str]]:
    """Code and name of every district, in the language of the page."""
    return [(code, names[0]) for code, *names in registry.district_names()]


def code_of(written: str) -> str | None:
    """The code of the district that was written by code or by any of its names."""
    wanted = _plain(written)
    for code, *names in registry.district_names():
        if wanted in {_plain(code), *map(_plain, names)}:
            return code
    return None


def _plain(text: str) -> str:
    return "".join(text.split()).casefold()
