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
            raise CommandError(f"mended what had drifted: {drift}")
        self.stdout.write("every tally is what the proposals add up to")
