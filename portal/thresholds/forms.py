"""What officials fill in about duties, merges and rules that they try out."""

import re
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Department, User
from portal.discretion import MAY_BE_READ, DiscreetForm
from portal.proposals.models import Proposal, Visibility
from portal.thresholds.domain.simulator import Pool, Rule
from portal.thresholds.models import Effect, Panel, PanelItem
from portal.thresholds.scopes import Scope

LONGEST = timedelta(days=5 * 366)
# Of a proposal that has no reference of its own.
PLAIN_NUMBER = re.compile(r"[0-9]{1,18}")


class DutyForm(DiscreetForm):
    """What was done to meet a duty."""

    public_words = ("what",)
    keep_words = MAY_BE_READ

    what = forms.CharField(
        label=_("What was done"),
        max_length=3000,
        strip=True,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("When and where, with what result. Everyone reads it."),
    )


class ReasonForm(DiscreetForm):
    """Why a step is taken."""

    public_words = ("reason",)
    keep_words = MAY_BE_READ

    reason = forms.CharField(
        label=_("Reason"),
        max_length=3000,
        strip=True,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Everyone reads it."),
    )


class MergeForm(ReasonForm):
    """With which other proposal one is to be merged, by its number."""

    other = forms.CharField(
        label=_("Number of the other proposal"),
        max_length=60,
        help_text=_("It stands under the title of each proposal."),
    )

    field_order = ["other", "reason"]

    def clean_other(self) -> Any:
        number = self.cleaned_data["other"]
        by = {"pk": number} if PLAIN_NUMBER.fullmatch(number) else {"reference": number}
        found = Proposal.objects.public().filter(**by).first()
        if found is None:
            raise forms.ValidationError(_("There is no public proposal with this number."))
        return found


class RuleForm(forms.Form):
    """One step that is tried out. An empty row is no step."""

    supports = forms.IntegerField(label=_("People"), min_value=1, max_value=10_000_000)
    days = forms.IntegerField(label=_("Within days"), min_value=1, max_value=3650, required=False)
    districts = forms.IntegerField(
        label=_("In districts"), min_value=0, max_value=100, required=False
    )
    effect = forms.ChoiceField(label=_("What follows"), choices=Effect.choices)
    department = forms.TypedChoiceField(
        label=_("Owed by"), coerce=int, empty_value=None, required=False
    )


class RuleForms(
    forms.formset_factory(  # type: ignore[misc]  # a class that is made when this is read
        RuleForm, extra=0, max_num=6, absolute_max=7, validate_max=True
    )
):
    """The steps that are tried out, and one row to add another."""

    @classmethod
    def data_of(cls, rules: Sequence[Rule]) -> dict[str, str]:
        """The fields as a page would send them for ``rules``."""
        data = {"form-TOTAL_FORMS": str(len(rules) + 1), "form-INITIAL_FORMS": "0"}
        for place, rule in enumerate(rules):
            for name in ("supports", "days", "districts", "effect", "department"):
                data[f"form-{place}-{name}"] = str(getattr(rule, name) or "")
        return data

    @cached_property
    def departments(self) -> list[tuple[str, str]]:
        """Who may owe what a step asks for: the one in charge of the proposal, or one by name."""
        found = Department.objects.filter(is_open=True).order_by("code")
        named = [(str(department.pk), department.name) for department in found]
        return [("", gettext("the department in charge")), *named]

    def add_fields(self, form: forms.Form, index: int | None) -> None:
        """Let a row without a number of people be empty, and offer the departments."""
        super().add_fields(form, index)
        owed_by: Any = form.fields["department"]
        owed_by.choices = self.departments
        key = f"{self.prefix}-{index}-supports"
        form.empty_permitted = form.empty_permitted or not self.data.get(key)
        if form.empty_permitted:
            form.fields["supports"].required = form.fields["effect"].required = False

    @property
    def rules(self) -> list[Rule]:
        """The steps that were filled in, fewest people first."""
        filled = [row for row in self.cleaned_data if row.get("supports")]
        rules = [
            Rule(
                row["supports"],
                row["effect"],
                row["days"],
                row["districts"] or 0,
                row["department"],
            )
            for row in filled
        ]
        return sorted(rules, key=lambda rule: rule.supports)


class TryForm(forms.Form):
    """The proposals of which period a rule is tried out on."""

    since = forms.DateField(
        label=_("Published from"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    until = forms.DateField(
        label=_("Published before"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    pool = forms.TypedChoiceField(
        label=_("Tried out on"), coerce=Pool, empty_value=None, required=False
    )

    def __init__(self, *args: Any, pools: Sequence[Pool], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["pool"]
        field.choices = [(pool.value, pool.label) for pool in pools]
        if len(pools) == 1:
            del self.fields["pool"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and not since < until <= since + LONGEST:
            raise forms.ValidationError(_("The period must be one day to five years long."))
        return cleaned


class ScopeForm(forms.Form):
    """For which proposals steps are tried out."""

    scope = forms.ChoiceField(label=_("For which proposals"))

    def __init__(self, *args: Any, scopes: Sequence[Scope], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["scope"]
        field.choices = [(scope.key, scope.title) for scope in scopes]


class ChangeForm(ReasonForm):
    """From when on other steps are to hold, and why."""

    valid_from = forms.DateField(
        label=_("Holds from"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("For proposals published on that day or later."),
    )

    field_order = ["valid_from", "reason"]


class DecisionForm(ReasonForm):
    """Whether a change is approved, and why."""

    act = forms.ChoiceField(
        label=_("Decision"),
        choices=[("approve", _("Approve it")), ("reject", _("Do not approve it"))],
        widget=forms.RadioSelect,
    )

    field_order = ["act", "reason"]


class AnnounceForm(forms.Form):
    """For which month a panel is announced, and whose numbers will be taken."""

    month = forms.DateField(
        label=_("A day of the month"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    source = forms.CharField(
        label=_("From where the public numbers will be taken"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Nobody can know or choose them today. The draw takes the first that come."),
    )

    USUAL_SOURCE = _(
        "The six winning numbers, without the bonus number, of the first Lotto 6/45 draw on "
        "or after the day of the draw (dhlottery.co.kr)"
    )


class DrawForm(forms.Form):
    """The public numbers of a draw."""

    randomness = forms.CharField(
        label=_("Public numbers"),
        max_length=200,
        help_text=_("Their order makes no difference."),
    )


class MarkForm(forms.Form):
    """Which proposals a member of a panel wants lifted."""

    chosen = forms.ModelMultipleChoiceField(
        label=_("Proposals that should be lifted to the next step"),
        queryset=PanelItem.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, panel: Panel, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["chosen"]
        shown = panel.items.filter(proposal__visibility=Visibility.PUBLIC)
        offered = shown.exclude(proposal__author=by).select_related("proposal")
        field.queryset = offered
        field.label_from_instance = lambda item: item.proposal.title
        field.initial = offered.filter(marks__member__person=by)
