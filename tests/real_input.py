"""Real files that lie beside the project on some machines and are never part of it."""

import os
from pathlib import Path

import pytest

ROOT = Path(
    os.environ.get("REAL_INPUT", Path(__file__).resolve().parent.parent.parent / "shared" / "data")
)


def real_input(name: str) -> Path:
    """The path of ``name`` among the real files; the test is skipped where they are absent."""
    path = ROOT / name
    if not path.exists():
        pytest.skip(f"the real input {name} is not on this machine")
    return path
