"""What a lab keeps: evidence, money, events, conflicts."""

from typing import Any, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from livinglabs.models import BudgetLine, Conflict, ConflictState, Event, Evidence
from portal.amounts import WonField
from portal.uploads import check_upload

MOST_PEOPLE = 100_000
DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class FiledForm(forms.ModelForm):
    """A file that is looked at before anything else happens."""

    def clean_file(self) -> Any:
        file = self.cleaned_data.get("file")
        if file:
            check_upload(file)
        return file


class EvidenceForm(FiledForm):
    """Evidence: a file, an address or a text, at least one of them."""

    url = forms.URLField(
        label=_("Address on the web"),
        required=False,
        max_length=500,
        assume_scheme="https",
        help_text=_("Where it can be read, beginning with https://"),
    )

    class Meta:
        model = Evidence
        fields = ["kind", "title", "file", "url", "text"]
        help_texts = {"file": _("PDF, HWP, HWPX, DOCX, XLSX, PNG or JPEG.")}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        given = {"file", "url", "text"}
        if not given & self.errors.keys() and not any(data.get(key) for key in given):
            self.add_error(None, _("Add a file, an address or a text."))
        return data

    def _post_clean(self) -> None:
        """Leave the row alone: the domain writes it, and ``clean`` says what it must have."""


class ReasonForm(forms.Form):
    """A reason that everyone can read."""

    reason = forms.CharField(
        label=_("Reason, for everyone to read"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
    )


class AmountsForm(forms.Form):
    """The amounts of a budget line, in won."""

    planned = WonField(label=_("Planned (won)"))
    spent = WonField(label=_("Spent so far (won)"), initial=0)


class BudgetForm(FiledForm):
    """A new budget line, perhaps with its document."""

    planned = WonField(label=_("Planned (won)"))
    spent = WonField(label=_("Spent so far (won)"), initial=0)

    class Meta:
        model = BudgetLine
        fields = ["source", "title", "planned", "spent", "file"]
        labels = {"file": _("Document")}


class EventForm(forms.ModelForm):
    """An event that has been held."""

    class Meta:
        model = Event
        fields = ["kind", "title", "held_on", "headcount", "notes"]
        widgets = {"held_on": DATE}

    def clean_held_on(self) -> Any:
        held_on = self.cleaned_data["held_on"]
        if held_on > timezone.localdate():
            raise forms.ValidationError(_("Enter an event after it was held, not before."))
        return held_on

    def clean_headcount(self) -> int:
        headcount = self.cleaned_data["headcount"]
        if headcount > MOST_PEOPLE:
            raise forms.ValidationError(_("That many people? Check the number."))
        return headcount


class ConflictForm(forms.ModelForm):
    """A conflict that came up."""

    class Meta:
        model = Conflict
        fields = ["type", "description"]
        help_texts = {"description": _("Everyone can read this. Name the matter, not the people.")}


class SettleForm(forms.Form):
    """What became of a conflict."""

    state = forms.ChoiceField(
        label=_("It is now"), choices=ConflictState.choices, widget=forms.RadioSelect
    )
    done = forms.CharField(
        label=_("What was done, and what got better through it"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=3000,
    )

    def __init__(self, *args: Any, conflict: Conflict, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        open_to = [state for state in ConflictState if conflict.may_become(state)]
        cast("forms.ChoiceField", self.fields["state"]).choices = [
            (state.value, state.label) for state in open_to
        ]
