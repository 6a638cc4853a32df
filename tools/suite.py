"""``make test``: the whole test suite on this machine; it passes its arguments on to pytest."""

import sys

from tools import frontend, packages, throwaway
from tools.children import Manners, answer_for, foreground, run, step
from tools.places import PYTHON


def suite() -> int:
    """Set up, run the tests, and give pytest's exit code."""
    packages.install(for_development=True)
    frontend.fetch()
    with throwaway.servers() as env:
        with step("Compiling translations"):
            run([PYTHON, "manage.py", "messages", "compile"], Manners(env=env))
        return foreground([PYTHON, "-m", "pytest", *sys.argv[1:]], env)


if __name__ == "__main__":
    sys.exit(answer_for(suite))
