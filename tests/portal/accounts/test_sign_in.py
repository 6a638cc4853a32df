"""Signing in and out, its history, its limits, and what is done about a lost password."""

import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from portal.accounts.networks import network_of
from tests.portal.accounts.conftest import PASSWORD


def link_in(message):
    return re.search(r"https?://[^/\s]+(/accounts/\S+)", message.body).group(1)


def test_signing_in_leads_to_the_own_page_and_is_remembered(client, ana, sign_in):
    answer = sign_in(ana, REMOTE_ADDR="203.0.113.77", HTTP_USER_AGENT="Mozilla/5.0")

    assert answer.url == reverse("accounts:me")
    line = ana.sign_ins.get()
    assert (line.succeeded, line.network, line.browser) == (True, "203.0.113.0", "Mozilla/5.0")


def test_signing_in_takes_the_address_in_any_case(ana, client, sign_in):
    sign_in(ana)
    client.post(reverse("account_logout"))

    answer = client.post(
        reverse("account_login"), {"login": "ANA@Example.org", "password": PASSWORD}
    )

    assert answer.url == reverse("accounts:me")


def test_a_wrong_password_is_refused_and_remembered(client, ana, sign_in):
    answer = sign_in(ana, "wrong", REMOTE_ADDR="2001:db8:1:2::5")

    assert answer.status_code == 200
    assert "email address and/or password you specified are not correct" in answer.text
    assert ana.email in answer.text
    assert list(ana.sign_ins.values_list("succeeded", "network")) == [(False, "2001:db8:1::")]


def test_an_unknown_address_gets_the_same_sentence_as_a_wrong_password(client, ana, sign_in):
    wrong = sign_in(ana, "wrong")

    unknown = client.post(
        reverse("account_login"), {"login": "nobody@example.org", "password": "wrong"}
    )

    assert unknown.context["form"].errors == wrong.context["form"].errors


def test_someone_who_was_shut_out_cannot_sign_in(client, ana, sign_in):
    ana.is_active = False
    ana.save()

    sign_in(ana)

    assert "_auth_user_id" not in client.session


def test_the_history_shows_own_lines_only(client, ana, zoe, sign_in):
    sign_in(zoe, "wrong", REMOTE_ADDR="198.51.100.9")
    sign_in(ana, "wrong", REMOTE_ADDR="203.0.113.77")
    sign_in(ana)

    page = client.get(reverse("accounts:sign_ins"))

    assert [line.succeeded for line in page.context["sign_ins"]] == [True, False]
    assert "203.0.113.0" in page.text
    assert "203.0.113.77" not in page.text
    assert "198.51.100" not in page.text


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.77", "203.0.113.0"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1::"),
        ("::1", "::"),
        ("not an address", ""),
        ("", ""),
    ],
)
def test_network_of_cuts_what_tells_a_household(address, network):
    assert network_of(address) == network


def test_many_wrong_passwords_for_one_account_close_it_for_a_while(client, ana, sign_in):
    for _ in range(5):
        sign_in(ana, "wrong")

    answer = sign_in(ana, PASSWORD)

    assert answer.status_code == 429
    assert answer["Retry-After"] == "300"
    assert "Sign-in rests for five minutes" in answer.text
    assert "_auth_user_id" not in client.session


def test_who_pressed_a_button_signed_out_comes_back_to_its_page(client, ana, sign_in):
    asked = client.post("/proposals/1/support/", headers={"Referer": "http://testserver/help/?a=1"})
    strange = client.post("/proposals/1/support/", headers={"Referer": "http://evil.example/"})

    assert asked.url == "/accounts/login/?next=/help/%3Fa%3D1"
    assert strange.url == "/accounts/login/?next=/proposals/1/support/"


def test_many_tries_from_one_place_get_a_page_that_says_so(client, db):
    answers = [client.post(reverse("account_login")) for _ in range(31)]

    assert {answer.status_code for answer in answers[:30]} == {200}
    assert answers[30].status_code == 429
    assert answers[30]["Retry-After"] == "60"
    assert "Too many requests in a short time" in answers[30].text
    assert answers[30]["X-Request-ID"] in answers[30].text


