"""What only shows where transactions really commit."""

import hashlib
import json
from pathlib import Path

import pytest

from portal.audit.domain import log, sealer
from portal.audit.domain.signer import Signer
from portal.audit.models import Act
from portal.reports.domain import checks, manifests, runs, snapshots
from portal.reports.models import Run, RunState
from tests.at_once import at_once
from tests.factories import reports

pytestmark = pytest.mark.own_database

FROZEN = ("reports_run", "reports_artefact")


def broken(start, end):
    raise RuntimeError


def test_build_commits_each_step_with_its_act(own_database, only_kind):
    only_kind.add(reports.kind(snapshot=broken))
    failed = runs.build(runs.request(reports.KIND, "2026-09"))
    only_kind.add(reports.kind())

    done = runs.build(runs.request(reports.KIND, "2026-10"))

    assert (failed.state, done.state) == (RunState.FAILED, RunState.DONE)
    assert Act.objects.of_kind("reports.run").count() == 6


def test_two_workers_at_once_make_one_report(own_database, only_kind):
    asked = at_once(*[lambda: runs.request(reports.KIND, "2026-10").pk] * 2)
    made = at_once(*[lambda: runs.build(Run.objects.get()).state] * 2)

    assert len(set(asked)) == 1
    assert sorted(type(result).__name__ for result in made) == ["Refused", "RunState"]
    run = Run.objects.get()
    assert (run.state, run.serial, run.attempts) == (RunState.DONE, 1, 1)
    verbs = Act.objects.about(f"reports.run:{run.pk}").oldest_first().values_list("verb", flat=True)
    assert [verb.partition(":")[2] for verb in verbs] == ["requested", "building", "done"]
    assert run.artefacts.count() == 5


@pytest.fixture
def database(own_database):
    """The superuser, with nothing frozen any more."""
    with own_database.superuser().cursor() as cursor:
        for table in FROZEN:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        yield cursor


@pytest.fixture
def sealed(database, only_kind, tmp_path):
    """A published report whose act is under a signed head."""
    run = runs.build(runs.request(reports.KIND, "2026-10"))
    sealer.seal_waiting(Signer("test.example/audit", tmp_path / "keys"))
    return run


def swap_file(run, name, content):
    """Put another file in the place of one, and its hash into the row; give the hash."""
    artefact = run.artefacts.get(format=name)
    Path(artefact.file.path).write_bytes(content)
    found = hashlib.sha256(content).hexdigest()
    return f"UPDATE reports_artefact SET sha256 = '{found}' WHERE id = {artefact.pk}", found


def told(run):
    """What the page that verifies says, asked with the hash of the document as it is now."""
    answer = checks.by_hash(Run.objects.get(pk=run.pk).artefacts.get(format="pdf").sha256)
    assert answer.run == run
    return answer.problem


def test_document_swapped_with_its_row_is_found_by_the_manifest(database, sealed):
    assert told(sealed) == ""

    database.execute(swap_file(sealed, "pdf", b"%PDF-other")[0])

    assert "not the files of the manifest: test-month-2026-10-1.pdf" in told(sealed)


def test_other_frozen_figures_are_found_by_the_manifest(database, sealed):
    database.execute("UPDATE reports_run SET snapshot = replace(snapshot, '1966', '2966')")

    assert "figures kept here are not those" in told(sealed)


def forge(database, run):
    """Swap document, manifest and rows together; all of it signed with the stolen key."""
    row, found = swap_file(run, "pdf", b"%PDF-other")
    body = checks.stored_manifest(run).body
    body["artefacts"][0]["sha256"] = found
    text, manifest = manifests.signed(json.loads(snapshots.canonical(body)))
    database.execute(row)
    database.execute(swap_file(run, "manifest", text.encode())[0])
    database.execute(f"UPDATE reports_run SET manifest_sha256 = '{manifest}' WHERE id = {run.pk}")
    return manifest


def test_everything_swapped_together_is_found_by_the_trail(database, sealed):
    manifest = forge(database, sealed)

    assert told(sealed) == "the act of publication names another manifest"

    log.record("done", sealed, manifest=manifest, key=sealed.vkey)
    assert told(sealed).startswith("more than one act")


def test_altered_act_of_publication_is_found_by_the_seal(database, sealed):
    database.execute("ALTER TABLE audit.act DISABLE TRIGGER USER")
    database.execute(
        "UPDATE audit.act SET leaf_data = replace(leaf_data, '\"system\"', '\"mayor!\"') "
        "WHERE verb = 'reports.run:done'"
    )

    assert told(sealed) == "the act of publication is not the one that was sealed"


def test_swapped_link_is_found_by_the_report_after_it(database, sealed):
    runs.build(runs.request(reports.KIND, "2026-09"))
    forge(database, sealed)
    sealed.refresh_from_db()

    assert checks.problem_in_chain(sealed) == "the manifest before it is another one than it names"
