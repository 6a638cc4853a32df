"""Pages on which the secretary keeps the seats of a council."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_http_methods

from governance.domain import councils
from governance.forms import SeatForm, UnseatForm
from governance.models import Council
from portal.access import SignedInRequest, get_allowed
from portal.asking import Ask, ask, attempt, done, posted

SEAT = Ask(
    _lazy("Give someone a seat"),
    _lazy("Name, sector and term of a member are public."),
    _lazy("Give the seat"),
)
UNSEAT = Ask(
    _lazy("End the term of {name}"),
    _lazy("The seat stays in the records. After the last day the member no longer votes."),
    _lazy("End the term"),
    "danger",
)


@login_required
@require_http_methods(["GET", "POST"])
def seat(request: SignedInRequest, code: str) -> HttpResponse:
    council = get_allowed(request.user, "governance.seat_member", Council.objects, code=code)
    form = SeatForm(posted(request))
    if place := attempt(
        form, lambda: councils.seat(council, by=request.user, written=form.written)
    ):
        sentence = _("{name} has a seat in the council.").format(name=place.member.name)
        return done(request, council, sentence)
    return ask(request, council, SEAT, form)


@login_required
@require_http_methods(["GET", "POST"])
def unseat(request: SignedInRequest, code: str, pk: int) -> HttpResponse:
    council = get_allowed(request.user, "governance.unseat_member", Council.objects, code=code)
    place = get_object_or_404(council.seats.visible_to(request.user), pk=pk)
    form = UnseatForm(posted(request))
    if attempt(form, lambda: councils.unseat(place, by=request.user, **form.cleaned_data)):
        return done(request, council, _("The term ends on the day that you chose."))
    return ask(request, council, UNSEAT.of(name=place.member.name), form)
