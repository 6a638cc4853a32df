"""Another authority says who somebody is: the whole walk, over HTTP, with a service of our own."""

from datetime import date
from urllib.parse import urlsplit

import pytest
import requests
from allauth.socialaccount.models import SocialAccount, SocialToken
from django.urls import reverse

from portal.accounts.models import User
from portal.identity.domain import hashes
from portal.identity.domain.hashes import Facts
from portal.identity.models import Verification
from tests.portal.identity.provider import CLIENT, SECRET, running

ANA = {
    "name": "아나연",
    "birthdate": "1980-01-02",
    "address": {"region": "경기도 부천시", "locality": "원미구"},
}
LOGIN = "/accounts/oidc/identity/login/?process=connect"


@pytest.fixture
def linked(settings):
    """Let the portal work with a running service."""

    def link(service):
        settings.IDENTITY_OIDC_ISSUER = service.issuer
        settings.SOCIALACCOUNT_PROVIDERS = {
            "openid_connect": {
                **settings.SOCIALACCOUNT_PROVIDERS["openid_connect"],
                "APPS": [
                    {
                        "provider_id": "identity",
                        "name": "The authority",
                        "client_id": CLIENT,
                        "secret": SECRET,
                        "settings": {"server_url": service.issuer},
                    }
                ],
            }
        }
        return service

    return link


def walk(client, service, **spoilt):
    """Go to the service, agree there as a browser does, and come back; the last answer."""
    sent = client.post(LOGIN)
    assert sent.url.startswith(f"{service.issuer}/agree?")
    back = requests.get(sent.url, allow_redirects=False, timeout=60).headers["Location"]
    address = urlsplit(back)
    query = "&".join([address.query, *[f"{n}={v}" for n, v in spoilt.items()]])
    return client.get(f"{address.path}?{query}", follow=True)


def test_who_comes_back_from_the_authority_is_verified(client, stranger, linked):
    client.force_login(stranger)
    with running(**ANA) as service:
        linked(service)
        offered = client.get(reverse("identity:overview")).text
        page = client.get(reverse("identity:external")).text

        answer = walk(client, service)

    made = Verification.objects.get(user=stranger)
    known = hashes.person(Facts("아나연", date(1980, 1, 2), "wonmi"))
    assert "By another authority" in offered
    assert "The authority" in page
    assert "You are a verified resident now." in answer.text
    assert (made.provider, bytes(made.person_hash)) == ("external", known)
    assert set(service.seen[0]["scope"].split()) == {"openid", "profile", "address"}
    assert service.seen[0]["code_challenge_method"] == "S256"


def test_nothing_that_the_authority_told_is_kept(client, stranger, linked):
    client.force_login(stranger)
    with running(**ANA) as service:
        walk(client, linked(service))

    assert not SocialAccount.objects.exists()
    assert not SocialToken.objects.exists()
    kept = str(list(Verification.objects.filter(user=stranger).values_list()))
    assert "아나연" not in kept


@pytest.mark.parametrize(
    ("claims", "sentence"),
    [
        (ANA | {"address": {"locality": "Seoul"}}, "live elsewhere"),
        (ANA | {"address": None}, "live elsewhere"),
        (ANA | {"birthdate": ""}, "cannot be read"),
        (ANA | {"name": ""}, "Give the name"),
    ],
)
def test_who_lives_elsewhere_or_is_not_named_is_not_verified(
    client, stranger, linked, claims, sentence
):
    client.force_login(stranger)
    with running(**claims) as service:
        answer = walk(client, linked(service))

    assert sentence in answer.text
    assert not Verification.objects.filter(user=stranger).exists()


def test_a_state_that_was_not_ours_verifies_nobody(client, stranger, linked):
    client.force_login(stranger)
    with running(**ANA) as service:
        answer = walk(client, linked(service), state="another")

    assert "did not tell who you are" in answer.text
    assert not Verification.objects.filter(user=stranger).exists()


def test_a_code_works_once(client, stranger, linked):
    client.force_login(stranger)
    with running(**ANA) as service:
        linked(service)
        sent = client.post(LOGIN)
        back = requests.get(sent.url, allow_redirects=False, timeout=60).headers["Location"]
        client.get(back[back.index("/accounts") :])
        again = client.get(back[back.index("/accounts") :], follow=True)

    assert "did not tell who you are" in again.text
    assert Verification.objects.filter(user=stranger).count() == 1


def test_nobody_signs_in_or_up_with_the_authority(client, db, linked):
    with running(**ANA) as service:
        linked(service)
        entrance = client.get(reverse("account_login")).text
        answer = walk(client, service)

    assert "The authority" not in entrance
    assert "Sign in first" in answer.text
    assert not User.objects.exists()


def test_without_an_authority_its_page_is_not_there(client, stranger):
    client.force_login(stranger)

    assert client.get(reverse("identity:external")).status_code == 404
    assert "By another authority" not in client.get(reverse("identity:overview")).text
    assert client.get("/accounts/3rdparty/").url == reverse("identity:overview")
