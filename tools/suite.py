"""``make test``: the whole test suite on this machine; it passes its arguments on to pytest."""

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from tools import frontend, packages, throwaway
from tools.children import Manners, answer_for, foreground, launch, run, step, stop
from tools.places import LOGS, PYTHON

# More would wait for the one database server.
MOST_PROCESSES = 4


def suite() -> int:
    """Set up, run the tests, and give pytest's exit code."""
    packages.install(for_development=True)
    frontend.fetch()
    with throwaway.servers() as env, database_in_the_making(env):
        with step("Compiling translations"):
            run([PYTHON, "manage.py", "messages", "compile"], Manners(env=env))
        return foreground([PYTHON, "-m", "pytest", *(sys.argv[1:] or shared())], env)


@contextmanager
def database_in_the_making(env: Mapping[str, str]) -> Iterator[None]:
    """Migrate the tests' database while pytest gathers the tests; who needs it waits for it."""
    with (LOGS / "test-database.log").open("wb") as log:
        maker = launch([PYTHON, "-m", "tests.databases"], log, Manners(env=env))
        try:
            yield
        finally:
            stop([maker])


def shared() -> list[str]:
    """Share the whole suite among processes, each with databases of its own, file by file.

    A file stays in one process, because its tests may share what is dear to make. Whoever
    passes arguments asks for less than the whole, and gets one process.
    """
    processes = min(os.cpu_count() or 1, MOST_PROCESSES)
    return ["-n", str(processes), "--dist", "loadfile", "--no-loadscope-reorder"]


if __name__ == "__main__":
    sys.exit(answer_for(suite))
