"""Bring proposals of an earlier system into the portal."""

import resource
import time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.proposals.models import Area
from portal.writing.domain import imports

KILO = 1000


class Command(BaseCommand):
    help = "Import proposals through the same functions as a citizen's own; can be run again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("format", choices=sorted(imports.FORMATS))
        parser.add_argument("file", type=Path)
        parser.add_argument("--area", default="", help="code of the area; the first by default")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        if not path.is_file():
            raise CommandError(f"There is no file {path}.")
        area = Area.objects.filter(code=options["area"]).first() if options["area"] else None
        area = area or (Area.objects.first() if not options["area"] else None)
        if area is None:
            raise CommandError("There is no such area; run load_reference, or name one by --area.")
        began, before = time.perf_counter(), _memory()
        try:
            texts = imports.FORMATS[options["format"]](path)
            outcome = imports.bring_in(options["format"], texts, area=area)
        except (UnicodeDecodeError, ValueError, KeyError) as error:
            raise CommandError(
                f"{path.name} is not in the form {options['format']}: {error}"
            ) from error
        self._tell(outcome, time.perf_counter() - began, _memory() - before)

    def _tell(self, outcome: imports.Outcome, seconds: float, megabytes: float) -> None:
        self.stdout.write(
            f"{outcome.read} read: {outcome.published} published, {outcome.duplicates} exact "
            f"duplicates, {outcome.known} known already, {len(outcome.refused)} refused."
        )
        if outcome.published:
            per = KILO / outcome.published
            self.stdout.write(
                f"Per 1,000 published: {seconds * per:.1f} s, {megabytes * per:.1f} MB more memory."
            )
        for key, reason in outcome.refused[:20]:
            self.stdout.write(f"  {key}: {reason}")


def _memory() -> float:
    """The most memory this process has used so far, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
