"""Addresses of this room; see ``portal.urls``."""

from django.urls import URLPattern

app_name = "following"
urlpatterns: list[URLPattern] = []
