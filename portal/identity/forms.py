"""What people type to prove who they are, checked for shape only."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.accounts.models import User
from portal.identity.domain import districts, register
from portal.identity.domain.hashes import RESIDENT_NUMBER, Facts
from portal.identity.models import Verification, Way
from portal.refusals import Refused
from portal.uploads import TABLES, check_upload


class FactsForm(forms.Form):
    """Name, birth date and district of a resident, as they stand in the register."""

    name = forms.CharField(
        label=gettext_lazy("Name as in the register"),
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    birth_date = forms.CharField(
        label=gettext_lazy("Birth date"),
        max_length=20,
        help_text=gettext_lazy(
            "For example 1980-01-02. Never type a resident registration number."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "bday"}),
    )
    district = forms.ChoiceField(label=gettext_lazy("District of your address"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["district"]
        field.choices = [("", _("Choose the district")), *districts.choices()]

    def clean_name(self) -> str:
        name = self.cleaned_data["name"]
        if RESIDENT_NUMBER.search(name):
            raise ValidationError(_("Do not type a resident registration number."))
        return name

    def clean_birth_date(self) -> Any:
        try:
            return register.birth_date(self.cleaned_data["birth_date"])
        except Refused as refusal:
            raise ValidationError(str(refusal)) from refusal

    @property
    def facts(self) -> Facts:
        """What was typed, once the form is valid."""
        cleaned = self.cleaned_data
        return Facts(cleaned["name"], cleaned["birth_date"], cleaned["district"])


class CodeForm(forms.Form):
    """A code from the counter or a letter."""

    code = forms.CharField(
        label=gettext_lazy("Code"),
        max_length=40,
        help_text=gettext_lazy("Capital or small letters and hyphens make no difference."),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code"}),
    )


class AccountField(forms.EmailField):
    """The account with an e-mail address."""

    def clean(self, value: Any) -> Any:
        email = super().clean(value)
        if not email:
            return None
        found = User.objects.filter(email__iexact=email, is_active=True).first()
        if found is None:
            raise ValidationError(_("There is no account with this e-mail address."))
        return found


class IssueForm(FactsForm):
    """For whom a code is made, and how it gets there."""

    way = forms.ChoiceField(
        label=gettext_lazy("How the code gets there"), choices=Way, widget=forms.RadioSelect
    )
    account = AccountField(
        label=gettext_lazy("Only for the account with this e-mail address"),
        required=False,
        help_text=gettext_lazy("Leave it empty if the person has no account yet."),
    )


class RegisterForm(forms.Form):
    """A file with the city's register."""

    file = forms.FileField(
        label=gettext_lazy("CSV file"),
        help_text=gettext_lazy(
            "Columns name, birth_date, district; UTF-8 or CP949. No resident registration numbers."
        ),
    )
    replaces = forms.BooleanField(
        label=gettext_lazy("Whoever is not in this file is no longer in the register"),
        required=False,
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        check_upload(file, kinds=TABLES)
        return file


class RevokeForm(forms.Form):
    """Whose verification is ended, and why."""

    account = AccountField(label=gettext_lazy("E-mail address of the account"))
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=500,
        help_text=gettext_lazy("The person reads it."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean_account(self) -> User:
        if not self.cleaned_data["account"].verifications.filter(ended_at=None).exists():
            raise ValidationError(_("This account is not verified."))
        account: User = self.cleaned_data["account"]
        return account

    @property
    def verification(self) -> Verification:
        """The verification in force, of which there is one at most."""
        return Verification.objects.get(user=self.cleaned_data["account"], ended_at=None)
