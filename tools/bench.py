"""``make bench``: the benchmarks of bench/ on servers of their own; it passes its arguments on."""

import sys

from tools import frontend, packages, throwaway
from tools.children import answer_for, foreground
from tools.places import PYTHON


def bench() -> int:
    """Set up, run the benchmarks, and give their exit code."""
    packages.install(for_development=True)
    frontend.fetch()
    with throwaway.servers(durable=True) as env:
        return foreground([PYTHON, "-m", "bench.run", *sys.argv[1:]], env)


if __name__ == "__main__":
    sys.exit(answer_for(bench))
