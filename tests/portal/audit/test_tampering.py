"""Attacks by somebody with all rights, and who finds them: the house, an auditor, or nobody."""

import base64
import io
import json
import shutil
import subprocess
import sys
import zipfile
from contextlib import suppress
from email import policy
from email.message import EmailMessage

import pytest
from django.core.management import CommandError, call_command

from portal.audit import note, tasks
from portal.audit.domain import sealer
from portal.audit.domain.check import check_trail
from portal.audit.domain.signer import ForkRefusedError, Signer
from portal.audit.domain.trail import entries
from portal.audit.models import Act, ActPrivate, Head
from portal.reports.domain.formats import facts
from tests import databases
from tests.conftest import NAME, TEMPLATE
from tests.portal.audit.attacks import (
    HASH,
    REHASH,
    REHASH_LEAVES,
    attack,
    cut,
    drop,
    edit,
    rebuild,
    relink,
    swap,
)
from tests.portal.audit.conftest import write_acts

FIRST, SECOND = 300, 250


@pytest.fixture(scope="module")
def sealed(django_db_setup, django_db_blocker, tmp_path_factory):
    """Five hundred and fifty acts under two heads, made once; the first head is kept outside."""
    name, folder = f"{NAME}_sealed", tmp_path_factory.mktemp("sealed")
    signer = Signer("test.example/audit", folder / "keys")
    with django_db_blocker.unblock():
        databases.copy(TEMPLATE, name)
        databases.point_at(name)
        write_acts(FIRST, files=37, reason="승인")
        sealer.seal_waiting(signer)
        (folder / "held.txt").write_text(Head.objects.get().checkpoint, newline="")
        write_acts(SECOND, files=37, reason="반려")
        sealer.seal_waiting(signer)
        databases.point_at(NAME)
        yield name, folder
        databases.drop(name)


@pytest.fixture
def own_database(sealed, django_db_blocker):
    """A copy of the sealed trail for one test to damage."""
    name = f"{NAME}_own"
    with django_db_blocker.unblock():
        databases.copy(sealed[0], name)
        databases.point_at(name)
        yield databases.OwnDatabase(name)
        databases.point_at(NAME)
        databases.drop(name)


@pytest.fixture
def trail(own_database):
    return own_database


@pytest.fixture
def signer(sealed, tmp_path):
    """The signer of the sealed trail, in a folder of the test's own beside the held head."""
    shutil.copytree(sealed[1], tmp_path, dirs_exist_ok=True)
    return Signer("test.example/audit", tmp_path / "keys")


class Auditor:
    """Checks an export with nothing but Python, and may hold an older head."""

    def __init__(self, folder, key):
        self.folder = folder
        (folder / "key.txt").write_text(f"{key}\n")

    def export(self):
        with suppress(CommandError):
            call_command("verify_audit", export=self.folder / "trail.zip")
        with zipfile.ZipFile(self.folder / "trail.zip") as archive:
            archive.extractall(self.folder / "trail")

    def check(self, *more, export=True):
        """Give the exit code and what was printed."""
        if export:
            self.export()
        program = self.folder / "trail" / "verify_export.py"
        command = [sys.executable, "-I", "-S", program, self.folder / "trail"]
        command += ["--key", self.folder / "key.txt", *more]
        done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
        assert done.stderr == ""
        return done.returncode, done.stdout

    def check_with_held(self):
        return self.check("--held", self.folder / "held.txt")


@pytest.fixture
def auditor(tmp_path, signer):
    return Auditor(tmp_path, signer.key)


def test_whole_trail_is_found_whole_by_everyone(trail, auditor, capsys):
    code, said = auditor.check_with_held()

    assert (code, said) == (0, "550 acts, 3 signed heads, 0 values: everything holds\n")
    assert check_trail().findings == []
    call_command("verify_audit")
    assert "550 acts, 550 values: the trail is whole." in capsys.readouterr().out