def test_limits_count_the_visitor_and_not_the_proxy(client, db, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1

    def send(source):
        headers = {"X-Forwarded-For": f"198.51.100.1, {source}"}
        return client.post(reverse("account_login"), headers=headers).status_code

    first = [send("203.0.113.1") for _ in range(31)]

    assert first[-1] == 429
    assert send("203.0.113.2") == 200


def test_a_forged_forwarding_line_is_not_believed_without_a_proxy(client, ana, sign_in):
    sign_in(ana, REMOTE_ADDR="203.0.113.77", HTTP_X_FORWARDED_FOR="10.0.0.1")

    assert ana.sign_ins.get().network == "203.0.113.0"


def test_a_proxy_on_a_unix_socket_leaves_no_address_and_harms_nobody(client, ana, sign_in):
    assert sign_in(ana, REMOTE_ADDR="").url == reverse("accounts:me")


def test_a_lost_password_is_set_anew_by_mail(client, ana):
    client.post(reverse("account_reset_password"), {"email": ana.email})
    form = client.get(link_in(mail.outbox[0]), follow=True)
    new = {"password1": "새로운-비밀-문장-하나", "password2": "새로운-비밀-문장-하나"}

    client.post(form.redirect_chain[-1][0], new)

    ana.refresh_from_db()
    assert ana.check_password("새로운-비밀-문장-하나")


def test_a_link_for_a_new_password_works_once(client, ana):
    client.post(reverse("account_reset_password"), {"email": ana.email})
    link = link_in(mail.outbox[0])
    form = client.get(link, follow=True)
    new = {"password1": "새로운-비밀-문장-하나", "password2": "새로운-비밀-문장-하나"}
    client.post(form.redirect_chain[-1][0], new)
    client.cookies.clear()

    again = client.get(link, follow=True)

    assert again.context["token_fail"]


def test_asking_for_an_unknown_address_reveals_nothing(client, db, ana):
    known = client.post(reverse("account_reset_password"), {"email": ana.email})

    unknown = client.post(reverse("account_reset_password"), {"email": "nobody@example.org"})

    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)


def test_a_new_address_counts_once_it_is_confirmed(client, ana, sign_in):
    sign_in(ana)
    client.post(reverse("account_email"), {"email": "new@example.org", "action_add": ""})
    ana.refresh_from_db()
    before = ana.email
    to_new = [m for m in mail.outbox if m.to == ["new@example.org"]]

    client.post(link_in(to_new[0]))

    ana.refresh_from_db()
    assert (before, ana.email) == ("ana@example.org", "new@example.org")
    assert ana.emailaddress_set.get().email == "new@example.org"


def test_signing_out_takes_a_post(client, ana, sign_in):
    sign_in(ana)

    looked = client.get(reverse("account_logout"))
    still = client.get(reverse("accounts:me")).status_code
    client.post(reverse("account_logout"))

    assert (looked.status_code, still) == (200, 200)
    assert client.get(reverse("accounts:me")).status_code == 302


def test_signing_in_does_not_lead_to_another_site(client, ana, sign_in):
    ana.set_password(PASSWORD)
    ana.save()

    answer = client.post(
        reverse("account_login") + "?next=https://evil.example/",
        {"login": ana.email, "password": PASSWORD, "next": "https://evil.example/"},
    )

    assert answer.url == reverse("accounts:me")


def test_a_new_session_begins_at_sign_in(client, ana, sign_in):
    client.get(reverse("account_login"))
    before = client.session.session_key

    sign_in(ana)

    assert client.session.session_key != before


def test_sessions_are_listed_and_the_others_can_be_ended(client, ana, sign_in):
    sign_in(ana)
    elsewhere = Client()
    elsewhere.force_login(ana)
    elsewhere.get(reverse("accounts:me"), HTTP_USER_AGENT="An old telephone")

    listed = client.get(reverse("usersessions_list"))
    client.post(reverse("usersessions_list"))

    assert "An old telephone" in listed.text
    assert "This device" in listed.text
    assert elsewhere.get(reverse("accounts:me")).status_code == 302
    assert client.get(reverse("accounts:me")).status_code == 200
