"""Who may do what with requests about personal data, downloads and retention."""

import rules

from portal.accounts.models import User
from portal.accounts.rules import is_auditor, is_citizen, is_operator
from portal.lifecycle import may_become
from portal.rights.models import DataRequest, Download, RequestState


@rules.predicate
def is_own(user: User, thing: DataRequest | Download | None) -> bool:
    """Whether the request or the download is the person's own."""
    return thing is not None and thing.person_id == user.pk


rules.add_perm("rights.ask_datarequest", is_citizen)
rules.add_perm("rights.see_datarequest", is_own | is_operator)
rules.add_perm("rights.see_waiting", is_operator)
rules.add_perm("rights.withdraw_datarequest", is_own & may_become(RequestState.WITHDRAWN))
rules.add_perm(
    "rights.answer_datarequest", is_operator & ~is_own & may_become(RequestState.GRANTED)
)
rules.add_perm("rights.fetch_download", is_citizen & is_own)
rules.add_perm("rights.see_runs", is_operator | is_auditor)
