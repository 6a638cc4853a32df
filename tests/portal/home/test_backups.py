"""A backup put back: everything is there, nothing is believed, and the trail is whole."""

import io
import json
import tarfile
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, connections, transaction

from portal.audit.domain import log, sealer
from portal.home.domain import backups, postgres
from portal.home.domain.postgres import UnusableError
from portal.proposals.domain import supports
from portal.proposals.models import Proposal
from portal.reports.domain import manifests
from tests import databases
from tests.factories.portal import ProposalFactory, UserFactory


@pytest.fixture
def folders(tmp_path, settings):
    """Folders for files and keys of this test's own."""

    def use(name):
        settings.MEDIA_ROOT, settings.KEY_DIR = tmp_path / name / "media", tmp_path / name / "keys"

    use("source")
    return use


@pytest.fixture
def city(own_database, folders):
    """A database with a sealed trail, something that waits to be sealed, and one kept file."""
    proposal = ProposalFactory(title="남길 제안")
    supports.add(proposal, by=UserFactory())
    with transaction.atomic():
        log.record("noted", proposal, by=proposal.author, weather="sunny")
    sealer.seal_waiting()
    ProposalFactory(title="아직 봉인되지 않은 제안")
    default_storage.save("proposals/ab/cdef", ContentFile(b"kept"))
    return own_database


@pytest.fixture
def elsewhere(city, folders):
    """An empty database and empty folders, where the portal then is."""
    name = f"{city.name}_elsewhere"
    databases.execute(
        "postgres",
        f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)',
        f'CREATE DATABASE "{name}" TEMPLATE template0',
    )
    databases.execute(name, databases.ROLES_SQL.read_text())

    def go():
        databases.point_at(name)
        folders("target")

    yield go
    databases.point_at(city.name)
    databases.drop(name)


def run(command, *arguments):
    said = io.StringIO()
    call_command(command, *arguments, stdout=said, stderr=said)
    return said.getvalue()


def counts():
    """How many rows each table holds."""
    with connections["migrator"].cursor() as cursor:
        cursor.execute(
            "SELECT format('%I.%I', schemaname, tablename) FROM pg_tables "
            "WHERE schemaname IN ('public', 'audit') ORDER BY 1"
        )
        tables = [row[0] for row in cursor.fetchall()]
        found = {}
        for table in tables:
            cursor.execute(f"SELECT count(*) FROM {table}")
            found[table] = cursor.fetchone()[0]
    return found


@pytest.mark.own_database
def test_a_backup_comes_back_whole_in_another_database(city, elsewhere, tmp_path, settings):
    before = counts()
    key = {path.name: path.read_bytes() for path in Path(settings.KEY_DIR).iterdir()}
    made = run("backup", str(tmp_path / "backup"))

    elsewhere()
    said = run("restore", str(tmp_path / "backup"))

    after = counts()
    sealed = {"audit.pending", "audit.leaf", "audit.node", "audit.head"}
    assert "bytes in" in made
    assert "the trail is whole" in said
    assert {t: n for t, n in after.items() if t not in sealed} == {
        t: n for t, n in before.items() if t not in sealed
    }
    assert after["audit.pending"] == 0
    assert Proposal.objects.filter(title="남길 제안").exists()
    assert default_storage.open("proposals/ab/cdef").read() == b"kept"
    came = {path.name: path.read_bytes() for path in Path(settings.KEY_DIR).iterdir()}
    assert came.keys() == key.keys()
    assert set(came.values()) & set(key.values()), "the key itself is the same"


@pytest.mark.own_database
def test_keys_of_reports_that_lie_elsewhere_go_along(city, elsewhere, tmp_path, settings):
    settings.REPORT_KEY_DIR = tmp_path / "apart" / "reports"
    signed_with = manifests.signer_of("monitoring-month").key
    run("backup", str(tmp_path / "backup"))

    elsewhere()
    settings.REPORT_KEY_DIR = tmp_path / "target" / "apart"
    run("restore", str(tmp_path / "backup"))

    assert manifests.signer_of("monitoring-month").key == signed_with
    assert not (settings.KEY_DIR / manifests.KEYS).exists()


@pytest.mark.own_database
def test_a_backup_without_the_key_of_the_trail_is_refused(city, tmp_path, settings):
    settings.KEY_DIR = tmp_path / "somewhere-else"

    with pytest.raises(CommandError, match="does not hold the key that signed the trail"):
        run("backup", str(tmp_path / "backup"))

    assert not (tmp_path / "backup" / backups.MANIFEST).exists()


