"""Reading the parameters of an action, which arrive as JSON, as forms or as text."""

from typing import Any

from datahub.domain.ckan.errors import InvalidError
from portal.rest import read_json

Params = dict[str, Any]


def whole(params: Params, name: str, default: int, *, most: int) -> int:
    """Read a number from 0 to ``most``; more is cut down to it. Raises ``InvalidError``."""
    value = params.get(name)
    if value is None or value == "":
        return default
    try:
        number = int(str(value))
    except ValueError as error:
        raise InvalidError(name, "Invalid integer") from error
    if number < 0:
        raise InvalidError(name, "Must be a natural number")
    return min(number, most)


def text(params: Params, name: str, default: str = "") -> str:
    """Read a text. Raises ``InvalidError`` where it is no text."""
    value = params.get(name, default)
    if value is None:
        return default
    is_text = isinstance(value, str | int | float) and not isinstance(value, bool)
    if not is_text or "\0" in str(value):
        raise InvalidError(name, "Must be a string")
    return str(value)


def needed(params: Params, name: str) -> str:
    value = text(params, name)
    if not value:
        raise InvalidError(name, "Missing value")
    return value


def yes(params: Params, name: str, *, default: bool) -> bool:
    value = params.get(name, default)
    return (
        value if isinstance(value, bool) else str(value).lower() in {"true", "1", "yes", "t", "on"}
    )


def words(params: Params, name: str) -> list[str]:
    """Read a list: as such, as JSON in a text, or separated by commas."""
    value = params.get(name) or []
    if isinstance(value, str):
        value = parsed(value) if value.strip().startswith("[") else value.split(",")
    if not isinstance(value, list):
        raise InvalidError(name, "Not a list")
    return [str(one).strip() for one in value if str(one).strip()]


def mapping(params: Params, name: str) -> dict[str, Any]:
    """Read a dictionary: as such or as JSON in a text."""
    value = params.get(name) or {}
    if isinstance(value, str):
        value = parsed(value)
    if not isinstance(value, dict):
        raise InvalidError(name, "Not a dictionary")
    return value


def parsed(value: str) -> Any:
    """Read JSON, or give ``None``."""
    try:
        return read_json(value)
    except (ValueError, RecursionError):
        return None
