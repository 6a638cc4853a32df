"""Where set-up keeps its things, and where else when the project's own folder will not serve."""

import hashlib
import os
import pwd
import stat
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCAL = ROOT / ".local"
LOGS = LOCAL / "logs"
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"

# Linux keeps 108 bytes for a socket's path, one of them for the closing zero.
SOCKET_PATH_BYTES = 107
LONGEST_SOCKET_NAME = ".s.PGSQL.5432.lock"


@dataclass(frozen=True)
class Account:
    """Whom the database server runs as: PostgreSQL refuses to run as root."""

    uid: int
    gid: int


def server_account() -> Account | None:
    """Find the account for PostgreSQL when we are root; None stands for ourselves."""
    if os.geteuid() != 0:
        return None
    nobody = pwd.getpwnam("nobody")
    return Account(nobody.pw_uid, nobody.pw_gid)


def short_name(path: Path) -> str:
    """Name a folder elsewhere after ``path``: the same each time, and of no great length."""
    return f"hamkke-{hashlib.sha256(str(path).encode()).hexdigest()[:10]}"


def open_to_all(path: Path) -> bool:
    """Tell whether any account may enter every folder above ``path``."""
    return all(parent.stat().st_mode & stat.S_IXOTH for parent in path.absolute().parents)


def server_home(wanted: Path, account: Account | None) -> Path:
    """Choose where the servers keep their data: ``wanted``, or /var/tmp where none may enter it."""
    if account is None or open_to_all(wanted):
        return wanted
    return Path("/var/tmp") / short_name(wanted)  # noqa: S108  ownership is checked by own_folder


def socket_folder(home: Path) -> Path:
    """Choose where the sockets lie: ``home/run``, or a short folder where that path is too long."""
    usual = home / "run"
    if len(os.fsencode(usual / LONGEST_SOCKET_NAME)) <= SOCKET_PATH_BYTES:
        return usual
    return Path(tempfile.gettempdir()) / short_name(home)


def own_folder(path: Path, account: Account | None = None, mode: int = 0o700) -> Path:
    """Make ``path`` ours (or ``account``'s); refuse a folder that somebody else put there.

    :raises PermissionError: the folder is a link, or belongs to another account.
    """
    path.mkdir(parents=True, exist_ok=True)
    found = path.lstat()
    ours = {os.geteuid()} | ({account.uid} if account else set())
    if not stat.S_ISDIR(found.st_mode) or found.st_uid not in ours:
        raise PermissionError(f"{path} belongs to somebody else; remove it or move the project.")
    path.chmod(mode)
    if account:
        os.chown(path, account.uid, account.gid)
    return path
