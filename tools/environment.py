"""The environment of the commands: what the caller set, and what suits this machine otherwise."""

import json
import os
import secrets
from collections.abc import Mapping
from pathlib import Path

from tools.children import SetupError
from tools.places import LOCAL

DEFAULT_PORT = 8000
SERVERS = LOCAL / "servers.json"


def port() -> int:
    """Read PORT.

    :raises SetupError: it is not the number of a port.
    """
    value = os.environ.get("PORT") or str(DEFAULT_PORT)
    if not value.isdecimal() or not 0 < int(value) < 2**16:
        raise SetupError(f"PORT must be a number from 1 to 65535, not {value!r}.")
    return int(value)


def needs_postgres() -> bool:
    """Tell whether the caller named no database.

    :raises SetupError: one was named, but not the way for migrations to it.
    """
    given = os.environ.get("DATABASE_URL")
    if given and not os.environ.get("DATABASE_MIGRATOR_URL"):
        raise SetupError(
            "DATABASE_URL is set without DATABASE_MIGRATOR_URL: migrations need the role "
            "portal_migrator, because the portal's own role owns no table."
        )
    return not given


def needs_redis() -> bool:
    """Tell whether the caller named no Redis."""
    return not os.environ.get("REDIS_URL")


def for_running(at_port: int) -> dict[str, str]:
    """Give the settings of a portal to look at: debugging on, mail into files."""
    return {
        "DEBUG": "yes",
        "SECRET_KEY": _secret_key(LOCAL / "secret_key"),
        "EMAIL_URL": "filemail://",
        "SITE_URL": f"http://localhost:{at_port}",
        **os.environ,
    }


def keep_servers(settings: Mapping[str, str], *, at: Path = SERVERS) -> None:
    """Write down the settings that lead to the servers started here, for other commands."""
    at.write_text(json.dumps(dict(settings), indent=2) + "\n")


def kept_servers(*, at: Path = SERVERS) -> dict[str, str]:
    """Read the settings that were written down last; none where nothing was started yet."""
    return json.loads(at.read_text()) if at.is_file() else {}


def like_production(env: Mapping[str, str]) -> dict[str, str]:
    """Give settings as a city would have them, for ``check --deploy``."""
    return {
        **env,
        "DEBUG": "no",
        "SECRET_KEY": secrets.token_urlsafe(64),
        "IDENTITY_KEY": secrets.token_urlsafe(64),
        "ALLOWED_HOSTS": "hamkke.example.org",
        "CSRF_TRUSTED_ORIGINS": "https://hamkke.example.org",
        "SITE_URL": "https://hamkke.example.org",
        "EMAIL_URL": "smtp+tls://mail:secret@mail.example.org:587",
        "BEHIND_PROXY": "yes",
    }


def _secret_key(file: Path) -> str:
    """Keep one key for this clone, so that sign-ins outlive a restart."""
    if not file.is_file():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(64))
    return file.read_text()
