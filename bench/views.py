"""Yardsticks: what a request costs at the least, through the same middleware."""

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from portal.accounts.models import User
from portal.proposals.domain import supports
from portal.proposals.models import Proposal

LIST = """
SELECT p.id, p.title, p.state, s.support_count, s.published_at, a.name_ko, d.name_ko, u.name
  FROM proposals_proposalstat s JOIN proposals_proposal p ON p.id = s.proposal_id
  JOIN proposals_area a ON a.id = p.area_id LEFT JOIN proposals_district d ON d.id = p.district_id
  JOIN accounts_user u ON u.id = p.author_id
 ORDER BY s.published_at DESC, s.proposal_id DESC LIMIT 21
"""
INSERT = (
    "INSERT INTO proposals_support (proposal_id, person_id) VALUES (%s, %s) ON CONFLICT DO NOTHING"
)


def hello(request: HttpRequest) -> HttpResponse:
    """Nothing but the framework."""
    return HttpResponse("hello")


def raw(request: HttpRequest) -> HttpResponse:
    """The list's query, and the number of its rows."""
    with connection.cursor() as cursor:
        cursor.execute(LIST)
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
    supports.add(
        proposal, by=User.objects.select_related("person_key").get(pk=request.GET["person"])
    )
    return HttpResponse("ok")
