"""Both languages of the portal: rows with two names, dates in words, and words kept in each."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import formats, timezone, translation
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


def in_korean() -> bool:
    """Say whether the page speaks Korean."""
    return (get_language() or "ko").startswith("ko")


def local(value: date | datetime) -> date | datetime:
    """The same moment on the city's clocks; a day stays as it is."""
    return timezone.localtime(value) if isinstance(value, datetime) and value.tzinfo else value


def day(value: date | datetime | None) -> str:
    """Write a date as documents do: ``2026. 11. 22.``, in English ``22 November 2026``."""
    if not value:
        return ""
    value = local(value)
    if in_korean():
        return f"{value.year}. {value.month}. {value.day}."
    return formats.date_format(value, "j F Y")


def moment(value: datetime | None) -> str:
    """Write a date with its time in Seoul: ``2026. 11. 22. 14:30``."""
    return f"{day(value)} {local(value):%H:%M}" if value else ""


def in_each_language(value: Any) -> str | dict[str, str]:
    """Word ``value`` to be kept: ``{"ko": …, "en": …}``, or one text where both are the same.

    A date is written as on a page; all else says itself, as a bilingual row and a lazy
    translation do in the language of the moment.
    """
    said = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            said[language] = _say(value)
    return said if len(set(said.values())) > 1 else said[settings.LANGUAGE_CODE]


def in_this_language(kept: str | Mapping[str, str]) -> str:
    """What ``in_each_language`` kept, in the language of the page."""
    return kept if isinstance(kept, str) else kept["ko" if in_korean() else "en"]


def _say(value: Any) -> str:
    if isinstance(value, datetime):
        return moment(value)
    return day(value) if isinstance(value, date) else str(value)


class Bilingual(models.Model):
    """A row with a code and a name in both languages of the portal."""

    code = models.SlugField(_("code"), max_length=60, unique=True)
    name_ko = models.CharField(_("Korean name"), max_length=120)
    name_en = models.CharField(_("English name"), max_length=120)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the language of the page."""
        return self.name_ko if in_korean() else self.name_en
