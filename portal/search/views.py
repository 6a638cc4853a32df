"""The page that searches the whole portal."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portal.search import shown
from portal.search.domain import find as search
from portal.search.forms import SearchForm


@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """Show what matches the question, or only the form where nothing is asked."""
    form = SearchForm(request.GET)
    context = {"form": form, "search_query": request.GET.get("q", "")}
    if form.is_valid() and form.cleaned_data["q"]:
        findings = search.find(
            form.cleaned_data["q"],
            kinds=form.kinds(),
            after=request.GET.get("after", ""),
            scope=form.scope(),
        )
        context |= {
            "findings": findings,
            "hits": shown.hits(findings),
            "kinds": shown.kinds(findings),
        }
    return render(request, "search/document_list.html", context)
