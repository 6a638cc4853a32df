"""People who sign in by the door, with a password."""

import pytest
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from allauth.mfa.totp.internal.auth import yield_hotp_counters_from_time as counters
from django.urls import reverse

PASSWORD = "넓은-바다-위의-배-7"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture(autouse=True)
def memory(own_memory):
    """Limits are counted apart from other runs."""
    return own_memory


@pytest.fixture
def sign_in(client):
    """Send the sign-in form: ``sign_in(ana)``, ``sign_in(ana, "wrong")``."""

    def send(person, password=PASSWORD, **headers):
        person.set_password(PASSWORD)
        person.save(update_fields=["password"])
        typed = {"login": person.email, "password": password}
        return client.post(reverse("account_login"), typed, **headers)

    return send


@pytest.fixture
def prove(client, sign_in):
    """Sign in, and give the password again as settings of security ask."""

    def send(person):
        sign_in(person)
        client.post(reverse("account_reauthenticate"), {"password": PASSWORD})

    return send


def code_of(secret=SECRET):
    """What an authenticator app shows now."""
    return format_hotp_value(hotp_value(secret, next(iter(counters()))))


def give_second_factor(person):
    TOTP.activate(person, SECRET)
    return person
