"""Who looks after the files that are not taken."""

import rules

from portal.accounts.rules import is_operator

rules.add_perm("quarantine.look_after", is_operator)