def test_export_is_checked_inside_its_zip_too(trail, auditor):
    auditor.export()

    program = auditor.folder / "trail" / "verify_export.py"
    command = [sys.executable, "-I", "-S", program, auditor.folder / "trail.zip"]
    done = subprocess.run([*command, "--key", auditor.folder / "key.txt"], check=False)

    assert done.returncode == 0


def test_edited_act_is_named_by_house_and_auditor(trail, auditor, capsys):
    attack(trail, edit(100))
    uid = Act.objects.get(leaf__leaf_index=100).uid

    code, said = auditor.check()

    assert code == 1
    assert said.startswith(
        f"FINDING: act 100 ({uid}, proposals.proposal:26, proposals.proposal:staged)"
    )
    with pytest.raises(CommandError, match=f"first broken entry: act 100 .{uid}"):
        call_command("verify_audit", stderr=io.StringIO())


def test_edited_act_with_its_hash_is_named_by_the_sealed_hash(trail, auditor):
    attack(trail, edit(100), REHASH)

    code, said = auditor.check()

    assert (code, said.splitlines()[0][:17]) == (1, "FINDING: act 100 ")
    assert check_trail().first.index == 100


def test_edited_act_with_hash_and_leaf_is_found_by_chain_and_head(trail, auditor):
    attack(trail, edit(100), REHASH, REHASH_LEAVES)

    code, said = auditor.check()

    assert code == 1
    assert "act 100 (number 3 of proposals.proposal:26)" in said
    assert "do not give the signed head of 300 acts" in said
    assert check_trail().first.index <= 100
    assert any(finding.index == 100 and finding.uid for finding in check_trail().findings)


def test_rebuilt_tree_with_the_stolen_key_is_found_by_the_chain(trail, auditor, signer):
    attack(trail, edit(100), REHASH, REHASH_LEAVES, rebuild(signer))

    code, said = auditor.check()

    assert (code, said.count("FINDING")) == (1, 1)
    assert check_trail().first.index == 100


REWRITTEN = [edit(100), relink, REHASH, REHASH_LEAVES]


def test_full_rewrite_with_the_stolen_key_is_not_found_without_an_older_head(
    trail, auditor, signer
):
    """The limit of every check inside the house, and the reason why heads leave it."""
    attack(trail, *REWRITTEN, rebuild(signer))

    code, _said = auditor.check()

    assert code == 0
    assert check_trail().findings == []


def test_full_rewrite_is_found_by_whoever_holds_an_older_head(trail, auditor, signer):
    attack(trail, *REWRITTEN, rebuild(signer))

    code, said = auditor.check_with_held()

    assert code == 1
    assert "two signed heads of 300 acts differ" in said


@pytest.mark.parametrize("change", [drop(100), swap(100)])
def test_dropped_or_swapped_acts_are_found_by_an_older_head(trail, auditor, signer, change):
    attack(trail, change, relink, REHASH, REHASH_LEAVES, rebuild(signer))

    code, _said = auditor.check_with_held()

    assert code == 1


