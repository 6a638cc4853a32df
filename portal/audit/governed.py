"""Tables that cannot change without an act.

A governed table carries a deferred trigger: at COMMIT the database looks for an
act on the changed row in the same transaction and undoes everything if there is
none. Rows whose ``state`` is and stays ``draft`` are exempt.
"""

from collections.abc import Sequence
from typing import Any

from django.db.migrations.operations import RunSQL

TRIGGER = "must_have_act"


class GovernTable(RunSQL):
    """Let no row of ``table`` change without an act on ``label:key``.

    ``GovernTable("governance_motion", "governance.motion")``. ``pk`` is the name
    of the key column; ``free`` names columns that a machine keeps up to date (a
    count, a search vector) and that may change alone without an act.
    """

    def __init__(self, table: str, label: str, pk: str = "id", free: Sequence[str] = ()) -> None:
        self.table, self.label, self.pk, self.free = table, label, pk, tuple(free)
        super().__init__(
            f"""
            CREATE CONSTRAINT TRIGGER {TRIGGER} AFTER INSERT OR UPDATE OR DELETE ON "{table}"
                DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
                EXECUTE FUNCTION audit.require_act('{label}', '{pk}', '{",".join(self.free)}');
            ALTER TABLE "{table}" ENABLE ALWAYS TRIGGER {TRIGGER};
            """,
            f'DROP TRIGGER {TRIGGER} ON "{table}";',
        )

    def deconstruct(self) -> tuple[str, Sequence[Any], dict[str, Any]]:
        return type(self).__name__, [self.table, self.label, self.pk, self.free], {}

    def describe(self) -> str:
        return f"Let no row of {self.table} change without an act"
