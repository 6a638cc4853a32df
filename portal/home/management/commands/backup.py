"""Write database, files and keys into a folder, as one consistent set."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal.home.domain import backups
from portal.home.domain.postgres import UnusableError


class Command(BaseCommand):
    help = "Write a backup of database, files and keys into DIR, a new or empty folder."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, metavar="DIR")
        parser.add_argument(
            "--without-private",
            action="store_true",
            help="leave out the personal values of the trail, for copies that are kept for long",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            manifest = backups.make(options["folder"], without_private=options["without_private"])
        except (UnusableError, OSError) as error:
            raise CommandError(str(error)) from error
        size = sum(part["size"] for part in manifest["parts"].values())
        self.stdout.write(
            f"{size:,} bytes in {options['folder']}; the tree has {manifest['tree_size']} acts."
        )
