"""One test for each class of weakness that participation platforms were found to have.

The classes are those of the public advisories on comparable platforms from 2023 to 2026; what
is tested in depth elsewhere is tested here across the whole portal, by walking its addresses.
"""

import ast
import re
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from portal.notifications.domain import notes
from portal.proposals.models import Attachment, Proposal, ProposalState
from portal.thresholds.domain import invitations, voices
from tests.factories.portal import ProposalFactory, UserFactory

ROOT = Path(settings.BASE_DIR)
ROOMS = ("portal", "governance", "datahub", "livinglabs", "evaluation")
SOURCES = sorted(
    path for room in ROOMS for path in (ROOT / room).rglob("*.py") if "migrations" not in path.parts
)
# Forms that need no token, because they change nothing that belongs to a person's session:
# switches of the display, unsubscribing by a signed link (RFC 8058), reads of the CKAN API.
WITHOUT_TOKEN = {"portal/home/views.py", "portal/notifications/views.py", "datahub/ckan.py"}
# Words of addresses that are handled before any check of ours.
FOREIGN = ("admin/", "accounts/", "i18n/", "api/schema", "api/docs")
MARK = "<script>alert('mark')</script>"
UNESCAPED = re.compile(r"\|\s*safe\b|autoescape (?:off|false)")
# What pages read from their addresses: words, order, place in a list, conditions, ways back.
PARAMETERS = (
    *("q", "order", "ordering", "sort", "after", "page", "page_size", "per_page", "state", "kind"),
    *("area", "district", "department", "call", "since", "until", "period", "month", "view"),
    *("bbox", "zoom", "next", "tab", "verb", "subject", "latitude", "longitude"),
)


def addresses(resolver=None, prefix="", namespace=""):
    """Every named address of the portal: name and pattern."""
    for entry in (resolver or get_resolver()).url_patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from addresses(entry, route, inner)
        elif isinstance(entry, URLPattern) and entry.name:
            yield f"{namespace}{entry.name}", route


def of_one_proposal(pk):
    """Each address that has the number of a proposal and no other argument."""
    for name, route in sorted(set(addresses())):
        if not route.startswith("proposals/<int:pk>/") or route.count("<") != 1:
            continue
        try:
            yield name, reverse(name, args=[pk])
        except NoReverseMatch:
            continue


def test_no_address_shows_or_changes_the_draft_of_somebody_else(client, ana, zoe, omar):
    draft = ProposalFactory(author=ana, state=ProposalState.DRAFT, title="A secret of mine")
    found = list(of_one_proposal(draft.pk))

    leaks = []
    for person in (None, zoe, omar):
        client.logout()
        if person:
            client.force_login(person)
        for name, address in found:
            for answer in (client.get(address), client.post(address, {"reason": "x"})):
                if answer.status_code < 300 or b"A secret of mine" in answer.content:
                    leaks.append((name, person and person.email, answer.status_code))

    assert len(found) > 15
    assert not leaks
    assert Proposal.objects.get(pk=draft.pk).state == ProposalState.DRAFT


def test_every_form_asks_for_its_token(ana):
    proposal = ProposalFactory(author=UserFactory())
    client = Client(enforce_csrf_checks=True)
    client.force_login(ana)

    answers = {
        name: client.post(address).status_code for name, address in of_one_proposal(proposal.pk)
    }

    assert {name: code for name, code in answers.items() if code not in {403, 404, 405}} == {}


def test_only_named_views_do_without_a_token():
    found = {
        str(path.relative_to(ROOT))
        for path in SOURCES
        if re.search(r"^@csrf_exempt", path.read_text(encoding="utf-8"), re.MULTILINE)
    }

    assert found <= WITHOUT_TOKEN


def test_names_titles_and_file_names_are_text_on_every_page(client, ana):
    ana.name, ana.shows_name = MARK, True
    ana.save()
    proposal = ProposalFactory(author=ana, title=MARK, problem=MARK, solution=MARK, place=MARK)
    Attachment.objects.create(
        proposal=proposal,
        file=SimpleUploadedFile("a.txt", b"text"),
        name=f"{MARK}.txt",
        content_type="text/plain",
        size=4,
        sha256="0" * 64,
    )
    client.force_login(ana)

    shown = 0
    for address in ["/", "/proposals/", "/me/", *(a for _name, a in of_one_proposal(proposal.pk))]:
        page = client.get(address)
        assert MARK.encode() not in getattr(page, "content", b""), address
        shown += page.status_code == 200

    assert shown > 5


def test_nothing_is_written_into_a_page_unescaped():
    """Mails of plain text escape nothing; who else marks words as safe is named here."""
    marked = {
        str(path.relative_to(ROOT))
        for path in SOURCES
        if re.search(r"\bmark_safe\(", path.read_text(encoding="utf-8"))
    }
    loose = {
        str(path.relative_to(ROOT))
        for path in (ROOT / "templates").rglob("*.*")
        if path.suffix != ".txt" and UNESCAPED.search(path.read_text(encoding="utf-8"))
    }

    assert marked == {"portal/written.py", "portal/talk/links.py"}
    assert not loose


