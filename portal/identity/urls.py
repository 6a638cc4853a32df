"""Addresses of a person's own identity, and of the register behind it."""

from django.urls import path
from django.views.generic import RedirectView

from portal.identity import views

app_name = "identity"

urlpatterns = [
    # /me/identity/
    path("me/identity/", views.overview, name="overview"),
    path("me/identity/register/", views.by_register, name="register"),
    path("me/identity/code/", views.by_code, name="code"),
    path("me/identity/external/", views.external, name="external"),
    # Nobody signs in with the identity service, so there is nothing to connect.
    path("accounts/3rdparty/", RedirectView.as_view(pattern_name="identity:overview")),
    # /identity/
    path("identity/register/", views.load_register, name="load_register"),
    path("identity/revoke/", views.revoke, name="revoke"),
]
