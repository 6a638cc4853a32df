"""No door leads past the rules: pages, files, feeds and the API of what a stranger may not see.

What is hidden bears the same number wherever it stands, and each number in an address is that
one: a new door is tried as soon as it has an address.
"""

import inspect
import re

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.test import RequestFactory
from django.urls import get_resolver, resolve, reverse

from portal.refusals import Refused
from portal.registry import open_data_exports, search_sources
from tests.factories.portal import UserFactory
from tests.hidden_things import COUNCIL, DATASET, DRAFT, HIDDEN, PUBLIC, SECRET, stage

VALUES = {
    "code": COUNCIL,
    "ending": "jsonld",
    "kind": "pdf",
    "name": DATASET,
    "reference": SECRET,
    "shape": "csv",
}
# Nobody guesses them. The pages of the libraries show nothing of the portal; the suggestions
# know words alone, and learning them takes its time.
UNGUESSABLE = {"token", "uuid", "uid", "uidb36", "key", "day", "path"}
ELSEWHERE = re.compile(
    r"admin:|account_|mfa_|socialaccount_|openid_|api_docs|schema|.*:suggestions"
)
AT_PROPOSALS = "proposals:|writing:|talk:|delivery:|assisted:|thresholds:|proposal-|comment-"
OURS = ("portal", "governance", "datahub", "livinglabs", "evaluation")

ASKS_A_RULE = re.compile(r"get_allowed\(|[^_]require\(|has_perm\(")
ASKS_WHO_COMES = re.compile(
    rf"{ASKS_A_RULE.pattern}|visible_to\(|public\(|published\(|noticed\(|for_person\(|request\.user"
)
TAKES_SOMETHING = re.compile(r"require_POST|\"POST\"|request\.POST|posted\(|def create\(")
# The city's own words and figures, and letters whose token opens them.
OPEN_TO_ALL = {
    "audit:consistency",
    "datahub:ckan_action",
    "datahub:ckan_action_short",
    "evaluation:framework",
    "exports:file",
    "lab-stage-detail",
    "notifications:unsubscribe",
    "thresholds:answer",
    "thresholds:invitation",
}
# About oneself alone, opened by a token, or refused by the act itself with a sentence.
WITHOUT_A_RULE = {
    "accounts:close",
    "accounts:profile",
    "assisted:look_up",
    "calls:join",
    "comment-detail",
    "comment-list",
    "datahub:ckan_action",
    "datahub:ckan_action_short",
    "delivery:forget_filter",
    "home:preferences",
    "identity:code",
    "identity:register",
    "notifications:open",
    "notifications:preference",
    "notifications:read_all",
    "notifications:unsubscribe",
    "reports:verify",
    "rights:consents",
    "rights:data",
    "talk:answer",
    "thresholds:answer",
    "thresholds:invitation",
}


def doors(resolver=None, spaces=(), known=()):
    """The name, the view and the parameters of every address of the portal."""
    for pattern in (resolver or get_resolver()).url_patterns:
        params = (*known, *pattern.pattern.regex.groupindex)
        if hasattr(pattern, "url_patterns"):
            yield from doors(pattern, (*spaces, *filter(None, [pattern.namespace])), params)
        elif pattern.name:
            yield ":".join((*spaces, pattern.name)), pattern.callback, params


def addresses(number, among=""):
    """Where each door leads for what bears ``number``, or those with names ``among`` some."""
    return {
        reverse(name, kwargs={key: VALUES.get(key, number) for key in params})
        for name, _view, params in doors()
        if not UNGUESSABLE & set(params) and not ELSEWHERE.match(name) and re.match(among, name)
    }


def behind(address, person):
    """What the view at ``address`` shows to ``person``; nothing where it refuses."""
    request = RequestFactory().get(address)
    request.user, request.session = person, {}
    request.resolver_match = match = resolve(address)
    try:
        response = match.func(request, *match.args, **match.kwargs)
    except (Http404, PermissionDenied, Refused):
        return ""
    if hasattr(response, "render"):
        response.render()
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return body.decode(errors="replace")


@pytest.fixture
def author(db):
    return UserFactory()


@pytest.fixture
def hidden_things(author, zoe):
    stage(author, follower=zoe)


def test_no_door_shows_a_stranger_what_is_hidden(zoe, hidden_things):
    others = addresses(PUBLIC, AT_PROPOSALS) | addresses(DRAFT, AT_PROPOSALS)
    everywhere = addresses(HIDDEN) | others

    leaks = {address for address in everywhere if SECRET in behind(address, zoe)}

    assert leaks == set()


def test_no_door_shows_anybody_what_is_hidden(hidden_things):
    leaks = {address for address in addresses(HIDDEN) if SECRET in behind(address, AnonymousUser())}

    assert leaks == set()


def test_no_open_data_and_no_search_holds_what_is_hidden(hidden_things):
    held = {
        shelf.key
        for shelf, row in [
            *((export, row) for export in open_data_exports for row in export.rows()),
            *(
                (source, source.to_document(thing))
                for source in search_sources
                for thing in source.queryset()
            ),
        ]
        if SECRET in f"{row}"
    }

    assert held == set()


def test_whose_it_is_finds_it_behind_the_same_doors(author, hidden_things):
    for door in ("proposals:detail", "writing:versions", "delivery:plan", "rights:request"):
        assert SECRET in behind(reverse(door, args=[HIDDEN]), author)


def source_of(view, seen=None):
    """The text of a view and of the helpers of its module that it calls."""
    view, seen = inspect.unwrap(view), set() if seen is None else seen
    if view in seen:
        return ""
    seen.add(view)
    text, module = inspect.getsource(view), inspect.getmodule(view)
    called = {getattr(module, name, None) for name in re.findall(r"\b([a-z_]+)\(", text)}
    helpers = [f for f in called if inspect.isfunction(f) and f.__module__ == module.__name__]
    return text + "".join(source_of(helper, seen) for helper in helpers)


def text_of(view):
    """The text of a view, whether it is a function, a class of the API, or a feed."""
    made_of = getattr(view, "cls", None) or getattr(view, "view_class", None) or view
    if inspect.isfunction(made_of):
        return source_of(made_of)
    return inspect.getsource(made_of if inspect.isclass(made_of) else type(made_of))


def without(asking, taking=r"", *, of_one_thing=False):
    """The doors whose views ask nothing of the kind."""
    return {
        name
        for name, view, params in doors()
        if not ELSEWHERE.match(name)
        and view.__module__.split(".")[0] in OURS
        and (params or not of_one_thing)
        and re.search(taking, text := text_of(view))
        and not asking.search(text)
    }


def test_every_door_to_one_thing_asks_who_comes():
    assert without(ASKS_WHO_COMES, of_one_thing=True) == OPEN_TO_ALL


def test_every_door_that_changes_something_asks_a_rule():
    assert without(ASKS_A_RULE, TAKES_SOMETHING) == WITHOUT_A_RULE
