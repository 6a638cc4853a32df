"""Addresses of public data as files; see ``portal.urls``."""

from django.urls import path

from portal.exports import views

app_name = "exports"

# /exports/
urlpatterns = [
    path("exports/", views.list_files, name="list"),
    path("exports/<str:day>/", views.day, name="day"),
    path("exports/<str:day>/<str:name>", views.file, name="file"),
]
