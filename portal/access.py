"""Who is asking, and fetching a record for them, or not."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from portal.accounts.models import User


class SignedInRequest(HttpRequest):
    """What a view behind ``@login_required`` receives."""

    user: User


def require(user: User | AnonymousUser, perm: str, thing: Any = None) -> None:
    """Stop with 403 unless ``user`` may do ``perm`` (to ``thing``)."""
    if not user.has_perm(perm, thing):
        raise PermissionDenied


def get_allowed(user: User | AnonymousUser, perm: str, queryset: Any, **lookup: Any) -> Any:
    """Fetch what ``user`` may see, or 404, and may act upon, or 403.

    What a person may not see does not exist for them, so the 404 comes first.
    """
    thing = get_object_or_404(queryset.visible_to(user), **lookup)
    require(user, perm, thing)
    return thing
