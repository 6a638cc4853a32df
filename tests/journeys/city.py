"""A running city: the portal's own server, a worker and beat, on a database of their own.

The processes are the ones that ``make run`` starts; only the data, the queue, the keys, the
mail and the port are the journey's. So several cities may live at once.
"""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from datetime import date, timedelta
from email import policy
from email.parser import BytesParser
from pathlib import Path
from urllib.error import URLError

from django.conf import settings
from django.utils import timezone

from tools.children import Manners, launch, stop
from tools.servers import Servers

PROGRAMS = Path(sys.executable).parent
PATIENCE = 180
# What stands under each letter in a file of mail.
BETWEEN_LETTERS = b"-" * 79


class City:
    """The portal as its people meet it, at ``url``; its mail lies in ``mail``."""

    def __init__(self, database: str, folder: Path) -> None:
        self.folder, self.mail = folder, folder / "mail"
        self.mail.mkdir()
        self.place = _free_place()
        self.port = self.place.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.redis = Servers(folder / "redis", keeps=False, account=None)
        self.database = database
        self.env: dict[str, str] = {}
        self.processes: list[subprocess.Popen] = []

    def _environment(self) -> dict[str, str]:
        env = dict(os.environ)
        admin = env.get("DATABASE_SUPERUSER_URL") or env["DATABASE_MIGRATOR_URL"]
        roles = {"": "app", "_MIGRATOR": "migrator", "_SEALER": "sealer", "_ERASER": "eraser"}
        for infix, role in roles.items():
            given = env.get(f"DATABASE{infix}_URL", admin)
            env[f"DATABASE{infix}_URL"] = _another(given, self.database, f"portal_{role}")
        return (
            env
            | self.redis.environment()
            | {
                "DEBUG": "yes",
                "SECRET_KEY": settings.SECRET_KEY,
                "DJANGO_SETTINGS_MODULE": "portal.settings",
                "EMAIL_URL": "filemail://",
                "EMAIL_FILE_PATH": str(self.mail),
                "MEDIA_ROOT": str(self.folder / "media"),
                "KEY_DIR": str(self.folder / "keys"),
                "SITE_URL": self.url,
                "LOG_LEVEL": "WARNING",
                "PAGE_CACHE_SECONDS": "30",
                "SUPPORT_THRESHOLD": "5",
                "REPORTS_SINCE": _first_of_last_month().isoformat(),
            }
        )

    def start(self) -> None:
        """Start web, worker and beat, and wait until the portal says that it is ready."""
        self._start_web()
        self._start_background()
        self.wait_for(lambda: _answers(f"{self.url}/readyz"), "the portal to be ready")

    def start_web(self) -> None:
        """Start the web alone: nothing happens here in the background."""
        self._start_web()
        self.wait_for(lambda: _answers(f"{self.url}/healthz"), "the web to answer")

    def _start_web(self) -> None:
        self.redis.start(postgres=False, redis=True)
        self.env = self._environment()
        self._run(
            "granian",
            "--interface",
            "wsgi",
            "--workers",
            "1",
            "--blocking-threads",
            "2",
            "--host",
            "127.0.0.1",
            "--port",
            str(self.port),
            "portal.wsgi:application",
        )

    def _start_background(self) -> None:
        self._run(
            "celery",
            "-A",
            "portal",
            "worker",
            "-Q",
            "celery,audit",
            "--concurrency",
            "1",
            "--pool",
            "solo",
            "--loglevel",
            "WARNING",
        )
        self._run("celery", "-A", "portal", "beat", "--loglevel", "WARNING")

    def _run(self, program: str, *arguments: str) -> None:
        with (self.folder / f"{program}-{len(self.processes)}.log").open("wb") as log:
            child = launch([PROGRAMS / program, *arguments], log, Manners(env=self.env))
        self.processes.append(child)

    def wait_for(self, seen, what: str):
        """Ask ``seen`` until it gives something, at most ``PATIENCE`` seconds; return that."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            found = seen()
            if found:
                return found
            time.sleep(0.2)  # another process works meanwhile; there is nothing to wait on here
        logs = "\n".join(log.read_text()[-2000:] for log in self.folder.glob("*.log"))
        raise AssertionError(f"waited in vain for {what}\n{logs}")

    def letter_to(self, address: str, containing: str = ""):
        """The newest mail to ``address`` whose text has ``containing``, once it has come."""
        return self.wait_for(lambda: self._newest(address, containing), f"mail to {address}")

    def _newest(self, address: str, containing: str):
        files = sorted(self.mail.glob("*.log"), key=lambda path: path.stat().st_mtime, reverse=True)
        for path in files:
            # What follows the last line between letters is not written to its end.
            for raw in reversed(path.read_bytes().split(BETWEEN_LETTERS)[:-1]):
                message = BytesParser(policy=policy.default).parsebytes(raw.lstrip())
                if address in (message["To"] or ""):
                    text = message.get_body().get_content()
                    if containing in text or containing in message["Subject"]:
                        return text
        return None

    def manage(self, *arguments: str) -> subprocess.CompletedProcess:
        """Run a command of the portal against this city."""
        return subprocess.run(
            [sys.executable, "manage.py", *arguments],
            env=self.env,
            capture_output=True,
            text=True,
            check=False,
            timeout=PATIENCE,
        )

    def stop(self) -> None:
        stop(self.processes)
        self.redis.stop()
        self.place.close()


def _another(url: str, database: str, user: str) -> str:
    """The same server's ``database``, as ``user``; a password goes along only with its own user."""
    from psycopg2.extensions import parse_dsn

    parts = parse_dsn(url)
    host = parts.get("host", "")
    secret = f":{parts['password']}" if parts.get("password") and parts.get("user") == user else ""
    if host.startswith("/"):
        return f"postgresql://{user}@/{database}?host={host}"
    return f"postgresql://{user}{secret}@{host}:{parts.get('port', 5432)}/{database}"


def _first_of_last_month() -> date:
    """So that exactly one month is there to be reported on."""
    return (timezone.localdate().replace(day=1) - timedelta(days=1)).replace(day=1)


def _free_place() -> socket.socket:
    """Hold a port that nobody else is given, and that a server may listen at."""
    found = socket.socket()
    found.bind(("127.0.0.1", 0))
    # Only now: one that was bound so may be given to two.
    found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    return found


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=30) as response:  # noqa: S310  our own server
            return response.status == 200
    except (URLError, OSError):
        return False