def test_cut_tail_is_found_by_an_older_head(trail, auditor, signer):
    attack(
        trail,
        "UPDATE audit.head SET tree_size = 280 WHERE tree_size = 550",
        cut(280),
        rebuild(signer),
    )

    code, said = auditor.check_with_held()

    assert code == 1
    assert "signed heads of [300] acts, but only" in said


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ("DELETE FROM audit.leaf WHERE leaf_index = 40", "leaf 40 is missing"),
        ("DELETE FROM audit.act WHERE id = 41", "the act of this leaf is gone"),
        ("UPDATE audit.act SET leaf_data = repeat('[', 4000) WHERE id = 41", "text is no act"),
        ("UPDATE audit.act SET verb = 'other' WHERE id = 41", "contradict its text"),
        (r"UPDATE audit.act SET leaf_hash = '\x00' WHERE id = 41", "is not the hash of its text"),
        ("UPDATE audit.node SET hash = sha256('x')", "the stored hash over acts 0 to 255"),
        ("DELETE FROM audit.node", "the stored hash over acts 0 to 255"),
        ("INSERT INTO audit.node VALUES (8, -1, sha256('x'))", "subtrees that do not exist"),
        ("UPDATE audit.head SET root = sha256('x') WHERE tree_size = 300", "not the one that was"),
        ("UPDATE audit.head SET vkey = 'x'", "is not signed"),
        ("UPDATE audit.head SET checkpoint = replace(checkpoint, 'test', 'toast')", "not signed"),
        ("DELETE FROM audit.head WHERE tree_size = 550", "leaves that no signed head covers"),
        ("DELETE FROM audit.leaf WHERE leaf_index > 500", "and 501 are left"),
        ("UPDATE audit.act_private SET value = 'forged'", "kept as reason is not the one"),
        ("UPDATE audit.act_private SET act_uid = gen_random_uuid()", "belongs to no act"),
    ],
)
def test_damage_is_named_by_the_house(trail, change, what):
    attack(trail, change)

    assert what in " ".join(str(finding) for finding in check_trail().findings)


STRANGER = "test.example/audit"


def test_tree_signed_with_a_key_of_ones_own_is_found_by_whoever_knows_the_key(
    trail, auditor, signer, tmp_path
):
    """The database vouches for no key: it would name the attacker's."""
    other = Signer(STRANGER, tmp_path / "other")
    rewritten = [*REWRITTEN, rebuild(other), f"UPDATE audit.head SET vkey = '{other.key}'"]
    attack(trail, *rewritten)

    assert check_trail().findings == []
    assert "signed with an unknown key" in check_trail(signer).first.what
    assert auditor.check()[0] == 1


SET_BACK = (
    f"{cut(300)}; DELETE FROM audit.pending; DELETE FROM audit.act_private WHERE NOT EXISTS "
    "(SELECT FROM audit.act WHERE act.act_uid = act_private.act_uid);"
    "UPDATE audit.subject_head SET seq = last.subject_seq, leaf_hash = last.leaf_hash FROM "
    "(SELECT DISTINCT ON (subject) * FROM audit.act ORDER BY subject, id DESC) AS last "
    "WHERE last.subject = subject_head.subject"
)


def test_trail_set_back_to_an_older_state_is_found_by_the_memory_of_the_signer(
    trail, auditor, signer, write
):
    attack(trail, SET_BACK)

    assert check_trail().findings == []
    assert auditor.check_with_held()[0] == 0
    assert "remembers a head of 550 acts, and 300 are here" in check_trail(signer).first.what

    write(1)
    with pytest.raises(ForkRefusedError):
        sealer.seal_waiting(signer)


def test_full_rewrite_is_found_by_the_memory_of_the_signer(trail, signer):
    attack(trail, *REWRITTEN, rebuild(signer))

    assert "remembers another head of 550 acts" in check_trail(signer).first.what


def test_damage_becomes_an_act_the_next_night(trail, signer, settings):
    settings.AUDIT_ORIGIN, settings.KEY_DIR = signer.origin, signer.folder
    assert tasks.check_trail() == 0

    attack(trail, edit(100))

    assert tasks.check_trail() == 1
    (told,) = entries(["audit.head:trail"])
    assert told.verb == "audit.head:trail_is_broken"
    assert told.reason.startswith("act 100 (")


def late(uid):
    return (
        f"UPDATE audit.act SET recorded_at = now() - interval '2 minutes' WHERE act_uid = '{uid}'"
    )


def test_act_taken_out_of_the_queue_is_found_when_it_is_late(trail, write, signer):
    (uid,) = write(1)
    attack(trail, "DELETE FROM audit.pending", late(uid))

    assert sealer.seal_waiting(signer) == 0

    assert check_trail().first.what == "not sealed after 60 seconds"
    assert check_trail().first.uid == str(uid)


