"""What officials type when they answer a proposal, and when they send an answer back."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Department
from portal.discretion import MAY_BE_READ, DiscreetForm
from portal.proposals.domain import answers
from portal.proposals.forms import day_input, long_text
from portal.proposals.models import Answer, Decision, Ground
from portal.typed import PlainText


class RemarkForm(forms.Form):
    """What the approver wants changed."""

    remark = long_text(
        _("Remark"),
        rows=4,
        most=2000,
        help_text=_("Only officials of the department read it."),
    )


class AnswerForm(DiscreetForm, forms.ModelForm):
    """The city's answer: the conclusion first, then why, what is done with it, when and by whom.

    A draft may hold anything; what goes to the approver is looked over for personal data.
    """

    public_words = ("reason", "reflected_ref", "agency")
    keep_words = MAY_BE_READ

    decision = forms.ChoiceField(
        label=_("Conclusion"),
        choices=[(value, Decision(value).label) for value in answers.DECISIONS],
        widget=forms.RadioSelect,
        required=False,
        help_text=_("The answer begins with it."),
    )
    reason = long_text(
        _("Reason"),
        rows=8,
        most=5000,
        required=False,
        help_text=_("In words that a citizen understands, whatever the conclusion."),
    )
    ground = forms.ChoiceField(
        label=_("Ground, where it is not feasible"),
        required=False,
        choices=[
            ("", _("None of these")),
            *[
                (value, Ground(value).label)
                for value in (
                    Ground.NOT_FEASIBLE,
                    Ground.SAME_AS_EARLIER,
                    Ground.RIGHTS_OF_OTHERS,
                    Ground.PRIVATE_PROFIT,
                )
            ],
        ],
    )
    agency = PlainText(
        label=_("Body in charge, where it is not the city's business"),
        max_length=120,
        required=False,
    )
    reflected_ref = PlainText(
        label=_("Where exactly"),
        max_length=300,
        required=False,
        help_text=_("Article of the ordinance, budget line, chapter of the plan, name of the lab."),
    )
    phone = PlainText(label=_("Telephone"), max_length=30, required=False)

    class Meta:
        model = Answer
        fields = answers.WRITTEN
        widgets = {
            "period_from": day_input(),
            "period_to": day_input(),
            "planned_on": day_input(),
            "reflection": forms.RadioSelect,
        }
        labels = {
            "planned_on": _("Done by (planned)"),
            "period_from": _("Period: from"),
            "period_to": _("Period: to"),
            "reflected_in": _("Taken up in"),
        }
        help_texts = {
            "cost_won": _("Whole won, without commas. Leave it empty where nothing is spent."),
            "planned_on": _("Needed for what is accepted: within three years."),
        }

    field_order = [
        "decision",
        "reason",
        "ground",
        "agency",
        "reflection",
        "reflected_in",
        "reflected_ref",
        "planned_on",
        "cost_won",
        "period_from",
        "period_to",
        "office",
        "phone",
    ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        for name in ("decision", "reason", "phone"):
            fields[name].needed = True
        fields["office"].queryset = Department.objects.filter(is_open=True)
        fields["office"].empty_label = None
        fields["reflected_in"].choices = [
            ("", _("Nowhere")),
            *[choice for choice in fields["reflected_in"].choices if choice[0]],
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        begins, ends = cleaned.get("period_from"), cleaned.get("period_to")
        if begins and ends and ends < begins:
            self.add_error("period_to", _("The period ends before it begins."))
        return cleaned

    def is_to_be_published(self) -> bool:
        """Whether it was sent to be put before the approver, not to be kept as a draft."""
        return bool({"propose", "personal"} & set(self.data))
