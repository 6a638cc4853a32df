"""No row about a person escapes their download: every key to an account is accounted for."""

import pytest
from django.apps import apps

from portal import registry
from portal.accounts.models import User

# Which kind of the download holds the rows that a key to an account stands in.
COVERED = {
    "account.EmailAddress.user": "emails",
    "accounts.Appointment.user": "appointments",
    "accounts.SignIn.user": "sign_ins",
    "mfa.Authenticator.user": "second_factors",
    "usersessions.UserSession.user": "sessions",
    "notifications.Note.recipient": "notes",
    "notifications.Preference.user": "note_preference",
    "proposals.Proposal.author": "proposals",
    "proposals.Support.person": "supports",
    "proposals.Follow.person": "follows",
    "rights.Consent.person": "consents",
    "rights.DataRequest.person": "data_requests",
    "rights.Download.person": "downloads",
}
SECRET = "a secret: whoever had it could act as the person or link their pseudonyms"
OFFICE = "done in an office; the acts of the trail in the download tell of it"
EXCEPTIONS = {
    "accounts.PersonKey.user": SECRET,
    "accounts.Appointment.granted_by": OFFICE,
}


def keys_to_people():
    """``app.Model.field`` of each key to an account, of every model that has a table."""
    return sorted(
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models(include_auto_created=False)
        for field in model._meta.get_fields()
        if (field.many_to_one or field.one_to_one)
        and field.concrete
        and field.related_model is User
    )


def test_every_key_to_a_person_is_in_the_download_or_has_a_reason():
    unexplained = [key for key in keys_to_people() if key not in COVERED and key not in EXCEPTIONS]

    assert unexplained == []


@pytest.mark.parametrize("key", sorted(set(COVERED.values())))
def test_each_kind_that_covers_is_registered(key):
    assert key in registry.own_data


def test_no_explanation_is_left_over():
    assert sorted({*COVERED, *EXCEPTIONS} - set(keys_to_people())) == []
