"""How values, fields and links are written on every page."""

from typing import Any
from urllib.parse import urlencode

from django import template
from django.db.models.fields import BLANK_CHOICE_DASH
from django.forms import (
    BoundField,
    CheckboxInput,
    CheckboxSelectMultiple,
    ModelChoiceField,
    RadioSelect,
    Select,
)
from django.forms.widgets import Input, Textarea
from django.middleware.csrf import get_token
from django.template import Context, RequestContext
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from portal import asking, bilingual, unsent, written
from portal.accounts.browsers import known_as
from portal.paging import first_page

register = template.Library()
DASHES = BLANK_CHOICE_DASH[0][1]

for write in (bilingual.day, bilingual.moment, written.won, written.file_size, written.ending):
    register.filter(write)
register.simple_tag(written.when)
register.filter(known_as)
register.filter(asking.is_refused)


@register.simple_tag
def begin_url(title: str, source: str) -> str:
    """The address at which a proposal begins from a page of this portal."""
    return f"{reverse('calls:begin')}?{urlencode({'title': title, 'source': source})}"


@register.filter
def before_colon(label: object) -> str:
    """A label as it stands before a colon: without what ends it as a question or a sentence."""
    return str(label).rstrip(" .?!:")


@register.filter
def chosen_before(field: BoundField) -> str:
    """Name the files that a form shown again was sent with: the browser has let go of them."""
    files = field.form.files
    given = (
        files.getlist(field.html_name)
        if hasattr(files, "getlist")
        else [files.get(field.html_name)]
    )
    return ", ".join(str(file.name) for file in given if file)


@register.filter
def widget(field: BoundField) -> SafeString:
    """Render a form field's control with the classes of the design system."""
    css = {Select: "krds-form-select", Textarea: "krds-input", Input: "krds-input"}
    kind = field.field.widget
    names = next((name for base, name in css.items() if isinstance(kind, base)), "")
    given = kind.attrs.get("class", "")
    attrs: dict[str, str | bool] = (
        {"class": f"{names} {given}".strip()} if names and not is_check(field) else {}
    )
    if isinstance(kind, Textarea) and kind.attrs.get("data-most", kind.attrs.get("maxlength")):
        attrs["data-counter"] = f"{field.auto_id}_counter"
    if isinstance(kind, Select):
        _say_what_to_choose(field)
    return field.as_widget(attrs=attrs)


def _say_what_to_choose(field: BoundField) -> None:
    """Put words where a form left the framework's dashes as the empty choice."""
    asked: Any = field.field
    words = _("Not chosen")
    if asked.required or getattr(asked, "needed", False):
        words = _("Choose the {name}").format(name=str(field.label).lower())
    if isinstance(asked, ModelChoiceField):
        asked.empty_label = words if asked.empty_label == DASHES else asked.empty_label
    else:
        choices = asked.widget.choices
        asked.widget.choices = [(v, words if said == DASHES else said) for v, said in choices]


@register.filter
def is_check(field: BoundField) -> bool:
    """Say whether the field is a single box to tick, whose label stands after it."""
    return isinstance(field.field.widget, CheckboxInput)


@register.filter
def is_choice_list(field: BoundField) -> bool:
    """Say whether the field is a group of radio buttons or boxes."""
    return isinstance(field.field.widget, (RadioSelect, CheckboxSelectMultiple))


@register.simple_tag(takes_context=True)
def form_token(context: Context) -> SafeString | str:
    """Write the hidden token of a form, also inside ``{% include … only %}``."""
    request = getattr(context, "request", None)
    if request is None:
        return ""
    return format_html(
        '<input type="hidden" name="csrfmiddlewaretoken" value="{}">', get_token(request)
    )


@register.simple_tag(takes_context=True)
def typed_texts(context: Context) -> list[str]:
    """The words of a form that was sent and not taken, also inside ``{% include … only %}``."""
    request = getattr(context, "request", None)
    return unsent.texts(request) if request else []


@register.simple_tag(takes_context=True)
def page_of_thing(context: Context) -> str:
    """The page of what a form was about that was not taken, also inside ``include … only``."""
    request = getattr(context, "request", None)
    return unsent.page_of_thing(request) if request else ""


@register.simple_tag(takes_context=True)
def first_page_query(context: Context) -> str:
    """Return the query of this list's first page, or nothing while standing on it."""
    request = getattr(context, "request", None)
    return first_page(request) if request else ""


@register.simple_tag(takes_context=True)
def is_here(context: Context, url: str) -> bool:
    """Say whether the page shown is at ``url`` (its query apart)."""
    request: Any = getattr(context, "request", None)
    return request is not None and request.path == str(url).partition("?")[0]


@register.simple_tag(takes_context=True)
def home_section(context: RequestContext, section: dict[str, Any]) -> str:
    """Render what a room adds to the front page, with its own template and names."""
    return render_to_string(section["template"], section["context"], request=context.request)
