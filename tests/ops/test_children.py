"""No process outlives the one that started it, however that one ended."""

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from tools.children import launch, stop

ROOT = Path(__file__).parents[2]
PARENT = """
import subprocess, time
from tools.children import launch
child = launch(["sleep", "60"], subprocess.DEVNULL)
print(child.pid, flush=True)
time.sleep(60)
"""


def is_gone(pid: int, within: float = 60.0) -> bool:
    until = time.monotonic() + within
    while time.monotonic() < until:
        with suppress(FileNotFoundError):
            if Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z":
                time.sleep(0.02)
                continue
        return True
    return False


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child of its parent's end")
def test_child_ends_when_its_parent_is_killed():
    parent = subprocess.Popen([sys.executable, "-c", PARENT], stdout=subprocess.PIPE, cwd=ROOT)
    pid = int(parent.stdout.readline())

    parent.kill()
    parent.communicate()

    assert is_gone(pid)


def test_stop_ends_a_child_and_what_it_started():
    child = launch(["sh", "-c", "sleep 60 & echo $!; wait"], subprocess.PIPE)
    grandchild = int(child.stdout.readline())

    stop([child])
    child.stdout.close()

    assert child.returncode == -signal.SIGTERM
    assert is_gone(grandchild)


def test_child_has_a_process_group_of_its_own():
    child = launch(["sleep", "60"], subprocess.DEVNULL)

    group = os.getpgid(child.pid)
    stop([child])

    assert group == child.pid
