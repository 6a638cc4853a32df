"""What people type when they talk, report, decide and appeal, checked for shape only."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal import discretion
from portal.accounts.models import User
from portal.proposals.forms import long_text
from portal.talk.models import Rule, Stance
from portal.talk.models.comments import LONGEST


class People(forms.ModelMultipleChoiceField):
    """People by the names that everyone sees."""

    def label_from_instance(self, obj: Any) -> str:
        return f"@{obj.public_name}"


class CommentForm(discretion.DiscreetForm):
    """A comment with its stance; personal data in it is looked for before it is published."""

    public_words = ("text",)

    stance = forms.ChoiceField(
        label=_("Your stance on the proposal"),
        choices=Stance.choices,
        initial=Stance.NEUTRAL,
        widget=forms.RadioSelect,
    )
    text = long_text(
        _("Your comment"),
        rows=5,
        most=LONGEST,
        help_text=_("Plain text. Web addresses become links. Everyone reads it at once."),
    )
    to = People(
        label=_("Tell these people of the talk"),
        queryset=User.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, people: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if people is None:
            del self.fields["to"]
        else:
            # Nobody outside the talk can be named, whatever is sent.
            self.fields["to"].queryset = people  # type: ignore[attr-defined]


class ReportForm(forms.Form):
    """Which rule something breaks."""

    rule = forms.ChoiceField(
        label=_("Which rule does it break?"), choices=Rule.choices, widget=forms.RadioSelect
    )
    text = long_text(
        _("What should the moderator know?"),
        rows=3,
        most=500,
        required=False,
        help_text=_("Only moderators read this. Your name is not shown to the author."),
    )


class DecisionForm(discretion.DiscreetForm):
    """What a moderator decides about a case."""

    public_words = ("reason",)
    keep_words = discretion.MAY_BE_READ

    HIDE, KEEP = "hide", "keep"

    decision = forms.ChoiceField(
        label=_("Decision"),
        choices=[(KEEP, _("It breaks no rule and stays")), (HIDE, _("It is hidden"))],
        widget=forms.RadioSelect,
    )
    rule = forms.ChoiceField(
        label=_("Rule that is broken"),
        choices=[("", _("No rule")), *Rule.choices],
        required=False,
    )
    reason = long_text(
        _("Reason"), rows=4, most=1000, help_text=_("Everyone reads it in place of the words.")
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("decision") == self.HIDE and not cleaned.get("rule"):
            self.add_error("rule", _("Choose the rule that is broken."))
        return cleaned


class AppealForm(forms.Form):
    """Why hidden words should be shown again."""

    text = long_text(
        _("Why should it be shown again?"),
        rows=5,
        most=1000,
        help_text=_("A moderator who did not decide before reads it. You can appeal once."),
    )


class AppealDecisionForm(discretion.DiscreetForm):
    """What another moderator decides about an appeal."""

    public_words = ("reason",)
    keep_words = discretion.MAY_BE_READ

    RESTORE, UPHOLD = "restore", "uphold"

    decision = forms.ChoiceField(
        label=_("Decision on the appeal"),
        choices=[(RESTORE, _("It is shown again")), (UPHOLD, _("It stays hidden"))],
        widget=forms.RadioSelect,
    )
    reason = long_text(
        _("Reason"), rows=4, most=1000, help_text=_("The author is told, and everyone reads it.")
    )
