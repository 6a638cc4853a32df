"""What officials and authors type while the city examines a proposal, checked for shape only."""

from typing import Any, ClassVar, cast

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.accounts.models import Department, User
from portal.discretion import MAY_BE_READ, DiscreetForm
from portal.proposals.domain import notices
from portal.proposals.forms import ReasonForm, day_input, long_text
from portal.proposals.models import (
    ComplaintKind,
    ExtensionGround,
    Reexamination,
    SupplementGround,
)
from portal.typed import PlainText


class AskSupplementForm(ReasonForm):
    """Why more is asked for, and what exactly."""

    ground = forms.ChoiceField(
        label=_("Ground"),
        choices=SupplementGround.choices,
        initial=SupplementGround.DEFECT,
        widget=forms.RadioSelect,
    )
    reason = long_text(
        _("What is missing"),
        rows=5,
        most=3000,
        help_text=_("Say exactly what is missing. Everyone reads it on the proposal's page."),
    )

    field_order = ["ground", "reason"]


class OfficialField(forms.ModelChoiceField):
    """One official, chosen by name."""

    def label_from_instance(self, obj: User) -> str:
        return obj.name


class AssignForm(forms.Form):
    """Which official of the department deals with a proposal."""

    official = OfficialField(
        label=_("Official"), queryset=User.objects.none(), empty_label=_("Choose an official")
    )

    def __init__(self, *args: Any, proposal: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        official = cast("OfficialField", self.fields["official"])
        official.queryset = notices.officials_of(proposal.department)


class TransferForm(ReasonForm):
    """To which department a proposal goes, and why."""

    department = forms.ModelChoiceField(
        label=_("Department"),
        queryset=Department.objects.filter(is_open=True),
        empty_label=_("Choose a department"),
    )

    field_order = ["department", "reason"]


class ConvertForm(ReasonForm):
    """Which civil complaint a proposal is, and why it is no proposal."""

    kind = forms.ChoiceField(
        label=_("Kind of complaint"), choices=ComplaintKind.choices, widget=forms.RadioSelect
    )

    field_order = ["kind", "reason"]


class AskOpinionsForm(ReasonForm):
    """Which departments, and which agency or expert outside, are asked for an opinion."""

    departments = forms.ModelMultipleChoiceField(
        label=_("Departments"),
        queryset=Department.objects.filter(is_open=True),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Each gets its own question and answers for itself. The clock goes on."),
    )
    outside = PlainText(
        label=_("Agency or expert outside the city"),
        max_length=120,
        required=False,
        help_text=_("The time they need is not counted, three weeks at most."),
    )
    due_on = forms.DateField(
        label=_("Opinion due"),
        widget=day_input(),
        help_text=_("At most three weeks from today."),
    )
    reason = long_text(_("What is asked"), rows=5, most=3000)

    field_order = ["departments", "outside", "due_on", "reason"]

    def __init__(self, *args: Any, proposal: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = cast("forms.ModelMultipleChoiceField[Any]", self.fields["departments"])
        others.queryset = Department.objects.filter(is_open=True).exclude(pk=proposal.department_id)


class VisitForm(DiscreetForm):
    """When and where officials look at the place, and who goes."""

    public_words = ("place", "who")
    keep_words = MAY_BE_READ

    at = forms.DateTimeField(
        label=_("When"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    place = PlainText(label=_("Where"), max_length=200)
    who = PlainText(
        label=_("Who goes"),
        max_length=200,
        help_text=_("Offices and officials; the author may come."),
    )


class FindingForm(DiscreetForm):
    """What was found on the spot."""

    public_words = ("finding",)
    keep_words = MAY_BE_READ

    finding = long_text(_("What was found"), rows=6, most=3000, help_text=_("Everyone reads it."))


class InterimReplyForm(DiscreetForm):
    """How far the examination is."""

    public_words = ("text",)
    keep_words = MAY_BE_READ

    text = long_text(
        _("How far it is"),
        rows=5,
        most=3000,
        help_text=_("What has been examined, what is still open, and what the delay hangs on."),
    )


class ExtendForm(ReasonForm):
    """By how many days an answer comes later, and on which ground of the law."""

    ground = forms.ChoiceField(
        label=_("Ground"),
        choices=ExtensionGround.choices,
        widget=forms.RadioSelect,
        help_text=_("Too much work, or an official who is absent or not named yet, is no ground."),
    )
    days = forms.IntegerField(label=pgettext_lazy("how many", "Days"), min_value=1)

    field_order = ["ground", "days", "reason"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        most = {"days": settings.EXTENSION_DAYS}
        self.fields["days"].help_text = _("At most %(days)s days, once.") % most


class OpinionForm(ReasonForm):
    """What a department or an outsider says when asked."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = _("Opinion")


class ReexaminationForm(ReasonForm):
    """Why the author asks to examine the proposal again."""

    keep_words: ClassVar[Any] = ""

    kind = forms.ChoiceField(label=_("On which ground"), widget=forms.RadioSelect)

    field_order = ["kind", "reason"]

    def __init__(self, *args: Any, open_kinds: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind = cast("forms.ChoiceField", self.fields["kind"])
        kind.choices = [
            (value, label) for value, label in Reexamination.Kind.choices if value in open_kinds
        ]
        kind.initial = next(iter(open_kinds), None)
