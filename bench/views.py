"""Yardsticks: what a request costs at the least, through the same middleware.

They prepare their statements as the portal does, so that neither side has planning to do.
"""

from typing import TYPE_CHECKING, NamedTuple, cast

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from portal.prepared import Statement
from portal.proposals.domain import lists, supports

if TYPE_CHECKING:
    from portal.accounts.models import User
    from portal.proposals.models import Proposal

LIST = lists.statement(("stat.visible",), lists.sorting("newest"))
INSERT = Statement("""
INSERT INTO proposals_countedsupport (proposal_id, person_id) VALUES (%(proposal)s, %(person)s)
ON CONFLICT DO NOTHING
""")


class Known(NamedTuple):
    """A record of which nothing but its number is asked."""

    pk: int
    author_id: int = 0


def hello(request: HttpRequest) -> HttpResponse:
    """Nothing but the framework."""
    return HttpResponse("hello")


def raw(request: HttpRequest) -> HttpResponse:
    """The list's query, and the number of its rows."""
    with connection.cursor() as cursor:
        LIST.run(cursor, {})
        return HttpResponse(str(len(cursor.fetchall())))


@csrf_exempt
def insert(request: HttpRequest) -> HttpResponse:
    """One bare row."""
    with connection.cursor() as cursor:
        INSERT.run(cursor, request.GET)
    return HttpResponse("ok")


@csrf_exempt
def support(request: HttpRequest) -> HttpResponse:
    """The portal's own act; proposal and person are taken as known, as beside it."""
    proposal = cast("Proposal", Known(int(request.GET["proposal"])))
    supports.add(proposal, by=cast("User", Known(int(request.GET["person"]))))
    return HttpResponse("ok")
