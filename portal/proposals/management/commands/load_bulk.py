"""Load a synthetic city for benchmarks."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.proposals.domain import bulk


class Command(BaseCommand):
    help = "Load a synthetic city: streamed, reproducible. Refused where DEBUG is off."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--proposals", type=int, default=100_000)
        parser.add_argument("--supports", type=int, default=1_000_000)
        parser.add_argument("--seed", type=int, default=1)

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEBUG:
            raise CommandError("Synthetic data is for DEBUG=yes only.")
        if options["proposals"] < 1 or options["supports"] < 0:
            raise CommandError("--proposals must be at least 1 and --supports at least 0.")
        bulk.load(options["proposals"], options["supports"], options["seed"])
        self.stdout.write(f"{options['proposals']} proposals are loaded.")
