"""Child processes: none outlives its parent, not even a parent that was killed."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from tools.places import LOGS, ROOT, Account

PR_SET_PDEATHSIG = 1
LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None
STOP_SECONDS = 10.0
TAIL_LINES = 200


class SetupError(Exception):
    """Set-up cannot go on; the message is the sentence for whoever started it."""


def follow_parent(death_signal: int = signal.SIGTERM) -> Callable[[], None]:
    """Make what a new child calls first, so that it gets ``death_signal`` when its parent ends."""
    parent = os.getpid()

    def ask_the_kernel() -> None:
        if LIBC is None:
            return
        LIBC.prctl(PR_SET_PDEATHSIG, int(death_signal))
        if os.getppid() != parent:
            os._exit(1)

    return ask_the_kernel


def follow_make() -> None:
    """End with the ``make`` that started us, and in good order at Ctrl-C and SIGTERM."""
    # A shell starts its background jobs deaf to SIGINT.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    if LIBC is not None and os.getppid() != 1:
        LIBC.prctl(PR_SET_PDEATHSIG, int(signal.SIGTERM))


@dataclass(frozen=True)
class Manners:
    """How a server is started and asked to stop."""

    account: Account | None = None
    stop_signal: int = signal.SIGTERM
    env: Mapping[str, str] | None = None


def launch(
    command: Sequence[str | Path], output: int | IO[Any], manners: Manners | None = None
) -> "subprocess.Popen[bytes]":
    """Start ``command`` in a process group of its own; its output goes to ``output``."""
    manners = manners or Manners()
    whom: dict[str, Any] = {}
    if manners.account:
        whom = {"user": manners.account.uid, "group": manners.account.gid, "extra_groups": []}
    return subprocess.Popen(
        [str(word) for word in command],
        cwd="/" if manners.account else ROOT,
        env=dict(manners.env) if manners.env is not None else None,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT,
        start_new_session=True,
        preexec_fn=follow_parent(manners.stop_signal),  # noqa: PLW1509  no thread runs here
        **whom,
    )


def stop(children: Sequence["subprocess.Popen[bytes]"], stop_signal: int = signal.SIGTERM) -> None:
    """Ask every child to end, wait, and kill whatever is left of their process groups."""
    for child in children:
        if child.poll() is None:
            child.send_signal(stop_signal)
    until = time.monotonic() + STOP_SECONDS
    for child in children:
        with suppress(subprocess.TimeoutExpired):
            child.wait(max(0.1, until - time.monotonic()))
    for child in children:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()


def run(command: Sequence[str | Path], manners: Manners | None = None) -> str:
    """Run one step to its end and return what it printed.

    :raises SetupError: it failed; its last lines are in the message.
    """
    LOGS.mkdir(parents=True, exist_ok=True)
    child = launch(command, subprocess.PIPE, manners)
    try:
        printed = child.communicate()[0].decode(errors="replace")
    except BaseException:
        stop([child])
        raise
    if child.returncode:
        tail = "\n".join(printed.splitlines()[-TAIL_LINES:])
        raise SetupError(f"{tail}\n\nThis step failed: {' '.join(map(str, command))}")
    return printed


def foreground(command: Sequence[str | Path], env: Mapping[str, str]) -> int:
    """Run a program at the caller's terminal and give its exit code."""
    done = subprocess.run(
        [str(word) for word in command],
        cwd=ROOT,
        env=dict(env),
        check=False,
        preexec_fn=follow_parent(),
    )
    return done.returncode


def answer_for(errand: Callable[[], int]) -> int:
    """Give an errand's exit code: 1 and a sentence where set-up fails, 130 after Ctrl-C."""
    follow_make()
    try:
        return errand()
    except SetupError as trouble:
        print(f"\n{trouble}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


@contextmanager
def step(what: str) -> Any:
    """Print one line about a step of set-up, with the seconds that it took."""
    started = time.monotonic()
    print(f"  {what} … ", end="", flush=True)
    try:
        yield
    except BaseException:
        print("stopped", flush=True)
        raise
    print(f"{time.monotonic() - started:.1f} s", flush=True)
