"""The refusals of CKAN's API, with the names and statuses that its clients know."""

from typing import Any


class ActionError(Exception):
    """A refusal: ``status`` of HTTP and the ``error`` object of the answer."""

    status = 400
    kind = "Search Query Error"

    @property
    def error(self) -> dict[str, Any]:
        return {"__type": self.kind, "message": str(self)}


class QueryError(ActionError):
    """The words of a search make no sense; clients then fetch everything instead."""


class NotFoundError(ActionError):
    status = 404
    kind = "Not Found Error"

    def __init__(self, what: str) -> None:
        super().__init__(f"Not found: {what}")


class InvalidError(ActionError):
    """A parameter is wrong."""

    status = 409
    kind = "Validation Error"

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field

    @property
    def error(self) -> dict[str, Any]:
        return {"__type": self.kind, self.field: [str(self)]}
