"""What somebody wants to hear of, as typed: conditions, maybe a circle, and how to be told."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Department
from portal.following.models import Centre, Watch
from portal.proposals.domain import places
from portal.proposals.models import Area, District, Rhythm

RADII = [
    ("", _("No circle")),
    ("500", _("500 m")),
    ("1000", _("1 km")),
    ("2000", _("2 km")),
    ("3000", _("3 km")),
    ("5000", _("5 km")),
]


class RhythmForm(forms.Form):
    """How somebody is told of a proposal that they follow."""

    tells = forms.ChoiceField(
        label=_("How do you want to be told?"), choices=Rhythm, widget=forms.RadioSelect
    )


class WatchForm(forms.Form):
    """All conditions may stay empty: then it is every proposal of the city."""

    name = forms.CharField(
        label=_("What you call it"),
        max_length=100,
        required=False,
        help_text=_("For example: parking near me. Left empty, it is named after its conditions."),
    )
    words = forms.CharField(label=_("Words"), max_length=200, required=False)
    area = forms.ModelChoiceField(
        Area.objects.all(), required=False, label=_("Area"), empty_label=_("Any area")
    )
    district = forms.ModelChoiceField(
        District.objects.all(), required=False, label=_("District"), empty_label=_("Any district")
    )
    department = forms.ModelChoiceField(
        Department.objects.filter(is_open=True),
        required=False,
        label=_("Department"),
        empty_label=_("Any department"),
    )
    call_id = forms.TypedChoiceField(
        label=_("Call for ideas"), required=False, coerce=int, empty_value=None
    )
    radius = forms.TypedChoiceField(
        label=_("Only within a circle of this radius"),
        choices=RADII,
        required=False,
        coerce=int,
        empty_value=None,
    )
    centre = forms.ModelChoiceField(
        Centre.objects.all(),
        required=False,
        label=_("Centre of the circle, from a list"),
        empty_label=_("The point typed or chosen on the map"),
    )
    latitude = forms.FloatField(
        label=_("Latitude of the centre"), required=False, min_value=-90, max_value=90
    )
    longitude = forms.FloatField(
        label=_("Longitude of the centre"), required=False, min_value=-180, max_value=180
    )
    tells = forms.ChoiceField(
        label=_("How do you want to be told?"),
        choices=Watch.Tells,
        widget=forms.RadioSelect,
        initial=Watch.Tells.PORTAL,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("latitude", "longitude"):
            self.fields[name].widget.attrs["step"] = "any"
        calls = places.calls()
        field: Any = self.fields["call_id"]
        field.choices = [("", _("Any call, or none")), *((pk, c.name) for pk, c in calls.items())]
        if not calls:
            del self.fields["call_id"]

    def clean_words(self) -> str:
        return " ".join(self.cleaned_data["words"].split())

    def clean(self) -> dict[str, Any]:
        cleaned = cast("dict[str, Any]", super().clean() or self.cleaned_data)
        centre = cleaned.pop("centre", None)
        if centre is not None:
            cleaned["latitude"], cleaned["longitude"] = centre.latitude, centre.longitude
        point = (cleaned.get("latitude"), cleaned.get("longitude"))
        if not cleaned.get("radius"):
            cleaned |= {"radius": None, "latitude": None, "longitude": None}
        elif None in point and not self.errors:
            self.add_error("centre", _("Choose a centre from the list, or give a point."))
        return cleaned

    def asked(self) -> dict[str, Any]:
        """What ``domain.watches`` takes; without a name it is called after its conditions."""
        asked = dict(self.cleaned_data)
        asked["name"] = asked["name"].strip() or Watch(**{**asked, "name": ""}).described[:100]
        return asked
