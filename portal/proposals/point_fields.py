"""The two numbers of a point: pressed on a map, or typed; and the district in which it lies."""

from copy import copy
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from portal.proposals.domain import boundaries, points
from portal.proposals.models import District


def degrees(label: Any, *, most: int) -> forms.FloatField:
    """A field for degrees north (90 at most) or east (180 at most)."""
    return forms.FloatField(
        label=label,
        required=False,
        min_value=-most,
        max_value=most,
        widget=forms.NumberInput(attrs={"step": "any", "inputmode": "decimal"}),
    )


class PointFields(forms.Form):
    """Both numbers of a point within the city, or neither. The map of a page fills them in.

    A form that asks for a district too has it filled in from the point where none was chosen.
    Where another one was chosen, the form comes back once with a question; sent again as it
    is, it passes.
    """

    asks_back = True

    latitude = degrees(_("Latitude (degrees north)"), most=90)
    longitude = degrees(_("Longitude (degrees east)"), most=180)
    # What the question was about when it was asked: nobody is asked the same twice.
    district_meant = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["latitude"].widget.attrs |= {
            "data-point": "latitude",
            "data-home": settings.CITY_POINT,
            "data-bounds": settings.CITY_BOUNDS,
        }
        self.fields["longitude"].widget.attrs["data-point"] = "longitude"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        meant = cleaned.pop("district_meant", "")
        if {"latitude", "longitude"} & set(self.errors):
            return cleaned
        latitude, longitude = cleaned.get("latitude"), cleaned.get("longitude")
        if (latitude is None) != (longitude is None):
            self.add_error("latitude", _("A point needs both numbers, or neither."))
        elif latitude is not None and longitude is not None:
            self._clean_point(latitude, longitude, meant)
        return cleaned

    def _clean_point(self, latitude: float, longitude: float, meant: str) -> None:
        if not points.within_city(latitude, longitude):
            self.add_error(
                "latitude",
                _("This point lies outside the city. Choose one within it, or leave both empty."),
            )
        elif "district" in self.fields and "district" not in self.errors:
            self._clean_district(boundaries.only_one_at(latitude, longitude), meant)

    def _clean_district(self, found: District | None, meant: str) -> None:
        """Fill the district in, or ask about one that is not that of the point."""
        chosen = self.cleaned_data.get("district")
        if found is None or chosen == found:
            return
        if chosen is None:
            self.cleaned_data["district"] = found
            return
        question = f"{chosen.pk}-{found.pk}"
        if not self.asks_back or meant == question:
            return
        # What was sent cannot be changed, a copy of it can.
        data: Any = copy(self.data)
        data[self.add_prefix("district_meant")] = question
        self.data = data
        self.add_error(
            "district",
            _(
                "The point lies in %(found)s, but %(chosen)s is chosen. Choose the right one, or "
                "send it again as it is."
            )
            % {"found": found.name, "chosen": chosen.name},
        )
