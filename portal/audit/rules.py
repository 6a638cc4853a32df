"""Who may do what with the trail. Reading the acts is for everyone and needs no permission."""

import rules

from portal.accounts.rules import is_auditor

rules.add_perm("audit.export_trail", is_auditor)
rules.add_perm("audit.see_values", is_auditor)
