"""The actions of CKAN's API that read. There are none that write.

Each takes the parameters and gives the ``result`` of the answer, or raises an
``ActionError``. Unknown parameters are passed over, as clients send many.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.db.models import CharField, Count, F, Func

from datahub.domain.ckan import datastore, packages, query
from datahub.domain.ckan.errors import InvalidError, NotFoundError, QueryError
from datahub.domain.ckan.params import Params, needed, text, whole, words, yes
from datahub.models import Dataset, DatasetQuerySet, Licence, Theme
from portal.accounts.models import Department

MAX_ROWS = 1000
ORDERS = {
    "metadata_modified": "modified_at",
    "metadata_created": "created_at",
    "name": "name",
    "title": "title_ko",
    "title_string": "title_ko",
    "id": "uuid",
    "views_recent": "download_count",
}
FACETS = {
    "organization": "publisher__code",
    "groups": "theme__code",
    "license_id": "licence__code",
}


def site_read(params: Params) -> bool:
    """Say that anyone may read."""
    return True


def status_show(params: Params) -> dict[str, Any]:
    """Say which API this is."""
    return {
        "ckan_version": "2.11.0",
        "site_url": settings.SITE_URL,
        "site_title": settings.SITE_NAME["ko"],
        "site_description": "",
        "error_emails_to": None,
        "locale_default": settings.LANGUAGE_CODE,
        "extensions": ["datastore", "dcat"],
    }


def help_show(params: Params) -> str:
    """Explain the action ``name``."""
    name = needed(params, "name")
    if name not in ACTIONS:
        raise NotFoundError("Action name not known")
    return ACTIONS[name].__doc__ or ""


def package_list(params: Params) -> list[str]:
    """Name all datasets; limit, offset."""
    start = whole(params, "offset", 0, most=10**9)
    size = whole(params, "limit", 100_000, most=100_000)
    names = Dataset.objects.published().order_by("name").values_list("name", flat=True)
    return list(names[start : start + size])


def package_show(params: Params) -> dict[str, Any]:
    """Show the dataset ``id`` (its name or its identifier)."""
    return packages.package(_dataset(needed(params, "id")))


def current_package_list_with_resources(params: Params) -> list[dict[str, Any]]:
    """Show datasets whole, newest change first; limit, offset."""
    start = whole(params, "offset", 0, most=10**9)
    size = whole(params, "limit", 100, most=MAX_ROWS)
    found = Dataset.objects.published().with_versions().order_by("-modified_at", "-pk")
    return list(map(packages.package, found[start : start + size]))


def package_search(params: Params) -> dict[str, Any]:
    """Search datasets: q, fq, sort, rows, start, facet.field."""
    found = Dataset.objects.published().filter(query.parse(text(params, "q", "*:*") or "*:*"))
    for part in [text(params, "fq"), *words(params, "fq_list")]:
        found = found.filter(query.parse(part))
    rows = whole(params, "rows", 10, most=MAX_ROWS)
    start = whole(params, "start", 0, most=10**9)
    sort = text(params, "sort") or "score desc, metadata_modified desc"
    page = found.with_versions().order_by(*_order(sort))[start : start + rows] if rows else []
    facets = _facets(found, params)
    return {
        "count": found.count(),
        "sort": sort,
        "results": list(map(packages.package, page)),
        "facets": {
            key: {one["name"]: one["count"] for one in items} for key, items in facets.items()
        },
        "search_facets": {key: {"title": key, "items": items} for key, items in facets.items()},
    }


def resource_show(params: Params) -> dict[str, Any]:
    """Show the resource ``id``."""
    version = datastore.find_version(needed(params, "id"))
    return packages.resource(version, version.dataset)


def resource_view_list(params: Params) -> list[Any]:
    """There are no views to list."""
    datastore.find_version(needed(params, "id"))
    return []


def organization_list(params: Params) -> list[Any]:
    """List the departments that publish data; all_fields."""
    found = _counted(Department.objects.filter(datasets__state="published"), "datasets")
    return _listed(found, params, packages.organization)


def organization_show(params: Params) -> dict[str, Any]:
    """Show the department ``id``; include_datasets."""
    row = _by_key(Department.objects.all(), "department", needed(params, "id"), "Organization")
    found = Dataset.objects.published().filter(publisher=row)
    return _shown(packages.organization(row), found, params)


def group_list(params: Params) -> list[Any]:
    """List the themes; all_fields."""
    counts = dict(Dataset.objects.published().values_list("theme").annotate(n=Count("pk")))
    themes: list[Any] = list(Theme.objects.all())
    for theme in themes:
        theme.package_count = counts.get(theme.pk, 0)
    return _listed(themes, params, packages.group)


def group_show(params: Params) -> dict[str, Any]:
    """Show the theme ``id``; include_datasets."""
    row = _by_key(Theme.objects.all(), "theme", needed(params, "id"), "Group")
    return _shown(packages.group(row), Dataset.objects.published().filter(theme=row), params)


def tag_list(params: Params) -> list[Any]:
    """List the keywords; query, all_fields."""
    part = text(params, "query").lower()
    names = sorted(name for name in _tags(Dataset.objects.published()) if part in name.lower())
    return list(map(packages.tag, names)) if yes(params, "all_fields", default=False) else names


def license_list(params: Params) -> list[dict[str, Any]]:
    """List the licences."""
    return list(map(packages.licence, Licence.objects.all()))


def _dataset(key: str) -> Dataset:
    condition = query.leaf("id", query.Token("word", key)) | query.leaf(
        "name", query.Token("word", key.rstrip("*"))
    )
    found = Dataset.objects.published().with_versions().filter(condition).first()
    if found is None:
        raise NotFoundError("Dataset")
    return found


def _order(sort: str) -> list[str]:
    """Read ``name asc, metadata_modified desc``; the score is passed over."""
    columns = []
    for part in filter(None, (part.strip() for part in sort.split(","))):
        name, _space, way = part.partition(" ")
        if name == "score":
            continue
        if name not in ORDERS or way.strip().lower() not in {"", "asc", "desc"}:
            raise QueryError(f"Cannot sort by: {part}")
        columns.append(("-" if way.strip().lower() == "desc" else "") + ORDERS[name])
    return [*columns, "-pk"]


def _facets(found: DatasetQuerySet, params: Params) -> dict[str, list[dict[str, Any]]]:
    fields = words(params, "facet.field") if yes(params, "facet", default=True) else []
    try:
        limit = int(params.get("facet.limit") or 50)
    except (TypeError, ValueError) as error:
        raise InvalidError("facet.limit", "Invalid integer") from error
    return {field: _facet(found, field)[: limit if limit >= 0 else None] for field in fields}


def _facet(found: DatasetQuerySet, field: str) -> list[dict[str, Any]]:
    if field in FACETS:
        column = FACETS[field]
        names = f"{column.partition('__')[0]}__name_ko"
        groups = found.exclude(**{column: None}).order_by().values_list(column, names)
        counts = [(code, name, n) for code, name, n in groups.annotate(n=Count("pk"))]
    elif field == "tags":
        counts = [(name, name, n) for name, n in _tags(found).items()]
    elif field == "res_format":
        counts = [("CSV", "CSV", total)] if (total := found.count()) else []
    else:
        raise QueryError(f"Unknown facet: {field}")
    counts.sort(key=lambda one: (-one[2], one[0]))
    return [{"name": code, "display_name": name, "count": n} for code, name, n in counts]


def _tags(found: DatasetQuerySet) -> dict[str, int]:
    """Count the datasets of each keyword."""
    tag = Func(F("keywords"), function="unnest", output_field=CharField())
    return dict(found.order_by().annotate(tag=tag).values_list("tag").annotate(n=Count("pk")))


def _counted(rows: Any, relation: str) -> Any:
    return rows.annotate(package_count=Count(relation)).order_by("code")


def _listed(
    rows: Iterable[Any], params: Params, describe: Callable[[Any], dict[str, Any]]
) -> list[Any]:
    if not yes(params, "all_fields", default=False):
        return [row.code for row in rows]
    return [{**describe(row), "package_count": row.package_count} for row in rows]


def _by_key(rows: Any, kind: str, key: str, what: str) -> Any:
    for row in rows:
        if key in {row.code, packages.key_of(kind, row.code)}:
            return row
    raise NotFoundError(what)


def _shown(described: dict[str, Any], found: DatasetQuerySet, params: Params) -> dict[str, Any]:
    more: dict[str, Any] = {"package_count": found.count(), "extras": [], "tags": [], "users": []}
    if yes(params, "include_datasets", default=False):
        page = found.with_versions().order_by("-modified_at", "-pk")[:MAX_ROWS]
        more["packages"] = list(map(packages.package, page))
    return described | more


ACTIONS: dict[str, Callable[[Params], Any]] = {
    action.__name__: action
    for action in (
        site_read,
        status_show,
        help_show,
        package_list,
        package_show,
        current_package_list_with_resources,
        package_search,
        resource_show,
        resource_view_list,
        organization_list,
        organization_show,
        group_list,
        group_show,
        tag_list,
        license_list,
    )
} | {"datastore_search": datastore.search}
