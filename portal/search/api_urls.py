"""Addresses for programs."""

from django.urls import path

from portal.search import api

# /api/v1/search/
urlpatterns = [path("search/", api.SearchView.as_view(), name="search")]
