"""``manage.py take_off_second_factor``: let somebody in who has lost app, key and codes."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.accounts.models import User
from portal.desk.domain import second_factors
from portal.refusals import Refused


class Command(BaseCommand):
    help = "Take the second factor off an account, whose holder you have seen; an act of the trail."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="the address with which the person signs in")
        parser.add_argument("--why", required=True, help="how you know that it is this person")

    def handle(self, *args: Any, email: str, why: str, **options: Any) -> None:
        person = User.objects.filter(email__iexact=email, is_active=True).first()
        if not person:
            raise CommandError("No open account has this address.")
        try:
            second_factors.take_off(person, why=why)
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write("The second factor is taken off; the person is told by mail.")
