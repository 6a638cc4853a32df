"""The people of the demo city are verified residents of it. All of it is sample data."""

from datetime import date, timedelta

from portal.accounts.domain.cast import CAST, person
from portal.identity.domain import hashes, verifications
from portal.identity.domain.hashes import Facts
from portal.identity.models import Verification

FIRST_DAY = date(1970, 1, 1)
DISTRICTS = ("wonmi", "sosa", "ojeong")


def load() -> None:
    """Verify everyone of the cast who is not yet."""
    for place, player in enumerate(CAST):
        user = person(player.key)
        if not Verification.objects.in_force().filter(user=user).exists():
            facts = facts_of(place)
            verifications.grant(
                user,
                provider="demo",
                person_hash=hashes.person(facts),
                district=facts.district,
            )


def facts_of(place: int) -> Facts:
    """Invented facts of the player at ``place`` in the cast."""
    born = FIRST_DAY + timedelta(days=place * 400)
    return Facts(CAST[place].name, born, DISTRICTS[place % len(DISTRICTS)])
