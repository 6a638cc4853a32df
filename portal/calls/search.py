"""Calls and local problems as the search finds them."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from portal.calls.models import Call, Problem
from portal.registry import SearchSource


def of_call(call: Call) -> dict[str, Any]:
    """The words of a call: what is asked, and what came of it."""
    return {
        "title": call.title,
        "body": f"{call.topic}\n{call.text}\n{call.place}\n{call.results}",
        "url": call.get_absolute_url(),
        "created_at": call.created_at,
    }


def of_problem(problem: Problem) -> dict[str, Any]:
    """The words of a problem: its own, its place, and what the city said last."""
    return {
        "title": problem.title,
        "body": f"{problem.text}\n{problem.where}\n{problem.reason}",
        "url": problem.get_absolute_url(),
        "created_at": problem.created_at,
    }


SOURCES = [
    SearchSource(
        key="call",
        label=_("Calls for ideas"),
        queryset=Call.objects.public,
        changed_at="changed_at",
        to_document=of_call,
    ),
    SearchSource(
        key="problem",
        label=_("Local problems"),
        queryset=lambda: Problem.objects.public().select_related("district"),
        changed_at="changed_at",
        to_document=of_problem,
    ),
]
