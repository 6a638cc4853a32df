"""The forms of security keys, in words of our own; apart, as the form of sign-in is."""

from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.utils.translation import gettext_lazy as _

NAME_LENGTH = 60


class AddKeyForm(AddWebAuthnForm):
    """A new key: how its owner calls it, and whether it is to do without the password."""

    name = forms.CharField(
        label=_("Name of the key"),
        help_text=_("By this name you find the key in the list, for example when you lose it."),
        max_length=NAME_LENGTH,
        required=False,
    )
    passwordless = forms.BooleanField(
        label=_("Sign in with this key alone, without the password (passkey)"),
        help_text=_("The key then asks for your fingerprint, your face or a PIN each time."),
        required=False,
    )
    field_order = ("name", "passwordless")


class EditKeyForm(EditWebAuthnForm):
    """Another name for a key."""

    name = forms.CharField(label=_("Name of the key"), max_length=NAME_LENGTH)
