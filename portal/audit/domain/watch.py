"""The nightly look at the whole trail, so that damage is found before somebody asks for it."""

import logging

from portal.audit.domain import log
from portal.audit.domain.check import check_trail
from portal.audit.domain.signer import Signer

logger = logging.getLogger(__name__)

SUBJECT = "audit.head:trail"


def record_damage() -> int:
    """Check the trail as the signer knows it, write an act where it is not whole.

    Gives the number of findings; an error in the log names the first of them.
    """
    check = check_trail(Signer.of_the_portal())
    if check.first:
        logger.error("the audit trail is not whole: %s", check.first)
        log.record(
            "trail_is_broken", SUBJECT, reason=str(check.first), findings=len(check.findings)
        )
    return len(check.findings)
