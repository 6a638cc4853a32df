"""What a clerk types for a citizen, checked for shape only."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.assisted.domain.entries import Visit
from portal.assisted.models import CHANNELS, Consent, Shown
from portal.discretion import DiscreetForm
from portal.identity.forms import AccountField, FactsForm
from portal.proposals.domain import proposals
from portal.proposals.forms import ProposalForm
from portal.uploads import check_upload

SCANS = ("pdf", "png", "jpeg")
MOST_LINES = 200


class PastDateField(forms.DateField):
    """A day that is not in the future."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def clean(self, value: Any) -> Any:
        day = super().clean(value)
        if day and day > timezone.localdate():
            raise forms.ValidationError(_("This day has not come yet."))
        return day


class VisitForm(FactsForm):
    """How a citizen came, consented and showed who they are."""

    channel = forms.ChoiceField(
        label=gettext_lazy("How the citizen came"), choices=CHANNELS, widget=forms.RadioSelect
    )
    shown = forms.ChoiceField(
        label=gettext_lazy("What the citizen showed"),
        choices=Shown,
        widget=forms.RadioSelect,
        help_text=gettext_lazy("Look at it and give it back. No copy, no number."),
    )
    consent_how = forms.ChoiceField(
        label=gettext_lazy("How the citizen consented"), choices=Consent, widget=forms.RadioSelect
    )
    consent_on = PastDateField(label=gettext_lazy("Consented on"), initial=timezone.localdate)
    reason = forms.CharField(
        label=gettext_lazy("Why a clerk enters it"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("For example: no computer at home. Not shown in public."),
    )

    field_order = [
        "channel",
        "shown",
        "name",
        "birth_date",
        "district",
        "consent_how",
        "consent_on",
        "reason",
    ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Name of the citizen")
        for name in ("birth_date", "district"):
            self.fields[name].required = False
            self.fields[name].help_text = _("Needed where the citizen showed who they are.")

    def clean_birth_date(self) -> Any:
        return super().clean_birth_date() if self.cleaned_data["birth_date"] else None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("shown") not in {None, Shown.NOTHING}:
            for name in ("birth_date", "district"):
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, _("Type it as it stands on what was shown."))
        return cleaned

    @property
    def visit(self) -> Visit:
        """What was typed, once the form is valid."""
        given = self.cleaned_data
        is_known = given["shown"] != Shown.NOTHING
        return Visit(
            channel=given["channel"],
            consent_on=given["consent_on"],
            consent_how=given["consent_how"],
            shown=given["shown"],
            name=given["name"],
            reason=given["reason"],
            facts=self.facts if is_known else None,
        )


class VerificationForm(VisitForm):
    """Whose account is verified at the counter."""

    account = AccountField(label=gettext_lazy("E-mail address of the account"))

    field_order = ["account", *VisitForm.field_order]


class WrittenForm(ProposalForm, DiscreetForm):
    """A proposal as the citizen told it."""

    public_words = proposals.TEXTS
    keep_words = gettext_lazy("They are the citizen's own, who wants them read: go on")


class SheetForm(forms.Form):
    """A sheet of signatures as it lies on the counter."""

    received_on = PastDateField(label=gettext_lazy("Received on"), initial=timezone.localdate)
    lines_on_paper = forms.IntegerField(
        label=gettext_lazy("Signatures on the sheet"), min_value=1, max_value=MOST_LINES
    )
    scan = forms.FileField(
        label=gettext_lazy("Scan of the sheet"),
        required=False,
        help_text=gettext_lazy("PDF, PNG or JPEG. Only clerks and the audit office see it."),
    )

    def clean_scan(self) -> Any:
        file = self.cleaned_data["scan"]
        self.checked = check_upload(file, kinds=SCANS) if file else None
        return file


class LinesForm(forms.Form):
    """Signatures as they are typed, one a line."""

    lines = forms.CharField(
        label=gettext_lazy("Signatures"),
        max_length=20_000,
        help_text=gettext_lazy(
            "One a line: name, birth date, district. For example: 홍길동, 1980-01-02, 원미구"
        ),
        widget=forms.Textarea(attrs={"rows": 12}),
    )

    def clean_lines(self) -> str:
        lines = self.cleaned_data["lines"]
        if len(lines.splitlines()) > MOST_LINES:
            raise forms.ValidationError(_("Type at most 200 lines at a time."))
        return lines


class ReceiptForm(forms.Form):
    """The code of a receipt."""

    code = forms.CharField(
        label=gettext_lazy("Code on the receipt"),
        max_length=40,
        help_text=gettext_lazy("Capital or small letters and hyphens make no difference."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
