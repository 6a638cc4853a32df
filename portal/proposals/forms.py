"""What people type about proposals, checked for shape only."""

from typing import Any, cast

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from portal.discretion import MAY_BE_READ, DiscreetForm
from portal.proposals.domain import files
from portal.proposals.models import Issue, Proposal
from portal.proposals.point_fields import PointFields
from portal.typed import PlainText
from portal.uploads import DOCUMENTS, check_upload


def long_text(
    label: Any, *, rows: int, most: int, help_text: Any = "", required: bool = True
) -> PlainText:
    """A field for several sentences."""
    return PlainText(
        label=label,
        max_length=most,
        required=required,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


def day_input() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class ProposalForm(PointFields, forms.ModelForm):
    """A proposal as a citizen writes it. A draft may lack anything; publishing may not."""

    title = PlainText(
        label=_("Title"),
        max_length=100,
        help_text=_(
            "Say what you want in one sentence. For example: share the school's car park at night"
        ),
        widget=forms.TextInput(attrs={"data-similar-url": reverse_lazy("proposals:similar")}),
    )
    problem = long_text(
        _("What is the problem?"),
        rows=6,
        most=5000,
        help_text=_("Where, when and for whom? Write as you would tell a neighbour."),
    )
    problem.widget.attrs["data-suggest-url"] = reverse_lazy("proposals:suggestions")
    solution = long_text(
        _("What should be done?"),
        rows=6,
        most=5000,
        help_text=_("Your idea. It need not be finished: officials will examine it."),
    )
    effect = long_text(_("What gets better?"), rows=3, most=3000, required=False)
    place = PlainText(
        label=_("Place"),
        max_length=200,
        required=False,
        help_text=_("An address or a name that people there use."),
    )

    class Meta:
        model = Proposal
        fields = [
            "title",
            "problem",
            "solution",
            "area",
            "issue",
            "district",
            "place",
            "latitude",
            "longitude",
            "effect",
        ]

    def __init__(self, *args: Any, whole: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asks_back = whole
        area, issue, district = (
            cast("forms.ModelChoiceField[Any]", self.fields[name])
            for name in ("area", "issue", "district")
        )
        area.required = True
        issue.queryset = Issue.objects.select_related("area").order_by("area__order", "order")
        area.empty_label = str(_("Choose an area"))
        issue.empty_label = district.empty_label = str(_("Not chosen"))
        if not whole:
            self._ask_nothing_yet()

    def _ask_nothing_yet(self) -> None:
        """Let every field be empty; ``needed`` keeps the mark of those that publishing asks for."""
        fields: dict[str, Any] = self.fields
        for field in fields.values():
            field.needed, field.required = field.required, False

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        issue, area = cleaned.get("issue"), cleaned.get("area")
        if issue and area and issue.area_id != area.pk:
            self.add_error(
                "issue", _("This issue belongs to another area. Choose one of the same area.")
            )
        return cleaned


class AttachmentForm(forms.Form):
    """One file for a proposal."""

    file = forms.FileField(
        label=_("File"),
        max_length=None,
        allow_empty_file=True,
        help_text=_("PDF, HWP, HWPX, Word, Excel or a picture, at most 20 MB."),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        file, self.checked = files.without_traces(file, check_upload(file, kinds=DOCUMENTS))
        return file


class ReasonForm(DiscreetForm):
    """A step with its reason."""

    public_words = ("reason",)
    keep_words = MAY_BE_READ

    reason = long_text(
        _("Reason"), rows=5, most=3000, help_text=_("Everyone reads it on the proposal's page.")
    )


class SupplementForm(DiscreetForm):
    """The supplement that was asked for."""

    public_words = ("text",)

    text = long_text(_("Your supplement"), rows=8, most=5000)
