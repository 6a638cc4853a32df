"""A running city: the portal's own server, a worker and beat, on a database of their own.

The processes are the ones that ``make run`` starts; only the data, the keys, the
mail and the port are the journey's.
"""

import os
import re
import signal
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
from redis import Redis

PROGRAMS = Path(sys.executable).parent
REDIS_DATABASE = 9
PATIENCE = 60


class City:
    """The portal as its people meet it, at ``url``; its mail lies in ``mail``."""

    def __init__(self, database: str, folder: Path) -> None:
        self.folder, self.mail = folder, folder / "mail"
        self.mail.mkdir()
        self.port = _free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.env = self._environment(database)
        self.processes: list[subprocess.Popen] = []

    def _environment(self, database: str) -> dict[str, str]:
        env = dict(os.environ)
        admin = env.get("DATABASE_SUPERUSER_URL") or env["DATABASE_MIGRATOR_URL"]
        roles = {"": "app", "_MIGRATOR": "migrator", "_SEALER": "sealer", "_ERASER": "eraser"}
        for infix, role in roles.items():
            given = env.get(f"DATABASE{infix}_URL", admin)
            env[f"DATABASE{infix}_URL"] = _another(given, database, f"portal_{role}")
        return env | {
            "DEBUG": "yes",
            "SECRET_KEY": settings.SECRET_KEY,
            "DJANGO_SETTINGS_MODULE": "portal.settings",
            "REDIS_URL": re.sub(r"(db=|/)\d+$", rf"\g<1>{REDIS_DATABASE}", env["REDIS_URL"]),
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
        Redis.from_url(self.env["REDIS_URL"]).flushdb()
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
        log = (self.folder / f"{program}-{len(self.processes)}.log").open("wb")
        self.processes.append(
            subprocess.Popen(
                [PROGRAMS / program, *arguments],
                env=self.env,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        )

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
            for raw in reversed(path.read_bytes().split(b"-" * 79)):
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
            timeout=120,
        )

    def stop(self) -> None:
        for process in reversed(self.processes):
            os.killpg(process.pid, signal.SIGTERM)
        for process in self.processes:
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


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


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=3) as response:  # noqa: S310  our own server
            return response.status == 200
    except (URLError, OSError):
        return False
