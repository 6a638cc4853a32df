"""Addresses of the pages about files that are not taken."""

from django.urls import path

from portal.quarantine import views

app_name = "quarantine"
urlpatterns = [
    path("files/refused/", views.refused, name="refused"),
    path("files/refused/<int:pk>/", views.download, name="download"),
    path("files/refused/<int:pk>/where/", views.origin, name="origin"),
]
