"""The life of a measurement: recorded with evidence, verified by somebody else or questioned."""

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from evaluation.models import Evidence, Indicator, Measurement, MeasurementState
from livinglabs.models import Lab
from portal.accounts.models import User
from portal.audit.domain import log
from portal.notifications.domain import notes
from portal.quarantine.domain import files
from portal.refusals import Refused
from portal.uploads import check_upload

FIGURES = ("baseline", "result", "numerator", "denominator", "done")
KINDS = ("pdf", "png", "jpeg", "hwp", "hwpx", "xlsx", "docx", "csv", "txt")


@transaction.atomic
def record(
    indicator: Indicator,
    *,
    by: User,
    facts: Mapping[str, Any],
    evidence: Mapping[str, Any] | None = None,
) -> Measurement:
    """Record what ``indicator`` came to, with its first evidence where there is some.

    ``facts`` are columns of ``Measurement``; ``evidence`` is ``title`` with ``file`` or ``url``.
    Raises ``Refused`` where these days were measured already.
    """
    try:
        with transaction.atomic():
            measurement = Measurement.objects.create(
                indicator=indicator, author=by, department=department_of(by), **facts
            )
    except IntegrityError as error:
        if "one_measurement_each_period" not in str(error):
            raise
        raise Refused(_("There is a measurement for these days already.")) from error
    log.record("recorded", measurement, by=by, **_words(measurement))
    if evidence:
        attach(measurement, by=by, **evidence)
    _touch(measurement)
    return measurement


@transaction.atomic
def attach(
    measurement: Measurement, *, by: User, title: str, file: Any = None, url: str = ""
) -> Evidence:
    """Add evidence: a file (looked at first) or an address.

    Raises ``Refused`` for a verified measurement, ``ValidationError`` for a file not taken.
    """
    unverified = Measurement.objects.unverified().filter(pk=measurement.pk)
    if not unverified.update(evidence_count=F("evidence_count") + 1):
        raise Refused(_("A verified measurement takes no more evidence."))
    columns: dict[str, Any] = {"title": title, "url": url, "added_by": by}
    if file:
        checked = check_upload(file, kinds=KINDS)
        columns |= {
            "file": file,
            "name": checked.name,
            "content_type": checked.content_type,
            "size": checked.size,
            "sha256": checked.sha256,
        }
    evidence = Evidence.objects.create(measurement=measurement, **columns)
    if file:
        url = measurement.get_absolute_url()
        files.hold(evidence.file, by=by, name=evidence.name, url=url)
    measurement.refresh_from_db(fields=["evidence_count"])
    subject = log.subject_key(measurement)
    log.record("added", evidence, by=by, measurement=subject, title=title, sha256=evidence.sha256)
    return evidence


@transaction.atomic
def verify(measurement: Measurement, *, by: User, note: str = "") -> Measurement:
    """Confirm that the figures follow from the evidence.

    Raises ``Refused`` for the author, for the author's department, and without evidence.
    """
    _stand_apart(measurement, by)
    if not measurement.evidence_count:
        raise Refused(_("Without evidence there is nothing to verify. Ask for it first."))
    columns = {"verified_by": by, "verified_at": timezone.now(), "question": ""}
    measurement.move(MeasurementState.VERIFIED, by=by, also=columns, reason=note)
    _touch(measurement)
    _tell(measurement, "measurement_verified")
    return measurement


@transaction.atomic
def question(measurement: Measurement, *, by: User, reason: str) -> Measurement:
    """Send the measurement back to its author with a question."""
    _stand_apart(measurement, by)
    measurement.move(MeasurementState.QUESTIONED, by=by, also={"question": reason}, reason=reason)
    _tell(measurement, "measurement_questioned", question=reason)
    return measurement


@transaction.atomic
def correct(
    measurement: Measurement, *, by: User, facts: Mapping[str, Any], reason: str
) -> Measurement:
    """Answer a question: correct the figures (or keep them) and say why."""
    before = _words(measurement)
    columns = {name: facts[name] for name in (*FIGURES, "note") if name in facts}
    for name, value in columns.items():
        setattr(measurement, name, value)
    measurement.move(
        MeasurementState.RECORDED,
        by=by,
        also={**columns, "question": ""},
        reason=reason,
        was=before["figures"],
        figures=_words(measurement)["figures"],
    )
    _touch(measurement)
    return measurement


def department_of(person: User) -> Any:
    """The department for which ``person`` works; of several, the one appointed first."""
    offices = [held for held in person.current_appointments if held.department_id]
    return min(offices, key=lambda held: held.pk).department if offices else None


def labs_to_measure() -> Any:
    """The labs that can be chosen, newest first; a form asks one of them by its key."""
    return Lab.objects.order_by("-created_at", "-id")


def _stand_apart(measurement: Measurement, by: User) -> None:
    if by.pk == measurement.author_id:
        raise Refused(_("Somebody else must verify what you measured."))
    if measurement.department_id and measurement.department_id in by.departments:
        raise Refused(_("Somebody of another department must verify this."))


def _words(measurement: Measurement) -> dict[str, Any]:
    """What the trail keeps of the figures."""
    figures = {name: getattr(measurement, name) for name in FIGURES}
    told = {name: str(value) for name, value in figures.items() if value is not None}
    return {"figures": told, "indicator": measurement.indicator.code}


def _touch(measurement: Measurement) -> None:
    Indicator.objects.filter(pk=measurement.indicator_id).update(changed_at=timezone.now())


def _tell(measurement: Measurement, kind: str, **context: Any) -> None:
    notes.leave(
        measurement.author,
        kind,
        url=measurement.get_absolute_url(),
        title=measurement.indicator,
        **context,
    )
