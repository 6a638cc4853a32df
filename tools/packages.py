"""The virtual environment: made once, filled again only when the requirements change."""

import sys
import venv
from pathlib import Path

from tools import stamps
from tools.children import SetupError, run, step
from tools.places import PYTHON, ROOT, VENV

RUNTIME = ROOT / "requirements.txt"
DEVELOPMENT = ROOT / "requirements-dev.txt"
OLDEST_PYTHON = (3, 11)


def install(*, for_development: bool) -> None:
    """Have every package that the portal (or its tests too) needs in ``.venv``."""
    if sys.version_info < OLDEST_PYTHON:
        raise SetupError("The portal needs Python 3.11 or newer; set PYTHON=… to name one.")
    runtime = stamps.digest([RUNTIME])
    everything = stamps.digest([RUNTIME, DEVELOPMENT])
    made = PYTHON.exists()
    if made and stamps.is_fresh("packages-dev", everything):
        return
    if made and not for_development and stamps.is_fresh("packages", runtime):
        return
    if not made:
        with step("Making the virtual environment"):
            _make()
    with step("Installing packages"):
        _fill(DEVELOPMENT if for_development else RUNTIME)
    stamps.put("packages", runtime)
    if for_development:
        stamps.put("packages-dev", everything)


def _make() -> None:
    try:
        venv.create(VENV, with_pip=True, clear=VENV.exists(), symlinks=True)
    except Exception as trouble:
        raise SetupError(
            "This Python cannot make a virtual environment with pip; "
            "on Debian and Ubuntu, install the package python3-venv."
        ) from trouble


def _fill(requirements: Path) -> None:
    run(
        [
            PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check",
            "--no-input", "-r", str(requirements),
        ]
    )  # fmt: skip


def site_packages() -> Path:
    """Find the virtual environment's package folder."""
    return next((VENV / "lib").glob("python3*/site-packages"))
