"""The portal's translations: gathered from the code, compiled for Django, checked for gaps.

Works without gettext's binaries. English is the language of the source; each app keeps its
Korean in ``<app>/locale/ko/LC_MESSAGES/django.po``, and what belongs to no app (the base
layout, components, error pages, modules beside the apps) is kept in ``portal/locale``.
Files are the same bytes for the same messages: no dates, no line numbers, sorted.
"""

import ast
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

from babel.messages import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation.template import templatize

LANGUAGE = "ko"
# Line, message, comments for translators, context.
Found = tuple[int, Any, list[str], str | None]
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    **dict.fromkeys(["_lazy", "gettext_lazy", "gettext_noop"]),
    **dict.fromkeys(["_n", "ngettext", "ngettext_lazy"], (1, 2)),
    **dict.fromkeys(["pgettext", "pgettext_lazy"], ((1, "c"), 2)),
    **dict.fromkeys(["npgettext", "npgettext_lazy"], ((1, "c"), 2, 3)),
}
TEMPLATES = {".html", ".txt", ".jinja"}
BRACES = re.compile(r"\{\w*\}")
HEADER = """\
msgid ""
msgstr ""
"Language: ko\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"

"""


class Command(BaseCommand):
    help = "Collect, compile or check the Korean translations."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("act", choices=["collect", "compile", "check"])
        parser.add_argument("apps", nargs="*", help="app labels; all when none is named")
        parser.add_argument("--prune", action="store_true", help="drop what is no longer used")

    def handle(self, *args: Any, act: str, **options: Any) -> None:
        homes = homes_of_messages()
        if unknown := set(options["apps"]) - set(homes):
            raise CommandError(f"No such app: {', '.join(sorted(unknown))}")
        chosen = {label: homes[label] for label in options["apps"] or homes}
        getattr(self, f"do_{act}")(chosen, prune=options["prune"])

    def do_collect(self, homes: dict[str, Path], *, prune: bool) -> None:
        """Bring each catalogue up to date with the code; keep translations no longer used."""
        for label, catalog in collected(homes).items():
            path = po_file(homes[label])
            if not catalog and not path.exists():
                continue
            path.parent.mkdir(parents=True, exist_ok=True)
            if replace(path, as_po(catalog, prune=prune).encode()):
                missing = sum(not is_translated(message) for message in catalog if message.id)
                self.stdout.write(f"{label}: {len(catalog)} messages, {missing} untranslated")

    def do_compile(self, homes: dict[str, Path], *, prune: bool) -> None:
        """Write the binary catalogues that Django reads."""
        for home in homes.values():
            path = po_file(home)
            if path.exists():
                buffer = io.BytesIO()
                write_mo(buffer, translated(read(path)))
                replace(path.with_suffix(".mo"), buffer.getvalue())

    def do_check(self, homes: dict[str, Path], *, prune: bool) -> None:
        """Fail on a message that is uncollected, untranslated, fuzzy or has other placeholders."""
        faults = [
            f"{label}: {fault}: {message.id}"
            for label, catalog in collected(homes).items()
            for message in catalog
            if message.id
            for fault in faults_of(message, catalog)
        ]
        if faults:
            raise CommandError("\n".join(faults))
        self.stdout.write("Every message has its translation.")


def homes_of_messages() -> dict[str, Path]:
    """Return the directory of each of our apps by its label, and ``portal`` for all the rest."""
    ours = {
        config.label: Path(config.path)
        for config in apps.get_app_configs()
        if Path(config.path).is_relative_to(settings.BASE_DIR)
        and ".venv" not in Path(config.path).parts
    }
    return {"portal": settings.BASE_DIR / "portal"} | ours


def collected(homes: dict[str, Path]) -> dict[str, Catalog]:
    """Return the catalogue of each home, updated with what the code says now."""
    templates = {label: Catalog(locale=LANGUAGE) for label in homes}
    for label, source in sources():
        if label in templates:
            for message, comments, context in messages_in(source):
                templates[label].add(message, auto_comments=comments, context=context)
    for label, template in templates.items():
        path = po_file(homes[label])
        catalog = read(path) if path.exists() else Catalog(locale=LANGUAGE)
        catalog.update(template, no_fuzzy_matching=True)
        templates[label] = catalog
    return templates


