"""What officials fill in about duties."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.proposals.models import Proposal


class DutyForm(forms.Form):
    """What was done to meet a duty."""

    what = forms.CharField(
        label=_("What was done"),
        max_length=3000,
        strip=True,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("When and where, with what result. Everyone reads it."),
    )


class ReasonForm(forms.Form):
    """Why a step is taken."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=3000,
        strip=True,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Everyone reads it."),
    )


class MergeForm(ReasonForm):
    """Into which earlier proposal another one goes, by its number."""

    earlier = forms.IntegerField(
        label=_("Number of the earlier proposal"),
        min_value=1,
        max_value=2**62,
        help_text=_("It stands under the title of each proposal."),
    )

    field_order = ["earlier", "reason"]

    def clean_earlier(self) -> Any:
        found = Proposal.objects.public().filter(pk=self.cleaned_data["earlier"]).first()
        if found is None:
            raise forms.ValidationError(_("There is no public proposal with this number."))
        return found
