"""The two numbers of a point: pressed on a map, or typed."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from portal.proposals.domain import points


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
    """Both numbers of a point within the city, or neither. The map of a page fills them in."""

    latitude = degrees(_("Latitude (degrees north)"), most=90)
    longitude = degrees(_("Longitude (degrees east)"), most=180)

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
        if {"latitude", "longitude"} & set(self.errors):
            return cleaned
        latitude, longitude = cleaned.get("latitude"), cleaned.get("longitude")
        if (latitude is None) != (longitude is None):
            self.add_error("latitude", _("A point needs both numbers, or neither."))
        elif (
            latitude is not None
            and longitude is not None
            and not points.within_city(latitude, longitude)
        ):
            self.add_error(
                "latitude",
                _("This point lies outside the city. Choose one within it, or leave both empty."),
            )
        return cleaned
