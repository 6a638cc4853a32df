"""Who may end a verification before its time."""

from django.utils import timezone

from portal.identity.models import Verification
from tests.permission_tables import OPERATOR, Table


def a_verification(people):
    return Verification(user=people["author"]), {}


TABLES = [
    Table(
        Verification,
        a_verification,
        {"identity.revoke_verification": {OPERATOR: [None]}},
        axes=("ended_at",),
        others={"ended_at": (None, timezone.now())},
    )
]
