"""Public data as files: what there is today, what each column means, earlier days."""

from datetime import date, datetime
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import condition, require_safe

from portal import registry
from portal.exports.models import ExportFile, Release

MOST_DAYS = 100
CONTENT_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "zip": "application/zip",
    "md": "text/markdown; charset=utf-8",
    "manifest": "application/json",
}


@require_safe
def list_files(request: HttpRequest) -> HttpResponse:
    """Show the newest release, with what each table and column means."""
    days = list(Release.objects.visible_to(request.user)[:MOST_DAYS])
    newest = days[0] if days else None
    files = list(newest.files.select_related("release")) if newest else []
    context = {
        "release": newest,
        "earlier": days[1:],
        "tables": _tables(files),
        "others": [file for file in files if not file.key],
    }
    return render(request, "exports/release_list.html", context)


def _tables(files: list[ExportFile]) -> list[dict[str, Any]]:
    return [
        {
            "export": export,
            "files": [file for file in files if file.key == export.key],
            "rows": next((file.rows for file in files if file.key == export.key), None),
        }
        for export in registry.open_data_exports
    ]


@require_safe
def day(request: HttpRequest, day: str) -> HttpResponse:
    """Show the files of one day."""
    releases = Release.objects.visible_to(request.user).prefetch_related("files__release")
    release = get_object_or_404(releases, day=_day(day))
    return render(request, "exports/release_detail.html", {"release": release})


def _found(day: str, name: str) -> ExportFile:
    known = ExportFile.objects.select_related("release")
    return get_object_or_404(known, release__day=_day(day), name=name)


def _tag(_request: HttpRequest, day: str, name: str) -> str:
    return f'"{_found(day, name).sha256}"'


def _made(_request: HttpRequest, day: str, name: str) -> datetime:
    return _found(day, name).release.made_at


@require_safe
@condition(etag_func=_tag, last_modified_func=_made)
def file(request: HttpRequest, day: str, name: str) -> FileResponse:
    """Hand out one file, streamed; only what a release lists has a name here."""
    found = _found(day, name)
    if not found.path.is_file():
        raise Http404
    return FileResponse(
        found.path.open("rb"),
        as_attachment=True,
        filename=f"{found.release}-{found.name}",
        content_type=CONTENT_TYPES[found.format],
    )


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise Http404 from error
