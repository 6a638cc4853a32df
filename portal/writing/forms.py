"""What people type when they change a published text or ask others to join."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.discretion import DiscreetForm
from portal.proposals.forms import long_text
from portal.proposals.models import District, Proposal
from portal.proposals.point_fields import PointFields
from portal.typed import PlainText
from portal.writing.domain.versions import WRITTEN


class AmendmentForm(PointFields, DiscreetForm):
    """A new version of a published proposal; ``needs_reason`` once others rely on the text."""

    public_words = ("title", "problem", "solution", "effect", "place", "reason")

    title = PlainText(label=_("Title"), max_length=100)
    problem = long_text(_("What is the problem?"), rows=6, most=5000)
    solution = long_text(_("What should be done?"), rows=6, most=5000)
    effect = long_text(_("What gets better?"), rows=4, most=3000, required=False)
    district = forms.ModelChoiceField(
        District.objects, label=_("District"), required=False, empty_label=_("Not chosen")
    )
    place = PlainText(label=_("Place"), max_length=200, required=False)
    reason = PlainText(
        label=_("Why does it change?"),
        max_length=500,
        help_text=_("Everyone who supports or follows the proposal reads this."),
    )

    field_order = [*WRITTEN, "reason"]

    def __init__(
        self, data: Any = None, *, proposal: Proposal, needs_reason: bool, **kwargs: Any
    ) -> None:
        initial = {name: getattr(proposal, name) for name in WRITTEN}
        super().__init__(data, initial=initial, **kwargs)
        if not needs_reason:
            del self.fields["reason"]

    @property
    def written(self) -> dict[str, Any]:
        """The texts and the place, without the reason."""
        return {name: self.cleaned_data[name] for name in WRITTEN}


class InvitationForm(forms.Form):
    """Somebody to write together with."""

    email = forms.EmailField(
        label=_("E-mail address of the person"),
        help_text=_("The person needs an account here and is asked first."),
    )
    share = forms.IntegerField(
        label=_("Share of the contribution in percent"),
        min_value=1,
        max_value=99,
        help_text=_("The shares of all authors make 100. Prizes are divided by them."),
    )
