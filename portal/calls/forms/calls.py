"""The plan of a call, its prizes, its jury, and the list that is filtered."""

from typing import Any, cast

from django import forms
from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Department, User
from portal.calls.models import EVENTS, Applicant, Call, CallKind, CallState, Criterion, Track
from portal.proposals.forms import long_text
from portal.typed import PlainText

DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
MOMENT = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
DAYS = {
    "opens_at": MOMENT,
    "closes_at": MOMENT,
    "judged_by": DATE,
    "results_by": DATE,
    "event_on": DATE,
    "event_ends_on": DATE,
}
WHOLE = 100
TEAM_SIZE = _("A team has between 1 and 50 people.")
MOST_PLACES = 3


class FilterForm(forms.Form):
    """Which calls a list shows."""

    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", _("All")), *(c for c in CallState.choices if c[0] != CallState.DRAFT)],
    )
    kind = forms.ChoiceField(
        label=_("Kind"), required=False, choices=[("", _("All")), *CallKind.choices]
    )
    applicant = forms.ChoiceField(
        label=_("For whom"), required=False, choices=[("", _("All")), *Applicant.choices]
    )


class DatedForm(forms.ModelForm):
    """The days of a call, which follow each other."""

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        self._check_dates(data)
        self._check_event(data)
        return data

    def _check_dates(self, data: dict[str, Any]) -> None:
        opens, closes = data.get("opens_at"), data.get("closes_at")
        judged, results = data.get("judged_by"), data.get("results_by")
        if opens and closes and closes <= opens:
            self.add_error("closes_at", _("A call closes after it opens."))
        if closes and judged and judged < timezone.localdate(closes):
            self.add_error("judged_by", _("Judging ends after the call closes."))
        if judged and results and results < judged:
            self.add_error("results_by", _("Results come after judging."))

    def _check_event(self, data: dict[str, Any]) -> None:
        first, last = data.get("event_on"), data.get("event_ends_on")
        if data.get("kind", self.instance.kind) not in EVENTS:
            return
        if not (first and last):
            self.add_error("event_on", _("Name the first and the last day of the event."))
        elif not 0 <= (last - first).days <= 1:
            self.add_error("event_ends_on", _("An ideathon or hackathon lasts two days at most."))


class CallForm(DatedForm):
    """The plan of a call."""

    title = PlainText(label=_("Title"), max_length=100)
    topic = PlainText(
        label=_("Topic"),
        max_length=200,
        required=False,
        help_text=_("Needed where ideas on a given topic are asked for."),
    )
    text = long_text(
        _("What the call asks"),
        rows=8,
        most=5000,
        help_text=_("What the city looks for, who may take part, and what happens with the ideas."),
    )
    applicants = forms.MultipleChoiceField(
        label=_("Tracks: for whom"),
        choices=Applicant.choices,
        widget=forms.CheckboxSelectMultiple,
        initial=[Applicant.CITIZEN],
        help_text=_("Each track is judged and awarded by itself."),
    )

    class Meta:
        model = Call
        fields = [
            "kind",
            "title",
            "topic",
            "text",
            "area",
            "department",
            "supporting",
            *DAYS,
            "place",
            "team_size",
            *Criterion.values,
        ]
        widgets = {**DAYS, "supporting": forms.CheckboxSelectMultiple}
        labels = {
            "department": _("Department in charge"),
            "supporting": _("Departments that help"),
        }
        help_texts = {
            "department": _("Exactly one answers for the call. Everyone sees which."),
            "event_on": _("Only for ideathons and hackathons: two days at most."),
            "feasibility": _("The five weights are 100 percent together."),
        }

    field_order = ["kind", "title", "topic", "text", "applicants"]

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        department = cast("forms.ModelChoiceField[Any]", self.fields["department"])
        department.queryset = Department.objects.filter(pk__in=by.departments)
        department.initial = department.queryset.first()
        supporting = cast("forms.ModelChoiceField[Any]", self.fields["supporting"])
        supporting.queryset = Department.objects.filter(is_open=True)
        supporting.required = False
        size = self.fields["team_size"]
        size.validators += [MinValueValidator(1, TEAM_SIZE), MaxValueValidator(50, TEAM_SIZE)]
        size.widget.attrs |= {"min": 1, "max": 50}

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("kind") == CallKind.TOPIC and not data.get("topic"):
            self.add_error("topic", _("Name the topic."))
        weights = [data[name] for name in Criterion.values if data.get(name) is not None]
        if len(weights) == len(Criterion.values) and sum(weights) != WHOLE:
            self.add_error("feasibility", _("The five weights must be 100 together."))
        return data


class PrizeForm(forms.Form):
    """The prizes of one track, first place first."""

    def __init__(self, *args: Any, track: Track, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        least, most = f"{settings.CALL_PRIZE_LEAST:,}", f"{settings.CALL_PRIZE_MOST:,}"
        words = _("A prize is between {least} and {most} won.").format(least=least, most=most)
        now = {prize.place: prize.amount for prize in track.prizes.all()}
        for place in range(1, MOST_PLACES + 1):
            self.fields[f"place_{place}"] = forms.IntegerField(
                label=_("Prize for place {place}, in won").format(place=place),
                required=False,
                initial=now.get(place),
                min_value=settings.CALL_PRIZE_LEAST,
                max_value=settings.CALL_PRIZE_MOST,
                help_text=words if place == 1 else _("Leave empty where there is none."),
                error_messages={"min_value": words, "max_value": words},
            )

    @property
    def amounts(self) -> list[int]:
        """The amounts that were named, in the order of the places."""
        return [amount for amount in self.cleaned_data.values() if amount]


class JurorForm(forms.Form):
    """Who judges which track."""

    track = forms.ModelChoiceField(Track.objects.none(), label=_("Track"))
    email = forms.EmailField(
        label=_("E-mail address"), help_text=_("The address of the person's account here.")
    )

    def __init__(self, *args: Any, call: Call, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        track = cast("forms.ModelChoiceField[Any]", self.fields["track"])
        track.queryset, track.initial = call.tracks.all(), call.tracks.first()

    def clean_email(self) -> User:
        person = User.objects.filter(
            email__iexact=self.cleaned_data["email"], is_active=True
        ).first()
        if person is None:
            raise forms.ValidationError(_("Nobody here has this address."))
        return person


class ReasonForm(forms.Form):
    """A step with its reason."""

    reason = long_text(_("Reason"), rows=5, most=3000, help_text=_("Everyone reads it."))


class RedateForm(DatedForm):
    """Other days for a call, with the reason."""

    reason = long_text(_("Reason"), rows=4, most=3000, help_text=_("Everyone reads it."))

    class Meta:
        model = Call
        fields = list(DAYS)
        widgets = DAYS

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance.is_event:
            del self.fields["event_on"], self.fields["event_ends_on"]


class ResultsForm(forms.Form):
    """What came of a call, for everyone to read."""

    results = long_text(
        _("What came of the call"),
        rows=8,
        most=5000,
        help_text=_("How many took part, what the jury thought, and what the city does next."),
    )


class ConfirmForm(forms.Form):
    """A step that needs a press of the button and nothing else."""
