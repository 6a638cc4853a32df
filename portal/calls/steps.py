"""One page for every step that a person takes: what it means, what it needs, one button."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from portal.refusals import Refused


@dataclass(frozen=True)
class Ask:
    """The words of a page with a form: what it is, what will happen, the verb on the button."""

    title: Any
    lead: Any
    submit: Any
    tone: str = "primary"
    template: str = "calls/step_form.html"


def posted(request: HttpRequest) -> Any:
    """What was sent, also when it is empty: a button alone is an answer."""
    return request.POST if request.method == "POST" else None


def ask(
    request: HttpRequest, thing: Any, words: Ask, form: BaseForm, **context: Any
) -> HttpResponse:
    """Show the page of a step; what was typed stays."""
    status = 422 if form.errors else 200
    context |= {"thing": thing, "words": words, "form": form}
    return render(request, words.template, context, status=status)


def done(request: HttpRequest, thing: Any, sentence: str) -> HttpResponse:
    """Say what happened and lead on."""
    messages.success(request, sentence)
    return redirect(thing)


def attempt(form: BaseForm, act: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
    """Do ``act`` with a form that is valid; a refusal becomes an error of the form.

    Returns what ``act`` returns (``True`` for nothing), or ``None`` where it was not done.
    """
    if not form.is_valid():
        return None
    try:
        result = act(*args, **kwargs)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return None
    return True if result is None else result
