"""Pages under load: wrk against the portal's own server, yardstick and candidate in turn."""

import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError

PORT = 8199
BASE = f"http://127.0.0.1:{PORT}"
LUA = Path(__file__).parent / "load.lua"
ROUNDS = 9
PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "bench.settings",
    "DEBUG": "no",
    "SECRET_KEY": "bench-" * 10,
    "IDENTITY_KEY": "development-only",
    "HTTPS_ONLY": "no",
    "API_RATE_ANONYMOUS": "100000/s",
}
SECONDS = 2
SERVERS = {
    "granian": [
        "granian",
        "--interface",
        "wsgi",
        "--workers",
        "2",
        "--blocking-threads",
        "1",
        "--host",
        "127.0.0.1",
        "--port",
        str(PORT),
        "--no-ws",
        "--log-level",
        "error",
        "portal.wsgi:application",
    ],
}


@dataclass(frozen=True)
class Load:
    """What one address bears: requests per second, and percentiles in milliseconds."""

    per_second: float
    p50: float
    p95: float
    errors: int


@contextmanager
def serving(**settings: str) -> Iterator[None]:
    """Run the portal's server as in production, hashed static files too, until the block ends."""
    static = tempfile.mkdtemp(prefix="hamkke-bench-")
    env = {**os.environ, **PRODUCTION, "STATIC_ROOT": static, **settings}
    collect = [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity", "0"]
    subprocess.run(collect, env=env, check=True)
    command = [str(Path(sys.executable).parent / SERVERS["granian"][0]), *SERVERS["granian"][1:]]
    server = subprocess.Popen(
        command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        _wait()
        yield
    finally:
        server.terminate()
        server.wait(10)
        shutil.rmtree(static)


def _wait() -> None:
    for _try in range(300):
        try:
            urllib.request.urlopen(f"{BASE}/healthz", timeout=2).close()
        except (URLError, OSError):
            time.sleep(0.1)
        else:
            return
    sys.exit("the server does not answer")


def measure(path: str, *, connections: int = 4, headers: tuple[str, ...] = (), **env: str) -> Load:
    """Bear down on ``path`` for ``SECONDS``."""
    command = ["wrk", "-t2", f"-c{connections}", f"-d{SECONDS}s", "-s", str(LUA)]
    for header in ("Accept-Language: ko", *headers):
        command += ["-H", header]
    done = subprocess.run(
        [*command, BASE + path],
        env={**os.environ, **env},
        capture_output=True,
        text=True,
        check=True,
    )
    line = next(line for line in done.stdout.splitlines() if line.startswith("FIGURES"))
    requests, micros, p50, p95, errors = (float(word) for word in line.split()[1:])
    return Load(requests / (micros / 1e6), p50 / 1000, p95 / 1000, int(errors))


def in_turn(candidates: dict[str, dict]) -> dict[str, Load]:
    """Measure all in random order, ``ROUNDS`` times; drop the first round and take the medians."""
    found: dict[str, list[Load]] = {name: [] for name in candidates}
    for turn in range(ROUNDS):
        for name in random.sample(list(candidates), len(candidates)):
            found[name].append(measure(**candidates[name], ROUND=str(turn)))
    return {name: _median(loads[1:]) for name, loads in found.items()}


def _median(loads: list[Load]) -> Load:
    return Load(
        statistics.median(load.per_second for load in loads),
        statistics.median(load.p50 for load in loads),
        statistics.median(load.p95 for load in loads),
        sum(load.errors for load in loads),
    )


def fetch(path: str, **headers: str) -> tuple[int, dict[str, str]]:
    """One request; the status and the headers."""
    request = urllib.request.Request(BASE + path, headers={"Accept-Language": "ko", **headers})
    try:
        with urllib.request.urlopen(request) as response:
            return response.status, {k.lower(): v for k, v in response.headers.items()}
    except urllib.error.HTTPError as answer:
        return answer.code, {k.lower(): v for k, v in answer.headers.items()}
