"""What people type about themselves."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.validators import RegexValidator
from django.utils import timezone
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import User
from portal.typed import PlainText


class SignupForm(forms.Form):
    """The questions that sign-up asks beside e-mail and password."""

    name = PlainText(
        label=pgettext_lazy("person", "Name"),
        max_length=60,
        help_text=_("Others see it masked (홍*동) unless you choose otherwise."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    terms = forms.BooleanField(
        label=_("I agree to the terms of use and have read the privacy policy")
    )

    field_order = ["name", "email", "password1", "password2", "terms"]

    def signup(self, request: Any, user: User) -> None:
        """Called by allauth once the account exists."""
        user.name = self.cleaned_data["name"]
        user.language = get_language() or "ko"
        user.terms_accepted_at = timezone.now()
        user.save(update_fields=["name", "language", "terms_accepted_at"])


# Digits with what people put between them, seven digits at the least.
PHONE = RegexValidator(
    r"^\+?(?:[ ().-]*[0-9]){7,15}[ ).-]*$",
    _("Write the number with digits, as 032-000-0000."),
)


class ProfileForm(forms.ModelForm):
    """How a person is shown and written to."""

    language = forms.ChoiceField(label=_("Language of letters"), choices=settings.LANGUAGES)

    class Meta:
        model = User
        fields = ["name", "shows_name", "language", "phone"]
        widgets = {
            "phone": forms.TextInput(attrs={"autocomplete": "tel"}),
        }

    def __init__(self, *args: Any, name_is_verified: bool = False, **kwargs: Any) -> None:
        """A name that the city has verified is shown and not changed here."""
        super().__init__(*args, **kwargs)
        self.fields["name"].disabled = name_is_verified
        self.fields["phone"].validators.append(PHONE)


class ClosingForm(forms.Form):
    """The last question before an account is closed."""

    sure = forms.BooleanField(label=_("I want to close my account for good"))
