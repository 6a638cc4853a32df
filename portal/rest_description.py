"""How the API describes itself: what each operation answers, its refusals included."""

from typing import Any, ClassVar

from drf_spectacular.openapi import AutoSchema
from rest_framework import serializers
from rest_framework.permissions import SAFE_METHODS


class RefusalSerializer(serializers.Serializer):
    """Why a program does not get what it asked for, in a sentence."""

    detail = serializers.CharField()


class Description(AutoSchema):
    """Each operation with its refusals too, which depend on what may be sent to it."""

    FAULTS: ClassVar = {
        "type": "object",
        "additionalProperties": {},
        "description": "What is wrong, by the name of the parameter or field.",
    }

    def get_operation(self, *args: Any) -> dict[str, Any] | None:
        operation = super().get_operation(*args)
        if operation is None:
            return None
        sent = {parameter["in"] for parameter in operation.get("parameters", [])}
        pages = any(parameter["name"] == "cursor" for parameter in operation.get("parameters", []))
        refusals = {
            "400": "query" in sent or "requestBody" in operation,
            "403": self.method not in SAFE_METHODS,
            "404": "path" in sent or pages or "requestBody" in operation,
            "406": True,
            "409": self.method not in SAFE_METHODS,
            "415": "requestBody" in operation,
            "429": True,
        }
        for code in [code for code, is_possible in refusals.items() if is_possible]:
            said = self.FAULTS if code == "400" else RefusalSerializer
            operation["responses"][code] = self._get_response_for_code(said, code)
        return operation
