"""The API described for people: one page, made from the OpenAPI schema, without scripts."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_GET
from drf_spectacular.generators import SchemaGenerator

METHODS = ("get", "post", "put", "patch", "delete")
_kept: dict[str, list[dict[str, Any]]] = {}


@require_GET
def api_docs(request: HttpRequest) -> HttpResponse:
    """List every address of the API with what it takes and gives."""
    language = get_language() or "ko"
    if language not in _kept:
        _kept[language] = described(SchemaGenerator().get_schema(request=None, public=True))
    return render(request, "home/api_docs.html", {"operations": _kept[language]})


def described(schema: dict[str, Any]) -> list[dict[str, Any]]:
    """Flatten the schema's paths: method, path, summary, parameters and answers, in order."""
    return [
        {
            "method": method.upper(),
            "path": path,
            "key": operation["operationId"],
            "text": operation.get("description", ""),
            "parameters": [_parameter(p) for p in operation.get("parameters", [])],
            "answers": [
                (code, answer.get("description", ""))
                for code, answer in operation.get("responses", {}).items()
            ],
        }
        for path, operations in schema["paths"].items()
        for method, operation in operations.items()
        if method in METHODS
    ]


def _parameter(parameter: dict[str, Any]) -> dict[str, Any]:
    schema = parameter.get("schema", {})
    return {
        "name": parameter["name"],
        "where": parameter["in"],
        "type": schema.get("type", ""),
        "values": ", ".join(str(value) for value in schema.get("enum", [])),
        "text": parameter.get("description", ""),
        "required": parameter.get("required", False),
    }
