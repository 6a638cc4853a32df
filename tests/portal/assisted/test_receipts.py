"""The life of a receipt's code, and the page where anyone looks it up."""

import io
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from portal.assisted.domain import entries, receipts
from portal.assisted.models import Entry
from portal.identity.domain import hashes
from portal.refusals import Refused
from tests.portal.assisted.conftest import visit


@pytest.fixture
def entry(clara, written):
    """A proposal that a clerk entered."""
    return entries.enter_proposal(visit(), by=clara, written=written)


def expired(entry):
    Entry.objects.update(entered_at=timezone.now() - timedelta(days=1096))
    return receipts.code_of(entry)


def of_another_purpose(entry):
    Entry.objects.update(lookup_hash=hashes.code("verify", receipts.code_of(entry)))
    return receipts.code_of(entry)


def under_another_key(entry):
    Entry.objects.update(lookup_hash=hashes.keyed("code:receipt", "another"))
    return receipts.code_of(entry)


@pytest.mark.parametrize(
    "spoil",
    [
        expired,
        of_another_purpose,
        under_another_key,
        lambda entry: str(entry.uuid),
        lambda entry: "",
        lambda entry: "%",
        lambda entry: hashes.fresh_code(),
    ],
)
def test_the_life_of_a_receipt(entry, spoil):
    typed = spoil(entry)

    with pytest.raises(Refused, match="No receipt"):
        receipts.find(typed)


def test_a_receipt_may_be_looked_up_again_and_again(entry):
    code = receipts.code_of(entry)

    assert receipts.find(code) == receipts.find(code)


def test_anyone_with_the_code_sees_the_state(client, entry):
    page = client.post(reverse("assisted:look_up"), {"code": receipts.code_of(entry)})

    assert "Gathering support" in page.text
    assert entry.proposal.title in page.text
    assert "표본녀" not in page.text
    assert "no-store" in page["Cache-Control"]


def test_a_wrong_code_says_so_and_is_kept_in_the_field(client, entry):
    page = client.post(reverse("assisted:look_up"), {"code": "ABCD-EFGH"})

    assert "No receipt has this code" in page.text
    assert "ABCD-EFGH" in page.text


def test_looking_up_is_limited_per_address(client, entry):
    address = reverse("assisted:look_up")

    answers = [client.post(address, {"code": "ABCD"}).status_code for _time in range(11)]

    assert answers == [422] * 10 + [429]
    assert client.get(address).status_code == 200


def test_a_hidden_proposal_is_not_named(client, entry):
    type(entry.proposal).objects.filter(pk=entry.proposal.pk).update(visibility="hidden")

    page = client.post(reverse("assisted:look_up"), {"code": receipts.code_of(entry)})

    assert "Not public at the moment" in page.text
    assert entry.proposal.title not in page.text


@pytest.mark.parametrize(("language", "word"), [("ko", "접수증"), ("en", "Receipt")])
def test_the_receipt_on_paper_speaks_the_citizens_language(client, clara, entry, language, word):
    entry.citizen.language = language
    entry.citizen.save()
    client.force_login(clara)

    answer = client.get(reverse("assisted:receipt_pdf", args=[entry.pk]))

    paper = PdfReader(io.BytesIO(answer.content))
    words = "".join(page.extract_text() for page in paper.pages)
    assert receipts.code_of(entry) in words.replace("\n", "")
    assert word in words
    assert entry.proposal.reference in words
    assert paper.trailer["/Root"]["/Lang"] == language
    assert paper.trailer["/Root"]["/MarkInfo"]["/Marked"]


def test_without_fonts_the_page_says_so_and_is_printed_instead(
    client, clara, entry, settings, tmp_path
):
    settings.LOCAL_DIR = tmp_path
    client.force_login(clara)

    answer = client.get(reverse("assisted:receipt_pdf", args=[entry.pk]), follow=True)

    assert answer.redirect_chain == [(reverse("assisted:receipt", args=[entry.pk]), 302)]
    assert "Print this page instead" in answer.text
    assert receipts.code_of(entry) in answer.text


@pytest.mark.parametrize(("who", "status"), [("zoe", 404), ("omar", 404), ("audrey", 200)])
def test_the_receipt_on_paper_shows_the_code_to_who_entered_it_alone(
    client, request, entry, who, status
):
    client.force_login(request.getfixturevalue(who))

    answer = client.get(reverse("assisted:receipt_pdf", args=[entry.pk]))

    assert answer.status_code == status
    if status == 200:
        words = PdfReader(io.BytesIO(answer.content)).pages[0].extract_text()
        assert receipts.code_of(entry) not in words.replace("\n", "")
