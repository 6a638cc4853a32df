"""Addresses of steps and duties."""

from django.urls import path

from portal.thresholds import views

app_name = "thresholds"

# /thresholds/ and /duties/
urlpatterns = [
    path("thresholds/", views.show, name="show"),
    path("duties/<int:pk>/", views.fulfil, name="fulfil"),
]
