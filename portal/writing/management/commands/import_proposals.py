"""Bring proposals of an earlier system into the portal."""

from collections.abc import Iterator
from typing import Any

from django.core.management.base import CommandError, CommandParser

from portal.importing import ImportCommand, Outcome
from portal.proposals.models import Area
from portal.writing.domain import imports


class Command(ImportCommand):
    help = "Import proposals through the same functions as a citizen's own; can be run again."
    formats = imports.FORMATS

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--area", default="", help="code of the area; the first by default")

    def bring_in(
        self, form: str, items: Iterator[imports.Written], options: dict[str, Any]
    ) -> Outcome:
        code = options["area"]
        areas = Area.objects.filter(code=code) if code else Area.objects.all()
        area = areas.first()
        if area is None:
            raise CommandError("There is no such area; run load_reference, or name one by --area.")
        return imports.bring_in(form, items, area=area)

    def count(self, outcome: Outcome) -> str:
        return f"{outcome.taken} published, {outcome.duplicates} exact duplicates"
