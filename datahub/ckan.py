"""The door of CKAN's Action API: unpacks a request, calls the action, packs the answer.

Nobody is signed in here: cookies are not read, so nothing can be done in anyone's name.
"""

import logging
from typing import Any

from django.conf import settings
from django.http import HttpRequest, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from datahub.domain.ckan.actions import ACTIONS
from datahub.domain.ckan.errors import ActionError
from portal.rest import read_json

log = logging.getLogger(__name__)


class _UnreadableError(Exception):
    """The body of the request is no JSON object."""


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def action(request: HttpRequest, name: str) -> JsonResponse:
    if name not in ACTIONS:
        return _plain(f"Bad request: Action name not known: {name}")
    try:
        params = _params(request)
    except _UnreadableError as error:
        return _plain(f"Bad request: {error}")
    try:
        return _answer(name, {"success": True, "result": ACTIONS[name](params)})
    except ActionError as error:
        return _answer(name, {"success": False, "error": error.error}, error.status)
    except Exception:
        log.exception("action %s failed", name)
        failure = {"__type": "Internal Server Error", "message": "Internal Server Error"}
        return _answer(name, {"success": False, "error": failure}, 500)


def _params(request: HttpRequest) -> dict[str, Any]:
    """Collect the parameters: of the address, of a form, or of a JSON object."""
    found: dict[str, Any] = _flat(request.GET)
    if request.method == "POST":
        if request.content_type in {"application/x-www-form-urlencoded", "multipart/form-data"}:
            found |= _flat(request.POST) or _object(next(iter(request.POST), ""))
        else:
            found |= _object(request.body)
    return found


def _flat(values: Any) -> dict[str, Any]:
    """One value as itself, several as a list."""
    return {key: found[0] if len(found) == 1 else found for key, found in values.lists()}


def _object(body: bytes | str) -> dict[str, Any]:
    if not body:
        return {}
    try:
        value = read_json(body)
    except (ValueError, RecursionError) as error:
        raise _UnreadableError("JSON Error: Error decoding JSON data") from error
    if not isinstance(value, dict):
        raise _UnreadableError(f"Request data JSON decoded to {type(value).__name__}, not a dict")
    return value


def _answer(name: str, body: dict[str, Any], status: int = 200) -> JsonResponse:
    link = f"{settings.SITE_URL}/api/3/action/help_show?name={name}"
    return _open(JsonResponse({"help": link, **body}, status=status))


def _plain(sentence: str) -> JsonResponse:
    return _open(JsonResponse(sentence, safe=False, status=400))


def _open(response: JsonResponse) -> JsonResponse:
    """Let pages of other sites read the answer; it is the same for everyone."""
    response["Access-Control-Allow-Origin"] = "*"
    return response
