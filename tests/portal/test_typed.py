"""What people type, before any form reads it, and days that nobody means."""

from datetime import date, datetime

import pytest
from django import forms
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from portal.asking import attempt, posted
from portal.typed import plain


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("한글", "한글"),
        ("ㅎㅏㄴ\u1112\u1161\u11ab", "ㅎㅏㄴ한"),
        ("앞\u202e뒤\u2066", "앞뒤"),
        ("👩\u200d👩\u200d👧", "👩\u200d👩\u200d👧"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("\u3164\u200b\u2060\u00a0", ""),
        ("\x01\x02", ""),
        ("", ""),
    ],
)
def test_typed_letters_stay_and_tricks_do_not(typed, kept):
    assert plain(typed) == kept


@given(st.text())
def test_plain_text_is_plain_for_good(text):
    assert plain(plain(text)) == plain(text)


def test_what_shows_nothing_counts_as_empty_in_any_form(rf):
    class Asked(forms.Form):
        name = forms.CharField()

    form = Asked(posted(rf.post("/", {"name": "\u3164"})))

    assert form.errors["name"] == ["This field is required."]


@pytest.mark.parametrize("typed", ["1899-12-31", "2100-01-01", "0001-01-01", "9999-12-31"])
@pytest.mark.parametrize("field", [forms.DateField, forms.DateTimeField])
def test_a_day_that_nobody_means_is_not_taken(field, typed):
    done = []
    form = type("Asked", (forms.Form,), {"day": field()})(QueryDict(f"day={typed}"))

    answer = attempt(form, lambda: done.append(1))

    assert answer is None
    assert done == []
    assert form.errors["day"] == ["Enter a day between 1900 and 2099."]


@pytest.mark.parametrize("day", [date(1900, 1, 1), datetime(2099, 12, 31, 23, 59)])  # noqa: DTZ001
def test_a_day_at_the_edge_is_taken(day):
    form = type("Asked", (forms.Form,), {"day": forms.CharField()})(QueryDict("day=x"))
    form.full_clean()
    form.cleaned_data["day"] = day

    assert attempt(form, lambda: "done") == "done"
