"""Change the key of the trail's heads: ``change_audit_key``, where ``KEY_DIR`` lies."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal.audit.domain import keys
from portal.audit.domain.signer import Signer


class Command(BaseCommand):
    help = "Make a new key for the heads of the trail; the next head is signed by both."

    def handle(self, *args: Any, **options: Any) -> None:
        signer = Signer.of_the_portal()
        if not signer.has_key:
            raise CommandError(f"there is no key in {signer.folder} that could be changed")
        old, new = keys.change_key(signer)
        self.stdout.write(f"until now: {old}\nfrom now:  {new}")
        self.stdout.write("Please announce the new key where the old one was published.")
