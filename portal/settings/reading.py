"""Knows how settings are read from the environment: strictly, or the start stops."""

import os
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from psycopg2.extensions import parse_dsn


def flag(name: str, default: str = "no") -> bool:
    """Read a yes/no variable, and stop at once on anything else."""
    value = os.environ.get(name, default)
    if value not in {"yes", "no"}:
        raise ImproperlyConfigured(f"{name} must be 'yes' or 'no', not {value!r}")
    return value == "yes"


def words(name: str, default: str = "") -> list[str]:
    """Read a list separated by commas."""
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


def number(name: str, default: int, *, least: int = 0) -> int:
    """Read a whole number of at least ``least``, and stop at once on anything else."""
    value = os.environ.get(name, str(default))
    if not value.isdecimal():
        raise ImproperlyConfigured(f"{name} must be a whole number, not {value!r}")
    if int(value) < least:
        raise ImproperlyConfigured(f"{name} must be at least {least}, not {value}")
    return int(value)


def level(name: str, default: str) -> str:
    """Read a level of identity, and stop at once on anything else."""
    value = os.environ.get(name, default)
    if value not in {"none", "email", "resident"}:
        raise ImproperlyConfigured(f"{name} must be none, email or resident, not {value!r}")
    return value


def scanner(name: str) -> str:
    """Read the address of a scanner of files, and stop at once on one that nobody speaks to."""
    value = os.environ.get(name, "")
    if value and not value.startswith("clamd://"):
        raise ImproperlyConfigured(f"{name} must be empty or begin with clamd://, not {value!r}")
    return value


def database(url: str, **options: Any) -> dict[str, Any]:
    """Turn a PostgreSQL connection URI (libpq's form, Unix sockets too) into Django's settings."""
    parts = parse_dsn(url)
    known = {key: parts.pop(key, "") for key in ("dbname", "user", "password", "host", "port")}
    return {
        "ENGINE": "portal.postgresql",
        "NAME": known["dbname"],
        "USER": known["user"],
        "PASSWORD": known["password"],
        "HOST": known["host"],
        "PORT": known["port"],
        "CONN_MAX_AGE": number("CONN_MAX_AGE", 60),
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {**parts, **options},
    }
