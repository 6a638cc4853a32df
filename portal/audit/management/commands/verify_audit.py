"""Check the whole trail, or write it to a file for a check elsewhere."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal.audit.domain import proofs
from portal.audit.domain.check import check_trail
from portal.audit.domain.export import write_export
from portal.audit.domain.signer import Signer


class Command(BaseCommand):
    help = "Check the audit trail: exit 0 when it is whole, 1 with the first broken entry named."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--export", type=Path, help="write a zip that is checked offline")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["export"]:
            self._export(options["export"])
        check = check_trail(Signer.of_the_portal())
        for finding in sorted(check.findings, key=lambda finding: finding.index):
            self.stderr.write(str(finding))
        for remark in check.remarks:
            self.stdout.write(f"remark: {remark}")
        if check.first:
            raise CommandError(f"the trail is not whole; first broken entry: {check.first}")
        self.stdout.write(f"{check.tree.size} acts, {check.values} values: the trail is whole.")
        # Whether a key is the right one only somebody who knows it from elsewhere can tell.
        for key in sorted(check.met):
            self.stdout.write(f"signed with {key}")

    def _export(self, path: Path) -> None:
        head = proofs.latest_head()
        if head is None:
            raise CommandError("nothing has been sealed yet, so there is nothing to export")
        with path.open("wb") as file:
            count = write_export(file, head)
        self.stdout.write(f"{count} acts written to {path}.")
