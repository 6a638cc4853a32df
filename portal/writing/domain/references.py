"""The reference of a proposal, by which people name it: ``2026-주거교통-00123``."""

from django.db import connection
from django.utils import timezone

from portal.accounts.models import User
from portal.proposals.models import Proposal

NEXT = """
INSERT INTO writing_referencecounter (year, area_id, n) VALUES (%s, %s, 1)
ON CONFLICT (year, area_id) DO UPDATE SET n = writing_referencecounter.n + 1 RETURNING n
"""
LETTERS_OF_AREA = 12


def give(proposal: Proposal, by: User | None = None) -> None:
    """Give a proposal that is being published its reference, once and for good.

    Numbers run per area and year without gaps but for publications that failed.
    """
    area = proposal.area
    if proposal.reference or area is None:
        return
    year = timezone.localdate().year
    with connection.cursor() as cursor:
        cursor.execute(NEXT, [year, area.pk])
        number = cursor.fetchone()[0]
    word = "".join(letter for letter in area.name_ko if letter.isalnum())[:LETTERS_OF_AREA]
    proposal.reference = f"{year}-{word}-{number:05}"
    Proposal.objects.filter(pk=proposal.pk).update(reference=proposal.reference)
