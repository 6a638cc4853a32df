"""Addresses of this room; see ``portal.urls``."""

from django.urls import URLPattern, URLResolver, include, path

from portal.following import views
from portal.proposals import list_views

app_name = "following"

# /me/follows/<pk>/
watch_urls = [
    path("edit/", views.edit, name="edit"),
    path("pause/", views.pause, name="pause"),
    path("resume/", views.resume, name="resume"),
    path("stop/", views.stop, name="stop"),
]

# /me/follows/
own_urls: list[URLPattern | URLResolver] = [
    path("", views.list_own, name="list"),
    path("new/", views.new, name="new"),
    path("<int:pk>/", include(watch_urls)),
    path("proposals/<int:pk>/", views.choose_rhythm, name="rhythm"),
]

urlpatterns = [
    path("me/follows/", include(own_urls)),
    # /p/<reference>/: the lasting address of a proposal, as letters name it
    path("p/<str:reference>/", list_views.permalink, name="permalink"),
]
