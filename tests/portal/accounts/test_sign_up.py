"""Opening an account: only whoever reads the mail gets in."""

import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from portal.accounts.models import PersonKey, User

TYPED = {
    "name": "김새봄",
    "email": "spring@example.org",
    "password1": "봄-들판에-부는-바람-3",
    "password2": "봄-들판에-부는-바람-3",
    "terms": "on",
}


def sign_up(client, **changes):
    return client.post(reverse("account_signup"), {**TYPED, **changes})


def link_in(message):
    return re.search(r"https?://[^/\s]+(/accounts/\S+)", message.body).group(1)


def test_sign_up_sends_a_link_and_lets_nobody_in_yet(client, db):
    answer = sign_up(client)

    assert answer.url == reverse("account_email_verification_sent")
    assert [message.to for message in mail.outbox] == [["spring@example.org"]]
    assert "_auth_user_id" not in client.session
    assert not User.objects.get().emailaddress_set.get().verified


def test_sign_up_keeps_name_language_and_consent(client, db):
    sign_up(client)

    person = User.objects.get()

    assert (person.name, person.language) == ("김새봄", "en")
    assert person.terms_accepted_at
    assert PersonKey.objects.filter(user=person).exists()


def test_following_the_link_by_a_button_confirms_and_signs_in(client, db):
    sign_up(client)
    link = link_in(mail.outbox[0])

    looked = client.get(link)
    unconfirmed = not User.objects.get().emailaddress_set.get().verified
    client.post(link)

    assert looked.status_code == 200
    assert unconfirmed, "a mail scanner that follows links must not confirm an address"
    assert User.objects.get().emailaddress_set.get().verified
    assert client.get(reverse("accounts:me")).status_code == 200


def test_signing_in_before_the_address_is_confirmed_leads_back_to_the_mail(client, db):
    sign_up(client)
    mail.outbox.clear()

    answer = client.post(
        reverse("account_login"), {"login": TYPED["email"], "password": TYPED["password1"]}
    )

    assert answer.url == reverse("account_email_verification_sent")
    assert client.get(reverse("accounts:me")).status_code == 302


@pytest.mark.parametrize("left_out", ["name", "terms", "email", "password1"])
def test_sign_up_asks_for_what_is_missing_and_keeps_what_was_typed(client, db, left_out):
    answer = sign_up(client, **{left_out: ""})

    assert answer.status_code == 200
    assert answer.context["form"].errors[left_out] == ["This field is required."]
    assert (TYPED["email"] if left_out != "email" else TYPED["name"]) in answer.text
    assert not User.objects.exists()


@pytest.mark.parametrize(
    ("password", "sentence"),
    [
        ("kurz-3", "This password is too short. It must contain at least 10 characters."),
        ("password123", "This password is too common."),
        ("8264950173", "This password is entirely numeric."),
        ("spring@example.org", "The password is too similar to the e-mail address."),
    ],
)
def test_a_weak_password_is_refused_with_a_sentence(client, db, password, sentence):
    answer = sign_up(client, password1=password, password2=password)

    assert sentence.casefold() in str(answer.context["form"].errors).casefold()
    assert not User.objects.exists()


def test_two_different_passwords_are_refused(client, db):
    answer = sign_up(client, password2="봄-들판에-부는-바람-4")

    assert "password2" in answer.context["form"].errors


def test_an_address_that_has_an_account_is_not_revealed(client, ana):
    answer = sign_up(client, email=ana.email)

    assert answer.url == reverse("account_email_verification_sent")
    assert User.objects.count() == 1
    assert [message.to for message in mail.outbox] == [[ana.email]]
    assert "/accounts/confirm-email/" not in mail.outbox[0].body


def test_each_sign_up_with_an_address_reads_the_same_whether_or_not_it_is_known(zoe):
    def words(address):
        """What stands on the page after the first and after the second sign-up."""
        client = Client()
        client.cookies["django_language"] = "en"
        pages = [client.get(sign_up(client, email=address).url) for _time in (1, 2)]
        texts = [f"{[*map(str, page.context['messages'])]} {page.text}" for page in pages]
        return [text.partition("<footer")[0].replace(address, "…") for text in texts]

    known, unknown = words(zoe.email), words("new@example.org")

    assert known[0] == known[1] == unknown[0] == unknown[1]
    assert "A letter to … is on its way. You can have another one three minutes after" in known[1]
    assert len(mail.outbox) == 2


def test_an_address_is_one_whatever_its_case(client, ana):
    sign_up(client, email=ana.email.upper())

    assert User.objects.count() == 1


def test_sign_up_is_in_korean_for_koreans(client, db):
    client.cookies["django_language"] = "ko"

    sign_up(client)

    assert User.objects.get().language == "ko"
    assert mail.outbox[0].subject.startswith("함께:")


def test_sign_up_is_limited_per_address(client, db):
    answers = [sign_up(client, name="").status_code for _ in range(21)]

    assert answers == [200] * 20 + [429]
