"""What secretaries and members type, checked for shape only."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from governance.models import Choice, Council, Meeting, Motion, Presence, Seat, Sector
from portal.accounts.models import User
from portal.proposals.forms import PlainText


def long_text(label: Any, *, most: int, required: bool = True, help_text: Any = "") -> PlainText:
    """A field for several sentences."""
    return PlainText(
        label=label,
        max_length=most,
        required=required,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


def choose_from(form: forms.Form, name: str, queryset: QuerySet[Any]) -> None:
    """Offer the rows of ``queryset`` in a field of ``form``."""
    field = form.fields[name]
    if isinstance(field, forms.ModelChoiceField):
        field.queryset = queryset


class ConfirmForm(forms.Form):
    """Nothing to fill in: the press of the button is the answer."""


class SignForm(ConfirmForm):
    """What was read: the digest of the texts on the page, so that nothing else is signed."""

    seen = forms.CharField(max_length=64, widget=forms.HiddenInput)


class ReasonForm(forms.Form):
    """A reason that everyone reads."""

    reason = long_text(_("Reason"), most=500, help_text=_("Everyone can read it."))


class MeetingForm(forms.Form):
    """When and where the council meets."""

    starts_at = forms.DateTimeField(
        label=_("Begins"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=_("Day and time in Seoul, for example 2026-12-22 14:00"),
    )
    place = PlainText(label=_("Place"), max_length=200)
    is_online = forms.BooleanField(label=_("Members may take part by video"), required=False)

    def clean_starts_at(self) -> Any:
        starts_at = self.cleaned_data["starts_at"]
        if starts_at <= timezone.now():
            raise forms.ValidationError(_("Choose a time that is still to come."))
        return starts_at


class AgendaForm(forms.Form):
    """One more point of the agenda: a motion that waits, or anything else."""

    motion = forms.ModelChoiceField(
        Motion.objects.none(),
        label=_("Motion"),
        required=False,
        empty_label=_("No motion: a report or a discussion"),
    )
    title = PlainText(
        label=_("Title of the point"),
        max_length=200,
        required=False,
        help_text=_("May stay empty for a motion: its own title is used."),
    )

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        waiting = Motion.objects.tabled().of_council(meeting.council)
        choose_from(self, "motion", waiting.exclude(items__meeting=meeting))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not data.get("motion") and not data.get("title"):
            raise forms.ValidationError(_("Choose a motion or write a title."))
        return data


class NoticeForm(forms.Form):
    """Why a meeting cannot wait, where the notice comes late."""

    emergency_reason = long_text(
        _("Why it cannot wait"),
        most=500,
        required=False,
        help_text=_("Only where fewer days are left than the council's rule asks for."),
    )


class AttendanceForm(forms.Form):
    """One choice for each seat; its fields are named ``seat_<key>``."""

    def __init__(self, *args: Any, seats: list[Seat], now: dict[int, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for place in seats:
            self.fields[f"seat_{place.pk}"] = forms.ChoiceField(
                label=f"{place.member.name} ({place.sector.name})",
                choices=Presence.choices,
                initial=now.get(place.pk, Presence.ABSENT),
            )

    @property
    def presence(self) -> dict[int, str]:
        """The status of each seat by its key."""
        return {int(name.removeprefix("seat_")): v for name, v in self.cleaned_data.items()}


class MinutesForm(forms.Form):
    """The minutes; they may stay incomplete until they are signed."""

    observers = long_text(
        _("Others who were there"),
        most=2000,
        required=False,
        help_text=_("Officials, experts and visitors. Write “none” if nobody was."),
    )
    proceedings = long_text(_("Order of proceedings"), most=5000, required=False)
    remarks = long_text(_("What was said, in short"), most=20000, required=False)
    decisions = long_text(_("What was decided"), most=5000, required=False)
    votes = long_text(_("How the votes went"), most=5000, required=False)


class TableForm(forms.Form):
    """Which council decides on a proposal, and what exactly."""

    council = forms.ModelChoiceField(Council.objects.standing(), label=_("Council"))
    title = PlainText(label=_("Title of the motion"), max_length=150)
    text = long_text(
        _("What is to be decided"),
        most=3000,
        help_text=_("One clear sentence that members can be for or against."),
    )


class RecusalForm(forms.Form):
    """Who takes no part in a motion, and why. A member who is no secretary can name no other."""

    seat = forms.ModelChoiceField(Seat.objects.none(), label=_("Member"))
    reason = long_text(
        _("Reason"),
        most=500,
        help_text=_("Which interest is touched? Everyone can read it."),
    )

    def __init__(self, *args: Any, motion: Motion, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        seats = motion.council.seats.current().select_related("member", "sector")
        mine = seats.of_member(by)
        names_others = by.has_perm("governance.table_motion")
        choose_from(self, "seat", seats if names_others else mine)
        if not names_others:
            self.fields["seat"].initial = mine.first()


class VoteForm(forms.Form):
    """For, against or abstain. The first press asks again, the second counts."""

    choice = forms.ChoiceField(
        label=_("Your vote"), choices=Choice.choices, widget=forms.RadioSelect
    )
    confirmed = forms.BooleanField(required=False, widget=forms.HiddenInput)


class TieForm(forms.Form):
    """The chair's vote in a tie."""

    choice = forms.ChoiceField(
        label=_("Your casting vote"),
        choices=[(Choice.YES, Choice.YES.label), (Choice.NO, Choice.NO.label)],
        widget=forms.RadioSelect,
    )


class OpenDivisionForm(forms.Form):
    """In which meeting in session the vote is held."""

    meeting = forms.ModelChoiceField(Meeting.objects.none(), label=_("Meeting"))

    def __init__(self, *args: Any, motion: Motion, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = Meeting.objects.coming().filter(items__motion=motion).select_related("council")
        choose_from(self, "meeting", found.distinct())
        self.fields["meeting"].initial = found.first()


class SeatForm(forms.ModelForm):
    """A seat for a person who has an account, found by e-mail address."""

    email = forms.EmailField(
        label=_("E-mail address of the member"),
        help_text=_("The person needs an account in this portal."),
    )
    sector = forms.ModelChoiceField(Sector.objects.all(), label=_("Sector"))

    class Meta:
        model = Seat
        fields = ["sector", "is_ex_officio", "is_chair", "starts_on", "ends_on"]
        widgets = {
            "starts_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "ends_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }

    field_order = ["email", "sector", "is_ex_officio", "is_chair", "starts_on", "ends_on"]

    def clean_email(self) -> str:
        email = self.cleaned_data["email"].lower()
        self.member = User.objects.filter(email=email, is_active=True).first()
        if self.member is None:
            raise forms.ValidationError(_("Nobody has an account with this address."))
        return email

    def _post_clean(self) -> None:
        """Leave the checks of the row to the domain, which says them in sentences."""

    @property
    def written(self) -> dict[str, Any]:
        """The columns of the seat."""
        data = {k: v for k, v in self.cleaned_data.items() if k != "email"}
        return {**data, "member": self.member}


class UnseatForm(ReasonForm):
    """When and why a term ends early."""

    on = forms.DateField(
        label=_("Last day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    field_order = ["on", "reason"]


class MeetingFilterForm(forms.Form):
    """Whose meetings a list shows."""

    council = forms.ModelChoiceField(
        Council.objects.all(),
        label=_("Council"),
        required=False,
        to_field_name="code",
        empty_label=_("All"),
    )


class MotionFilterForm(MeetingFilterForm):
    """Which motions a list shows."""

    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", _("All")), ("undecided", _("Not decided yet")), ("decided", _("Decided"))],
    )
