"""Servers for one run of the tests or checks: quick, forgetful, gone at the end."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tools import environment
from tools.children import step
from tools.servers import Servers


@contextmanager
def servers() -> Iterator[dict[str, str]]:
    """Give an environment that leads to servers: the caller's own, or throw-away ones."""
    postgres, redis = not os.environ.get("DATABASE_URL"), environment.needs_redis()
    home = Path(tempfile.mkdtemp(prefix="hamkke-test-"))
    started = Servers(home, keeps=False)
    try:
        with step("Starting PostgreSQL and Redis for the tests"):
            started.start(postgres=postgres, redis=redis)
        yield {"DEBUG": "yes", **os.environ, **started.environment()}
    finally:
        started.stop()
