"""The plan of a lab, the steps of its life, and the list that is filtered."""

from datetime import timedelta
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from livinglabs.models import Lab, LabState, Stage
from portal.accounts.models import Department, User
from portal.proposals.models import District

DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
LONGEST_LAB = timedelta(days=365 * 10)


class FilterForm(forms.Form):
    """Which labs a list shows."""

    q = forms.CharField(label=_("Words in the title or place"), required=False, max_length=60)
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("All")), *LabState.choices]
    )
    stage = forms.ModelChoiceField(
        Stage.objects, label=_("Stage"), required=False, empty_label=_("All"), to_field_name="code"
    )
    district = forms.ModelChoiceField(
        District.objects,
        label=_("District"),
        required=False,
        empty_label=_("All"),
        to_field_name="code",
    )


class PlanForm(forms.ModelForm):
    """The plan of a lab: what for, where, until when."""

    class Meta:
        model = Lab
        fields = ["title", "problem", "goal", "place", "district", "starts_on", "ends_on"]
        widgets = {"starts_on": DATE, "ends_on": DATE}
        help_texts = {
            "problem": _("What goes wrong today, for whom, in words that every resident knows."),
            "goal": _("What will be better when the lab is over, and how one will notice."),
            "place": _("A village, a street, a building."),
        }

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        starts, ends = data.get("starts_on"), data.get("ends_on")
        if starts and ends and ends - starts > LONGEST_LAB:
            self.add_error("ends_on", _("A lab lasts ten years at most. Check the last day."))
        return data


class PrepareForm(PlanForm):
    """The plan of a new lab, for a department that the person works for."""

    department = forms.ModelChoiceField(Department.objects.none(), label=_("Department"))

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = Department.objects.filter(pk__in=by.departments)
        department = cast("forms.ModelChoiceField[Department]", self.fields["department"])
        department.queryset, department.initial = own, own.first()


class ConfirmForm(forms.Form):
    """A step that needs a press of the button and nothing else."""


class GateForm(forms.Form):
    """Leading the lab through the gate that the manager saw."""

    stage = forms.ModelChoiceField(
        Stage.objects, widget=forms.HiddenInput, to_field_name="code", required=True
    )
    note = forms.CharField(
        label=_("What the stage brought, for everyone to read"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
    )


class CompleteForm(forms.Form):
    """Ending a lab that has come to its end."""

    outcome = forms.CharField(
        label=_("Outcome: what is better now, and what goes on"),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=3000,
    )
    learnings = forms.CharField(
        label=_("What was learned"),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=3000,
        required=False,
    )


class StopForm(forms.Form):
    """Ending a lab early."""

    reason = forms.CharField(
        label=_("Why the lab stops"), widget=forms.Textarea(attrs={"rows": 4}), max_length=2000
    )
    learnings = forms.CharField(
        label=_("What was learned, so that the next one does better"),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=3000,
    )
