"""What acts on its own in a document is seen, in compressed parts too; plain ones pass."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.quarantine.domain import contents
from portal.quarantine.models import Finding
from tests.portal.quarantine.samples import BOMB, HARMFUL, HARMLESS, PLAIN, pdf, stream
from tests.real_input import real_input


@pytest.mark.parametrize("name", HARMLESS)
def test_a_plain_document_passes(name):
    assert contents.look(io.BytesIO(HARMLESS[name]), name) is None


@pytest.mark.parametrize(("finding", "name", "content"), HARMFUL)
def test_what_acts_on_its_own_is_found(finding, name, content):
    assert contents.look(io.BytesIO(content), name) == finding


def test_a_document_that_unfolds_without_end_is_not_unfolded(monkeypatch):
    monkeypatch.setattr(contents, "MOST_UNFOLDED", 1024 * 1024)
    bomb = pdf(b"<< /Length 9 >>\nstream\n" + BOMB + b"\nendstream")

    assert contents.in_pdf(bomb) == Finding.BURSTING
    assert contents.in_pdf(pdf(*[stream(b"\0" * 1024)] * 4)) is None


@given(st.binary(max_size=400), st.sampled_from([".pdf", ".docx", ".hwpx", ".hwp", ".png", ".csv"]))
def test_any_bytes_have_an_answer(content, ending):
    for start in (b"", b"PK\x03\x04", PLAIN):
        assert contents.look(io.BytesIO(start + content), f"a{ending}") in {None, *Finding}


def test_documents_of_cities_pass():
    for path in sorted(real_input("05_kr_open_data").rglob("*.xlsx"))[:3]:
        assert contents.look(io.BytesIO(path.read_bytes()), path.name) is None
