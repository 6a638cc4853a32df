"""Settings: read strictly, safe without being told, and their heads on every kind of page."""

import os
import subprocess
import sys

import pytest
from django.conf import settings as site
from django.core.exceptions import ImproperlyConfigured

from portal.settings.reading import database, flag, number, words
from tests.factories.portal import ProposalFactory

PAGES = ["/", "/help/", "/proposals/", "/accounts/login/", "/nowhere/", "/admin/login/", "/readyz"]
ANSWERS = [*PAGES, "/healthz", "/api/v1/proposals/", "/api/schema/", "/api/docs/", "/api/v1/none/"]


@pytest.mark.parametrize("value", ["1", "true", "True", "YES", "", "on"])
def test_flag_stops_on_anything_but_yes_and_no(monkeypatch, value):
    monkeypatch.setenv("A_FLAG", value)

    with pytest.raises(ImproperlyConfigured, match="A_FLAG must be 'yes' or 'no'"):
        flag("A_FLAG")


@pytest.mark.parametrize(("value", "meant"), [("yes", True), ("no", False)])
def test_flag_reads_yes_and_no(monkeypatch, value, meant):
    monkeypatch.setenv("A_FLAG", value)

    assert flag("A_FLAG") is meant


@pytest.mark.parametrize("value", ["-1", "1.5", "many", ""])
def test_number_stops_on_anything_but_digits(monkeypatch, value):
    monkeypatch.setenv("A_NUMBER", value)

    with pytest.raises(ImproperlyConfigured, match="A_NUMBER must be a whole number"):
        number("A_NUMBER", 1)


def test_number_stops_where_it_is_less_than_the_law_wants(monkeypatch):
    monkeypatch.setenv("A_NUMBER", "49")

    with pytest.raises(ImproperlyConfigured, match="A_NUMBER must be at least 50, not 49"):
        number("A_NUMBER", 50, least=50)


def test_words_are_separated_by_commas(monkeypatch):
    monkeypatch.setenv("SOME_WORDS", " a, b ,,c")

    assert words("SOME_WORDS") == ["a", "b", "c"]


def test_an_address_of_the_database_may_name_a_socket():
    read = database("postgresql://ana:s%40crow@/hamkke?host=/run/pg&sslmode=require")

    assert (read["NAME"], read["USER"], read["PASSWORD"]) == ("hamkke", "ana", "s@crow")
    assert (read["HOST"], read["OPTIONS"]) == ("/run/pg", {"sslmode": "require"})


def settings_of(**env):
    """Read the settings in a process of its own; what they say, or the error."""
    asked = "DEBUG SESSION_COOKIE_SECURE CSRF_COOKIE_SECURE SECURE_SSL_REDIRECT SECURE_HSTS_SECONDS"
    code = f"from portal import settings as s; print([getattr(s, n) for n in {asked.split()!r}])"
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    ran = subprocess.run(
        [sys.executable, "-c", code],
        env={**kept, **env},
        cwd=site.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )
    return ran.stdout.strip() or ran.stderr


def test_production_refuses_to_start_without_its_secret():
    assert "SECRET_KEY must be set" in settings_of()


def test_production_refuses_to_start_without_the_key_of_people():
    assert "IDENTITY_KEY must be set" in settings_of(SECRET_KEY="x" * 60)


def test_a_level_that_does_not_exist_stops_the_start():
    assert "IDENTITY_LEVEL_SUPPORT must be" in settings_of(
        SECRET_KEY="x" * 60, IDENTITY_KEY="y" * 60, IDENTITY_LEVEL_SUPPORT="citizen"
    )


def test_production_is_safe_without_being_told():
    assert (
        settings_of(SECRET_KEY="x" * 60, IDENTITY_KEY="y" * 60)
        == "[False, True, True, True, 31536000]"
    )


def test_nonsense_in_a_switch_stops_the_start():
    assert "HTTPS_ONLY must be" in settings_of(
        SECRET_KEY="x" * 60, IDENTITY_KEY="y" * 60, HTTPS_ONLY="true"
    )


@pytest.mark.parametrize("address", ANSWERS)
def test_every_kind_of_answer_has_the_heads_of_security(client, db, address):
    answer = client.get(address)

    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer["X-Request-ID"]
    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "style-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert "*" not in policy


def test_pages_of_the_administration_have_them_too(client, olga):
    olga.is_staff = True
    olga.save()
    client.force_login(olga)

    page = client.get("/admin/accounts/department/add/")

    assert page.status_code == 200
    assert "unsafe" not in page["Content-Security-Policy"]
    assert "<script>" not in page.text
    assert " onclick=" not in page.text


def test_where_tls_is_asked_for_browsers_are_told_to_keep_to_it(client, db, settings):
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_HSTS_SECONDS = 31536000
    client.handler.load_middleware()

    plain = client.get("/help/")
    safe = client.get("/help/", secure=True)

    assert (plain.status_code, plain.url) == (301, "https://testserver/help/")
    assert safe["Strict-Transport-Security"].startswith("max-age=31536000")
    assert client.get("/healthz").status_code == 200


def test_cookies_are_closed_to_scripts_and_other_sites(client, ana):
    ana.set_password("a-long-enough-phrase")
    ana.save()
    client.get("/accounts/login/")
    client.post("/accounts/login/", {"login": ana.email, "password": "a-long-enough-phrase"})
    client.post("/preferences/", {"language": "ko", "large": "yes"})

    session = client.cookies["sessionid"]
    language = client.cookies["django_language"]
    assert session["httponly"]
    assert language["httponly"]
    assert {cookie["samesite"] for cookie in client.cookies.values()} == {"Lax"}


def test_a_page_of_someone_signed_in_is_not_kept_by_others(client, ana):
    client.force_login(ana)

    assert "Cookie" in client.get("/me/")["Vary"]


def test_a_proposal_does_not_bring_scripts_along(client, db):
    proposal = ProposalFactory(title="<script>alert(1)</script>", problem="<img src=x onerror=y>")

    page = client.get(proposal.get_absolute_url())

    assert "<script>alert" not in page.text
    assert "<img src=x" not in page.text
