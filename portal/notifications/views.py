"""A person's notes and how they arrive."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from portal import errors
from portal.access import SignedInRequest
from portal.accounts.models import User
from portal.asking import form_page, posted
from portal.notifications.domain import notes
from portal.notifications.forms import PreferenceForm
from portal.notifications.models import Note, Preference
from portal.paging import page_of


@login_required
@require_GET
def list_own(request: SignedInRequest) -> HttpResponse:
    found = Note.objects.for_person(request.user)
    page = page_of(found, ["created_at", "id"], after=request.GET.get("after", ""))
    return render(request, "notifications/note_list.html", {"page": page})


@login_required
@require_POST
def open_note(request: SignedInRequest, pk: int) -> HttpResponse:
    """Mark a note as read and lead to what it tells of."""
    note = notes.read(get_object_or_404(Note.objects.for_person(request.user), pk=pk))
    return redirect(note.url or "notifications:list")


@login_required
@require_POST
def read_all(request: SignedInRequest) -> HttpResponse:
    notes.read_all(request.user)
    return redirect("notifications:list")


@login_required
@require_http_methods(["GET", "POST"])
def preference(request: SignedInRequest) -> HttpResponse:
    own = Preference.objects.filter(user=request.user).first()
    form = PreferenceForm(posted(request), instance=own)
    if form.is_valid():
        notes.choose(request.user, form.cleaned_data["rhythm"])
        messages.success(request, _("Your choice is kept."))
        return redirect("notifications:list")
    return form_page(request, "notifications/note_preference.html", form)


@csrf_exempt
@require_http_methods(["GET", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Stop mail by one click, signed in or not. A mail program posts here (RFC 8058)."""
    try:
        person = notes.person_of(token)
    except (signing.BadSignature, User.DoesNotExist):
        return errors.broken_link(request)
    if request.method == "POST":
        notes.unsubscribe(person)
    return render(
        request, "notifications/note_unsubscribe.html", {"done": request.method == "POST"}
    )
