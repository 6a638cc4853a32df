"""Load the reference data of every app; running it again changes nothing."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from portal import registry


class Command(BaseCommand):
    help = "Load reference data: departments, areas and issues, districts, bodies, indicators."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        for load in registry.reference_loaders:
            load()
