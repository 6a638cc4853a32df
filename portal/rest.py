"""The few habits that all API endpoints share."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework.pagination import CursorPagination
from rest_framework.permissions import SAFE_METHODS, BasePermission


class ReadOnlyUnlessAllowed(BasePermission):
    """Reading is for everyone; whoever writes must have signed in, and the view asks the rules."""

    message = _("Please sign in first.")

    def has_permission(self, request: Any, view: Any) -> bool:
        return request.method in SAFE_METHODS or bool(
            request.user and request.user.is_authenticated
        )


class KeysetPagination(CursorPagination):
    """Pages by position, not by number: as fast at depth as at the top."""

    ordering = "-pk"
    page_size_query_param = "page_size"
    max_page_size = 100