def test_what_a_visitor_asks_for_comes_back_as_text(client, db):
    asked = urlencode(dict.fromkeys(PARAMETERS, MARK))
    open_pages = [
        reverse(name)
        for name, route in sorted(set(addresses()))
        if "<" not in route and not route.startswith((*FOREIGN, "^"))
    ]

    echoes, shown = [], 0  # what is not ready answers 503, and not with 500
    for address in open_pages:
        page = client.get(f"{address}?{asked}")
        is_page = "html" in page.headers.get("Content-Type", "")
        if page.status_code == 500 or (is_page and MARK.encode() in page.content):
            echoes.append((address, page.status_code))
        shown += is_page and page.status_code == 200

    assert not echoes
    assert shown > 20


@pytest.mark.parametrize(
    ("name", "own"),
    [
        ("notifications:unsubscribe", notes.SALT),
        ("thresholds:invitation", invitations.SALT),
        ("thresholds:answer", voices.SALT),
    ],
)
def test_a_token_made_for_one_thing_opens_nothing_else(client, ana, name, own):
    for salt in {notes.SALT, invitations.SALT, voices.SALT, "search"} - {own}:
        token = signing.dumps(str(ana.uuid), salt=salt)

        assert client.get(reverse(name, args=[token])).status_code == 404
        assert client.post(reverse(name, args=[token])).status_code == 404


def test_a_file_is_handed_out_only_to_who_may_see_its_proposal(client, ana, zoe):
    draft = ProposalFactory(author=ana, state=ProposalState.DRAFT)
    file = Attachment.objects.create(
        proposal=draft,
        file=SimpleUploadedFile("a.txt", b"text"),
        name="a.txt",
        content_type="text/html",
        size=4,
        sha256="0" * 64,
    )

    for person in (None, zoe):
        if person:
            client.force_login(person)
        assert client.get(file.get_absolute_url()).status_code == 404
        assert client.get(file.file.url).status_code == 404
    client.force_login(ana)
    answer = client.get(file.get_absolute_url())
    assert answer["Content-Disposition"].startswith("attachment")
    assert "sandbox" in answer["Content-Security-Policy"]


@pytest.mark.parametrize(
    "query",
    [
        "order=title;drop table proposals_proposal",
        "order=-author__password",
        "ordering=(select 1)",
        "author__email__startswith=a",
        "author__password__startswith=argon2",
        "state=submitted' or '1'='1",
        "area=housing-transport)--",
        "page_size=1000000",
        "after=' union select 1",
    ],
)
@pytest.mark.parametrize("address", ["/proposals/", "/api/v1/proposals/"])
def test_no_order_and_no_filter_reaches_the_database_unnamed(client, ana, address, query):
    ProposalFactory(author=ana, title="One of all")
    plain = client.get(address)

    answer = client.get(f"{address}?{query}")

    assert answer.status_code in {200, 400, 404}
    if answer.status_code == 200:
        assert answer.content.count(b"One of all") in {0, plain.content.count(b"One of all")}
        assert ana.email.encode() not in answer.content


def test_no_raw_sql_is_made_from_what_a_visitor_sends():
    """Statements are constants (in capitals) or made of them; values travel beside them."""
    faults = []
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
                continue
            statement = ast.unparse(node.args[0]) if node.args else ""
            if node.func.attr == "extra" and "select" in {word.arg for word in node.keywords}:
                faults.append(f"{path.relative_to(ROOT)}:{node.lineno} .extra()")
            if node.func.attr in {"raw", "execute"} and "request" in statement:
                faults.append(f"{path.relative_to(ROOT)}:{node.lineno} a request in SQL")

    assert not faults


def test_the_server_fetches_no_address_that_a_visitor_names():
    """No module of the web's rooms opens connections by itself (SSRF).

    The scanner of files does, to the address that the site's own settings name.
    """
    fetchers = re.compile(
        r"^\s*(?:import|from) (?:requests|httpx|urllib\.request|http\.client|aiohttp|socket)\b",
        re.MULTILINE,
    )

    found = {
        str(path.relative_to(ROOT))
        for path in SOURCES
        if fetchers.search(path.read_text(encoding="utf-8"))
    }

    assert found == {"portal/quarantine/domain/scanners.py"}


def test_every_signed_word_names_its_purpose():
    """A token made for one thing opens nothing else: each use of signing has a salt."""
    faults = []
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
                continue
            of_signing = ast.unparse(node.func) in {"signing.dumps", "signing.loads"}
            if of_signing and "salt" not in {word.arg for word in node.keywords}:
                faults.append(f"{path.relative_to(ROOT)}:{node.lineno}")

    assert not faults
