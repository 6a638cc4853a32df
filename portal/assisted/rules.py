"""Who may enter something for a citizen, and who may see it."""

import rules

from portal.accounts.models import User
from portal.accounts.rules import is_auditor, is_clerk
from portal.assisted.models import Entry
from portal.proposals.rules import is_open


@rules.predicate
def is_citizen_of(user: User, entry: Entry | None) -> bool:
    """Whether it was entered for this person."""
    return entry is not None and entry.citizen_id == user.pk


rules.add_perm("assisted.open_counter", is_clerk)
rules.add_perm("assisted.enter_proposal", is_clerk)
rules.add_perm("assisted.enter_support", is_clerk & is_open)
rules.add_perm("assisted.enter_verification", is_clerk)
rules.add_perm("assisted.enter_sheet", is_clerk & is_open)
rules.add_perm("assisted.enter_lines", is_clerk)
rules.add_perm("assisted.view_sheet", is_clerk | is_auditor)
rules.add_perm("assisted.view_entry", is_clerk | is_auditor | is_citizen_of)
