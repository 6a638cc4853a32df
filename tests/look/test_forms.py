"""Every form of the portal: what its lists say before anything is chosen."""

from importlib import import_module

import pytest
from django import forms
from django.conf import settings
from django.db.models.fields import BLANK_CHOICE_DASH
from django.template import Context, Template
from django.utils import translation

from portal.accounts.models import Department

HOUSES = {"portal", "governance", "datahub", "livinglabs", "evaluation"}
DASHES = BLANK_CHOICE_DASH[0][1]


def forms_of_the_portal():
    """All classes of forms on its pages; those of the administration are Django's own."""
    import_module(settings.ROOT_URLCONF)
    waiting, found = [forms.BaseForm], set()
    while waiting:
        new = waiting.pop().__subclasses__()
        waiting += new
        found |= {kind for kind in new if kind.__module__.partition(".")[0] in HOUSES}
    return sorted(found, key=str)


def fields_of(kind):
    """A form with the fields that ``kind`` declares, whatever it asks for to be made."""
    form = forms.Form()
    form.fields = {name: field.__deepcopy__({}) for name, field in kind.base_fields.items()}
    for field in form.fields.values():
        if isinstance(field, forms.ModelChoiceField) and field.queryset is None:
            field.queryset = Department.objects.none()
    return form


def written(form):
    template = Template("{% include 'components/_form.html' with form=form submit='Send' only %}")
    return template.render(Context({"form": form}))


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["ko", "en"])
def test_no_list_offers_dashes(language):
    with translation.override(language):
        pages = {str(kind): written(fields_of(kind)) for kind in forms_of_the_portal()}

    assert len(pages) > 30
    assert [kind for kind, page in pages.items() if DASHES in page] == []


class SampleForm(forms.Form):
    """Lists whose forms say nothing about their empty choice, and one whose form does."""

    needed = forms.ModelChoiceField(Department.objects.none(), label="Department")
    free = forms.ModelChoiceField(Department.objects.none(), label="Other", required=False)
    fixed = forms.ChoiceField(label="Kind", choices=[*BLANK_CHOICE_DASH, ("a", "First")])
    own = forms.ModelChoiceField(Department.objects.none(), label="Own", empty_label="All of them")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("ko", ["department 고르기", "고르지 않음", "kind 고르기", "All of them"]),
        ("en", ["Choose the department", "Not chosen", "Choose the kind", "All of them"]),
    ],
)
def test_the_empty_choice_says_what_to_do(language, words):
    with translation.override(language):
        page = written(SampleForm())

    assert [said for said in words if f'<option value="" selected>{said}</option>' in page] == words
