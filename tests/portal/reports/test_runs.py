import json
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy

from portal.audit.domain import trail
from portal.audit.models import Act
from portal.notifications.models import Note
from portal.refusals import Refused
from portal.reports import tasks
from portal.reports.domain import runs, snapshots
from portal.reports.domain.formats import fonts
from portal.reports.models import Run, RunState
from tests.factories import reports

pytestmark = pytest.mark.django_db


def broken(start, end):
    raise RuntimeError("password=secret")


def test_request_twice_gives_one_run(olga):
    first = runs.request(reports.KIND, "2026-10", by=olga)

    second = runs.request(reports.KIND, "2026-10")

    assert first == second
    assert Run.objects.count() == 1
    assert Act.objects.of_verb("reports.run:requested").count() == 1


@pytest.mark.parametrize(
    ("kind", "period", "sentence"),
    [
        ("nothing", "2026-10", "no such report"),
        (reports.KIND, "2026-W40", "is no period of this report"),
        (reports.KIND, "2999-01", "has not ended yet"),
    ],
)
def test_request_is_refused_with_a_sentence(kind, period, sentence):
    with pytest.raises(Refused, match=sentence):
        runs.request(kind, period)

    assert not Run.objects.exists()


def test_request_for_this_month_is_refused_and_for_the_last_one_not():
    now = reports.this_month()

    assert runs.request(reports.KIND, now.previous()).period == now.previous().key
    with pytest.raises(Refused, match="has not ended yet"):
        runs.request(reports.KIND, now)


def test_build_publishes_five_files_and_an_act(published):
    assert published.state == RunState.DONE
    assert published.serial == 1
    assert [a.format for a in published.artefacts.all()] == [
        "pdf", "xlsx", "csv", "json", "manifest",
    ]  # fmt: skip
    acts = Act.objects.about(f"reports.run:{published.pk}").oldest_first()
    assert [act.verb.partition(":")[2] for act in acts] == ["requested", "building", "done"]
    assert set(acts.last().data["c"]) >= {"manifest", "key"}


def test_build_twice_is_refused(published):
    with pytest.raises(Refused):
        runs.build(Run.objects.get(pk=published.pk))

    assert published.artefacts.count() == 5


def test_build_by_two_at_once_is_refused_to_the_second(db):
    run = runs.request(reports.KIND, "2026-10")
    same = Run.objects.get(pk=run.pk)
    runs.build(run)

    with pytest.raises(Refused):
        runs.build(same)


def test_snapshot_is_canonical_and_its_numbers_are_text(published):
    content = json.loads(published.snapshot)

    assert snapshots.canonical(content) == published.snapshot
    assert content["sections"][0]["table"]["rows"][0] == [
        "=시민 제안", "1966", "10.6", "-2.50", "2026-10-03",
    ]  # fmt: skip
    assert content["period"]["last_day"] == "2026-10-31"


@pytest.mark.parametrize("value", [1.5, True, Decimal("NaN"), "7"])
def test_snapshot_refuses_what_is_no_exact_number(value, only_kind):
    table = {"columns": [{"key": "n", "title": "수", "type": "integer"}], "rows": [[value]]}
    content = {"sections": [{"key": "a", "title": "가", "table": table}]}
    only_kind.add(reports.kind(snapshot=lambda start, end: content))

    run = runs.build(runs.request(reports.KIND, "2026-10"))

    assert (run.state, run.error) == ("failed", "The figures of the report are not in order.")


def test_build_that_fails_says_why_without_secrets(only_kind):
    only_kind.add(reports.kind(snapshot=broken))

    run = runs.build(runs.request(reports.KIND, "2026-10"))

    run.refresh_from_db()
    assert run.state == RunState.FAILED
    assert run.error == "Something unexpected stopped the making of the report."
    assert not run.artefacts.exists()


def test_build_without_fonts_says_so(only_kind, settings, tmp_path):
    settings.LOCAL_DIR = tmp_path

    run = runs.build(runs.request(reports.KIND, "2026-10"))

    assert run.error == "The font files for the document are missing on the server."


def test_build_that_fails_while_publishing_leaves_nothing(monkeypatch):
    monkeypatch.setattr(runs, "_tell", broken_tell)

    run = runs.build(runs.request(reports.KIND, "2026-10"))

    assert (run.state, run.serial, run.artefacts.count()) == (RunState.FAILED, None, 0)


def broken_tell(run):
    raise RuntimeError


def test_retry_makes_a_failed_report(only_kind, olga):
    only_kind.add(reports.kind(snapshot=broken))
    run = runs.build(runs.request(reports.KIND, "2026-10"))
    only_kind.add(reports.kind())

    runs.build(runs.retry(run, by=olga))

    assert (run.state, run.attempts, run.error) == (RunState.DONE, 2, "")
    told = [entry for entry in trail.entries([f"reports.run:{run.pk}"]) if entry.reason]
    assert [(entry.verb, entry.reason) for entry in told] == [
        ("reports.run:failed", "Something unexpected stopped the making of the report.")
    ]


