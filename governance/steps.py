"""One page for every step that a person takes: what it means, what it needs, one button."""

from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render


def posted(request: HttpRequest) -> Any:
    """What was sent, also when it is empty: a button alone is an answer."""
    return request.POST if request.method == "POST" else None


def ask(request: HttpRequest, thing: Any, form: BaseForm, **words: Any) -> HttpResponse:
    """Show the page of a step; ``words`` are ``title``, ``lead``, ``submit``, perhaps ``tone``."""
    context = {"thing": thing, "form": form, **words}
    return render(request, "governance/step_form.html", context)


def done(request: HttpRequest, thing: Any, sentence: str) -> HttpResponse:
    """Say what happened and lead back."""
    messages.success(request, sentence)
    return redirect(thing)