def sources() -> Iterator[tuple[str, Path]]:
    """Yield each source file with the label of the app whose catalogue it fills."""
    homes = homes_of_messages()
    by_depth = sorted(homes.items(), key=lambda item: -len(item[1].parts))
    for root in sorted({settings.BASE_DIR / "portal", *homes.values()}):
        label = next(name for name, home in by_depth if root.is_relative_to(home))
        for source in sorted(root.rglob("*.py")):
            owner = next(name for name, home in by_depth if source.is_relative_to(home))
            if owner == label and "migrations" not in source.parts:
                yield label, source
    templates = settings.BASE_DIR / "templates"
    for source in sorted(path for path in templates.rglob("*") if path.suffix in TEMPLATES):
        folder = source.relative_to(templates).parts[0]
        yield (folder if folder in homes else "portal"), source


def messages_in(source: Path) -> Iterator[tuple[Any, list[str], str | None]]:
    """Yield (message or its plural pair, comments for translators, context) of one file."""
    text = source.read_text(encoding="utf-8")
    if source.suffix == ".jinja":
        for _line, message, comments, context in in_jinja(text):
            yield message, comments, context
        return
    if source.suffix != ".py":
        # What is left of a template is no Python: no indentation may remain of it.
        lines = templatize(text, origin=str(source)).splitlines()
        text = "\n".join(line.strip() for line in lines)
    try:
        found = in_module(text) if source.suffix == ".py" else in_python(text)
        for _line, message, comments, context in found:
            yield message, comments, context
    except (SyntaxError, ValueError) as error:
        raise CommandError(f"{source} cannot be read: {error}") from error


def in_python(text: str) -> Iterator[Found]:
    """Yield what Babel finds in lines of Python."""
    return extract("python", io.BytesIO(text.encode()), KEYWORDS, ["Translators:"])


def in_module(text: str) -> Iterator[Found]:
    """Yield what a module holds, in f-strings too: Babel sees into them from Python 3.12 on."""
    yield from in_python(text)
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FormattedValue):
            yield from in_python(ast.unparse(node.value))


def in_jinja(text: str) -> Iterator[Found]:
    """Yield what Babel finds in a Jinja2 template, whose blocks are trimmed like Django's."""
    return extract(
        "jinja2.ext:babel_extract", io.BytesIO(text.encode()), KEYWORDS, (), {"silent": "false"}
    )


def faults_of(message: Any, catalog: Catalog) -> Iterator[str]:
    """Yield what is wrong with one translated message."""
    if message.fuzzy:
        yield "fuzzy"
    if not is_translated(message):
        yield "untranslated"
    else:
        yield from (str(error) for error in message.check(catalog))
        sides = (message.string, message.id)
        if len({frozenset(BRACES.findall(str(side))) for side in sides}) > 1:
            yield "other {placeholders}"


def is_translated(message: Any) -> bool:
    return all(message.string) if isinstance(message.string, tuple) else bool(message.string)


def translated(catalog: Catalog) -> Catalog:
    """Drop what has no translation, so that its source is shown instead of nothing."""
    for message in list(catalog):
        if message.id and not is_translated(message):
            catalog.delete(message.id, message.context)
    return catalog


def po_file(home: Path) -> Path:
    return home / "locale" / LANGUAGE / "LC_MESSAGES" / "django.po"


def read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=LANGUAGE)


def as_po(catalog: Catalog, *, prune: bool) -> str:
    buffer = io.BytesIO()
    write_po(
        buffer,
        catalog,
        width=0,
        no_location=True,
        omit_header=True,
        sort_output=True,
        ignore_obsolete=prune,
    )
    return HEADER + buffer.getvalue().decode()


def replace(path: Path, content: bytes) -> bool:
    """Write ``content`` if it is news; say whether it was. Nobody reads half of it meanwhile."""
    if path.exists() and path.read_bytes() == content:
        return False
    fresh = path.with_name(f".{path.name}.{uuid4().hex}")
    fresh.write_bytes(content)
    fresh.replace(path)
    return True
