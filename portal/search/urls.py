"""Addresses of the pages."""

from django.urls import path

from portal.search import views

app_name = "search"
# /search/
urlpatterns = [path("", views.find, name="find")]
