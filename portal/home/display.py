"""How a visitor wants pages shown: large text, high contrast; kept in one cookie."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Self

COOKIE = "display"
A_YEAR = 60 * 60 * 24 * 365


@dataclass(frozen=True)
class Display:
    """The two switches; a cookie with other words in it is read as far as it makes sense."""

    large: bool = False
    contrast: bool = False

    @classmethod
    def from_cookie(cls, value: str) -> Self:
        words = value.split("-")
        return cls(large="large" in words, contrast="contrast" in words)

    def as_cookie(self) -> str:
        return "-".join(name for name in ("large", "contrast") if getattr(self, name))

    def changed(self, wishes: Mapping[str, str]) -> Self:
        """Turn each switch that ``wishes`` names to its "yes" or "no"."""
        named = {name: wishes[name] == "yes" for name in ("large", "contrast") if name in wishes}
        return replace(self, **named)
