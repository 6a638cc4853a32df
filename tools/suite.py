"""``make test``: the whole test suite on this machine; it passes its arguments on to pytest."""

import os
import sys

from tools import frontend, packages, throwaway
from tools.children import Manners, answer_for, foreground, run, step
from tools.places import PYTHON

# More would wait for the one database server.
MOST_PROCESSES = 4


def suite() -> int:
    """Set up, run the tests, and give pytest's exit code."""
    packages.install(for_development=True)
    frontend.fetch()
    with throwaway.servers() as env:
        with step("Compiling translations"):
            run([PYTHON, "manage.py", "messages", "compile"], Manners(env=env))
        return foreground([PYTHON, "-m", "pytest", *(sys.argv[1:] or shared())], env)


def shared() -> list[str]:
    """Share the whole suite among processes, each with databases of its own, file by file.

    A file stays in one process, because its tests may share what is dear to make. Whoever
    passes arguments asks for less than the whole, and gets one process.
    """
    processes = min(os.cpu_count() or 1, MOST_PROCESSES)
    return ["-n", str(processes), "--dist", "loadfile", "--no-loadscope-reorder"]


if __name__ == "__main__":
    sys.exit(answer_for(suite))
