"""Who looks after the files that are not taken."""

from portal.quarantine.models import HeldFile
from tests.permission_tables import ALWAYS, OPERATOR, Table


def a_held_file(people):
    return HeldFile(owner=people["author"]), {}


TABLES = [
    # Operators look at their own files too: each look stands in the trail.
    Table(HeldFile, a_held_file, {"quarantine.look_after": {OPERATOR: ALWAYS}}, is_owned=False)
]
