"""What stands beside the tables: what each column means, in both languages, and the licence."""

from collections.abc import Iterable

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from portal.registry import OpenDataExport

LICENCE = "https://www.kogl.or.kr/info/licenseType1.do"


def write(exports: Iterable[OpenDataExport], rows: dict[str, int]) -> str:
    """Return the README as Markdown, Korean first; ``rows`` by the key of the export."""
    return "\n\n".join(_in(language, list(exports), rows) for language, _name in settings.LANGUAGES)


def _in(language: str, exports: list[OpenDataExport], rows: dict[str, int]) -> str:
    with translation.override(language):
        head = [
            f"# {_('Open data of the city')}",
            _("Licence: Korea Open Government License, type 1 (name the source).") + f" {LICENCE}",
            _("Source") + f": {settings.SITE_URL}",
            _(
                "CSV files are UTF-8 with a byte order mark, with commas. A text that begins like "
                "a formula has an apostrophe in front. Times are Korean, as ISO 8601. What looks "
                "like personal data in a text is masked with asterisks."
            ),
        ]
        return "\n\n".join(head + [_part(export, rows) for export in exports])


def _part(export: OpenDataExport, rows: dict[str, int]) -> str:
    lines = [
        f"## {export.title} ({export.key}.csv, {export.key}.json)",
        "",
        f"{export.text} " + _("Rows: %(n)s.") % {"n": rows.get(export.key, 0)},
        "",
        f"| {_('Column')} | {_('Kind')} | {_('Meaning')} |",
        "|---|---|---|",
        *(f"| {c.name} | {c.kind} | {c.meaning} |" for c in export.columns),
    ]
    return "\n".join(lines)
