"""Kept pages: cheap for strangers, never of or for somebody, stale at once when things change."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from portal.page_cache import AnonymousPageCache, forget_pages
from portal.proposals.domain import proposals, supports
from portal.proposals.models import ProposalState
from tests.factories.portal import ProposalFactory, UserFactory

LIST = "/proposals/"


@pytest.fixture(autouse=True)
def keeping(settings, own_memory, client):
    """Pages are kept for a minute; the version is read at every request."""
    settings.PAGE_CACHE_SECONDS = 60
    settings.MIDDLEWARE = ["tests.portal.test_page_cache.Attentive", *settings.MIDDLEWARE[1:]]
    client.cookies.clear()
    client.cookies["django_language"] = "en"


class Attentive(AnonymousPageCache):
    """Looks at the version each time, as a second web process would a second later."""

    def current_version(self):
        self.version_read = 0.0
        return super().current_version()


@pytest.mark.parametrize("address", ["/", LIST, "proposal"])
def test_a_kept_page_costs_no_question(client, db, django_assert_num_queries, address):
    address = ProposalFactory().get_absolute_url() if address == "proposal" else address
    first = client.get(address)

    with django_assert_num_queries(0):
        second = client.get(address)

    assert second.content == first.content
    assert second.status_code == 200


def test_a_kept_page_has_the_same_heads(client, db):
    first = client.get(LIST)

    second = client.get(LIST)

    for name in ("Content-Security-Policy", "X-Frame-Options", "Referrer-Policy", "ETag", "Vary"):
        assert second[name] == first[name], name
    assert "X-Content-Type-Options" in second


def test_a_second_process_finds_it_too(client, db, django_assert_num_queries):
    first = client.get(LIST)
    client.handler.load_middleware()  # a process that has just started

    with django_assert_num_queries(0):
        assert client.get(LIST).content == first.content


def test_nobody_signed_in_gets_a_kept_page_or_leaves_one(client, ana):
    stranger = client.get(LIST).text
    client.force_login(ana)
    own = client.get(LIST).text
    client.logout()
    client.cookies.clear()
    client.cookies["django_language"] = "en"

    again = client.get(LIST).text

    assert "Sign out" in own
    assert "Sign out" not in stranger
    assert again == stranger


@pytest.mark.parametrize("cookie", ["sessionid", "messages", "csrftoken"])
def test_whoever_brings_a_cookie_of_their_own_is_asked_for_anew(client, db, cookie):
    client.get(LIST)
    ProposalFactory(title="Brand new")
    client.cookies[cookie] = "anything"

    assert "Brand new" in client.get(LIST).text


def test_a_page_that_sets_a_cookie_is_not_kept():
    answers = iter([HttpResponse("first"), HttpResponse("second")])

    def view(request):
        answer = next(answers)
        answer.set_cookie("csrftoken", "of one visitor")
        return answer

    cache = AnonymousPageCache(view)
    ask = RequestFactory().get

    assert cache(ask("/")).content == b"first"
    assert cache(ask("/")).content == b"second"


def test_kept_pages_hold_no_token_of_a_form(client, db):
    for address in ("/", LIST, ProposalFactory().get_absolute_url()):
        page = client.get(address)

        assert "csrfmiddlewaretoken" not in page.text
        assert not page.cookies


@pytest.mark.parametrize("status", [302, 400, 404, 500])
def test_only_whole_pages_are_kept(status):
    answers = iter([HttpResponse("first", status=status), HttpResponse("second")])
    cache = AnonymousPageCache(lambda request: next(answers))

    cache(RequestFactory().get("/"))

    assert cache(RequestFactory().get("/")).content == b"second"


def test_each_language_has_its_own_page(client, db):
    english = client.get(LIST).text
    client.cookies["django_language"] = "ko"
    korean = client.get(LIST).text
    client.cookies["django_language"] = "en"

    assert '<html lang="ko"' in korean
    assert client.get(LIST).text == english


def test_the_language_of_the_browser_counts_where_none_was_chosen(client, db):
    del client.cookies["django_language"]

    english = client.get(LIST, headers={"Accept-Language": "en-GB,en;q=0.9"})
    korean = client.get(LIST, headers={"Accept-Language": "ko-KR,ko;q=0.9"})

    assert '<html lang="en"' in english.text
    assert '<html lang="ko"' in korean.text


@pytest.mark.parametrize("display", ["large", "contrast", "large-contrast"])
def test_each_display_has_its_own_page(client, db, display):
    plain = client.get(LIST).text
    client.cookies["display"] = display

    chosen = client.get(LIST).text

    assert chosen != plain


def test_made_up_cookies_and_languages_do_not_fill_the_memory():
    asked = []
    cache = AnonymousPageCache(lambda request: asked.append(request) or HttpResponse("page"))

    for n in range(5):
        headers = {"Accept-Language": f"x{n}-evil"}
        cache(RequestFactory(headers=headers).get("/"))
        request = RequestFactory().get("/")
        request.COOKIES["display"] = f"made-up-{n}"
        cache(request)

    assert len(asked) == 1


def test_each_query_has_its_own_page():
    cache = AnonymousPageCache(lambda request: HttpResponse(request.GET.get("q", "all")))
    ask = RequestFactory().get

    answers = [cache(ask(LIST, asked)).content for asked in ({}, {"q": "tree"}, {"q": "lamp"}, {})]

    assert answers == [b"all", b"tree", b"lamp", b"all"]


def test_a_browser_that_has_the_page_is_told_so(client, db):
    etag = client.get(LIST)["ETag"]

    answer = client.get(LIST, headers={"If-None-Match": etag})

    assert (answer.status_code, answer.content) == (304, b"")
    assert answer["ETag"] == etag
    assert "Cookie" in answer["Vary"]


def test_a_reload_by_force_asks_anew(client, db):
    client.get(LIST)
    ProposalFactory(title="Brand new")

    assert "Brand new" in client.get(LIST, headers={"Cache-Control": "no-cache"}).text


def test_a_publication_makes_pages_stale(client, ana, django_capture_on_commit_callbacks):
    proposal = ProposalFactory(author=ana, state=ProposalState.DRAFT, title="Fresh from the pen")
    client.get(LIST)

    with django_capture_on_commit_callbacks(execute=True):
        proposals.publish(proposal, by=ana)

    assert "Fresh from the pen" in client.get(LIST).text


def test_folding_supports_makes_pages_stale(client, ana, django_capture_on_commit_callbacks):
    proposal = ProposalFactory()
    before = client.get(proposal.get_absolute_url()).text
    supports.add(proposal, by=UserFactory())

    with django_capture_on_commit_callbacks(execute=True):
        supports.fold()

    assert client.get(proposal.get_absolute_url()).text != before


def test_forgetting_begins_where_nothing_was_kept(client, db):
    forget_pages()
    first = client.get(LIST).text
    ProposalFactory(title="Brand new")
    forget_pages()

    assert client.get(LIST).text != first


def test_a_kept_page_says_that_it_varies(client, db):
    vary = client.get(LIST)["Vary"]

    assert {"Cookie", "Accept-Language"} <= {name.strip() for name in vary.split(",")}


def test_nothing_is_kept_or_given_without_tls_where_it_is_asked_for(client, db, settings):
    settings.SECURE_SSL_REDIRECT = True
    client.get(LIST, secure=True)

    answer = client.get(LIST)

    assert (answer.status_code, answer.url) == (301, f"https://testserver{LIST}")


def test_each_host_has_its_own_page_and_a_forged_one_none(client, db, settings):
    settings.ALLOWED_HOSTS = ["testserver", "other.example"]
    asked = []
    cache = AnonymousPageCache(lambda request: asked.append(1) or HttpResponse("page"))
    for host in ("testserver", "other.example", "testserver"):
        cache(RequestFactory().get("/", headers={"Host": host}))
    client.get(LIST)

    forged = client.get(LIST, headers={"Host": "evil.example"})

    assert len(asked) == 2
    assert forged.status_code == 400


@pytest.mark.parametrize(
    "address", ["/search/", "/me/", "/proposals/write/", "/proposals/1/support/", "/audit/"]
)
def test_other_pages_are_not_kept(address):
    cache = AnonymousPageCache(lambda request: HttpResponse())

    assert not cache.may_be_kept(RequestFactory().get(address))


def test_a_form_that_is_sent_is_never_answered_from_memory():
    cache = AnonymousPageCache(lambda request: HttpResponse())

    assert not cache.may_be_kept(RequestFactory().post("/"))
