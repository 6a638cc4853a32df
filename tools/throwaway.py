"""Servers for one run of the tests or checks: quick, forgetful, gone at the end."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tools import environment
from tools.children import step
from tools.servers import Servers


@contextmanager
def servers(*, durable: bool = False) -> Iterator[dict[str, str]]:
    """Give an environment that leads to servers: the caller's own, or throw-away ones.

    ``durable`` ones write as a city's do, so that what is measured on them means something.
    """
    postgres, redis = not os.environ.get("DATABASE_URL"), environment.needs_redis()
    home = Path(tempfile.mkdtemp(prefix="hamkke-test-"))
    started = Servers(home, keeps=durable)
    try:
        with step("Starting PostgreSQL and Redis for the tests"):
            started.start(postgres=postgres, redis=redis)
        yield {"DEBUG": "yes", **os.environ, **started.environment()}
    finally:
        started.stop()
        shutil.rmtree(started.home, ignore_errors=True)
