"""Who looked at a person's data: read from the trail, told to the person."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from portal.accounts.models import User
from portal.audit.domain import log, trail
from portal.audit.models import Act
from portal.paging import Page, page_of

VERB = "accounts.user:personal_data_read"
# Purposes are kept in the words of the code; a reader gets them in their language.
PURPOSES = {
    "audit": _lazy("audit of what an act keeps private"),
    "answering the request about own data": _lazy("answering the request about own data"),
    "running the living lab": _lazy("running the living lab"),
}


@dataclass(frozen=True)
class Read:
    """One look: when, by whom in which office, and what for."""

    at: datetime
    by: str
    purpose: str
    url: str


def of(person: User, *, after: str = "", size: int = 30) -> tuple[list[Read], Page]:
    """The looks at the data of ``person``, newest first: one page and its cursor, four queries."""
    acts = Act.objects.about(log.subject_key(person)).of_verb(VERB).with_leaf()
    page = page_of(acts, ["id"], after=after, size=size)
    values = trail.values_of(page.rows)
    entries = trail.told(page.rows, values)
    told = [
        Read(
            entry.at, entry.actor_name, purpose(entry.detail.get("purpose")), act.get_absolute_url()
        )
        for act, entry in zip(page.rows, entries, strict=True)
    ]
    return told, page


def purpose(kept: str | None) -> str:
    """Say what the look was for; what was erased with the reader's account is said to be gone."""
    if not kept:
        return _("no longer known")
    return str(PURPOSES.get(kept, kept))
