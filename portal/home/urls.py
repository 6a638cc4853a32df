"""Addresses of the front page and of the pages that explain."""

from django.urls import path

from portal.home import views

app_name = "home"
urlpatterns = [
    path("", views.front, name="front"),
    path("preferences/", views.preferences, name="preferences"),
    # What watches the portal
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    # Pages that change only with the software
    path("about/", views.explain, {"page": "about"}, name="about"),
    path("help/", views.explain, {"page": "help"}, name="help"),
    path("accessibility/", views.explain, {"page": "accessibility"}, name="accessibility"),
    path("privacy/", views.explain, {"page": "privacy"}, name="privacy"),
    path("terms/", views.explain, {"page": "terms"}, name="terms"),
    path("kiosk/", views.explain, {"page": "kiosk"}, name="kiosk"),
]
