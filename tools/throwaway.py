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

# Tests make and drop hundreds of databases; on a disk that others write to, each takes seconds.
IN_MEMORY = Path("/dev/shm")  # noqa: S108  a folder of our own is made in it
ROOM = 6 * 1024**3


@contextmanager
def servers(*, durable: bool = False) -> Iterator[dict[str, str]]:
    """Give an environment that leads to servers: the caller's own, or throw-away ones.

    ``durable`` ones write as a city's do and have room for one, so that what is measured on them
    means something.
    """
    postgres, redis = not os.environ.get("DATABASE_URL"), environment.needs_redis()
    home = Path(tempfile.mkdtemp(prefix="hamkke-test-", dir=None if durable else roomiest()))
    started = Servers(home, keeps=durable, roomy=durable)
    try:
        with step("Starting PostgreSQL and Redis for the tests"):
            started.start(postgres=postgres, redis=redis)
        yield {"DEBUG": "yes", **os.environ, **started.environment()}
    finally:
        started.stop()
        shutil.rmtree(started.home, ignore_errors=True)


def roomiest() -> Path | None:
    """Name the folder that lies in memory where there is room enough, else none."""
    usable = IN_MEMORY.is_dir() and os.access(IN_MEMORY, os.W_OK)
    return IN_MEMORY if usable and shutil.disk_usage(IN_MEMORY).free > ROOM else None
