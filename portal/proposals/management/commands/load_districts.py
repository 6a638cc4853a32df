"""Give the districts the outlines of a file."""

import time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.proposals.domain import boundaries, outlines


class Command(BaseCommand):
    help = "Load the outlines of districts from GeoJSON (WGS 84); can be run again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--code", default="adm_cd2", help="property that holds the code (adm_cd2)"
        )
        parser.add_argument("--name", default="adm_nm", help="property with the Korean name")
        parser.add_argument("--name-en", default="", help="property with the English name")

    def handle(self, *args: Any, **options: Any) -> None:
        begun = time.perf_counter()
        file: Path = options["file"]
        try:
            found = outlines.read(
                file, code=options["code"], name_ko=options["name"], name_en=options["name_en"]
            )
        except outlines.Unusable as error:
            raise CommandError(str(error)) from error
        loaded = boundaries.load(found, source=file.name)
        seconds = time.perf_counter() - begun
        self.stdout.write(
            f"{len(found)} districts, of these {loaded.new} new; {loaded.rings} rings; "
            f"{seconds:.1f} s"
        )
