"""What people type about their rights: consents, requests, and answers to them."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.accounts import forms as accounts_forms
from portal.accounts.models import User
from portal.rights.domain import consents
from portal.rights.models import About, Channel, DataRequest, RequestKind, RequestState, Wording

OUTCOMES = (RequestState.GRANTED, RequestState.PARTLY, RequestState.REFUSED)


def offered() -> list[tuple[str, str]]:
    """The optional purposes with their title and aim, for boxes to tick."""
    return [
        (standing.purpose.code, f"{standing.wording.title}: {standing.wording.aim}")
        for standing in consents.standings()
    ]


class SignupForm(accounts_forms.SignupForm):
    """The questions of sign-up, with each optional purpose as a box of its own, none ticked."""

    consents = forms.MultipleChoiceField(
        label=_("Optional: further uses of your data"),
        help_text=_(
            "You may leave each box empty; the portal works the same. "
            "You may take your consent back at any time on your own page."
        ),
        required=False,
        choices=offered,
        widget=forms.CheckboxSelectMultiple,
    )

    field_order = [*accounts_forms.SignupForm.field_order, "consents"]

    def by_law(self) -> list[Wording]:
        """What is handled by law, which is shown and not asked."""
        return consents.by_law()

    def signup(self, request: Any, user: User) -> None:
        """Called by allauth once the account exists."""
        super().signup(request, user)
        consents.decide(user, self.cleaned_data["consents"], channel=Channel.SIGN_UP)


class ConsentForm(forms.Form):
    """One box for each optional purpose, ticked where the person agrees today."""

    def __init__(self, *args: Any, standings: list[consents.Standing], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for standing in standings:
            self.fields[standing.purpose.code] = forms.BooleanField(
                label=gettext("I agree: {title}").format(title=standing.wording.title),
                required=False,
                initial=standing.consent is not None,
            )

    def chosen(self) -> list[str]:
        return [code for code, ticked in self.cleaned_data.items() if ticked]


class AskForm(forms.ModelForm):
    """A request about one's own data."""

    kind = forms.ChoiceField(
        label=_("what you ask for"), choices=RequestKind, widget=forms.RadioSelect
    )
    about = forms.ChoiceField(label=_("which data"), choices=About, widget=forms.RadioSelect)

    class Meta:
        model = DataRequest
        fields = ["kind", "about", "wish", "new_value"]
        help_texts = {
            "wish": _("Say it in your own words. Never enter a resident number."),
            "new_value": _("For a correction: how it should read."),
        }

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        corrects = given.get("kind") == RequestKind.CORRECTION
        if corrects and not (given.get("new_value") or given.get("wish")):
            self.add_error("new_value", _("Say how it should read."))
        if not corrects and given.get("about") == About.OTHER and not given.get("wish"):
            self.add_error("wish", _("Say what exactly you mean."))
        return given


class AnswerForm(forms.Form):
    """The city's answer to a request about personal data."""

    outcome = forms.ChoiceField(
        label=_("Answer"),
        choices=[(state.value, state.label) for state in OUTCOMES],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("What was done, or why not"),
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    remedy = forms.CharField(
        label=_("What can be done against it"),
        max_length=2000,
        required=False,
        help_text=_("Needed where the request is not granted in full; the person reads it."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["remedy"].initial = gettext(
            "You may object to the city within 30 days. You may also turn to the Personal "
            "Information Dispute Mediation Committee (1833-6972) or the Personal Information "
            "Infringement Report Center (118)."
        )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("outcome") != RequestState.GRANTED and not given.get("remedy"):
            self.add_error("remedy", _("Say what the person can do against the answer."))
        return given


class SureForm(forms.Form):
    """A step that is taken by a button alone."""
