"""What I follow: look, add, change, pause, go on, stop."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from portal.access import SignedInRequest, get_allowed, require
from portal.asking import Ask, ask, attempt, done, form_page, posted
from portal.following.domain import watches
from portal.following.forms import RhythmForm, WatchForm
from portal.following.models import Watch
from portal.proposals.domain import proposals
from portal.proposals.domain.choices import Choice
from portal.proposals.models import Follow

MOST_PROPOSALS = 100
LEAD = _lazy(
    "You hear of a proposal when it meets all conditions that you set. Leave the rest empty."
)
NEW = Ask(_lazy("Follow something new"), LEAD, _lazy("Follow"))
EDIT = Ask(_lazy("Change what I follow"), LEAD, _lazy("Keep the change"))
CONDITIONS = ("words", "area", "district", "department", "call_id", "latitude", "longitude")
FIELDS = ("name", *CONDITIONS, "tells")


@login_required
@require_GET
def list_own(request: SignedInRequest) -> HttpResponse:
    """Show all that I follow, with what each of them asks for and how it is told."""
    mine = Watch.objects.visible_to(request.user).for_pages()
    followed = Follow.objects.filter(person=request.user).select_related("proposal")
    context = {
        "watches": mine[: watches.MOST_OF_A_PERSON],
        "followed": followed.order_by("-pk")[:MOST_PROPOSALS],
    }
    return render(request, "following/watch_list.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def new(request: SignedInRequest) -> HttpResponse:
    """Begin to follow; the address may bring what was chosen in the list of proposals."""
    require(request.user, "following.add_watch")
    form = WatchForm(posted(request), initial=_chosen(request))
    if attempt(form, lambda: watches.begin(by=request.user, asked=form.asked())):
        return done(request, "following:list", _("Kept. We tell you as you chose."))
    return ask(request, None, NEW, form, back=reverse("following:list"))


@login_required
@require_http_methods(["GET", "POST"])
def edit(request: SignedInRequest, pk: int) -> HttpResponse:
    watch = get_allowed(request.user, "following.change_watch", Watch.objects, pk=pk)
    known: dict[str, Any] = {name: getattr(watch, name) for name in FIELDS}
    form = WatchForm(posted(request), initial={**known, "radius": str(watch.radius or "")})
    if attempt(form, lambda: watches.change(watch, by=request.user, asked=form.asked())):
        return done(request, "following:list", _("Your change is kept."))
    return ask(request, None, EDIT, form, back=reverse("following:list"))


@login_required
@require_http_methods(["GET", "POST"])
def choose_rhythm(request: SignedInRequest, pk: int) -> HttpResponse:
    """Choose how I am told of a proposal that I follow."""
    follows = Follow.objects.select_related("proposal")
    follow = get_allowed(request.user, "following.change_follow", follows, proposal=pk)
    form = RhythmForm(posted(request), initial={"tells": follow.tells})
    if attempt(
        form,
        lambda: proposals.tell_in_rhythm(follow, by=request.user, tells=form.cleaned_data["tells"]),
    ):
        return done(request, "following:list", _("Kept. We tell you as you chose."))
    return form_page(request, "following/follow_edit.html", form, follow=follow)


@login_required
@require_POST
def pause(request: SignedInRequest, pk: int) -> HttpResponse:
    watch = get_allowed(request.user, "following.change_watch", Watch.objects, pk=pk)
    watches.pause(watch, by=request.user)
    return done(request, "following:list", _("Paused. Nothing is told until you go on."))


@login_required
@require_POST
def resume(request: SignedInRequest, pk: int) -> HttpResponse:
    watch = get_allowed(request.user, "following.change_watch", Watch.objects, pk=pk)
    watches.resume(watch, by=request.user)
    return done(request, "following:list", _("You are told again from now on."))


@login_required
@require_POST
def stop(request: SignedInRequest, pk: int) -> HttpResponse:
    watch = get_allowed(request.user, "following.change_watch", Watch.objects, pk=pk)
    watches.stop(watch, by=request.user)
    said = _("You no longer follow “%(name)s”.") % {"name": watch.name}
    return done(request, "following:list", said)


def _chosen(request: HttpRequest) -> dict[str, Any]:
    """The choices that the address brings, as the form's first values."""
    choice = Choice.from_query(request.GET.dict())
    places = {
        "area": choice.area,
        "district": choice.district,
        "department": choice.department,
        "call_id": choice.call,
    }
    return {"words": choice.q} | {name: place.pk for name, place in places.items() if place}
