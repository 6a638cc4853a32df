"""Photos are written anew: nothing but what they show is kept."""

import io
import struct
import zlib

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from portal.images import EDGE, clean_photo

GPS, MAKE, ORIENTATION = 0x8825, 0x010F, 0x0112
XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/">Secret street 12</x:xmpmeta>'


def photo(kind="JPEG", size=(40, 30), mode="RGB", **options):
    """A photo as a form hands it over."""
    file = io.BytesIO()
    Image.new(mode, size, "red").save(file, kind, **options)
    return SimpleUploadedFile(f"photo.{kind.lower()}", file.getvalue())


def exif():
    """What a telephone writes into a photo: where, with what, and which way up."""
    tags = Image.Exif()
    tags[MAKE] = "Secret Camera"
    tags[ORIENTATION] = 6
    tags.get_ifd(GPS).update({1: "N", 2: (37.0, 30.0, 15.0), 3: "E", 4: (126.0, 46.0, 10.0)})
    return tags


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_clean_photo_keeps_nothing_that_the_camera_wrote(kind):
    given = photo(kind, exif=exif(), **({} if kind == "PNG" else {"xmp": XMP}))

    kept = clean_photo(given)

    image = Image.open(kept)
    assert dict(image.getexif()) == {}
    assert not image.getexif().get_ifd(GPS)
    assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert b"Secret" not in kept.read()
    assert b"Exif" not in kept.open().read()


def test_clean_photo_turns_the_picture_upright():
    kept = clean_photo(photo(exif=exif()))

    assert Image.open(kept).size == (30, 40)


def test_clean_photo_writes_jpeg_of_a_modest_size():
    kept = clean_photo(photo("PNG", size=(3000, 1500)))

    image = Image.open(kept)
    assert (image.format, image.size) == ("JPEG", (EDGE, EDGE // 2))


def test_clean_photo_lays_what_is_see_through_on_white():
    file = io.BytesIO()
    Image.new("RGBA", (10, 10), (0, 0, 0, 0)).save(file, "PNG")

    kept = clean_photo(SimpleUploadedFile("a.png", file.getvalue()))

    assert Image.open(kept).getpixel((5, 5)) == (255, 255, 255)


def test_clean_photo_takes_the_first_view_of_a_telephone():
    second = Image.new("RGB", (40, 30), "blue")

    kept = clean_photo(photo("MPO", save_all=True, append_images=[second]))

    assert Image.open(kept).format == "JPEG"


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_clean_photo_refuses_pictures_that_move(kind):
    second = Image.new("RGB", (40, 30), "blue")

    with pytest.raises(ValidationError, match="move"):
        clean_photo(photo(kind, save_all=True, append_images=[second], duration=100))


def test_clean_photo_refuses_more_pixels_than_the_setting(settings):
    settings.PHOTO_MAX_MEGAPIXELS = 1

    with pytest.raises(ValidationError, match="1 million pixels"):
        clean_photo(photo(size=(1001, 1000)))


def test_clean_photo_refuses_a_bomb_by_its_head():
    size = b"IHDR" + struct.pack(">IIBBBBB", 50_000, 50_000, 8, 2, 0, 0, 0)
    head = b"\x89PNG\r\n\x1a\n\0\0\0\r" + size + struct.pack(">I", zlib.crc32(size))

    with pytest.raises(ValidationError, match="million pixels"):
        clean_photo(SimpleUploadedFile("a.png", head + b"\0\0\0\0IDAT"))


def test_clean_photo_refuses_too_many_bytes(settings):
    settings.UPLOAD_MAX_BYTES = 10

    with pytest.raises(ValidationError, match="too large"):
        clean_photo(photo())


@pytest.mark.parametrize("content", [b"", b"<svg onload=alert(1)>", b"GIF89a", b"\xff\xd8\xff\xe0"])
def test_clean_photo_refuses_what_is_no_photo(content):
    with pytest.raises(ValidationError, match="no photo"):
        clean_photo(SimpleUploadedFile("photo.jpg", content))


def test_clean_photo_refuses_a_photo_that_is_cut_short():
    whole = photo(size=(400, 300)).read()

    with pytest.raises(ValidationError, match="no photo"):
        clean_photo(SimpleUploadedFile("photo.jpg", whole[: len(whole) // 2]))
