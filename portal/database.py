"""Which connection does what: one database, several roles."""

from typing import Any


class OneDatabase:
    """All models live in one database; the other connections are the same under other roles."""

    def db_for_read(self, model: Any, **hints: Any) -> str:
        return "default"

    def db_for_write(self, model: Any, **hints: Any) -> str:
        return "default"

    def allow_relation(self, one: Any, other: Any, **hints: Any) -> bool:
        return True

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        """Only the migrator makes tables."""
        return db == "migrator"
