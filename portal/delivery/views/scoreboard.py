"""The scoreboard of the departments, as a page and as files."""

import csv

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from portal.delivery.domain import scoreboard
from portal.delivery.exports import COLUMNS, NOW_COLUMNS, answer_for, as_mapping
from portal.delivery.forms.scoreboard import PeriodForm, asked

BOM = "\ufeff"


@require_GET
def show(request: HttpRequest) -> HttpResponse:
    form = _form(request)
    span = form.span
    context = {
        "form": form,
        "span": span,
        "before": span.previous(),
        "lines": scoreboard.of(span),
        "fewest": settings.FEWEST_FOR_A_SHARE,
        "answer_days": settings.ANSWER_DAYS,
    }
    return render(request, "delivery/scoreboard.html", context)


@require_GET
def as_csv(request: HttpRequest) -> HttpResponse:
    """The same figures as a table for spreadsheets: UTF-8 with a mark, so that they read it."""
    span = _form(request).span
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="scoreboard-{span.key}.csv"'
    response.write(BOM)
    names = [column.name for column in (*COLUMNS, *NOW_COLUMNS)]
    writer = csv.DictWriter(response, names)
    writer.writeheader()
    writer.writerows(as_mapping(line.now) for line in scoreboard.of(span))
    return response


@require_GET
def as_json(request: HttpRequest) -> JsonResponse:
    """The same figures for programs, with what each column means."""
    return JsonResponse(answer_for(_form(request).span), json_dumps_params={"ensure_ascii": False})


def _form(request: HttpRequest) -> PeriodForm:
    return PeriodForm(asked(request.GET))
