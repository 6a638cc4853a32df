"""The rows of a workbook, laid out by a process that may burst without taking the portal along."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path
from shutil import copyfileobj
from typing import IO, BinaryIO

from django.utils.translation import gettext as _

from datahub.domain import unfold_workbook
from datahub.domain.layout import BLANKS, Record
from portal.refusals import Refused

PROGRAM = Path(unfold_workbook.__file__)
# Seconds to wait for it, on a machine that has other things to do as well.
PATIENCE = 2 * unfold_workbook.SECONDS


@dataclass
class Workbook:
    """The first sheet that holds something, kept on disk until the last who reads it is done."""

    sheets: int
    kept: IO[bytes]

    def records(self) -> Generator[Record]:
        """Give every row: its number in the sheet and its cells, as text."""
        self.kept.seek(0)
        self.kept.readline()
        for number, line in enumerate(self.kept, 1):
            yield number, [cell.strip(BLANKS) for cell in json.loads(line)]


def unfold(file: BinaryIO) -> Workbook:
    """Lay out the workbook in ``file``.

    Raises ``Refused`` with a sentence where it cannot be opened, or is too much to lay out.
    """
    kept = tempfile.TemporaryFile()  # noqa: SIM115  it goes with the last who reads it
    with tempfile.TemporaryFile() as given:
        file.seek(0)
        copyfileobj(file, given)
        given.seek(0)
        code = _run(given, kept)
    if code in {1, unfold_workbook.DAMAGED}:
        raise Refused(
            _("The workbook cannot be opened (is it locked or damaged?). Save its table as CSV.")
        )
    if code:
        raise Refused(
            _(
                "The workbook unfolds to more than can be read. Delete what stands far below or "
                "beside the table, or save the table as CSV."
            )
        )
    kept.seek(0)
    return Workbook(json.loads(kept.readline()), kept)


def _run(given: IO[bytes], kept: IO[bytes]) -> int:
    """Run the program; below zero stands the signal that ended it."""
    command = [sys.executable, "-I", str(PROGRAM)]
    try:
        return subprocess.run(  # noqa: S603  a program of our own, without arguments
            command,
            stdin=given,
            stdout=kept,
            stderr=subprocess.DEVNULL,
            timeout=PATIENCE,
            check=False,
        ).returncode
    except subprocess.TimeoutExpired:
        return unfold_workbook.TOO_MUCH
