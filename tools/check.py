"""``make check``: everything that a machine can say about the code, then a table of what failed."""

import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tools import environment, frontend, packages, throwaway
from tools.children import Manners, SetupError, answer_for, run
from tools.places import PYTHON, ROOT, VENV


@dataclass(frozen=True)
class Check:
    """One question about the code and the command that answers it."""

    name: str
    command: list[str | Path]
    like_production: bool = False


def checks() -> list[Check]:
    """List the checks, the quickest first."""
    manage: list[str | Path] = [PYTHON, "manage.py"]
    templates = sorted((ROOT / "templates").rglob("*.html"))
    deploy = ["check", "--deploy", "--fail-level", "WARNING"]
    return [
        Check("format", [PYTHON, "-m", "ruff", "format", "--check", "--quiet", "."]),
        Check("lint", [PYTHON, "-m", "ruff", "check", "--quiet", "."]),
        Check("layering", [PYTHON, VENV / "bin" / "lint-imports"]),
        Check(
            "templates",
            [VENV / "bin" / "djade", "--check", "--target-version", "5.2", *templates],
        ),
        Check("translations", [*manage, "messages", "check"]),
        Check("migrations", [*manage, "makemigrations", "--check", "--dry-run"]),
        Check("deployment", [*manage, *deploy], like_production=True),
        Check("types", [PYTHON, "-m", "mypy", "."]),
    ]


def check_all() -> int:
    """Run every check, whatever the others said; 1 if any failed."""
    packages.install(for_development=True)
    frontend.fetch()
    with throwaway.servers() as env:
        results = [(check, *answer(check, env)) for check in checks()]
    print()
    for check, trouble, seconds in results:
        print(f"  {check.name:14}{'failed' if trouble else 'passed':8}{seconds:6.1f} s")
    return 1 if any(trouble for _, trouble, _ in results) else 0


def answer(check: Check, env: Mapping[str, str]) -> tuple[str, float]:
    """Run one check; give what is wrong ("" for nothing) and the seconds it took."""
    if check.like_production:
        env = environment.like_production(env)
    started = time.monotonic()
    trouble = ""
    try:
        run(check.command, Manners(env=env))
    except SetupError as failed:
        trouble = str(failed)
        print(f"\n--- {check.name} {'-' * (70 - len(check.name))}\n{trouble}")
    return trouble, time.monotonic() - started


if __name__ == "__main__":
    sys.exit(answer_for(check_all))
