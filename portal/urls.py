"""Every address of the portal; the rooms' own lists are included by name."""

from django.contrib import admin
from django.urls import include, path, re_path
from drf_spectacular.views import SpectacularAPIView

from portal import errors
from portal.home.api_docs import api_docs

handler400 = "portal.errors.bad_request"
handler403 = "portal.errors.forbidden"
handler404 = "portal.errors.not_found"
handler500 = "portal.errors.server_error"
handler429 = "portal.errors.too_many_requests"  # asked for by the limits of sign-in

# /api/v1/
api_urls = [
    path("", include("portal.proposals.api_urls")),
    path("", include("portal.calls.api_urls")),
    path("", include("portal.talk.api_urls")),
    path("", include("portal.thresholds.api_urls")),
    path("", include("portal.delivery.api_urls")),
    path("", include("portal.search.api_urls")),
    path("", include("portal.reports.api_urls")),
    path("", include("governance.api_urls")),
    path("", include("datahub.api_urls")),
    path("", include("livinglabs.api_urls")),
    path("", include("evaluation.api_urls")),
]

urlpatterns = [
    path("", include("portal.home.urls")),
    path("proposals/", include("portal.proposals.urls")),
    path("", include("portal.identity.urls")),
    path("", include("portal.writing.urls")),
    path("", include("portal.thresholds.urls")),
    path("", include("portal.delivery.urls")),
    path("", include("portal.talk.urls")),
    path("", include("portal.calls.urls")),
    path("", include("portal.following.urls")),
    path("", include("portal.assisted.urls")),
    path("", include("portal.exports.urls")),
    path("", include("portal.quarantine.urls")),
    path("", include("portal.rights.urls")),
    path("councils/", include("governance.urls")),
    path("labs/", include("livinglabs.urls")),
    path("", include("datahub.urls")),
    path("evaluation/", include("evaluation.urls")),
    path("", include("portal.reports.urls")),
    path("search/", include("portal.search.urls")),
    path("desk/", include("portal.desk.urls")),
    path("audit/", include("portal.audit.urls")),
    path("me/", include("portal.desk.me_urls")),
    path("me/notes/", include("portal.notifications.urls")),
    path("accounts/", include("allauth.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
    path("api/v1/", include(api_urls)),
    path("api/schema/", SpectacularAPIView.as_view(), name="schema"),
    path("api/docs/", api_docs, name="api_docs"),
    path("admin/", admin.site.urls),
    re_path(r"^(?P<path>.*)$", errors.anything_else),
]
