"""Several programs as one: their lines with their names before them, one end for all of them."""

import os
import selectors
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from tools.children import Manners, launch, stop

PATIENCE = 0.3


class Supervisor:
    """Runs programs side by side until one of them ends or somebody ends them all."""

    def __init__(self) -> None:
        self.children: dict[str, subprocess.Popen[bytes]] = {}
        self._lines = selectors.DefaultSelector()
        self._rest: dict[str, bytes] = {}

    def start(self, name: str, command: Sequence[str | Path], manners: Manners) -> None:
        """Start one program under ``name``."""
        child = launch(command, subprocess.PIPE, manners)
        assert child.stdout is not None  # noqa: S101  a pipe was asked for
        os.set_blocking(child.stdout.fileno(), False)
        self._lines.register(child.stdout, selectors.EVENT_READ, name)
        self.children[name] = child

    def watch(self, each_time: Callable[[], None]) -> str:
        """Print what the programs say until one ends by itself; return its name."""
        while True:
            self._print_waiting()
            for name, child in self.children.items():
                if child.poll() is not None:
                    self._print_waiting()
                    return name
            each_time()

    def stop(self) -> None:
        """End every program, and whatever they started."""
        stop(list(self.children.values()))

    def _print_waiting(self) -> None:
        for key, _ in self._lines.select(PATIENCE):
            said = key.fileobj.read()  # type: ignore[union-attr]
            if not said:
                self._lines.unregister(key.fileobj)
                time.sleep(PATIENCE / 10)
                continue
            *lines, self._rest[key.data] = (self._rest.get(key.data, b"") + said).split(b"\n")
            for line in lines:
                sys.stdout.write(f"{key.data:8}| {line.decode(errors='replace')}\n")
        sys.stdout.flush()
