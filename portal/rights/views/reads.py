"""Who looked at my data."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from portal.access import SignedInRequest
from portal.rights.domain import reads


@login_required
@never_cache
@require_GET
def own(request: SignedInRequest) -> HttpResponse:
    told, page = reads.of(request.user, after=request.GET.get("after", ""))
    return render(request, "rights/read_list.html", {"reads": told, "page": page})
