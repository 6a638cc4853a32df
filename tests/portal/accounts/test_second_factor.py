"""A second factor: needed of staff, open to all, and its secrets kept encrypted."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from portal.accounts.models import Role
from portal.audit.models import Act
from tests.factories.portal import UserFactory, appoint
from tests.portal.accounts.conftest import PASSWORD, SECRET, code_of, give_second_factor

MFA = reverse("mfa_index")


@pytest.fixture
def strict(settings):
    """The portal as a city runs it."""
    settings.STAFF_NEEDS_SECOND_FACTOR = True


@pytest.mark.parametrize("office", ["omar", "petra", "clara", "sam", "audrey", "olga"])
def test_staff_without_a_second_factor_are_led_to_set_one_up(client, request, strict, office):
    client.force_login(request.getfixturevalue(office))

    answer = client.get(reverse("accounts:me"), follow=True)

    assert answer.redirect_chain == [(MFA, 302)]
    assert "Your office needs a second factor" in answer.text


def test_staff_go_on_to_the_page_they_wanted(client, omar, strict, prove):
    prove(omar)
    client.get("/desk/?sort=due")
    secret = client.get(reverse("mfa_activate_totp")).context["form"].secret

    answer = client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)}, follow=True)

    assert 'href="/desk/?sort=due"' in answer.text
    assert client.get("/desk/?sort=due").status_code == 200


@pytest.mark.parametrize("person", ["ana", "eric"])
def test_citizens_and_experts_need_none(client, request, strict, person):
    client.force_login(request.getfixturevalue(person))

    assert client.get(reverse("accounts:me")).status_code == 200


def test_an_office_that_has_ended_needs_none(client, ana, strict):
    appoint(ana, Role.CLERK, revoked_at=timezone.now())
    client.force_login(ana)

    assert client.get(reverse("accounts:me")).status_code == 200


def test_staff_with_a_second_factor_work_on(client, omar, strict):
    client.force_login(give_second_factor(omar))

    assert client.get(reverse("desk:show")).status_code == 200


@pytest.mark.parametrize("address", ["/admin/", "/admin/accounts/department/", "/desk/"])
def test_no_door_is_open_beside_it(client, olga, strict, address):
    olga.is_staff = True
    olga.save()
    client.force_login(olga)

    assert client.get(address).url == MFA


def test_an_account_of_the_administration_needs_one_without_an_office(client, zoe, strict):
    zoe.is_staff = True
    zoe.save()
    client.force_login(zoe)

    assert client.get("/").url == MFA


def test_programs_are_told_in_json(client, omar, strict):
    client.force_login(omar)

    answer = client.get("/api/v1/proposals/")

    assert answer.status_code == 403
    assert answer.json() == {"detail": "Your office needs a second factor. Please set one up."}


def test_where_the_city_does_not_ask_for_it_nobody_is_led_there(client, omar, settings):
    settings.STAFF_NEEDS_SECOND_FACTOR = False
    client.force_login(omar)

    assert client.get(reverse("desk:show")).status_code == 200


def test_setting_up_an_app_ends_with_recovery_codes(client, ana, prove):
    prove(ana)
    page = client.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret

    answer = client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)}, follow=True)

    assert answer.status_code == 200
    kinds = {one.type for one in ana.authenticator_set.all()}
    assert kinds == {Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES}
    assert "data:image/svg+xml;base64," in page.text


def test_signing_in_asks_for_the_code(client, ana, sign_in):
    give_second_factor(ana)

    asked = sign_in(ana)
    halfway = client.get(reverse("accounts:me")).status_code
    client.post(asked.url, {"code": code_of()})

    assert asked.url == reverse("mfa_authenticate")
    assert halfway == 302
    assert client.get(reverse("accounts:me")).status_code == 200


def test_a_wrong_code_lets_nobody_in(client, ana, sign_in):
    give_second_factor(ana)
    asked = sign_in(ana)

    answer = client.post(asked.url, {"code": "000000"})

    assert "This code is wrong or has been used" in answer.text
    assert client.get(reverse("accounts:me")).status_code == 302


def test_a_code_works_once(client, ana, sign_in):
    give_second_factor(ana)
    code = code_of()
    client.post(sign_in(ana).url, {"code": code})
    client.post(reverse("account_logout"))

    answer = client.post(sign_in(ana).url, {"code": code})

    assert "This code is wrong or has been used" in answer.text


def test_the_secret_is_not_readable_in_the_database(ana):
    give_second_factor(ana)

    kept = ana.authenticator_set.get().data["secret"]

    assert SECRET not in kept


def test_a_secret_kept_under_an_earlier_key_still_opens(ana, settings, client, sign_in):
    give_second_factor(ana)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "a-new-key"

    client.post(sign_in(ana).url, {"code": code_of()})

    assert client.get(reverse("accounts:me")).status_code == 200


def test_a_new_factor_asks_for_the_password_again(client, ana, sign_in):
    sign_in(ana)

    answer = client.get(reverse("mfa_activate_totp"))

    assert answer.url.startswith(reverse("account_reauthenticate"))


@pytest.mark.parametrize(
    "name", ["mfa_index", "mfa_list_webauthn", "mfa_add_webauthn", "mfa_activate_totp"]
)
@pytest.mark.parametrize("language", ["ko", "en"])
def test_pages_of_factors_open(client, ana, prove, name, language):
    prove(ana)
    client.cookies["django_language"] = language

    page = client.get(reverse(name))

    assert page.status_code == 200
    assert f'<html lang="{language}"' in page.text
    assert not re.search(r"<script(?![^>]*(src=|application/json))", page.text)


def test_a_passkey_is_offered_at_sign_in(client, db):
    page = client.get(reverse("account_login"))
    challenge = client.get(reverse("mfa_login_webauthn"), headers={"Accept": "application/json"})

    assert "passkey" in page.text
    assert challenge.json()["request_options"]["publicKey"]["challenge"]


def test_taking_a_factor_away_asks_for_proof_again(client, omar):
    client.force_login(give_second_factor(omar))

    answer = client.get(reverse("mfa_deactivate_totp"))

    assert "/reauthenticate/" in answer.url


def test_a_stranger_without_the_password_gets_no_question_for_a_code(client, ana, sign_in):
    give_second_factor(ana)

    answer = sign_in(UserFactory(email="other@example.org"), PASSWORD + "x")

    assert answer.status_code == 200
    assert "_auth_user_id" not in client.session


def test_a_lost_factor_is_taken_off_and_the_person_is_told(
    client, omar, sign_in, strict, mailoutbox, django_capture_on_commit_callbacks
):
    client.post(sign_in(give_second_factor(omar)).url, {"code": code_of()})
    client.get(reverse("account_email"))

    with django_capture_on_commit_callbacks(execute=True):
        call_command("take_off_second_factor", omar.email.upper(), "--why", "identity card seen")

    assert "_auth_user_id" not in client.session
    assert not Authenticator.objects.filter(user=omar).exists()
    act = Act.objects.get(verb__endswith="second_factor_taken_off")
    assert "identity card" not in act.leaf_data
    assert [letter.to for letter in mailoutbox] == [[omar.email]]
    assert sign_in(omar).url != reverse("mfa_authenticate")
    assert client.get("/desk/").url == MFA


@pytest.mark.parametrize(
    ("address", "why", "sentence"),
    [
        ("ana@example.org", "seen", "has no second factor"),
        ("ana@example.org", " ", "Say how you know"),
        ("nobody@example.org", "seen", "No open account"),
    ],
)
def test_a_factor_is_not_taken_off_without_a_reason(ana, address, why, sentence):
    with pytest.raises(CommandError, match=sentence):
        call_command("take_off_second_factor", address, "--why", why)


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_form_of_a_key_speaks_the_language_of_the_page(client, ana, prove, language):
    client.cookies["django_language"] = language
    prove(ana)

    page = client.get(reverse("mfa_add_webauthn"))

    name, alone = (page.context["form"][field].label for field in ("name", "passwordless"))
    korean = ("보안 키 이름", "비밀번호 없이 이 키만으로 로그인하기(패스키)")
    english = ("Name of the key", "Sign in with this key alone, without the password (passkey)")
    assert (name, alone) == (korean if language == "ko" else english)
    assert page.context["form"]["name"].value() == ("보안 키 1" if language == "ko" else "Key 1")


def test_a_key_is_renamed_and_taken_away(client, ana, prove):
    prove(ana)
    key = Authenticator.objects.create(
        user=ana, type=Authenticator.Type.WEBAUTHN, data={"name": "Old", "credential": {}}
    )

    client.post(reverse("mfa_edit_webauthn", args=[key.pk]), {"name": "Telephone"})
    asked = client.get(reverse("mfa_remove_webauthn", args=[key.pk]))
    gone = client.post(reverse("mfa_remove_webauthn", args=[key.pk]), follow=True)

    assert "sign in with the key “Telephone” any more" in asked.text
    assert "The key has been taken away." in gone.text
    assert not ana.authenticator_set.filter(type=Authenticator.Type.WEBAUTHN).exists()
