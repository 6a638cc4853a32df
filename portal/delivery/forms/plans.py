"""What is asked of a department that carries a proposal out."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.amounts import WonField
from portal.delivery.models import BudgetLine, Evidence, Milestone, Plan
from portal.delivery.models.plans import WHOLE
from portal.discretion import MAY_BE_READ, DiscreetForm
from portal.typed import PlainText
from portal.uploads import check_upload

MOST_MILESTONES = 20


def date_input() -> forms.DateInput:
    """A date as browsers ask for it, in the one form that they read."""
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class SummaryForm(DiscreetForm, forms.ModelForm):
    """How a proposal is carried out, in some sentences."""

    public_words = ("summary",)
    keep_words = MAY_BE_READ

    class Meta:
        model = Plan
        fields = ["summary"]
        field_classes = {"summary": PlainText}
        help_texts = {"summary": _("What the department does, in words that everyone knows.")}
        widgets = {"summary": forms.Textarea(attrs={"rows": 5})}


class ReasonForm(DiscreetForm):
    """A reason that everyone can read."""

    public_words = ("reason",)
    keep_words = MAY_BE_READ

    reason = PlainText(
        label=_("Reason, for everyone to read"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
    )


class MilestoneForm(forms.ModelForm):
    """One step of a plan; the date of a known one is changed by putting it off."""

    class Meta:
        model = Milestone
        fields = ["title", "due_on", "weight"]
        field_classes = {"title": PlainText}
        widgets = {"due_on": date_input()}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["weight"].widget.attrs |= {"min": 1, "max": WHOLE}
        if self.instance.pk:
            self.fields["due_on"].disabled = True

    def clean(self) -> dict[str, Any]:
        """Ask for the rest of a row where one thing of it is written."""
        data = super().clean() or self.cleaned_data
        for name in self.Meta.fields:
            if self.has_changed() and name not in self.errors and not data.get(name):
                self.add_error(name, self.fields[name].error_messages["required"])
        return data

    def clean_due_on(self) -> Any:
        due_on = self.cleaned_data["due_on"]
        if due_on and not self.instance.pk and due_on < timezone.localdate():
            raise forms.ValidationError(gettext("This day has passed. Choose a later one."))
        return due_on


class BaseMilestones(forms.BaseModelFormSet):
    """All steps of a plan; their shares make 100."""

    def clean(self) -> None:
        super().clean()
        if any(self.errors):
            return
        total = sum(step["weight"] for step in self.steps)
        if total != WHOLE:
            raise forms.ValidationError(
                gettext("The shares of the milestones make %(total)s together; they must make 100.")
                % {"total": total}
            )

    @property
    def steps(self) -> list[dict[str, Any]]:
        """The milestones as the domain takes them, without empty and removed ones."""
        found = []
        for form in self.forms:
            data = form.cleaned_data
            if not data.get("title") or data.get("DELETE"):
                continue
            known = form.instance if form.instance.pk else None
            found.append(
                {
                    "milestone": known,
                    "title": data["title"],
                    "weight": data["weight"],
                    "due_on": data["due_on"],
                }
            )
        return found

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        if form.empty_permitted:
            for field in form.fields.values():
                field.required = False
        if "DELETE" in form.fields:
            form.fields["DELETE"].label = _("Remove this milestone")


def milestones_form(data: Any = None, *, plan: Plan | None = None) -> Any:
    """The form of all milestones: those of ``plan`` and some empty ones for more."""
    made = forms.modelformset_factory(
        Milestone,
        form=MilestoneForm,
        formset=BaseMilestones,
        extra=2,
        min_num=1,
        max_num=MOST_MILESTONES,
        validate_max=True,
        can_delete=plan is not None,
        can_delete_extra=False,
    )
    rows = plan.milestones.all() if plan else Milestone.objects.none()
    return made(data, queryset=rows, prefix="milestones")


class ProgressForm(forms.ModelForm):
    """How far a milestone is."""

    class Meta:
        model = Milestone
        fields = ["percent", "done_on"]
        widgets = {"done_on": date_input()}
        help_texts = {"done_on": _("Only where all of it is done; today if left empty.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["percent"].widget.attrs |= {"min": 0, "max": WHOLE}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        percent, done_on = data.get("percent"), data.get("done_on")
        if done_on and percent is not None and percent < WHOLE:
            self.add_error("done_on", gettext("A milestone is reached when all of it is done."))
        if done_on and done_on > timezone.localdate():
            sentence = gettext("A milestone cannot have been reached in the future.")
            self.add_error("done_on", sentence)
        return data

    def _post_clean(self) -> None:
        """Leave the row alone: the domain writes it."""


class SlipForm(ReasonForm):
    """Until when a milestone is put off, and why."""

    field_order = ["until", "reason"]
    until = forms.DateField(label=_("New date"), widget=date_input())

    def __init__(self, *args: Any, milestone: Milestone, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.milestone = milestone

    def clean_until(self) -> Any:
        until = self.cleaned_data["until"]
        if until <= self.milestone.due_on or until < timezone.localdate():
            raise forms.ValidationError(
                gettext("The new date must be later than the old one, and not in the past.")
            )
        return until


class MoneyForm(forms.ModelForm):
    """Money from one source for one purpose."""

    planned = WonField(label=_("Planned (won)"))
    spent = WonField(label=_("Spent so far (won)"), initial=0)

    class Meta:
        model = BudgetLine
        fields = ["source", "title", "planned", "spent"]


class AmountsForm(ReasonForm):
    """The amounts of a line, corrected with a reason."""

    field_order = ["planned", "spent", "reason"]
    planned = WonField(label=_("Planned (won)"))
    spent = WonField(label=_("Spent so far (won)"))


class EvidenceForm(forms.ModelForm):
    """A file or an address that shows what was done."""

    url = forms.URLField(
        label=_("Address on the web"), required=False, max_length=500, assume_scheme="https"
    )

    class Meta:
        model = Evidence
        fields = ["title", "milestone", "file", "url"]
        help_texts = {"file": _("PDF, HWP, HWPX, DOCX, XLSX, PNG or JPEG.")}

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "milestone" in self.fields:
            self.fields["milestone"].queryset = plan.milestones.all()  # type: ignore[attr-defined]

    def clean_file(self) -> Any:
        file = self.cleaned_data.get("file")
        if file:
            check_upload(file)
        return file

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not self.errors and not (data.get("file") or data.get("url")):
            self.add_error(None, gettext("Add a file or an address on the web."))
        return data

    def _post_clean(self) -> None:
        """Leave the row alone: the domain writes it."""


class CompletionForm(DiscreetForm, EvidenceForm):
    """What came of it, and the evidence."""

    public_words = ("outcome",)
    keep_words = MAY_BE_READ

    field_order = ["outcome", "title", "file", "url"]
    outcome = PlainText(
        label=_("What came of it, for everyone to read"),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=3000,
    )

    class Meta(EvidenceForm.Meta):
        fields = ["title", "file", "url"]

    @property
    def ending(self) -> dict[str, Any]:
        """What came of it, and the evidence apart."""
        evidence = dict(self.cleaned_data)
        return {"outcome": evidence.pop("outcome"), "evidence": evidence}
