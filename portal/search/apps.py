"""The search: one index over everything public that the rooms register."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "portal.search"
    label = "search"
