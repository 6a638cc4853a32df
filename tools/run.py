"""``make run``: the whole portal on this machine, until Ctrl-C."""

import fcntl
import http.client
import os
import signal
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from tools import environment, frontend, packages, stamps
from tools.children import Manners, SetupError, answer_for, run, step
from tools.places import LOCAL, PYTHON, ROOT
from tools.servers import Servers
from tools.supervisor import Supervisor

MANAGE = [PYTHON, ROOT / "manage.py"]
HOST = os.environ.get("HOST", "127.0.0.1")


def run_portal() -> int:
    """Set everything up, run it, and end it; the exit code tells whether it ended as asked."""
    started = time.monotonic()
    port = environment.port()
    refuse_taken(port)
    with only_one_here():
        packages.install(for_development=False)
        frontend.fetch()
        return _serve(port, started)


def _serve(port: int, started: float) -> int:
    servers, portal = Servers(LOCAL), Supervisor()
    try:
        with step("Starting PostgreSQL and Redis"):
            servers.start(postgres=environment.needs_postgres(), redis=environment.needs_redis())
        if servers.home != LOCAL:
            print(f"  The data is in {servers.home}: the database may not enter the project.")
        environment.keep_servers(servers.environment())
        env = {**environment.for_running(port), **servers.environment()}
        cast = prepare_content(servers, env)
        start_programs(portal, port, env)
        greeting = Greeting(port, cast, started)
        ended = portal.watch(greeting.once_awake)
    except KeyboardInterrupt:
        print("\nEnding …", flush=True)
        return 0
    else:
        print(f"\nThe program '{ended}' ended by itself; ending the others.", file=sys.stderr)
        return 1
    finally:
        for sign in (signal.SIGINT, signal.SIGTERM):
            signal.signal(sign, signal.SIG_IGN)
        portal.stop()
        servers.stop()


def prepare_content(servers: Servers, env: dict[str, str]) -> str:
    """Bring tables, translations and demo city up to date where they are not; give the cast."""
    manners = Manners(env=env)
    cast = LOCAL / "cast.txt"
    if (
        servers.postgres
        and cast.is_file()
        and stamps.is_fresh("content", _content(servers, manners))
    ):
        return cast.read_text()
    for what, command in (
        ("Migrating the database", ["migrate", "--database", "migrator", "--verbosity", "0"]),
        ("Compiling translations", ["messages", "compile"]),
        ("Loading reference data", ["load_reference"]),
        ("Loading the demo city", ["load_demo"]),
    ):
        with step(what):
            run([*MANAGE, *command], manners)
    cast.write_text(run([*MANAGE, "show_cast"], manners))
    stamps.put("content", _content(servers, manners))
    return cast.read_text()


def _content(servers: Servers, manners: Manners) -> str:
    """Hash what the content was made from, and which migrations this very database has had."""
    made = servers.pgdata / "PG_VERSION"
    cluster = f"{made.stat().st_ino}:{made.stat().st_mtime_ns}" if made.is_file() else ""
    migrated = run([PYTHON, "-m", "tools.migrated"], manners) if servers.postgres else ""
    return stamps.digest([packages.RUNTIME, *stamps.source_files()], cluster, migrated)


def start_programs(portal: Supervisor, port: int, env: dict[str, str]) -> None:
    """Start the web server, the workers and the clock."""
    manners = Manners(env=env)
    # A clone in a container runs as root; its celery need not say so at every start.
    hush = "ignore:You're running the worker with superuser"
    celery = [PYTHON, "-W", hush, "-m", "celery", "--quiet", "-A", "portal"]
    quiet = ["--loglevel", "warning"]
    alone = ["--without-gossip", "--without-mingle", "--without-heartbeat"]
    portal.start(
        "web",
        [
            PYTHON, "-m", "granian", "--interface", "wsgi", "--host", HOST, "--port", str(port),
            "--workers", "2", "--blocking-threads", "2", "--log-level", "warning",
            "portal.wsgi:application",
        ],
        manners,
    )  # fmt: skip
    portal.start(
        "worker",
        [*celery, "worker", *quiet, *alone, "-Q", "celery", "-c", "2", "-n", "worker@%h"],
        manners,
    )
    portal.start(
        "sealer",
        [*celery, "worker", *quiet, *alone, "-Q", "audit", "-P", "solo", "-n", "sealer@%h"],
        manners,
    )
    scheduler = "django_celery_beat.schedulers:DatabaseScheduler"
    portal.start(
        "beat", [*celery, "beat", *quiet, "--pidfile", "", "--scheduler", scheduler], manners
    )


class Greeting:
    """The address and the demo accounts, printed once the portal answers."""

    def __init__(self, port: int, cast: str, started: float) -> None:
        self.port, self.cast, self.started = port, cast, started
        self.said = False

    def once_awake(self) -> None:
        """Print the greeting the first time that the portal answers."""
        if self.said or not answers(self.port):
            return
        self.said = True
        seconds = time.monotonic() - self.started
        print(f"\n{self.cast.rstrip()}\n")
        print(f"The portal answers at http://localhost:{self.port}/ after {seconds:.0f} s.")
        print("Ctrl-C ends it.", flush=True)


def answers(port: int) -> bool:
    """Tell whether the portal at ``port`` says that it is alive."""
    call = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    with suppress(OSError, http.client.HTTPException):
        call.request("GET", "/healthz", headers={"Host": "localhost"})
        return call.getresponse().status == http.client.OK
    return False


def refuse_taken(port: int) -> None:
    """Stop before any work where another program listens at ``port``.

    :raises SetupError: it does.
    """
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((HOST, port))
        except OSError as trouble:
            raise SetupError(
                f"Port {port} is taken ({trouble.strerror}); choose another: make run PORT=8001"
            ) from trouble


@contextmanager
def only_one_here() -> Iterator[None]:
    """Refuse a second portal over the same data; the lock goes with the process that holds it.

    :raises SetupError: one is running.
    """
    LOCAL.mkdir(exist_ok=True)
    with (LOCAL / "run.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as trouble:
            raise SetupError("The portal of this folder is running already.") from trouble
        yield


def is_running() -> bool:
    """Tell whether the portal of this folder is running."""
    try:
        with only_one_here():
            return False
    except SetupError:
        return True


if __name__ == "__main__":
    sys.exit(answer_for(run_portal))
