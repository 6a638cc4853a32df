"""Bring the comments of an earlier system into the portal, under its proposals."""

from collections.abc import Iterator
from typing import Any

from portal.importing import ImportCommand
from portal.talk.domain import imports


class Command(ImportCommand):
    help = "Import comments under proposals that were imported before; can be run again."
    formats = imports.FORMATS

    def bring_in(
        self, form: str, items: Iterator[imports.Said], options: dict[str, Any]
    ) -> imports.Talk:
        return imports.bring_in(form, items)

    def count(self, outcome: imports.Talk) -> str:
        return (
            f"{outcome.taken} taken over ({outcome.answers} answers, {outcome.orphans} whose "
            "parent is absent)"
        )
