"""The one shape of all pages that ask for something: a heading, a sentence, a form."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from livinglabs.models import Lab
from portal.refusals import Refused


@dataclass(frozen=True)
class Ask:
    """The words of a page with a form: what it is, what will happen, the verb on the button."""

    title: Any
    lead: Any
    submit: Any
    tone: str = "primary"
    extra: str = ""


def ask(request: HttpRequest, lab: Lab, words: Ask, form: BaseForm, **context: Any) -> HttpResponse:
    """Show the form with its words; what was typed stays."""
    status = 422 if form.errors else 200
    context |= {"lab": lab, "words": words, "form": form}
    return render(request, "livinglabs/lab_ask.html", context, status=status)


def done(request: HttpRequest, lab: Lab, sentence: str) -> HttpResponse:
    """Say what has happened and lead back to the lab."""
    messages.success(request, sentence)
    return redirect(lab)


def attempt(form: BaseForm, act: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
    """Do ``act``; a refusal becomes an error of the form, so that nothing typed is lost."""
    try:
        return act(*args, **kwargs)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return None
