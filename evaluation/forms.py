"""What is handed in for a measurement: figures as people type them, and evidence."""

import re
import unicodedata
from decimal import Decimal
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from evaluation.domain import measurements, scores
from evaluation.models import EARLIEST, LATEST, Indicator, Kind, Measurement
from portal.uploads import check_upload

MOST = Decimal(10) ** 15
MOST_PLACES = 6
# Digits in groups of three, or without groups; never "1,2,3".
FIGURE = re.compile(r"[+-]?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?")
DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
FIELDS_OF = {
    Kind.VALUE: ("baseline", "result"),
    Kind.SHARE: ("baseline", "result"),
    Kind.RESULT: ("result",),
    Kind.RATIO: ("numerator", "denominator"),
    Kind.DONE: ("done",),
}


class FigureField(forms.CharField):
    """An exact number as people write it: ``1,966``, ``-12.5``, full-width digits too."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        super().__init__(max_length=40, widget=widget, **kwargs)

    def clean(self, value: Any) -> Decimal | None:
        text = unicodedata.normalize("NFKC", super().clean(value)).replace("−", "-").strip()
        if not text:
            return None
        if not FIGURE.fullmatch(text):
            raise ValidationError(
                _("This is not a number. Write it in digits, like 1,966 or 37.1.")
            )
        figure = scores.number(text.replace(",", ""))
        if abs(figure) >= MOST:
            raise ValidationError(_("This number is too large to be right. Check the unit."))
        if -int(figure.as_tuple().exponent) > MOST_PLACES:
            raise ValidationError(_("At most 6 digits after the point are kept. Round it first."))
        return figure


class FiguresForm(forms.Form):
    """The figures of one measurement; which of them depends on the indicator."""

    baseline = FigureField(label=_("Before (baseline)"))
    result = FigureField(label=_("After (result)"))
    numerator = FigureField(label=_("Above the line (benefit)"))
    denominator = FigureField(label=_("Below the line (cost)"))
    done = forms.TypedChoiceField(
        label=_("Is it done?"),
        choices=[("yes", _("Done")), ("no", _("Not done"))],
        coerce=lambda word: word == "yes",
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=_("How it was measured"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, indicator: Indicator, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = FIELDS_OF[Kind(indicator.kind)]
        for name in {"baseline", "result", "numerator", "denominator", "done"} - set(asked):
            del self.fields[name]
        for name in asked:
            if name != "done":
                self.fields[name].help_text = indicator.unit
        if "baseline" in self.fields:
            missing = _("Enter the figure from before: without it no change can be computed.")
            self.fields["baseline"].error_messages["required"] = missing

    def clean_denominator(self) -> Decimal:
        figure = self.cleaned_data["denominator"]
        if not figure:
            raise ValidationError(_("Nothing can be divided by 0. Enter a figure above 0."))
        return figure


class EvidenceFields(forms.Form):
    """One piece of evidence: a title, and a file or an address."""

    title = forms.CharField(label=_("What the evidence is"), max_length=120)
    file = forms.FileField(
        label=_("File"), required=False, help_text=_("PDF, HWP, DOCX, XLSX, CSV, TXT or picture.")
    )
    url = forms.URLField(
        label=_("Or its address"), required=False, max_length=500, assume_scheme="https"
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data.get("file")
        if file:
            check_upload(file, kinds=measurements.KINDS)
        return file

    def evidence(self) -> dict[str, Any] | None:
        """The evidence for the domain, or ``None`` where nothing was handed in."""
        found = {name: self.cleaned_data[name] for name in ("title", "file", "url")}
        return found if found["file"] or found["url"] else None


class EvidenceForm(EvidenceFields):
    """Evidence by itself: there must be some."""

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if not self.errors and not (found.get("file") or found.get("url")):
            raise ValidationError(_("Choose a file or enter an address."))
        return found


class MeasurementForm(EvidenceFields, FiguresForm):
    """A new measurement with its first evidence."""

    lab: Any = forms.ModelChoiceField(
        label=_("Living lab"), queryset=None, required=False, empty_label=_("no living lab")
    )
    subject = forms.CharField(
        label=_("What was measured, if it was no living lab"), required=False, max_length=150
    )
    period_start = forms.DateField(label=_("First day"), widget=DATE)
    period_end = forms.DateField(label=_("Last day"), widget=DATE)
    printed_name = forms.ChoiceField(
        label=_("Which figure the source prints itself"),
        required=False,
        choices=[
            ("", _("none")),
            ("percent", _("change in percent")),
            ("change", _("change in the unit")),
            ("points", _("change in percentage points")),
            ("ratio", _("ratio")),
        ],
        help_text=_("The portal computes its own and shows both where they differ."),
    )
    printed = FigureField(label=_("That figure, as it is printed"), required=False)
    field_order = ["lab", "subject", "period_start", "period_end"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = cast("forms.ModelChoiceField[Any]", self.fields["lab"])
        choice.queryset = measurements.labs_to_measure()
        self.fields["title"].required = False
        self.fields["title"].label = _("Evidence: what it is")
        self.fields["title"].help_text = _(
            "You can also add it later. Nothing is verified without."
        )

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if not found.get("lab") and not found.get("subject"):
            self.add_error("subject", _("Choose a living lab or say what was measured."))
        if (found.get("file") or found.get("url")) and not found.get("title"):
            self.add_error("title", _("Say what the evidence is."))
        if bool(found.get("printed_name")) != (found.get("printed") is not None):
            self.add_error("printed", _("Give both: which figure is printed, and the figure."))
        self._check_days(found)
        return found

    def _check_days(self, found: dict[str, Any]) -> None:
        first, last = found.get("period_start"), found.get("period_end")
        for name, day in (("period_start", first), ("period_end", last)):
            if day and not EARLIEST <= day < LATEST:
                self.add_error(name, _("Enter a day between 1950 and 2099."))
        if first and last and last < first:
            self.add_error("period_end", _("The last day must not be before the first day."))
        if last and last > timezone.localdate():
            self.add_error("period_end", _("These days are not over yet."))

    def facts(self) -> dict[str, Any]:
        """The columns of the measurement."""
        columns = {field.name for field in Measurement._meta.get_fields()}
        facts = {name: value for name, value in self.cleaned_data.items() if name in columns}
        if self.cleaned_data["printed_name"]:
            facts["reported"] = {
                self.cleaned_data["printed_name"]: str(self.cleaned_data["printed"])
            }
        return facts


class CorrectionForm(FiguresForm):
    """The figures again, and what became of the question."""

    reason = forms.CharField(
        label=_("Answer to the question, for everyone to read"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class VerificationForm(forms.Form):
    """That the figures follow from the evidence."""

    looked = forms.BooleanField(
        label=_("I have read the evidence, and the figures follow from it."),
        error_messages={"required": _("Confirm that you have read the evidence.")},
    )
    note = forms.CharField(
        label=_("Remark, for everyone to read"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class QuestionForm(forms.Form):
    """What is not clear."""

    reason = forms.CharField(
        label=_("Your question, for everyone to read"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
