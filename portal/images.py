"""Photos that people hand in: what the picture shows is kept, what the camera wrote is not."""

import io
import warnings
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

FORMATS = ("JPEG", "PNG", "WEBP")
CONTENT_TYPE = "image/jpeg"
# The longest side of what is kept, in pixels: enough for a whole screen.
EDGE = 2048
QUALITY = 85
# What Pillow says of files that are broken or cut short.
UNREADABLE = (
    UnidentifiedImageError,
    OSError,
    SyntaxError,
    ValueError,
    EOFError,
)


def clean_photo(file: Any) -> ContentFile:
    """Write a photo anew as JPEG: upright, at most ``EDGE`` pixels wide and high, pixels alone.

    Nothing but pixels is carried over, so no place, camera, name or thumbnail survives.

    Raises ``ValidationError`` with a sentence that says what to do: too many bytes or pixels,
    not a photo, or a picture that moves.
    """
    if file.size > settings.UPLOAD_MAX_BYTES:
        raise ValidationError(_("The photo is too large. Make it smaller and try again."))
    file.seek(0)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(file, formats=FORMATS) as image:
                _refuse_excess(image)
                pixels = _only_pixels(image)
    except Image.DecompressionBombError as error:
        raise _too_many_pixels() from error
    except UNREADABLE as error:
        raise ValidationError(
            _("This is no photo that we can read. Choose a JPEG, PNG or WebP picture.")
        ) from error
    written = io.BytesIO()
    pixels.save(written, "JPEG", quality=QUALITY, optimize=True)
    return ContentFile(written.getvalue(), name="photo.jpg")


def _refuse_excess(image: Image.Image) -> None:
    """Refuse by the head of the file, before its pixels are unfolded."""
    if image.width * image.height > settings.PHOTO_MAX_MEGAPIXELS * 1_000_000:
        raise _too_many_pixels()
    # Telephones keep a second view beside the photo (MPO); that is no film.
    if image.format != "MPO" and getattr(image, "is_animated", False):
        raise ValidationError(_("Pictures that move are not taken. Choose a photo."))


def _too_many_pixels() -> ValidationError:
    most = settings.PHOTO_MAX_MEGAPIXELS
    return ValidationError(
        _("The photo has more than %(most)s million pixels. Make it smaller.") % {"most": most}
    )


def _only_pixels(image: Image.Image) -> Image.Image:
    """Turn the picture upright, make it small, and lay it on a fresh white sheet."""
    image.draft("RGB", (EDGE, EDGE))
    upright = ImageOps.exif_transpose(image)
    upright.thumbnail((EDGE, EDGE))
    layered = upright.convert("RGBA")
    sheet = Image.new("RGB", layered.size, "white")
    sheet.paste(layered, mask=layered.getchannel("A"))
    return sheet
