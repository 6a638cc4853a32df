"""Print the accounts of the demo city."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from portal.accounts.domain.cast import CAST, HOST
from portal.accounts.models import Role


class Command(BaseCommand):
    help = "Print the demo accounts and their password. Refused where DEBUG is off."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEBUG:
            raise CommandError("Demo accounts exist only where DEBUG=yes.")
        for player in CAST:
            self.stdout.write(
                f"  {player.key + '@' + HOST:32} {player.name}  {Role(player.role).value}"
            )
        self.stdout.write(f"  password of all: {settings.DEMO_PASSWORD}")
