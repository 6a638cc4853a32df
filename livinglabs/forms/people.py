"""Taking part, or entering someone who does."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from livinglabs.models import ParticipantKind


class JoinForm(forms.Form):
    """Taking part: as what, and the consent."""

    KINDS = [kind for kind in ParticipantKind if kind != ParticipantKind.OFFICIAL]

    kind = forms.ChoiceField(
        label=_("I take part as"),
        choices=[(kind.value, kind.label) for kind in KINDS],
        initial=ParticipantKind.RESIDENT,
        widget=forms.RadioSelect,
    )
    consents = forms.BooleanField(
        label=_("I have read the above and agree."),
        error_messages={"required": _("Without your consent you cannot take part.")},
    )


class RegisterForm(forms.Form):
    """Entering someone who has no account and agreed on paper."""

    name = forms.CharField(label=pgettext_lazy("person", "Name"), max_length=60)
    kind = forms.ChoiceField(label=_("Takes part as"), choices=ParticipantKind.choices)
    contact = forms.CharField(
        label=pgettext_lazy("person", "Contact"),
        max_length=120,
        required=False,
        help_text=_("Seen by the managers of this lab alone; erased when the person leaves."),
    )
    consents = forms.BooleanField(
        label=_("The person has signed the consent on paper."),
        error_messages={"required": _("Without a signed consent nobody can be entered.")},
    )

    @property
    def person(self) -> dict[str, Any]:
        """Who takes part, without the consent that was given on paper."""
        return {name: value for name, value in self.cleaned_data.items() if name != "consents"}