def test_retry_of_a_published_report_is_refused(published, olga):
    with pytest.raises(Refused):
        runs.retry(published, by=olga)


def corrected(start, end):
    content = reports.snapshot(start, end)
    first, *rest = content["sections"][0]["table"]["rows"]
    content["sections"][0]["table"]["rows"] = [[first[0], 1967, *first[2:]], *rest]
    return content


def test_correct_makes_a_new_edition_and_keeps_the_old(published, olga, only_kind):
    before = published.snapshot
    only_kind.add(reports.kind(snapshot=corrected))

    second = runs.build(runs.correct(published, by=olga, reason="A department reported late."))

    published.refresh_from_db()
    assert published.snapshot == before
    assert '"1966"' in before
    assert '"1967"' in second.snapshot
    assert (second.edition, second.serial, second.state) == (2, 2, RunState.DONE)
    assert Run.objects.done().count() == 2
    assert runs.request(reports.KIND, "2026-10") == second


def test_correct_is_refused_for_an_old_edition(published, olga):
    runs.correct(published, by=olga, reason="Once.")

    with pytest.raises(Refused, match="Only the newest"):
        runs.correct(published, by=olga, reason="Twice.")


@pytest.mark.parametrize(
    ("language", "title", "period"),
    [
        ("ko", "월간 모니터링 보고서", "2026년 10월"),
        ("en", "Monthly monitoring report", "Month 10"),
    ],
)
def test_recipients_are_told_in_the_language_they_read(only_kind, ana, language, title, period):
    lazy_title = gettext_lazy("Monthly monitoring report")
    only_kind.add(reports.kind(title=lazy_title, recipients=lambda: [ana]))

    run = runs.build(runs.request(reports.KIND, "2026-10"))

    note = Note.objects.get(recipient=ana)
    assert note.url == run.get_absolute_url()
    with translation.override(language):
        assert title in note.subject
        assert period in note.subject


def test_make_up_missed_makes_each_ended_period_once(settings):
    last = reports.this_month().previous()
    settings.REPORTS_SINCE = last.previous().previous().last_day.isoformat()

    made = tasks.make_up_missed()
    again = tasks.make_up_missed()

    assert (made, again) == (3, 0)
    periods = Run.objects.done().order_by("serial").values_list("period", flat=True)
    assert list(periods) == [last.previous().previous().key, last.previous().key, last.key]


def test_make_up_begins_with_the_first_act():
    nothing = runs.first_day()
    reports.a_run("2026-09", RunState.FAILED)

    assert (nothing, runs.first_day()) == (None, timezone.localdate())


def test_make_up_tries_three_times_and_then_leaves_it(settings, only_kind):
    settings.REPORTS_SINCE = reports.this_month().previous().start.isoformat()
    only_kind.add(reports.kind(snapshot=broken))

    tasks.make_up_missed()
    left = tasks.make_up_missed()

    run = Run.objects.get()
    assert (left, run.state, run.attempts) == (0, RunState.FAILED, 3)


def test_make_up_gives_up_what_a_dead_worker_left():
    run = reports.a_run(state=RunState.BUILDING)
    long_ago = timezone.now() - timedelta(hours=1)
    Run.objects.filter(pk=run.pk).update(state_since=long_ago)

    count = runs.give_up_stale()

    run.refresh_from_db()
    assert (count, run.state) == (1, RunState.FAILED)


def test_a_run_without_an_act_cannot_be_committed():
    Run.objects.create(
        kind="x", period="2026-10", period_start=date(2026, 10, 1), period_end=date(2026, 11, 1)
    )

    with pytest.raises(IntegrityError, match="without an act"), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_a_published_run_cannot_lack_its_manifest():
    with pytest.raises(IntegrityError, match="published_reports_are_whole"), transaction.atomic():
        reports.a_run(state=RunState.DONE)


def test_fonts_have_every_syllable():
    known = fonts.known_characters()

    assert set(range(0xAC00, 0xD7A4)) <= known


def test_letters_name_what_the_fonts_lack():
    letters = fonts.Letters()

    assert letters.fit("가📮\u1112\u1161") == f"가{letters.stand_in}하"
    assert letters.lacking == [("U+1F4EE", "POSTBOX")]


@pytest.mark.parametrize(
    "change",
    [
        lambda run: Run.objects.filter(pk=run.pk).update(error="x"),
        lambda run: Run.objects.filter(pk=run.pk)._raw_delete("default"),
        lambda run: run.artefacts.update(size=1),
        lambda run: run.artefacts.all()._raw_delete("default"),
    ],
)
def test_the_database_refuses_to_change_what_is_published(published, change):
    with pytest.raises(IntegrityError, match="of a published report"), transaction.atomic():
        change(published)