def test_act_that_waits_for_its_seal_is_no_finding_until_it_is_changed(trail, write):
    (uid,) = write(1)
    assert check_trail().findings == []

    attack(trail, f"UPDATE audit.act SET leaf_data = leaf_data || ' ' WHERE act_uid = '{uid}'")

    assert "not sealed yet" in check_trail().first.what


def test_act_changed_with_its_hash_before_the_seal_is_told_only_by_its_receipt(
    trail, write, signer
):
    """The window before the seal: only who kept the hash from the answer can tell."""
    (uid,) = write(1)
    receipt = bytes(Act.objects.get(uid=uid).leaf_hash)
    attack(
        trail,
        f"UPDATE audit.act SET leaf_data = replace(leaf_data, 'staged', 'stayed'), "
        f"verb = 'proposals.proposal:stayed' WHERE act_uid = '{uid}'",
        f"UPDATE audit.act SET leaf_hash = {HASH} WHERE act_uid = '{uid}'",
    )

    sealer.seal_waiting(signer)

    assert check_trail().findings == []
    assert bytes(Act.objects.get(uid=uid).leaf_hash) != receipt


def disclosed(auditor, database, *, forge=False):
    with database.superuser().cursor() as cursor:
        cursor.execute(
            "SELECT act_uid::text, field, encode(salt, 'base64'), convert_from(value, 'UTF8') "
            "FROM audit.act_private ORDER BY act_uid LIMIT 40"
        )
        rows = cursor.fetchall()
    names = ("uid", "field", "salt", "value")
    lines = [dict(zip(names, row, strict=True)) for row in rows]
    if forge:
        lines[3]["value"] = "forged"
    path = auditor.folder / "disclosed.ndjson"
    path.write_text("".join(f"{json.dumps(line)}\n" for line in lines))
    return path


def test_disclosed_values_are_checked_against_their_commitments(trail, auditor):
    code, said = auditor.check("--disclosed", disclosed(auditor, trail))

    assert (code, "40 values" in said) == (0, True)


def test_forged_disclosure_is_found(trail, auditor):
    code, said = auditor.check("--disclosed", disclosed(auditor, trail, forge=True))

    assert code == 1
    assert "the value shown as reason is not the sealed one" in said


def test_disclosed_value_with_an_odd_end_of_line_is_read_whole(trail, auditor, write, signer):
    (uid,) = write(1, note="one\u2028two\x85three")
    sealer.seal_waiting(signer)
    kept = ActPrivate.objects.get(act_uid=uid, field="note")
    salt = base64.b64encode(bytes(kept.salt)).decode()
    shown = {"uid": str(uid), "field": "note", "salt": salt, "value": kept.text}
    path = auditor.folder / "disclosed.ndjson"
    path.write_text(json.dumps(shown, ensure_ascii=False) + "\r\n", encoding="utf-8", newline="")

    assert auditor.check("--disclosed", path)[0] == 0


def saved_letter(head, key):
    """A letter as a program for mail saves it: encoded, with the line ends of Windows."""
    letter = EmailMessage(policy=policy.SMTP)
    letter["Subject"] = "감사 기록의 봉인"
    letter.set_content(
        f"이 편지를 보관해 주세요.\n\n{head.rstrip()}\n\nAAAA\n\n{key}\n", cte="base64"
    )
    return letter.as_bytes()


KEPT = {
    "letter.eml": saved_letter,
    "letter.txt": lambda head, key: f"> \r\n\r\n{head}\r\n{key}".replace("\n", "\r\n").encode(),
    "manifest.json": lambda head, key: json.dumps(
        {"manifest": {"tree": {"size": "300", "checkpoint": head}}, "signature": "x"}
    ).encode(),
}


