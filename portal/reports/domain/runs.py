"""The life of a report: asked for, made once from one snapshot, published with its hashes."""

import logging
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal import registry
from portal.accounts.models import User
from portal.audit.domain import log
from portal.audit.models import Act
from portal.notifications.domain import notes
from portal.refusals import Refused
from portal.reports import periods
from portal.reports.domain import manifests, snapshots
from portal.reports.domain.formats import make_all
from portal.reports.domain.formats.fonts import FontsMissingError
from portal.reports.models import Artefact, Run, RunState

logger = logging.getLogger(__name__)

MOST_ATTEMPTS = 3
MOST_AT_ONCE = 12
# Longer than any task may take: whoever is still at it has died.
GIVEN_UP_AFTER = timedelta(minutes=30)
ONE_BUILDER = "SELECT pg_advisory_xact_lock(hashtext(%s))"
REASONS = {
    FontsMissingError: gettext_lazy("The font files for the document are missing on the server."),
    snapshots.SnapshotError: gettext_lazy("The figures of the report are not in order."),
}
UNKNOWN_REASON = gettext_lazy("Something unexpected stopped the making of the report.")


@transaction.atomic
def request(kind: str, period: str | periods.Period, *, by: User | None = None) -> Run:
    """Ask for the report ``kind`` on a period that has ended; the run that exists is returned.

    Raises ``Refused`` for an unknown report, a period of another form or one that has not ended.
    """
    span = _span(kind, period)
    found = Run.objects.of_kind(kind).of_period(span).order_by("-edition").first()
    return found or _create(kind, span, 1, by=by)


@transaction.atomic
def correct(run: Run, *, by: User, reason: str) -> Run:
    """Ask for a new edition of a published report; the old one stays and names its successor.

    Raises ``Refused`` where there is a newer edition already.
    """
    newest = Run.objects.of_kind(run.kind).of_period(run.span).order_by("-edition").first()
    if newest != run or run.state != RunState.DONE:
        raise Refused(_("Only the newest published edition can be corrected."))
    return _create(run.kind, run.span, run.edition + 1, by=by, reason=reason)


@transaction.atomic
def retry(run: Run, *, by: User | None) -> Run:
    """Put a report that could not be made back into the queue."""
    return run.move(RunState.QUEUED, by=by, also={"error": ""})


def build(run: Run) -> Run:
    """Make and publish the report, or remember why that failed.

    Raises ``Refused`` where another worker is at it or it is published already.
    """
    _claim(run)
    try:
        snapshot = snapshots.take(run)
        return _publish(run, snapshot, make_all(run.slug, snapshot))
    except Exception as error:  # whatever it is, the list must say that this report failed
        logger.exception("report %s could not be made", run)
        run.refresh_from_db()
        return _fail(run, str(_reason(error)))


def give_up_stale() -> int:
    """Mark as failed what a worker began and never ended; return how many."""
    begun = timezone.now() - GIVEN_UP_AFTER
    stale = Run.objects.building().filter(state_since__lt=begun)
    words = _("The making of the report was interrupted.")
    return len([_fail(run, words) for run in stale])


def missed(today: date) -> list[Run]:
    """Ask for every report that is due, try failed ones again; return those to make."""
    for kind, span in _due(today):
        request(kind, span)
    for run in Run.objects.failed().filter(attempts__lt=MOST_ATTEMPTS):
        retry(run, by=None)
    return list(Run.objects.queued().order_by("period_start", "pk")[:MOST_AT_ONCE])


def _due(today: date) -> Iterator[tuple[str, periods.Period]]:
    """Yield the oldest periods since the portal's first day for which no report was asked for."""
    first = first_day()
    if first is None:
        return
    for kind in registry.report_kinds:
        if kind.until_now:
            continue
        asked = set(Run.objects.of_kind(kind.key).values_list("period_start", flat=True))
        spans = periods.ended_since(first, today, kind.every)
        lacking = (span for span in spans if span.start not in asked)
        yield from ((kind.key, span) for span in islice(lacking, MOST_AT_ONCE))


def first_day() -> date | None:
    """From which day on reports are due: the setting, else the day of the trail's first act."""
    if settings.REPORTS_SINCE:
        return date.fromisoformat(settings.REPORTS_SINCE)
    first = Act.objects.oldest_first().first()
    return timezone.localdate(first.recorded_at) if first else None


def _span(kind: str, period: str | periods.Period) -> periods.Period:
    known = registry.report_kinds.get(kind)
    if known is None:
        raise Refused(_("There is no such report."))
    span = periods.parse(period, known.every) if isinstance(period, str) else period
    today = timezone.localdate()
    if known.until_now and span.start <= today:
        return span
    return periods.require_ended(span, today)


def _create(
    kind: str, span: periods.Period, edition: int, *, by: User | None, reason: str = ""
) -> Run:
    """Write the run unless somebody else was faster; then theirs is returned."""
    run, created = Run.objects.get_or_create(
        kind=kind,
        period_start=span.start,
        edition=edition,
        defaults={"period": span.key, "period_end": span.end, "requested_by": by},
    )
    if created:
        told: dict[str, Any] = {"reason": reason} if reason else {}
        log.record("requested", run, by=by, kind=kind, period=span.key, **told)
    return run


@transaction.atomic
def _claim(run: Run) -> Run:
    return run.move(RunState.BUILDING, by=None, also={"attempts": run.attempts + 1})


@transaction.atomic
def _fail(run: Run, words: str) -> Run:
    # A later attempt clears the page of the reason; the trail keeps it.
    return run.move(RunState.FAILED, by=None, also={"error": words}, reason=words)


@transaction.atomic
def _publish(run: Run, snapshot: str, files: list[manifests.Made]) -> Run:
    """Sign the manifest as the next of its chain, keep the files, tell those it is for."""
    with connection.cursor() as cursor:
        cursor.execute(ONE_BUILDER, [f"reports:{run.kind}"])
    last = Run.objects.of_kind(run.kind).exclude(serial=None).order_by("-serial").first()
    serial = (last.serial or 0) + 1 if last else 1
    body = manifests.body_of(run, snapshot, files, serial, last.manifest_sha256 if last else "")
    text, found = manifests.signed(body)
    name = f"{run.slug}-manifest.json"
    for made in [*files, manifests.Made(Artefact.Format.MANIFEST, name, text.encode())]:
        _keep(run, made)
    columns = {
        "snapshot": snapshot,
        "manifest_sha256": found,
        "vkey": str(manifests.signer_of(run.kind).key),
        "serial": serial,
        "done_at": timezone.now(),
    }
    run.move(RunState.DONE, by=None, also=columns, manifest=found, key=columns["vkey"])
    _tell(run)
    return run


def _keep(run: Run, made: manifests.Made) -> Artefact:
    artefact = Artefact.objects.create(
        run=run,
        format=made.format,
        name=made.name,
        file=ContentFile(made.content, name=made.name),
        size=len(made.content),
        sha256=made.sha256,
    )
    log.record("made", artefact, linked=False, sha256=made.sha256)
    return artefact


def _tell(run: Run) -> None:
    kind = registry.report_kinds[run.kind]
    words = {"title": kind.title, "period": run.span}
    notes.leave_for_all(kind.recipients(), "report_done", url=run.get_absolute_url(), **words)


def _reason(error: Exception) -> str:
    """Find the sentence for a failure; what is inside the machine is not for the public."""
    kinds = (words for kind, words in REASONS.items() if isinstance(error, kind))
    return str(next(kinds, UNKNOWN_REASON))
