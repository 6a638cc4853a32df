"""``datastore_search``: rows of a table, by filters and words; never by SQL."""

import uuid
from typing import Any

from django.urls import reverse

from datahub.domain import tables
from datahub.domain.ckan.errors import ActionError, InvalidError, NotFoundError
from datahub.domain.ckan.packages import absolute, field
from datahub.domain.ckan.params import Params, mapping, needed, parsed, text, whole, words, yes
from datahub.models import Column, DatasetState, Version
from portal.refusals import Refused

LIMIT = 100
FORMATS = ("objects", "lists")


class SlowError(ActionError):
    status = 409
    kind = "Search Error"


def find_version(key: str) -> Version:
    """Find the public version called ``key``. Raises ``NotFoundError``."""
    try:
        wanted = uuid.UUID(key)
    except ValueError as error:
        raise NotFoundError("Resource") from error
    public = Version.objects.released().filter(dataset__state=DatasetState.PUBLISHED)
    version = public.select_related("dataset").prefetch_related("columns").filter(uuid=wanted)
    if not (found := version.first()):
        raise NotFoundError("Resource")
    return found


def search(params: Params) -> dict[str, Any]:
    """Search the rows of a resource: resource_id, filters, q, fields, sort, limit, offset."""
    version = find_version(needed(params, "resource_id"))
    question = _question(version, params)
    shape = text(params, "records_format", "objects")
    if shape not in FORMATS:
        raise InvalidError("records_format", f"One of: {', '.join(FORMATS)}")
    try:
        found = tables.rows(version, question) if question.limit else []
        total = tables.count(version, question)
    except Refused as refusal:
        raise SlowError(str(refusal)) from refusal
    answer = {
        "resource_id": str(version.uuid),
        "fields": [{"id": "_id", "type": "int"}, *map(field, question.columns)],
        "records": _records(question, found, shape),
        "records_format": shape,
        "limit": question.limit,
        "offset": question.offset,
        "_links": _links(question),
        "include_total": yes(params, "include_total", default=True),
    }
    if answer["include_total"]:
        answer |= {"total": total, "total_was_estimated": False}
    return answer


def _records(question: tables.Question, found: list[Any], shape: str) -> list[Any]:
    if shape == "lists":
        return [[tables.plain(value) for value in row] for row in found]
    return tables.records(question.columns, found)


def _question(version: Version, params: Params) -> tables.Question:
    known = {column.name: column for column in version.columns.all()}
    chosen = [name for name in words(params, "fields") if name != "_id"]
    return tables.Question(
        columns=tuple(_known(known, name, "fields") for name in chosen) or tuple(known.values()),
        conditions=tuple(_conditions(known, mapping(params, "filters"))),
        words=_words(params),
        order=tuple(_order(known, text(params, "sort"))),
        limit=whole(params, "limit", LIMIT, most=tables.MAX_ROWS),
        offset=whole(params, "offset", 0, most=10**12),
    )


def _known(known: dict[str, Column], name: str, parameter: str) -> Column:
    if name not in known:
        raise InvalidError(parameter, f'field "{name}" not in table')
    return known[name]


def _words(params: Params) -> str:
    """Read ``q``: a text, or a dictionary whose texts must all be found."""
    value = params.get("q") or ""
    if isinstance(value, str):
        value = parsed(value) if value.startswith("{") else value
    if isinstance(value, dict):
        value = " ".join(map(str, value.values()))
    return text({"q": value}, "q")


def _conditions(known: dict[str, Column], filters: dict[str, Any]) -> list[tables.Condition]:
    found = []
    for name, wanted in filters.items():
        column = _known(known, name, "filters")
        if isinstance(wanted, dict):
            for operator, value in wanted.items():
                if operator not in tables.OPERATORS:
                    raise InvalidError("filters", f"Unknown operator: {operator}")
                found.append(tables.Condition(column, (_value(value),), operator))
        else:
            several = wanted if isinstance(wanted, list) else [wanted]
            found.append(tables.Condition(column, tuple(map(_value, several)) or ("",)))
    return found


def _value(value: Any) -> str:
    return text({"filters": value}, "filters")


def _order(known: dict[str, Column], sort: str) -> list[tuple[Column | None, bool]]:
    """Read ``col desc, "other col" asc``; only columns of the table are taken."""
    found: list[tuple[Column | None, bool]] = []
    for part in filter(None, (part.strip() for part in sort.split(","))):
        name, _space, way = part.rpartition(" ")
        if way.lower() not in {"asc", "desc"}:
            name, way = part, "asc"
        name = name.strip().strip('"')
        column = None if name == "_id" else _known(known, name, "sort")
        found.append((column, way.lower() == "desc"))
    return found


def _links(question: tables.Question) -> dict[str, str]:
    start = absolute(reverse("datahub:ckan_action", args=["datastore_search"]))
    further = question.offset + question.limit
    return {"start": start, "next": f"{start}?offset={further}&limit={question.limit}"}
