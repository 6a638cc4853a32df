"""Load the demo city: sample data, made through the same acts as a citizen's or an official's."""

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal import registry


class Command(BaseCommand):
    help = "Load the demo city. Running it again changes nothing. Refused where DEBUG is off."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--force", action="store_true", help="load it even where DEBUG is off (never in a city)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not (settings.DEBUG or options["force"]):
            raise CommandError("The demo city is for DEBUG=yes only; --force overrules this.")
        call_command("load_reference", verbosity=0)
        for load in registry.demo_loaders:
            load()
        self.stdout.write("The demo city is loaded.")
