"""The pages of the evaluation: frameworks, indicators, measurements and their verification."""

from django.contrib.auth.decorators import login_required
from django.db.models import Prefetch
from django.forms import BaseForm
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from evaluation.domain import measurements, overview
from evaluation.domain.figures import plain, row_of
from evaluation.forms import (
    CorrectionForm,
    EvidenceForm,
    MeasurementForm,
    QuestionForm,
    VerificationForm,
)
from evaluation.models import Evidence, Framework, Indicator, Measurement
from portal.access import SignedInRequest, get_allowed
from portal.asking import Ask, ask, attempt, done, posted
from portal.paging import page_of
from portal.quarantine.handing import hand_out

EVIDENCE = Prefetch("evidence", Evidence.objects.with_file_state())
RECORD = Ask(_lazy("Record a measurement"), "", _lazy("Record"))
ATTACH = Ask(_lazy("Add evidence"), "", _lazy("Add evidence"))
VERIFY = Ask(_lazy("Verify the measurement"), "", _lazy("Verify"))
QUESTION = Ask(_lazy("Ask about the measurement"), "", _lazy("Send the question"))
CORRECT = Ask(_lazy("Answer the question"), "", pgettext_lazy("a button", "Answer"))


@require_GET
def framework(request: HttpRequest, code: str = "") -> HttpResponse:
    """Show one framework, the first where none is named, with the newest figures."""
    frameworks = list(Framework.objects.all())
    named = get_object_or_404(Framework, code=code) if code else None
    chosen = named or (frameworks[0] if frameworks else None)
    tables = overview.table_of(chosen) if chosen else []
    context = {
        "framework": chosen,
        "tabs": [
            {"title": one.name, "url": request.path if one == chosen else one.get_absolute_url()}
            for one in frameworks
        ],
        "tables": tables,
        "counts": overview.counts_of(tables),
    }
    return render(request, "evaluation/framework_detail.html", context)


@require_GET
def indicator(request: HttpRequest, code: str) -> HttpResponse:
    """Show an indicator and all that was measured of it, newest period first."""
    found = Indicator.objects.visible_to(request.user).with_place()
    indicator = get_object_or_404(found, code=code)
    measured = Measurement.objects.visible_to(request.user).filter(indicator=indicator)
    after = request.GET.get("after", "")
    page = page_of(measured.with_indicator(), ["period_end", "id"], after=after)
    rows = [row_of(measurement) for measurement in page]
    context = {"indicator": indicator, "page": page, "rows": rows}
    return render(request, "evaluation/indicator_detail.html", context)


@require_GET
def measurement(request: HttpRequest, pk: int) -> HttpResponse:
    found = Measurement.objects.visible_to(request.user).for_page()
    measurement = get_object_or_404(found.prefetch_related(EVIDENCE), pk=pk)
    about = f"{measurement.indicator.name}: {measurement.about}"
    context = {"measurement": measurement, "row": row_of(measurement), "about": about}
    return render(request, "evaluation/measurement_detail.html", context)


@require_GET
def evidence(request: HttpRequest, pk: int, evidence_pk: int) -> FileResponse:
    """Hand out the file of a piece of evidence, always as a download."""
    shown = Measurement.objects.visible_to(request.user)
    found = Evidence.objects.filter(measurement__in=shown).exclude(file="")
    evidence = get_object_or_404(found, measurement_id=pk, pk=evidence_pk)
    return hand_out(request, evidence.file, name=evidence.name, content_type=evidence.content_type)


@login_required
@require_http_methods(["GET", "POST"])
def record(request: SignedInRequest, code: str) -> HttpResponse:
    """Record what an indicator came to."""
    indicator = get_allowed(
        request.user, "evaluation.record_measurement", Indicator.objects.with_place(), code=code
    )
    first = {"lab": request.GET.get("lab")}
    given = (posted(request), request.FILES or None)
    form = MeasurementForm(*given, indicator=indicator, initial=first)
    if measurement := attempt(form, lambda: _record(indicator, request, form)):
        said = _("The measurement is recorded and waits for verification.")
        return done(request, measurement, said)
    return _ask(request, indicator, RECORD, form)


def _record(indicator: Indicator, request: SignedInRequest, form: MeasurementForm) -> Measurement:
    facts, evidence = form.facts(), form.evidence()
    return measurements.record(indicator, by=request.user, facts=facts, evidence=evidence)


@login_required
@require_http_methods(["GET", "POST"])
def attach(request: SignedInRequest, pk: int) -> HttpResponse:
    """Add evidence to a measurement."""
    measurement = _fetch(request, "evaluation.attach_measurement", pk)
    form = EvidenceForm(posted(request), request.FILES or None)
    if attempt(
        form, lambda: measurements.attach(measurement, by=request.user, **(form.evidence() or {}))
    ):
        return done(request, measurement, _("The evidence is added."))
    return _ask(request, measurement, ATTACH, form)


@login_required
@require_http_methods(["GET", "POST"])
def verify(request: SignedInRequest, pk: int) -> HttpResponse:
    """Confirm what somebody else measured."""
    measurement = _fetch(request, "evaluation.verify_measurement", pk)
    form = VerificationForm(posted(request))
    if attempt(
        form,
        lambda: measurements.verify(measurement, by=request.user, note=form.cleaned_data["note"]),
    ):
        return done(request, measurement, _("The measurement is verified."))
    return _ask(request, measurement, VERIFY, form)


@login_required
@require_http_methods(["GET", "POST"])
def question(request: SignedInRequest, pk: int) -> HttpResponse:
    """Send a measurement back with a question."""
    measurement = _fetch(request, "evaluation.question_measurement", pk)
    form = QuestionForm(posted(request))
    if attempt(
        form,
        lambda: measurements.question(
            measurement, by=request.user, reason=form.cleaned_data["reason"]
        ),
    ):
        return done(request, measurement, _("The question is sent to the author."))
    return _ask(request, measurement, QUESTION, form)


@login_required
@require_http_methods(["GET", "POST"])
def correct(request: SignedInRequest, pk: int) -> HttpResponse:
    """Answer a question about one's own measurement."""
    measurement = _fetch(request, "evaluation.correct_measurement", pk)
    first = {name: plain(getattr(measurement, name)) for name in measurements.FIGURES[:4]}
    first |= {"done": "yes" if measurement.done else "no", "note": measurement.note}
    form = CorrectionForm(posted(request), indicator=measurement.indicator, initial=first)
    if attempt(form, lambda: _correct(measurement, request, form)):
        said = _("Your answer is recorded. The measurement waits again.")
        return done(request, measurement, said)
    return _ask(request, measurement, CORRECT, form)


def _correct(
    measurement: Measurement, request: SignedInRequest, form: CorrectionForm
) -> Measurement:
    facts = dict(form.cleaned_data)
    reason = facts.pop("reason")
    return measurements.correct(measurement, by=request.user, reason=reason, facts=facts)


def _fetch(request: SignedInRequest, perm: str, pk: int) -> Measurement:
    found = Measurement.objects.for_page().prefetch_related(EVIDENCE)
    return get_allowed(request.user, perm, found, pk=pk)


def _ask(
    request: HttpRequest, thing: Indicator | Measurement, words: Ask, form: BaseForm
) -> HttpResponse:
    """Show the form of one act, with the figures it is about and what they rest on."""
    row = row_of(thing) if isinstance(thing, Measurement) else None
    indicator = thing.indicator if isinstance(thing, Measurement) else thing
    return ask(request, thing, words, form, indicator=indicator, row=row)
