"""Asks the rules of the apps whether somebody may do something."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from rules.permissions import ObjectPermissionBackend

from portal.accounts.models import User


class RulesForOpenAccounts(ObjectPermissionBackend):
    """To whoever closed the account only that is open which is open to everyone.

    Without it each rule would have to say so itself, and an office outlives its account.
    """

    def has_perm(self, user: User | AnonymousUser, perm: str, *args: Any, **kwargs: Any) -> bool:
        asker = user if user.is_active else AnonymousUser()
        return super().has_perm(asker, perm, *args, **kwargs)
