"""What the maps of forms ask for: well-known points, and the district of a point."""

from django.http import HttpRequest, JsonResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.proposals.domain import boundaries, points


@require_safe
def landmarks(_request: HttpRequest) -> JsonResponse:
    """The well-known points of the city, named in the language of the page, for its maps."""
    english = (get_language() or "ko").startswith("en")
    told = [
        {"name": mark.name_en if english else mark.name_ko, "at": [mark.latitude, mark.longitude]}
        for mark in points.landmarks()
    ]
    return JsonResponse({"landmarks": told})


@require_safe
def district_of_point(request: HttpRequest) -> JsonResponse:
    """The districts of a point, named in the language of the page: two where they meet."""
    try:
        latitude, longitude = (float(request.GET.get(n, "")) for n in ("latitude", "longitude"))
    except ValueError:
        return JsonResponse({"error": _("Give latitude and longitude in degrees.")}, status=400)
    found = boundaries.at(latitude, longitude) if points.within_city(latitude, longitude) else []
    told = [{"id": one.pk, "code": one.code, "name": one.name} for one in found]
    return JsonResponse({"districts": told})
