"""Joining, leaving, and the managers' list of participants."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_http_methods, require_safe

from livinglabs.domain import participations
from livinglabs.forms.people import JoinForm, RegisterForm
from livinglabs.forms.plans import ConfirmForm
from livinglabs.models import Lab, Participation
from portal.access import SignedInRequest, get_allowed
from portal.asking import Ask, ask, attempt, done, posted
from portal.audit.domain import log
from portal.paging import page_of

JOIN = Ask(
    _lazy("Take part in this lab"),
    _lazy("You can leave again at any time."),
    _lazy("Take part"),
    extra="livinglabs/_consent.html",
)
LEAVE = Ask(
    _lazy("Leave this lab"),
    _lazy(
        "You get no more news of this lab. That someone took part stays in the count of the past."
    ),
    _lazy("Leave the lab"),
    "danger",
)
REGISTER = Ask(
    _lazy("Enter a participant without an account"),
    _lazy("For people who agreed on paper."),
    _lazy("Enter the participant"),
    extra="livinglabs/_consent.html",
)
REMOVE = Ask(
    _lazy("End a participation"),
    _lazy("The contact is erased."),
    _lazy("End the participation"),
    "danger",
)
PER_PAGE = 50
# As the trail keeps it; whoever was looked at reads it in their own language.
PURPOSE = "running the living lab"


@login_required
@require_http_methods(["GET", "POST"])
def join(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take part, having read the consent."""
    lab = get_allowed(request.user, "livinglabs.join_lab", Lab.objects, pk=pk)
    form = JoinForm(posted(request))
    if attempt(
        form, lambda: participations.join(lab, by=request.user, kind=form.cleaned_data["kind"])
    ):
        return done(request, lab, _("You now take part in this lab. Welcome!"))
    return ask(request, lab, JOIN, form)


@login_required
@require_http_methods(["GET", "POST"])
def leave(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take part no longer."""
    lab = get_allowed(request.user, "livinglabs.leave_lab", Lab.objects, pk=pk)
    own = Participation.objects.present().of_person(request.user)
    mine = get_object_or_404(own, lab=lab)
    form = ConfirmForm(posted(request))
    if attempt(form, lambda: participations.leave(mine, by=request.user)):
        return done(request, lab, _("You have left the lab."))
    return ask(request, lab, LEAVE, form)


@login_required
@require_safe
def roster(request: SignedInRequest, pk: int) -> HttpResponse:
    """List names and contacts for those who run the lab; the look is written to the trail."""
    lab = get_allowed(request.user, "livinglabs.see_contacts_lab", Lab.objects, pk=pk)
    log.record_read(lab, by=request.user, purpose=PURPOSE)
    present = lab.participations.present().select_related("user")
    page = page_of(present, ["joined_at", "id"], after=request.GET.get("after", ""), size=PER_PAGE)
    seen = [row.user for row in page if row.user]
    log.record_reads(seen, by=request.user, purpose=PURPOSE)
    return render(request, "livinglabs/participation_list.html", {"lab": lab, "page": page})


@login_required
@require_http_methods(["GET", "POST"])
def register(request: SignedInRequest, pk: int) -> HttpResponse:
    """Enter someone without an account."""
    lab = get_allowed(request.user, "livinglabs.record_lab", Lab.objects, pk=pk)
    form = RegisterForm(posted(request))
    if attempt(form, lambda: participations.register(lab, by=request.user, **form.person)):
        return done(request, "livinglabs:roster", _("The participant is entered."), pk=lab.pk)
    return ask(request, lab, REGISTER, form)


@login_required
@require_http_methods(["GET", "POST"])
def remove(request: SignedInRequest, pk: int, participation_pk: int) -> HttpResponse:
    """End someone's participation, at the person's wish."""
    lab = get_allowed(request.user, "livinglabs.record_lab", Lab.objects, pk=pk)
    theirs = get_object_or_404(lab.participations.present(), pk=participation_pk)
    form = ConfirmForm(posted(request))
    if attempt(form, lambda: participations.leave(theirs, by=request.user)):
        return done(request, "livinglabs:roster", _("The participation has ended."), pk=lab.pk)
    return ask(request, lab, REMOVE, form)
