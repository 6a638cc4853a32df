"""Moving a record from one state to the next.

A model with a life declares ``MOVES``, the moves that exist. This module is the
only code that writes a ``state`` column, so no change of state can slip past
the audit trail.
"""

from collections.abc import Collection, Mapping
from typing import Any, ClassVar, Self

import rules
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.audit.domain import log
from portal.refusals import Refused


class Living(models.Model):
    """A record that passes through states. Subclasses declare ``state`` and ``MOVES``."""

    MOVES: ClassVar[Mapping[Any, Collection[str]]]

    state: Any
    state_since = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        abstract = True

    def may_become(self, state: str) -> bool:
        return state in self.MOVES.get(self.state, ())

    def move(
        self,
        to: str,
        *,
        by: User | None,
        also: Mapping[str, Any] | None = None,
        verb: str = "",
        **detail: Any,
    ) -> Self:
        """Move to state ``to``, write the columns of ``also`` with it, and log who did it and why.

        The act is called after the new state, or ``verb`` where another name says it better.

        The update is conditional on the state that was read: of two people who
        decide at once, the second is refused instead of overwriting the first.

        Raises ``Refused`` where ``MOVES`` has no such move or another was faster.
        """
        was, now = self.state, timezone.now()
        if not self.may_become(to):
            raise Refused(_("That step is not open at this stage."))
        changes = {"state": to, "state_since": now, **(also or {})}
        unmoved = type(self)._base_manager.filter(pk=self.pk, state=was)
        if not unmoved.update(**changes):
            raise Refused(_("Someone else has just changed this. Please look again."))
        for column, value in changes.items():
            setattr(self, column, value)
        log.record(verb or str(to), self, by=by, before=str(was), after=str(to), **detail)
        return self


def may_become(state: str) -> rules.Predicate:
    """Make a predicate: the record's own ``MOVES`` lead to ``state`` from here."""
    return rules.predicate(f"may_become:{state}")(
        lambda _user, thing: thing is not None and thing.may_become(state)
    )
