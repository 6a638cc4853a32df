"""Yardsticks: what a request costs at the least, through the same middleware."""

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from portal.accounts.models import User
from portal.proposals.domain import lists, supports
from portal.proposals.models import Proposal

LIST = lists.CARDS.format(
    conditions="stat.visible",
    order=", ".join(f"{column} DESC" for column in lists.ORDERS["newest"]),
)
INSERT = (
    "INSERT INTO proposals_support (proposal_id, person_id) VALUES (%s, %s) ON CONFLICT DO NOTHING"
)


def hello(request: HttpRequest) -> HttpResponse:
    """Nothing but the framework."""
    return HttpResponse("hello")


def raw(request: HttpRequest) -> HttpResponse:
    """The list's query, and the number of its rows."""
    with connection.cursor() as cursor:
        cursor.execute(LIST, {"size": lists.PAGE_SIZE + 1})
        return HttpResponse(str(len(cursor.fetchall())))


@csrf_exempt
def insert(request: HttpRequest) -> HttpResponse:
    """One bare row."""
    with connection.cursor() as cursor:
        cursor.execute(INSERT, [request.GET["proposal"], request.GET["person"]])
    return HttpResponse("ok")


@csrf_exempt
def support(request: HttpRequest) -> HttpResponse:
    """The portal's own act, for a person who is taken as known."""
    proposal = Proposal(pk=int(request.GET["proposal"]))
    supports.add(proposal, by=User(pk=int(request.GET["person"])))
    return HttpResponse("ok")
