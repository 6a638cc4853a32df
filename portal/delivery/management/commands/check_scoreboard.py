"""``manage.py check_scoreboard``: count the tallies of the scoreboard anew and mend them."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal.delivery.domain import tallies


class Command(BaseCommand):
    help = "Count the scoreboard anew, mend what differs, and say what that was."

    def handle(self, *args: Any, **options: Any) -> None:
        followed = tallies.follow()
        drift = tallies.check()
        self.stdout.write(f"counted {followed} proposals that had moved")
        if drift.found:
            shown = ", ".join(map(str, drift.proposals[:20])) or "none"
            raise CommandError(
                f"mended {drift.tallies} tallies and {len(drift.proposals)} proposals ({shown})"
            )
        self.stdout.write("every tally is what the proposals add up to")
