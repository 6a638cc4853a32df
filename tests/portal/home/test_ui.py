"""How values, fields and forms are written."""

from datetime import UTC, date, datetime

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template import Context, RequestContext, Template
from django.utils import translation

from portal import bilingual, written


class SampleForm(forms.Form):
    """One field of each kind that pages use."""

    title = forms.CharField(label="Title", help_text="Short and clear.", max_length=80)
    body = forms.CharField(label="Body", widget=forms.Textarea, max_length=500)
    area = forms.ChoiceField(label="Area", choices=[("a", "Traffic"), ("b", "Welfare")])
    channel = forms.ChoiceField(
        label="Channel", choices=[("web", "Web"), ("counter", "Counter")], widget=forms.RadioSelect
    )
    agreed = forms.BooleanField(label="I agree")
    file = forms.FileField(label="Attachment", required=False)
    token = forms.CharField(widget=forms.HiddenInput, required=False)


def rendered(form, **extra):
    template = Template("{% include 'components/_form.html' with form=form submit='Send' only %}")
    return template.render(Context({"form": form, **extra}))


def test_day_is_written_as_documents_do():
    moment = datetime(2026, 11, 21, 20, 30, tzinfo=UTC)

    with translation.override("ko"):
        assert bilingual.day(date(2026, 3, 5)) == "2026. 3. 5."
        assert bilingual.moment(moment) == "2026. 11. 22. 05:30"
    assert bilingual.day(date(2026, 3, 5)) == "5 March 2026"
    assert bilingual.day(None) == ""


def test_when_names_the_moment_for_machines():
    assert written.when(date(2026, 3, 5)) == '<time datetime="2026-03-05">5 March 2026</time>'
    assert written.when(None) == ""


def test_won_is_grouped_and_named():
    assert written.won(1234000) == "KRW 1,234,000"
    with translation.override("ko"):
        assert written.won(1234000) == "1,234,000원"
    assert written.won(None) == ""


@pytest.mark.parametrize(
    ("size", "words"),
    [(0, "0B"), (17 * 1024, "17KB"), (2_500_000, "2.4MB"), (3 * 1024**3, "3.0GB"), (None, "0B")],
)
def test_file_size_is_short(size, words):
    assert written.file_size(size) == words


def test_form_without_errors_ties_hints_to_fields():
    html = rendered(SampleForm())

    assert 'id="id_title_helptext"' in html
    assert 'aria-describedby="id_title_helptext"' in html
    assert "error-summary" not in html
    assert 'enctype="multipart/form-data"' in html
    assert html.count("<fieldset") == 1
    assert 'data-counter="id_body_counter"' in html


def test_form_with_errors_names_each_field_and_leads_to_it():
    html = rendered(SampleForm({"body": "kept"}))

    assert 'href="#id_title"' in html
    assert 'id="id_title_error"' in html
    assert 'aria-describedby="id_title_helptext id_title_error"' in html
    assert 'aria-invalid="true"' in html
    assert "kept" in html


def test_form_inside_only_still_carries_its_token(rf):
    request = rf.get("/")
    template = Template("{% include 'components/_form.html' with form=form submit='Send' only %}")

    html = template.render(RequestContext(request, {"form": SampleForm()}))

    assert 'name="csrfmiddlewaretoken"' in html


def test_form_escapes_what_was_typed():
    html = rendered(SampleForm({"title": "<script>alert(1)</script>"}))

    assert "<script>" not in html


class OnePage:
    def __init__(self, following):
        self.next = following


@pytest.mark.parametrize(
    ("address", "following", "links"),
    [
        ("/x/?state=open", "", []),
        ("/x/?state=open", "abc", ["?state=open&amp;after=abc"]),
        ("/x/?state=open&after=abc", "", ["?state=open"]),
        ("/x/?state=open&after=abc", "def", ["?state=open", "?state=open&amp;after=def"]),
    ],
)
def test_pagination_keeps_the_rest_of_the_address(rf, address, following, links):
    template = Template("{% include 'components/_pagination.html' with page=page only %}")

    html = template.render(RequestContext(rf.get(address), {"page": OnePage(following)}))

    assert [part.split('"')[0] for part in html.split('href="')[1:]] == links


def test_a_form_shown_again_names_the_file_that_must_be_chosen_again():
    plan = SimpleUploadedFile("도면.pdf", b"%PDF-")

    assert "Choose the file again: 도면.pdf" in rendered(SampleForm({}, {"file": plan}))
    assert "Choose the file again" not in rendered(SampleForm({"title": "x"}, {}))
