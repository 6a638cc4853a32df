"""What is handed in, how it is judged, and how a team is made."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.calls.models import Applicant, CallKind, Criterion, Entry, EntryForm, Team, Track, Use
from portal.discretion import DiscreetForm
from portal.proposals.domain import proposals
from portal.proposals.forms import ProposalForm, long_text
from portal.typed import PlainText
from portal.uploads import DOCUMENTS, check_upload

POINTS = [(n, str(n)) for n in range(1, 11)]


class IdeaForm(DiscreetForm, forms.ModelForm):
    """An idea or a prototype, with a link or a file."""

    public_words = ("title", "text")

    title = PlainText(label=_("Title"), max_length=100)
    text = long_text(_("Description"), rows=8, most=5000)
    organisation = PlainText(
        label=_("Company or institute"),
        max_length=100,
        required=False,
        help_text=_("Shown beside the entry."),
    )
    form = forms.ChoiceField(
        label=_("What you hand in"),
        choices=[c for c in EntryForm.choices if c[0] != EntryForm.PROPOSAL],
        widget=forms.RadioSelect,
        initial=EntryForm.IDEA,
    )
    link = forms.URLField(
        label=_("Link"),
        required=False,
        max_length=300,
        assume_scheme="https",
        help_text=_("Where a prototype or slides can be seen."),
    )
    file = forms.FileField(
        label=_("File"),
        required=False,
        max_length=None,
        allow_empty_file=True,
        help_text=_("PDF, HWP, HWPX, Word, Excel or a picture, at most 20 MB."),
    )

    class Meta:
        model = Entry
        fields = ["form", "title", "text", "organisation", "link"]

    field_order = ["form", "title", "text", "organisation", "link", "file"]

    def __init__(self, *args: Any, track: Track, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].required = track.applicant != Applicant.CITIZEN
        if track.applicant == Applicant.CITIZEN:
            del self.fields["organisation"]
        if track.call.kind == CallKind.HACKATHON:
            self.fields["form"].initial = EntryForm.PROTOTYPE
        self.kept: tuple[Any, Any] | None = None

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file:
            self.kept = (file, check_upload(file, kinds=DOCUMENTS))
        return file

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        shown = data.get("link") or data.get("file") or self.instance.file or self.errors
        if data.get("form") == EntryForm.PROTOTYPE and not shown:
            self.add_error("link", _("A prototype is shown by a link or a file."))
        return data


class CallProposalForm(ProposalForm, DiscreetForm):
    """A proposal to a call: whole at once."""

    public_words = proposals.TEXTS


class UseForm(forms.Form):
    """What became of an entry."""

    use = forms.ChoiceField(
        label=_("What becomes of it"), choices=Use.choices, widget=forms.RadioSelect
    )
    used_in = long_text(
        _("Where it is used, or why not"),
        rows=4,
        most=3000,
        help_text=_("A plan and its section, a budget line, a lab. Everyone reads it."),
    )


class AwardForm(forms.Form):
    """Which place's prize an entry gets where several share a place."""

    place = forms.TypedChoiceField(label=_("Prize"), coerce=int, required=False, empty_value=None)

    def __init__(self, *args: Any, track: Track, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = [(p.place, _("Place {place}").format(place=p.place)) for p in track.prizes.all()]
        field: Any = self.fields["place"]
        field.choices = [("", _("No prize")), *places]


class ScoreForm(forms.Form):
    """One to ten for each criterion, with the weight that the call gives it."""

    comment = long_text(_("Comment"), rows=4, most=2000, required=False)

    def __init__(self, *args: Any, weights: dict[str, int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in Criterion.values:
            label = _("{criterion} ({weight} percent)")
            self.fields[name] = forms.TypedChoiceField(
                label=label.format(criterion=Criterion(name).label, weight=weights[name]),
                choices=[("", _("Choose from 1 (weak) to 10 (strong)")), *POINTS],
                coerce=int,
            )
        self.order_fields([*Criterion.values, "comment"])

    @property
    def points(self) -> dict[str, int]:
        return {name: self.cleaned_data[name] for name in Criterion.values}


class TeamForm(forms.Form):
    """A new team."""

    track = forms.ModelChoiceField(Track.objects.none(), label=_("Track"))
    name = PlainText(label=_("Name of the team"), max_length=60)

    def __init__(self, *args: Any, tracks: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["track"]
        field.queryset, field.initial = tracks, tracks.first()


class InviteForm(forms.Form):
    """Whom a team invites."""

    email = forms.EmailField(
        label=_("E-mail address"),
        required=False,
        help_text=_("Leave empty to get a code that you hand over yourself."),
    )


class ShareForm(forms.Form):
    """How the members of a team share work and prize."""

    def __init__(self, *args: Any, team: Team, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for row in team.memberships.present().select_related("person"):
            self.fields[f"member_{row.pk}"] = forms.IntegerField(
                label=row.person.public_name,
                min_value=0,
                max_value=100,
                initial=row.share,
                help_text=_("Percent"),
            )

    @property
    def percent(self) -> dict[int, int]:
        """The share of each member by the number of the row."""
        found = self.cleaned_data.items()
        return {int(name.removeprefix("member_")): value for name, value in found}
