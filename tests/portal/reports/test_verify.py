import json
from io import BytesIO, StringIO

import pytest
from django.core.management import CommandError, call_command

from portal.audit import note
from portal.reports import offline
from portal.reports.domain import checks, runs
from portal.reports.models import Run
from tests.factories import reports

pytestmark = pytest.mark.django_db

FORMATS = ["pdf", "xlsx", "csv", "json", "manifest"]


def verify(*paths, **options):
    """Run the command: (exit code, what it said)."""
    said = StringIO()
    try:
        call_command("verify_report", *[str(path) for path in paths], stdout=said, **options)
    except SystemExit as end:
        return end.code, said.getvalue()
    return 0, said.getvalue()


def flip(path, at):
    """Change one bit of one byte."""
    raw = bytearray(path.read_bytes())
    raw[at] ^= 1
    path.write_bytes(bytes(raw))


def test_verify_accepts_all_files(files):
    code, said = verify(*files.values())

    assert (code, said.count("genuine")) == (0, 5)


@pytest.mark.parametrize("kind", FORMATS[:4])
def test_verify_accepts_a_file_alone(files, kind):
    assert verify(files[kind])[0] == 0


@pytest.mark.parametrize("share", [0.01, 0.5, 0.99])
@pytest.mark.parametrize("kind", FORMATS)
def test_verify_names_the_file_with_one_changed_byte(files, kind, share):
    flip(files[kind], int(files[kind].stat().st_size * share))

    code, said = verify(*files.values())

    assert code == 1
    assert f"REFUSED {files[kind]}" in said


@pytest.mark.parametrize("kind", FORMATS[:4])
def test_verify_offline_needs_the_manifest_and_the_key_only(files, kind, published):
    paths = [files[kind], files["manifest"]]

    assert verify(*paths, offline=True, key=published.vkey)[0] == 0
    flip(files[kind], 100)
    assert verify(*paths, offline=True, key=published.vkey)[0] == 1


def test_verify_offline_without_key_or_manifest_says_so(files, published):
    with pytest.raises(CommandError, match="--key"):
        verify(files["manifest"], offline=True)
    with pytest.raises(CommandError, match="manifest must be among"):
        verify(files["pdf"], offline=True, key=published.vkey)


def test_verify_refuses_a_manifest_under_another_key(files, published):
    other = note.Key(note.Key.parse(published.vkey).name, bytes(32))

    code, said = verify(files["manifest"], key=str(other))

    assert (code, "has not signed this" in said) == (1, True)


def test_verify_refuses_a_forged_manifest_with_the_old_signature(files):
    whole = json.loads(files["manifest"].read_text())
    whole["manifest"]["artefacts"][0]["sha256"] = "0" * 64
    files["manifest"].write_text(
        json.dumps(whole, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    )

    code, said = verify(*files.values())

    assert (code, "under another manifest" in said) == (1, True)


def test_verify_refuses_a_file_of_nobody(files, tmp_path):
    stranger = tmp_path / "letter.txt"
    stranger.write_text("Nothing of ours.")

    assert verify(stranger)[0] == 1
    assert verify(stranger, files["manifest"])[0] == 1
    assert verify(tmp_path / "absent.pdf")[0] == 1


def test_another_hash_or_key_than_the_trail_has_is_found(published):
    assert checks.problem_in_trail(published) == ""

    published.manifest_sha256 = "0" * 64
    assert "names another manifest" in checks.problem_in_trail(published)

    published.refresh_from_db()
    published.vkey = "another"
    assert "names another key" in checks.problem_in_trail(published)


def test_a_report_that_the_trail_does_not_know_is_found(published):
    published.pk += 1

    assert "no act in the audit trail" in checks.problem_in_trail(published)


def test_manifests_are_a_chain(published, olga):
    second = runs.build(runs.correct(published, by=olga, reason="Late figures."))

    first_manifest = checks.stored_manifest(published)
    second_manifest = checks.stored_manifest(second)

    offline.check_link(second_manifest, first_manifest)
    assert first_manifest.body["previous"] is None
    assert checks.problem_in_chain(second) == ""
    with pytest.raises(offline.ManifestError):
        offline.check_link(first_manifest, second_manifest)


@pytest.mark.parametrize(
    "raw", [b"", b"{}", b"[]", b"\xff", b'{"manifest":{},"signature":""}', b'{"manifest":1}']
)
def test_read_refuses_what_is_no_manifest(raw):
    with pytest.raises(offline.ManifestError):
        offline.read(raw)


@pytest.mark.parametrize("kind", FORMATS)
def test_by_file_knows_its_own(files, kind, published):
    with files[kind].open("rb") as file:
        answer = checks.by_file(file)

    assert (answer.verdict, answer.run, answer.problem) == ("genuine", published, "")


@pytest.mark.parametrize("kind", FORMATS[:4])
def test_by_file_recognises_a_changed_one_whatever_its_name(files, kind, published):
    flip(files[kind], -1 if kind == "json" else files[kind].stat().st_size // 3)

    with files[kind].open("rb") as file:
        answer = checks.by_file(file, "renamed.bin")

    assert (answer.verdict, answer.run) in {("changed", published), ("unknown", None)}


def test_by_file_recognises_a_changed_one_by_its_name(files, published):
    answer = checks.by_file(BytesIO(b"anything"), files["pdf"].name)

    assert (answer.verdict, answer.run) == ("changed", published)


def test_by_file_says_unknown_of_a_stranger(published):
    assert checks.by_file(BytesIO(b"a letter"), "letter.pdf").verdict == "unknown"


def test_by_hash_takes_capitals_and_the_manifests_own(published):
    artefact = published.artefacts.get(format="pdf")

    assert checks.by_hash(artefact.sha256.upper()).artefact == artefact
    assert checks.by_hash(published.manifest_sha256).run == published


def test_run_report_makes_one_and_says_where():
    said = StringIO()

    call_command("run_report", reports.KIND, period="2026-10", stdout=said)
    call_command("run_report", reports.KIND, period="2026-10", stdout=said)

    assert Run.objects.count() == 1
    assert said.getvalue().count(".pdf") == 2


@pytest.mark.parametrize(("kind", "period"), [("nothing", "2026-10"), (reports.KIND, "2999-12")])
def test_run_report_refuses_with_a_sentence(kind, period):
    with pytest.raises(CommandError):
        call_command("run_report", kind, period=period)
