"""What the files of a download and their columns are, in words of either language."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from portal import registry
from portal.rights import columns as words


def write(
    language: str, columns: Mapping[str, Sequence[str]], members: Sequence[Mapping[str, Any]]
) -> str:
    """Word the README in one language. ``columns`` by kind; ``members`` have a path and bytes."""
    with translation.override(language):
        return "\n".join([*_head(), *_kinds(columns), *_files(members)]) + "\n"


def meaning(key: str, column: str) -> str:
    """Say what ``column`` of the kind ``key`` means, or nothing where nobody has said it."""
    entry = registry.own_data.get(key)
    own = entry.columns.get(column) if entry else None
    return str(own or words.OF_KIND.get(f"{key}.{column}") or words.COMMON.get(column) or "")


def _head() -> list[str]:
    return [
        _("My data at Hamkke"),
        "",
        _("This file holds all that this portal keeps about you."),
        _("Each kind of row lies in data/ twice: as JSON for programs, as CSV for spreadsheets."),
        _("Text is UTF-8. Times are in ISO 8601 with their offset. An empty cell means: nothing."),
        _("In CSV, a text that a spreadsheet would take for a formula begins with an apostrophe."),
        _("manifest.json names every member with its size in bytes and its SHA-256."),
        _("Passwords, the secrets of second factors and your key in the audit trail are left out:"),
        _("whoever found this file could act as you with them."),
    ]


def _kinds(columns: Mapping[str, Sequence[str]]) -> list[str]:
    lines = []
    for key, names in columns.items():
        lines += ["", f"data/{key}.json, data/{key}.csv: {registry.own_data[key].title}"]
        lines += [f"  {name}: {meaning(key, name)}" for name in names] or ["  " + _("No rows.")]
    return lines


def _files(members: Sequence[Mapping[str, Any]]) -> list[str]:
    files = [member["path"] for member in members if member["path"].startswith("files/")]
    return ["", _("Files that you handed in:"), *(f"  {path}" for path in files)] if files else []
