"""Addresses of a person's notes."""

from django.urls import path

from portal.notifications import views

app_name = "notifications"

# /me/notes/
urlpatterns = [
    path("", views.list_own, name="list"),
    path("<int:pk>/open/", views.open_note, name="open"),
    path("read-all/", views.read_all, name="read_all"),
    path("preference/", views.preference, name="preference"),
    path("unsubscribe/<str:token>/", views.unsubscribe, name="unsubscribe"),
]
