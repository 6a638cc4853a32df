"""What people enter to have a report made or a file checked."""

import re
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from portal import registry
from portal.refusals import Refused
from portal.reports import periods

SHA256 = re.compile(r"[0-9a-f]{64}")
MOST_BYTES = 50 * 1024 * 1024


def kinds() -> list[tuple[str, Any]]:
    return [(kind.key, kind.title) for kind in registry.report_kinds]


class FilterForm(forms.Form):
    """What the list shows."""

    kind = forms.ChoiceField(label=_("Report"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = cast("forms.ChoiceField", self.fields["kind"])
        choice.choices = [("", _("All reports")), *kinds()]


class RunForm(forms.Form):
    """Which report, and on what period."""

    kind = forms.ChoiceField(label=_("Report"), choices=kinds)
    period = forms.CharField(
        label=_("Period"),
        max_length=10,
        help_text=_(
            "A day like 2026-11-23, a week like 2026-W47, a month like 2026-10 or a quarter like "
            "2026-Q3. The report of a day may be made before the day ends."
        ),
    )

    def clean(self) -> dict[str, Any]:
        """Read the period in the form that the report asks for."""
        found = super().clean() or {}
        kind = registry.report_kinds.get(found.get("kind", ""))
        if kind and found.get("period"):
            try:
                found["period"] = periods.parse(found["period"], kind.every)
            except Refused as refusal:
                self.add_error("period", str(refusal))
        return found


class ReasonForm(forms.Form):
    """Why a published report needs a new edition."""

    reason = forms.CharField(
        label=_("What was wrong"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Everyone can read this reason in the audit trail."),
    )


class VerifyForm(forms.Form):
    """A file, or the SHA-256 of one."""

    file = forms.FileField(
        label=_("The file"),
        required=False,
        help_text=_("It is looked at and not kept. At most 50 MB."),
    )
    sha256 = forms.CharField(
        label=_("Or its SHA-256"),
        required=False,
        max_length=200,
        help_text=_("64 digits and letters, as “sha256sum” prints them."),
    )

    def clean_sha256(self) -> str:
        """Take the hash out of what was pasted: spaces and a file's name may be around it."""
        text = self.cleaned_data["sha256"].strip().lower()
        found = SHA256.search(text)
        if text and not found:
            raise ValidationError(_("A SHA-256 has 64 digits and letters from a to f."))
        return found[0] if found else ""

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        file = found.get("file")
        if file and file.size > MOST_BYTES:
            self.add_error("file", _("The file is larger than 50 MB. Paste its SHA-256 instead."))
        if not self.errors and not file and not found.get("sha256"):
            raise ValidationError(_("Choose a file or paste a SHA-256."))
        return found
