"""What officials fill in about duties."""

from django import forms
from django.utils.translation import gettext_lazy as _


class DutyForm(forms.Form):
    """What was done to meet a duty."""

    what = forms.CharField(
        label=_("What was done"),
        max_length=3000,
        strip=True,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("When and where, with what result. Everyone reads it."),
    )
