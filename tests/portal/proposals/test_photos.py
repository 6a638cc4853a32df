"""Pictures of a proposal carry no place and no camera; other files stay as they are."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from portal.proposals.models import Attachment, ProposalState
from portal.quarantine.domain import files
from tests.factories.portal import ProposalFactory

GPS, MAKE = 0x8825, 0x010F


def photo_with_place():
    exif = Image.Exif()
    exif[MAKE] = "Telephone of Hong"
    exif.get_ifd(GPS)[2] = (37.0, 30.0, 12.0)
    written = io.BytesIO()
    Image.new("RGB", (64, 48), "green").save(written, "JPEG", exif=exif)
    return written.getvalue()


@pytest.fixture
def draft(ana):
    return ProposalFactory(author=ana, state=ProposalState.DRAFT)


def test_a_photo_loses_place_and_camera_before_it_is_kept(client, ana, draft):
    before = photo_with_place()
    assert b"Telephone of Hong" in before
    client.force_login(ana)

    client.post(
        reverse("proposals:attach", args=[draft.pk]),
        {"file": SimpleUploadedFile("골목.jpeg", before, "image/jpeg")},
    )

    kept = Attachment.objects.get()
    written = files.place_of(kept.file).open().read()
    assert b"Telephone of Hong" not in written
    assert not Image.open(io.BytesIO(written)).getexif()
    assert (kept.name, kept.content_type, kept.size) == ("골목.jpg", "image/jpeg", len(written))


def test_what_only_calls_itself_a_photo_is_refused_in_words(client, ana, draft):
    client.force_login(ana)

    page = client.post(
        reverse("proposals:attach", args=[draft.pk]),
        {"file": SimpleUploadedFile("a.jpg", b"\xff\xd8\xff" + b"no picture", "image/jpeg")},
    ).text

    assert "This is no photo that we can read" in page
    assert not Attachment.objects.exists()


def test_a_document_is_kept_byte_for_byte(client, ana, draft):
    client.force_login(ana)

    client.post(
        reverse("proposals:attach", args=[draft.pk]),
        {"file": SimpleUploadedFile("a.pdf", b"%PDF-1.7 words", "application/pdf")},
    )

    written = files.place_of(Attachment.objects.get().file).open().read()
    assert written == b"%PDF-1.7 words"
