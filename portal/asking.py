"""The shape of every page that asks for something: words, a form, an act, and the way on.

A view fetches the thing, makes its form and says what to do::

    if attempt(form, lambda: labs.stop(lab, by=request.user, **form.cleaned_data)):
        return done(request, lab, _("The lab has stopped."))
    return ask(request, lab, STOP, form)

Nothing typed is ever lost: wrong input comes back with 422, a refused step with 409, both with
the form and the reason above it.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.forms import BaseForm, BaseFormSet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from portal.refusals import Refused
from portal.typed import FIRST_YEAR, LAST_YEAR, is_strange_day, plain_fields

REFUSED = "refused"


@dataclass(frozen=True)
class Ask:
    """The words of a page with a form: what it is, what will happen, the verb on the button.

    The page is the app's ``ask.html``, which says where it hangs; ``template`` names another.
    ``extra`` is a fragment to be read before the form.
    """

    title: Any
    lead: Any
    submit: Any
    tone: str = "primary"
    extra: str = ""
    template: str = ""

    def of(self, **facts: Any) -> "Ask":
        """The same words with ``facts`` in the places that title and lead keep for them."""
        title, lead = str(self.title).format(**facts), str(self.lead).format(**facts)
        return replace(self, title=title, lead=lead)


def posted(request: HttpRequest) -> Any:
    """What was sent, as plain text, also when it is empty: a button alone is an answer."""
    return plain_fields(request.POST) if request.method == "POST" else None


def attempt(form: BaseForm, act: Callable[[], Any], *, field: str | None = None) -> Any:
    """Do ``act`` if the form is valid; a refusal becomes an error of the form.

    Where only what was typed into ``field`` can be refused, the sentence stands there.

    Returns what ``act`` returns (``True`` where that is empty), or ``None`` where it was not done.
    """
    if not form.is_valid() or _names_strange_days(form):
        return None
    try:
        result = act()
    except Refused as refusal:
        form.add_error(field, ValidationError(str(refusal), code=REFUSED))
        return None
    return result or True


def _names_strange_days(form: BaseForm) -> bool:
    """Refuse days in years that nobody means: of each field that holds one."""
    values = getattr(form, "cleaned_data", {})
    strange = [name for name, value in values.items() if is_strange_day(value)]
    for name in strange:
        form.add_error(
            name if name in form.fields else None,
            _("Enter a day between %(first)s and %(last)s.")
            % {"first": FIRST_YEAR, "last": LAST_YEAR},
        )
    return bool(strange)


def done(request: HttpRequest, to: Any, sentence: str, **where: Any) -> HttpResponse:
    """Say what happened and lead to a thing, or to the page named ``to`` with its arguments."""
    messages.success(request, sentence)
    return redirect(to, **where)


def form_page(request: HttpRequest, template: str, form: BaseForm, **context: Any) -> HttpResponse:
    """Show a page with its form; the status tells whether a form on it is wrong."""
    others = [other for other in context.values() if isinstance(other, BaseForm | BaseFormSet)]
    status = status_of(form, *others)
    return render(request, template, {"form": form, **context}, status=status)


def ask(
    request: HttpRequest, thing: Any, words: Ask, form: BaseForm, **context: Any
) -> HttpResponse:
    """Show the page of a step on ``thing``, to which it leads ``back``; what was typed stays."""
    app = request.resolver_match.app_name if request.resolver_match else ""
    context = {"thing": thing, "words": words, **context}
    context.setdefault("back", thing and thing.get_absolute_url())
    return form_page(request, words.template or f"{app}/ask.html", form, **context)


def is_refused(form: BaseForm) -> bool:
    """Whether what was asked is not possible now, however well the form was filled in."""
    return form.has_error(NON_FIELD_ERRORS, REFUSED)


def status_of(form: BaseForm, *others: Any) -> int:
    """200 for forms that ask, 409 for a step that was refused, 422 for input that is wrong."""
    asked = (form, *others)
    if any(isinstance(each, BaseForm) and is_refused(each) for each in asked):
        return 409
    return 422 if any(each.is_bound and not each.is_valid() for each in asked) else 200
