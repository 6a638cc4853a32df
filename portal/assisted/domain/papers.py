"""A receipt as a document: tagged PDF in the citizen's language, with its code if asked for."""

import io
import logging
from pathlib import Path
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from portal.assisted.domain import receipts
from portal.assisted.models import Entry
from portal.reports.domain.formats import fonts, pdf

LAYOUT = Path(__file__).with_name("receipt.typ")
logger = logging.getLogger(__name__)


class CannotBeSet(Exception):  # noqa: N818  a state of the server, told in a sentence
    """The document cannot be made here, with a sentence that says what to do instead."""


def receipt(entry: Entry, *, code: str = "") -> bytes:
    """Set the receipt of ``entry``; ``code`` is printed where it is given.

    Raises ``CannotBeSet`` where the server lacks the fonts.
    """
    try:
        with translation.override(entry.citizen.language):
            return pdf.set_in(LAYOUT, _fitted(_words(entry, code)))
    except fonts.FontsMissingError as error:
        logger.exception("A receipt could not be set as PDF")
        raise CannotBeSet(
            _("The server lacks the fonts of the PDF. Print this page instead; it says the same.")
        ) from error


def _words(entry: Entry, code: str) -> dict[str, Any]:
    address = f"{settings.SITE_URL}{reverse('assisted:look_up')}"
    sample = _("Sample: made by a demonstration. It is no document of any public body.")
    return {
        "language": entry.citizen.language,
        "title": _("Receipt"),
        "subtitle": receipts.subject_of(entry),
        "city": settings.SITE_NAME[entry.citizen.language],
        "sample": sample if settings.SITE_IS_DEMO else "",
        "facts_title": _("What was entered"),
        "facts": [list(fact) for fact in receipts.facts_of(entry)],
        "code": code,
        "code_title": _("How to see where it stands"),
        "code_text": _(
            "Open this address, or call the city, and give this code. No account is needed."
        ),
        "address": address,
        "phone": f"{_('Telephone')}: {settings.SITE_CONTACT['phone']}",
        "square": _square(address),
        "square_says": _("A square that telephones read: it leads to the address above."),
        "later": _("If you verify an account of your own later, this comes over to you."),
    }


def _square(address: str) -> str:
    """The address as a QR code, drawn as SVG."""
    import qrcode  # noqa: PLC0415  heavy: loaded on first use
    from qrcode.image.svg import SvgPathImage  # noqa: PLC0415  the same

    drawn = io.BytesIO()
    qrcode.make(address, image_factory=SvgPathImage, border=2).save(drawn)
    return drawn.getvalue().decode()


def _fitted(words: dict[str, Any]) -> dict[str, Any]:
    """The words in letters that the fonts have, with the day on which they are set."""
    letters = fonts.Letters()
    fitted = {
        name: letters.fit(value) if isinstance(value, str) else value
        for name, value in words.items()
    }
    fitted["facts"] = [[letters.fit(cell) for cell in fact] for fact in words["facts"]]
    today = timezone.localdate()
    return fitted | {"made": [today.year, today.month, today.day]}
