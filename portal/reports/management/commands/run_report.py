"""Make a report now: ``run_report monitoring-month --period 2026-10``."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal import registry
from portal.refusals import Refused
from portal.reports.domain import runs
from portal.reports.models import RunState


class Command(BaseCommand):
    help = "Make a report on a period that has ended; one that exists is not made again."

    def add_arguments(self, parser: CommandParser) -> None:
        known = ", ".join(kind.key for kind in registry.report_kinds)
        parser.add_argument("kind", help=f"one of: {known}")
        parser.add_argument("--period", required=True, help="2026-W47, 2026-10 or 2026-Q3")

    def handle(self, *args: Any, kind: str, period: str, **options: Any) -> None:
        try:
            run = runs.request(kind, period)
            if run.state == RunState.FAILED:
                runs.retry(run, by=None)
            if run.state != RunState.DONE:
                runs.build(run)
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        if run.state == RunState.FAILED:
            raise CommandError(f"{run}: {run.error}")
        self.stdout.write(f"{run} {run.get_absolute_url()}")
        for artefact in run.artefacts.all():
            self.stdout.write(f"{artefact.sha256}  {artefact.name}")
