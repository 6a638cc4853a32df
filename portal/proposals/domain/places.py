"""Areas, districts and departments by number and by code, asked of the database once in a while."""

from typing import NamedTuple

from django.utils.translation import get_language

from portal import registry
from portal.accounts.models import Department
from portal.keeping import kept
from portal.proposals.models import Area, District

SECONDS = 30
COLUMNS = ("pk", "code", "name_ko", "name_en")


class Place(NamedTuple):
    """An area of city life, a district, a department or a call, in both languages."""

    pk: int
    code: str
    name_ko: str
    name_en: str

    @property
    def name(self) -> str:
        """The name in the language of the page."""
        return self.name_en if (get_language() or "ko").startswith("en") else self.name_ko


@kept(SECONDS, by=lambda: "areas")
def areas() -> dict[int, Place]:
    """All areas by number, in their order."""
    return {row[0]: Place(*row) for row in Area.objects.values_list(*COLUMNS)}


@kept(SECONDS, by=lambda: "districts")
def districts() -> dict[int, Place]:
    """All districts by number, in the order of their Korean names."""
    return {row[0]: Place(*row) for row in District.objects.values_list(*COLUMNS)}


@kept(SECONDS, by=lambda: "departments")
def departments() -> dict[int, Place]:
    """All departments by number, in the order of their codes."""
    return {row[0]: Place(*row) for row in Department.objects.values_list(*COLUMNS)}


@kept(SECONDS, by=lambda: "calls")
def calls() -> dict[int, Place]:
    """All calls that take or took proposals by number, the latest first."""
    rows = [row for source in registry.call_sources for row in source()]
    return {number: Place(number, str(number), title, title) for number, title in rows}
