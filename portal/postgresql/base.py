"""Whether a kept connection still lives, found out without asking the server.

Django asks ``SELECT 1`` at the first query of every request: a round trip as dear as the query
itself. A server that ended a connection has said so, and its farewell waits to be read; where
nothing waits, the connection lives as far as anybody can know before using it.
"""

import select

from django.db.backends.postgresql import base
from psycopg2.extensions import TRANSACTION_STATUS_INERROR


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's PostgreSQL, which asks the server only where something waits to be read."""

    def is_usable(self) -> bool:
        if self.connection is None or self.connection.closed:
            return False
        if self.connection.get_transaction_status() == TRANSACTION_STATUS_INERROR:
            return False
        line = select.poll()
        line.register(self.connection.fileno(), select.POLLIN)
        return not line.poll(0) or bool(super().is_usable())