@pytest.mark.parametrize("name", KEPT)
def test_head_is_found_in_whatever_it_was_kept_in(trail, auditor, signer, name):
    path = auditor.folder / name
    path.write_bytes(KEPT[name]((auditor.folder / "held.txt").read_text(), signer.key))

    assert auditor.check("--held", path) == (
        0,
        "550 acts, 3 signed heads, 0 values: everything holds\n",
    )

    attack(trail, *REWRITTEN, rebuild(signer))
    code, said = auditor.check("--held", path)
    assert (code, "two signed heads of 300 acts differ" in said) == (1, True)


def test_head_on_the_foot_of_a_printed_page_is_enough_to_find_a_rewrite(trail, auditor, signer):
    head = note.parse((auditor.folder / "held.txt").read_text())
    tree = {"size": "300", "root": base64.b64encode(head.root).decode()}
    foot = facts.seal(tree)

    assert auditor.check("--printed", foot)[0] == 0

    attack(trail, *REWRITTEN, rebuild(signer))
    code, said = auditor.check("--printed", foot)
    assert (code, "do not give the printed head of 300 acts" in said) == (1, True)


def test_file_without_a_head_is_a_finding(trail, auditor):
    (auditor.folder / "letter.txt").write_text("Good morning.")

    assert "holds no head" in auditor.check("--held", auditor.folder / "letter.txt")[1]


def test_export_with_the_line_ends_of_windows_is_read_alike(trail, auditor):
    auditor.export()
    for name in ("leaves.ndjson", "hashes.txt", "checkpoints.txt", "key.txt"):
        path = auditor.folder / "trail" / name
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))

    assert auditor.check("--key", auditor.folder / "trail" / "key.txt", export=False)[0] == 0


def test_clock_set_back_is_remarked_upon_by_house_and_auditor(trail, auditor, write, signer):
    """The order is proved; a time is what a clock said, so a remark and no finding."""
    (uid,) = write(1)
    attack(
        trail,
        'UPDATE audit.act SET leaf_data = regexp_replace(leaf_data, \'"at":"....\', '
        f"'\"at\":\"2020') WHERE act_uid = '{uid}'",
        REHASH,
    )
    sealer.seal_waiting(signer)

    code, said = auditor.check()

    assert (code, said.count("REMARK")) == (0, 1)
    assert f"REMARK: act 550 ({uid}" in said
    (remark,) = check_trail().remarks
    assert (remark.index, check_trail().findings) == (550, [])


def test_single_proof_is_checked_with_the_export(trail, auditor, client):
    uid = Act.objects.get(leaf__leaf_index=77).uid
    proof = auditor.folder / "one.tlog-proof"
    proof.write_text(client.get(f"/audit/proof/{uid}.tlog-proof").content.decode(), newline="")

    assert auditor.check("--proof", proof)[0] == 0

    proof.write_text(proof.read_text().replace("index 77", "index 78"), newline="")
    code, said = auditor.check("--proof", proof)
    assert (code, "does not prove that act 78" in said) == (1, True)


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("checkpoints.txt", "550", "551"),
        ("hashes.txt", "\n", "\n" + "00" * 32 + "\n"),
        ("leaves.ndjson", '"system"', '"mayor!"'),
        ("leaves.ndjson", "{", "["),
    ],
)
def test_auditor_exits_with_1_on_each_finding(trail, auditor, name, old, new):
    auditor.export()
    path = auditor.folder / "trail" / name
    path.write_text(path.read_text().replace(old, new, 1), newline="")

    code, said = auditor.check(export=False)

    assert (code, "FINDING" in said) == (1, True)


@pytest.mark.parametrize("name", ["checkpoints.txt", "hashes.txt", "leaves.ndjson"])
def test_auditor_exits_with_2_where_a_file_is_missing(trail, auditor, name):
    auditor.export()
    (auditor.folder / "trail" / name).unlink()

    assert auditor.check(export=False)[0] == 2
