"""The work list: all that waits for the person who looks."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from portal.access import SignedInRequest
from portal.desk.domain import desk


@login_required
@require_GET
def show(request: SignedInRequest) -> HttpResponse:
    lists = desk.of(request.user)
    waiting = [found for found in lists if found.count]
    done = [found for found in lists if not found.count]
    return render(request, "desk/desk.html", {"waiting": waiting, "done": done})


@login_required
@require_GET
def whole(request: SignedInRequest, key: str) -> HttpResponse:
    """One work list to its end, page by page."""
    queue = desk.named(key, request.user)
    if queue is None:
        raise Http404
    page = desk.page_of(queue, request.user, after=request.GET.get("after", ""))
    context = {"queue": queue, "count": queue.count(request.user), "page": page}
    return render(request, "desk/work_list.html", context)
