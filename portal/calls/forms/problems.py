"""A problem as people report it, the steps of officials, and the list that is filtered."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Department, User
from portal.calls.forms.calls import ReasonForm
from portal.calls.models import Problem, ProblemState, Solution
from portal.discretion import DiscreetForm
from portal.images import clean_photo
from portal.proposals.forms import long_text
from portal.proposals.models import Area, District
from portal.proposals.point_fields import PointFields
from portal.typed import PlainText

SORTS = [("weight", _("What citizens put first")), ("new", _("Newest"))]


class FilterForm(forms.Form):
    """Which problems a list shows, and in which order."""

    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", _("All")), *(c for c in ProblemState.choices if c[0] != "received")],
    )
    area = forms.ModelChoiceField(
        Area.objects, label=_("Area"), required=False, empty_label=_("All"), to_field_name="code"
    )
    district = forms.ModelChoiceField(
        District.objects,
        label=_("District"),
        required=False,
        empty_label=_("All"),
        to_field_name="code",
    )
    sort = forms.ChoiceField(label=_("Order"), required=False, choices=SORTS)


class ProblemForm(PointFields, DiscreetForm, forms.ModelForm):
    """What is wrong and where. A district, an address or a point on the map is enough."""

    public_words = ("title", "text", "place", "photo_shows")

    title = PlainText(
        label=_("Title"),
        max_length=100,
        help_text=_("In one sentence. For example: the street lamp by the school is broken"),
    )
    text = long_text(
        _("What is wrong?"),
        rows=5,
        most=3000,
        help_text=_("Since when, and for whom? Leave out names and telephone numbers of others."),
    )
    place = PlainText(
        label=_("Address or name of the place"),
        max_length=200,
        required=False,
        help_text=_("A district, an address or a point on the map: one of them is enough."),
    )
    photo = forms.FileField(
        label=_("Photo"),
        required=False,
        max_length=None,
        allow_empty_file=True,
        widget=forms.ClearableFileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
        help_text=_("The place and the camera that are written in the file are removed."),
    )
    photo_shows = PlainText(
        label=_("What the photo shows"),
        max_length=200,
        required=False,
        help_text=_("For people who do not see it. Needed with a photo."),
    )

    class Meta:
        model = Problem
        fields = ["title", "text", "area", "district", "place", "latitude", "longitude"]

    field_order = [
        "title",
        "text",
        "area",
        "district",
        "place",
        "latitude",
        "longitude",
        "photo",
        "photo_shows",
    ]

    def clean_photo(self) -> Any:
        given = self.cleaned_data["photo"]
        return clean_photo(given) if given else None

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not any((data.get("district"), data.get("place"), data.get("latitude") is not None)):
            self.add_error(
                "place", _("Say where it is: a district, an address or a point on the map.")
            )
        if data.get("photo") and not data.get("photo_shows"):
            self.add_error("photo_shows", _("Say in a few words what the photo shows."))
        if not data.get("photo"):
            data["photo_shows"] = ""
        return data

    @property
    def written(self) -> dict[str, Any]:
        """All columns but the photo."""
        return {name: value for name, value in self.cleaned_data.items() if name != "photo"}


class SharingForm(ReasonForm):
    """Which department takes care, and why."""

    department = forms.ModelChoiceField(
        label=_("Department"), queryset=Department.objects.filter(is_open=True)
    )

    field_order = ["department", "reason"]

    def __init__(self, *args: Any, by: User, problem: Problem, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast("forms.ModelChoiceField[Any]", self.fields["department"])
        own = Department.objects.filter(pk__in=by.departments).first()
        field.initial = problem.area.department_id if problem.area else own


class SolutionForm(DiscreetForm, forms.ModelForm):
    """What a company offers."""

    public_words = ("text",)

    company = PlainText(label=_("Name of the company"), max_length=100)
    text = long_text(_("What you offer"), rows=6, most=3000)
    link = forms.URLField(label=_("Link"), required=False, max_length=300, assume_scheme="https")

    class Meta:
        model = Solution
        fields = ["company", "text", "link"]
