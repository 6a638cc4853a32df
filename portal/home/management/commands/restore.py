"""Put a backup back, and check the trail that came with it."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from portal.home.domain import backups
from portal.home.domain.postgres import UnusableError


class Command(BaseCommand):
    help = (
        "Restore the backup in DIR into an empty database and empty folders, and check the trail."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, metavar="DIR")
        parser.add_argument(
            "--force", action="store_true", help="replace what database and folders hold"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            manifest = backups.restore(options["folder"], force=options["force"])
        except (UnusableError, OSError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Restored as of {manifest['made_at']}.")
        call_command("verify_audit", stdout=self.stdout, stderr=self.stderr)
