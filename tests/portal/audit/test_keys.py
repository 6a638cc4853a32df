"""Changing the key of the heads: announced, bridged by one head of both keys, checked by all."""

import shutil
import subprocess
import sys

import pytest
from django.core.management import CommandError, call_command

from portal.audit import ed25519, note
from portal.audit.domain import sealer
from portal.audit.domain.check import check_trail
from portal.audit.domain.signer import BEFORE_FILE, Signer
from portal.audit.domain.trail import entries
from portal.audit.models import Head
from tests.portal.audit.conftest import write_acts


@pytest.fixture
def changed(own_database, settings, tmp_path):
    """A trail of three heads whose key was changed after the first: the signer, the old key."""
    settings.KEY_DIR = tmp_path / "keys"
    signer = Signer.of_the_portal()
    write_acts(3)
    sealer.seal_waiting()
    old = signer.key
    call_command("change_audit_key")
    for _ in range(2):
        write_acts(3)
        sealer.seal_waiting()
    return signer, old


def heads():
    return list(Head.objects.order_by("tree_size").values_list("checkpoint", flat=True))


def signed_by(key):
    """Which of the heads hold under ``key``, one after the other."""
    found = []
    for text in heads():
        try:
            found.append(note.verify(text, key, ed25519.verify).size)
        except note.NotSignedError:
            found.append(None)
    return found


def test_first_head_after_a_change_of_key_carries_both_signatures(changed):
    signer, old = changed

    assert signed_by(old) == [3, 7, None]
    assert signed_by(signer.key) == [None, 7, 10]
    assert not (signer.folder / BEFORE_FILE).exists()


def test_change_of_key_is_an_act_under_the_head_of_both(changed):
    signer, old = changed

    (told,) = entries(["audit.head:key"])
    assert (told.verb, told.index) == ("audit.head:key_changed", 3)
    assert told.detail == {"before": str(old), "after": str(signer.key)}


def test_trail_with_two_keys_is_whole_for_house_and_auditor(changed, tmp_path):
    signer, old = changed

    call_command("verify_audit", export=tmp_path / "trail.zip")
    shutil.unpack_archive(tmp_path / "trail.zip", tmp_path / "trail")

    assert check_trail(signer).findings == []
    assert (tmp_path / "trail" / "key.txt").read_text() == f"{old}\n{signer.key}\n"
    assert check(tmp_path, sys.executable, str(old), str(signer.key)) == 0
    assert check(tmp_path, sys.executable, str(signer.key)) == 1


def check(folder, python, *keys):
    program = folder / "trail" / "verify_export.py"
    command = [python, "-I", "-S", program, folder / "trail", "--key", *keys]
    return subprocess.run(command, capture_output=True, check=False).returncode


def test_key_that_was_lost_is_believed_where_it_is_named_as_an_earlier_one(changed):
    signer, old = changed
    (signer.folder / "audit.keys").unlink()

    assert "unknown key" in check_trail(signer).first.what

    (signer.folder / "audit.keys").write_text(f"{old}\n")
    assert check_trail(signer).findings == []


def test_key_that_is_not_there_cannot_be_changed(db, settings, tmp_path):
    settings.KEY_DIR = tmp_path

    with pytest.raises(CommandError, match="no key"):
        call_command("change_audit_key")
