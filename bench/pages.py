"""L1 to L3 and S4: pages and the click under load, through the portal's own server."""

import random
import sys
from http import HTTPStatus
from typing import Any

from django.db import connection, connections

from bench import web
from bench.table import Table
from portal.proposals.models import ProposalStat

# Some pairs of person and proposal are in the synthetic city already.
MOST_REFUSED = 0.01
# So many proposals the clicks of a run are spread over, and the bare inserts over as many more.
SPREAD = 16_000
ALL_GATHER = """
ALTER TABLE proposals_proposalstat DISABLE TRIGGER USER;
UPDATE proposals_proposalstat SET state = 'submitted' WHERE state <> 'submitted';
ALTER TABLE proposals_proposalstat ENABLE TRIGGER USER"""


def pages(table: Table) -> None:
    """L1 to L3: pages for anonymous visitors, kept, revalidated, and made anew."""
    with web.serving(PAGE_CACHE_SECONDS="60"):
        found = web.in_turn(_addresses())
    hello, raw = found["hello"], found["raw"]
    for name in ("list", "home", "proposal"):
        kept = found[f"{name} kept"]
        table.beside("L1", f"{name} kept, p95 beside hello", kept.p95, hello.p95, "<= 1.0")
        rates = (kept.per_second, hello.per_second)
        table.beside("L1", f"{name} kept, requests per second beside hello", *rates, ">= 1.25")
    rates = (found["304"].per_second, hello.per_second)
    table.beside("L2", "revalidation (304), requests per second beside hello", *rates, ">= 1.5")
    anew = found["list anew"].p95
    table.beside("L3", "list made anew, p95 beside the same SQL", anew, raw.p95, "<= 2.0")
    for name in ("list", "home", "proposal"):
        anew = found[f"{name} anew"].p95
        target = "<= 4.0" if name == "list" else ""
        table.beside("L3", f"{name} made anew, p95 beside hello", anew, hello.p95, target)


def _addresses() -> dict[str, dict[str, Any]]:
    """What is measured: yardsticks, and three pages, each kept and made anew."""
    proposal = ProposalStat.objects.order_by("-published_at").values_list("pk", flat=True)[100]
    paths = {"list": "/proposals/", "home": "/", "proposal": f"/proposals/{proposal}/"}
    etag = web.fetch("/proposals/")[1]["etag"]
    if web.fetch("/proposals/", **{"If-None-Match": etag})[0] != HTTPStatus.NOT_MODIFIED:
        sys.exit("the list is not revalidated: there is nothing to compare")
    known: dict[str, dict[str, Any]] = {
        "hello": {"path": "/bench/hello"},
        "raw": {"path": "/bench/raw"},
        "304": {"path": "/proposals/", "headers": (f"If-None-Match: {etag}",)},
    }
    for name, path in paths.items():
        known[f"{name} kept"] = {"path": path}
        known[f"{name} anew"] = {"path": path, "headers": ("Cache-Control: no-cache",)}
    return known


def endpoints(table: Table) -> None:
    """S4: the support endpoint beside one that only inserts."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT min(id), count(*) FROM accounts_user WHERE email LIKE 'bulk%%'")
        first, people = cursor.fetchone()
        cursor.execute("SELECT min(proposal_id), max(proposal_id) FROM proposals_proposalstat")
        least, most = cursor.fetchone()
        start = random.randint(least, max(least, most - 2 * SPREAD))
    # All of them gather support: what is measured is a click, not the page that refuses one.
    with connections["migrator"].cursor() as cursor:
        cursor.execute(ALL_GATHER)
    env = {"FIRST_PERSON": str(first), "PEOPLE": str(people), "CLICK": "yes", "SPREAD": "yes"}
    with web.serving(PAGE_CACHE_SECONDS="0"):
        found = web.in_turn(
            {
                "insert": {
                    "path": "/bench/insert",
                    "connections": 8,
                    **env,
                    "FIRST_PROPOSAL": str(start),
                },
                "support": {
                    "path": "/bench/support",
                    "connections": 8,
                    **env,
                    "FIRST_PROPOSAL": str(start + SPREAD),
                },
            }
        )
    for load in found.values():
        clicks = load.per_second * web.SECONDS * (web.ROUNDS - 1)
        if load.errors > MOST_REFUSED * clicks:
            sys.exit(f"{load.errors} of {clicks:.0f} clicks were refused: those are other pages")
    ratio = found["support"].per_second / found["insert"].per_second
    table.add(
        "S4",
        "support endpoint beside one that only inserts, 8 clients",
        f"{found['support'].per_second:,.0f} / {found['insert'].per_second:,.0f} per s",
        ratio,
        ">= 0.7",
        holds=ratio >= 0.7,
    )
