"""Who may enter something for a citizen, and who may see it."""

import rules

from portal.accounts.models import User
from portal.accounts.rules import is_auditor, is_clerk
from portal.assisted.models import Entry, Sheet
from portal.proposals.rules import is_author, takes_supports


@rules.predicate
def is_citizen_of(user: User, entry: Entry | None) -> bool:
    """Whether it was entered for this person."""
    return entry is not None and entry.citizen_id == user.pk


@rules.predicate
def is_for_own_proposal(user: User, sheet: Sheet | None) -> bool:
    return sheet is not None and sheet.proposal.author_id == user.pk


rules.add_perm("assisted.open_counter", is_clerk)
rules.add_perm("assisted.enter_proposal", is_clerk)
rules.add_perm("assisted.enter_support", is_clerk & ~is_author & takes_supports)
rules.add_perm("assisted.enter_verification", is_clerk)
rules.add_perm("assisted.enter_sheet", is_clerk & ~is_author & takes_supports)
rules.add_perm("assisted.enter_lines", is_clerk & ~is_for_own_proposal)
rules.add_perm("assisted.view_sheet", is_clerk | is_auditor)
rules.add_perm("assisted.view_entry", is_clerk | is_auditor | is_citizen_of)
