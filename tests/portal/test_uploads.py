"""Files that people hand in: believed by their first bytes, refused with a sentence."""

import hashlib
import io
import unicodedata
import zipfile
from contextlib import suppress

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st

from portal import uploads
from portal.uploads import RandomName, check_upload, clean_name

STARTS = {
    "a.pdf": b"%PDF-1.7\n",
    "a.png": b"\x89PNG\r\n\x1a\n",
    "a.jpg": b"\xff\xd8\xff\xe0",
    "a.jpeg": b"\xff\xd8\xff\xe0",
    "a.hwp": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
}


def file(name, content):
    return SimpleUploadedFile(name, content)


def archive(members=(("a.txt", b"hello"),), **how):
    """The bytes of a zip."""
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in members:
            made.writestr(name, content)
    return memory.getvalue()


def refusal(given, **how):
    """The sentence with which a file is refused."""
    with pytest.raises(ValidationError) as refused:
        check_upload(given, **how)
    return refused.value.messages[0]


@pytest.mark.parametrize("name", STARTS)
def test_a_document_of_its_kind_passes(name):
    content = STARTS[name] + b"the rest"

    checked = check_upload(file(name, content))

    assert (checked.name, checked.size) == (name, len(content))
    assert checked.sha256 == hashlib.sha256(content).hexdigest()


@pytest.mark.parametrize("ending", ["hwpx", "xlsx", "docx"])
def test_an_office_document_passes(ending):
    assert check_upload(file(f"a.{ending}", archive())).size


def test_the_file_is_left_at_its_start():
    given = file("a.pdf", STARTS["a.pdf"] + b"the rest")

    check_upload(given)

    assert given.read().startswith(b"%PDF-")


def test_the_ending_counts_in_any_case():
    assert check_upload(file("A.PDF", STARTS["a.pdf"])).content_type == "application/pdf"


@pytest.mark.parametrize("name", ["a.exe", "a.html", "a.svg", "a.pdf.js", "a", ".pdf", "a.zip"])
def test_another_kind_is_refused_and_the_taken_ones_are_named(name):
    sentence = refusal(file(name, b"%PDF-1.7"))

    assert "Choose one of: .pdf" in sentence


@pytest.mark.parametrize("name", [*STARTS, "a.xlsx"])
def test_a_page_of_html_under_another_name_is_refused(name):
    assert "is not what its name says" in refusal(file(name, b"<html><script>alert(1)</script>"))


def test_an_empty_file_is_refused():
    assert "is empty" in refusal(file("a.pdf", b""))


def test_too_large_a_file_is_refused_with_both_sizes():
    given = file("a.pdf", STARTS["a.pdf"] + b"x" * 3000)

    sentence = refusal(given, max_bytes=2048)

    assert "2.9" in sentence
    assert "2.0" in sentence


def test_a_file_of_just_the_limit_passes():
    content = STARTS["a.pdf"] + b"x"

    assert check_upload(file("a.pdf", content), max_bytes=len(content))


def test_a_broken_archive_is_refused():
    assert "cannot be opened" in refusal(file("a.xlsx", archive()[:30]))


def test_an_archive_that_unfolds_without_end_is_refused():
    bomb = archive([("a.xml", b"\0" * 5_000_000)])

    assert "unfolds to far more" in refusal(file("a.xlsx", bomb))


def test_an_archive_of_very_many_members_is_refused(monkeypatch):
    monkeypatch.setattr(uploads, "ZIP_MAX_FILES", 3)

    assert "unfolds" in refusal(file("a.docx", archive([(f"{n}", b"x") for n in range(4)])))


@given(st.lists(st.tuples(st.integers(40, 400), st.integers(0, 255)), min_size=1, max_size=5))
def test_a_damaged_archive_is_taken_or_refused_with_a_sentence(damages):
    content = bytearray(archive([("한글.txt", b"hello"), ("b.txt", b"x" * 100)]))
    for place, value in damages:
        content[place % len(content)] = value
    content[:4] = b"PK\x03\x04"

    with suppress(ValidationError):
        check_upload(file("a.docx", bytes(content)))


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("보고서.pdf", "보고서.pdf"),
        (unicodedata.normalize("NFD", "보고서.hwp"), "보고서.hwp"),
        ("C:\\Users\\ana\\plan.pdf", "plan.pdf"),
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie: x.pdf"),
        ("plan\u202efdp.exe", "planfdp.exe"),
        ("  a.pdf  ", "a.pdf"),
        ("가" * 300 + ".pdf", "가" * 251 + ".pdf"),
    ],
)
def test_a_name_is_kept_as_people_read_it(given, kept):
    assert clean_name(given) == kept


@given(st.text(max_size=400))
def test_no_name_leads_elsewhere_or_breaks_a_line(given):
    name = clean_name(given)

    assert len(name) <= uploads.MAX_NAME
    assert not set("/\\\r\n\0") & set(name)


@given(st.binary(min_size=1, max_size=200), st.sampled_from(["a.pdf", "a.xlsx", "a.hwp"]))
def test_any_bytes_are_taken_or_refused_with_a_sentence(content, name):
    with suppress(ValidationError):
        assert check_upload(SimpleUploadedFile(name, content)).size == len(content)


def test_files_are_kept_under_random_names():
    where = RandomName("proposals")

    kept = where(None, "../../보고서.pdf")

    assert kept.startswith("proposals/")
    assert kept != where(None, "../../보고서.pdf")
    assert kept.rsplit("/", 1)[-1].isalnum()
    assert RandomName("proposals") == where != RandomName("labs")