@pytest.mark.own_database
def test_roles_and_guards_come_back_too(city, elsewhere, tmp_path):
    run("backup", str(tmp_path / "backup"))

    elsewhere()
    run("restore", str(tmp_path / "backup"))

    proposal = Proposal.objects.get(title="남길 제안")
    with pytest.raises(IntegrityError), transaction.atomic():
        Proposal.objects.filter(pk=proposal.pk).update(title="Without an act")
    with pytest.raises(Exception, match="permission denied"), connection.cursor() as cursor:
        cursor.execute("DELETE FROM audit.act")
    supports.add(proposal, by=UserFactory())
    ProposalFactory()
    assert sealer.seal_waiting()
    assert "the trail is whole" in run("verify_audit")


@pytest.mark.own_database
@pytest.mark.parametrize("name", [backups.DATABASE, backups.FILES, backups.KEYS])
def test_one_changed_byte_is_refused_before_anything_is_touched(
    city, elsewhere, tmp_path, settings, name
):
    run("backup", str(tmp_path / "backup"))
    path = tmp_path / "backup" / name
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)

    elsewhere()
    with pytest.raises(CommandError, match=f"{name} is not the file that was written"):
        run("restore", str(tmp_path / "backup"))

    postgres.refuse_full()
    assert not Path(settings.KEY_DIR).exists()


@pytest.mark.own_database
def test_private_values_may_stay_behind(city, elsewhere, tmp_path):
    private = counts()["audit.act_private"]
    run("backup", str(tmp_path / "backup"), "--without-private")

    elsewhere()
    said = run("restore", str(tmp_path / "backup"))

    assert private
    assert counts()["audit.act_private"] == 0
    assert "0 values: the trail is whole" in said


@pytest.mark.own_database
def test_a_full_database_is_replaced_only_by_force(city, tmp_path):
    run("backup", str(tmp_path / "backup"))
    ProposalFactory(title="Written after the backup")
    with pytest.raises(CommandError, match=r"roles\.sql"):
        run("restore", str(tmp_path / "backup"), "--force")
    databases.execute(city.name, databases.ROLES_SQL.read_text())

    with pytest.raises(CommandError, match="not empty"):
        run("restore", str(tmp_path / "backup"))
    written = Proposal.objects.filter(title="Written after the backup").exists()
    said = run("restore", str(tmp_path / "backup"), "--force")

    assert written
    assert "the trail is whole" in said
    assert not Proposal.objects.filter(title="Written after the backup").exists()


def test_a_folder_that_holds_something_is_not_written_to(tmp_path):
    (tmp_path / "something").touch()

    with pytest.raises(CommandError, match="not an empty folder"):
        run("backup", str(tmp_path))


@pytest.mark.parametrize(
    "manifest",
    [None, "", "[]", "{}", '{"parts": {}}', '{"parts": {"database.dump": {"sha256": "x"}}}'],
)
def test_what_is_no_backup_is_refused(tmp_path, manifest):
    if manifest is not None:
        (tmp_path / backups.MANIFEST).write_text(manifest)

    with pytest.raises(CommandError, match="holds no whole backup"):
        run("restore", str(tmp_path))


def test_a_backup_of_another_format_is_refused(tmp_path):
    part = {"sha256": "", "size": 0}
    parts = dict.fromkeys([backups.DATABASE, backups.FILES, backups.KEYS], part)
    (tmp_path / backups.MANIFEST).write_text(json.dumps({"format": 99, "parts": parts}))

    with pytest.raises(CommandError, match="format that is not known"):
        run("restore", str(tmp_path))


@pytest.mark.own_database
def test_only_the_owner_reads_a_backup(city, tmp_path):
    run("backup", str(tmp_path / "backup"))

    modes = {path.stat().st_mode & 0o077 for path in (tmp_path / "backup").iterdir()}
    assert modes == {0}
    assert (tmp_path / "backup").stat().st_mode & 0o077 == 0


def test_a_missing_program_is_named(db, monkeypatch):
    monkeypatch.setattr(postgres, "server_major", lambda: 99)

    with pytest.raises(postgres.UnusableError, match="pg_dump of PostgreSQL 99"):
        postgres.program("pg_dump")


@pytest.mark.parametrize("name", ["../outside", "/outside", "reports/../outside"])
def test_an_archive_that_leads_out_of_its_folder_is_refused(tmp_path, name):
    archive = tmp_path / "files.tar"
    with tarfile.open(archive, "w") as tar:
        tar.addfile(tarfile.TarInfo(name), io.BytesIO())

    with pytest.raises(UnusableError, match="more than files of its own"):
        backups._unpack(archive, {"": tmp_path / "target", "reports": tmp_path / "other"})

    assert not (tmp_path / "outside").exists()
