"""Sealing: every committed act gets one place, whatever happens around it."""

import psycopg2
import pytest
from django.db import connections

from portal.audit import note
from portal.audit.domain import sealer
from portal.audit.domain.check import check_trail
from portal.audit.domain.signer import ForkRefusedError, Signer
from portal.audit.models import Act, Head
from tests import databases
from tests.at_once import at_once
from tests.portal.audit.attacks import attack
from tests.portal.audit.sealers import MUTANTS, SCHEDULES, Shipped, add, faults


def places():
    return list(Act.objects.sealed().order_by("leaf").values_list("leaf__leaf_index", "id"))


def waiting(database):
    with database.superuser().cursor() as cursor:
        cursor.execute("SELECT count(*) FROM audit.pending")
        return cursor.fetchone()[0]


def test_seal_gives_every_act_a_place_in_the_order_of_writing(write, seal):
    write(5)

    count = seal()

    assert count == 5
    assert places() == [(n, n + 1) for n in range(5)]
    assert check_trail().findings == []


def test_seal_of_nothing_makes_no_head(write, seal):
    write(1)
    seal()

    assert seal() == 0
    assert Head.objects.count() == 1


def test_seal_goes_on_while_batches_come_back_full(write, signer):
    write(10)

    count = sealer.seal_waiting(signer, batch=3)

    assert count == 10
    assert list(Head.objects.order_by("pk").values_list("pk", flat=True)) == [3, 6, 9, 10]
    assert check_trail().findings == []


def test_seal_stores_subtrees_that_the_check_finds_right(write, signer):
    write(600, files=50)

    sealer.seal_waiting(signer, batch=70)

    check = check_trail()
    assert (check.tree.size, check.nodes, check.findings) == (600, 2, [])


@pytest.mark.parametrize("schedule", SCHEDULES)
def test_seal_loses_and_moves_nothing_in_any_schedule(own_database, tmp_path, schedule):
    heads = schedule(own_database, Shipped(own_database, tmp_path))

    assert faults(own_database, heads) == set()


@pytest.mark.parametrize("mutant", MUTANTS)
def test_wrong_ways_to_seal_are_found_out_by_a_schedule(own_database, tmp_path, mutant):
    found = set()
    for schedule in SCHEDULES:
        empty(own_database)
        found |= faults(own_database, schedule(own_database, mutant(own_database, tmp_path)))

    assert found


def empty(database):
    attack(database, "DELETE FROM audit.act")


def test_seal_waits_for_nobody_who_writes_in_another_database(own_database, write, seal):
    elsewhere = databases.superuser("postgres")
    elsewhere.autocommit = False
    with elsewhere.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id()")
        write(3)

        assert seal() == 3

    elsewhere.close()


def test_seal_waits_for_no_open_transaction_in_this_database(own_database, write, seal):
    slow = own_database.connect()
    add(slow, "slow")
    write(3)

    assert seal() == 3

    slow.commit()
    assert seal() == 1
    assert check_trail().findings == []


def test_of_two_sealers_the_second_leaves_at_once(own_database, write, signer):
    write(3)
    with own_database.superuser().cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [sealer.LOCK])

        assert sealer.seal_once(signer) is None

    assert waiting(own_database) == 3


def test_two_sealers_at_once_seal_every_act_once(write, signer):
    write(400, files=40)

    def work():
        for _ in range(30):
            sealer.seal_once(signer, batch=20)

    at_once(work, work)

    sealer.seal_waiting(signer)
    assert [place for place, _act in places()] == list(range(400))
    assert check_trail().findings == []


class Dies(Signer):
    """A signer that is killed at its work."""

    def sign(self, *head):
        super().sign(*head)
        raise KeyboardInterrupt


class Forgets(Signer):
    """A signer that is killed after the database has the head, before it remembers."""

    def remember(self, checkpoint):
        raise KeyboardInterrupt


@pytest.mark.parametrize("crash", [Dies, Forgets])
def test_crash_while_sealing_leaves_no_gap(write, signer, crash):
    write(3)
    sealer.seal_waiting(signer)
    write(4)
    with pytest.raises(KeyboardInterrupt):
        sealer.seal_once(crash(signer.origin, signer.folder))
    write(2)

    sealer.seal_waiting(signer)

    assert [place for place, _act in places()] == list(range(9))
    assert check_trail().findings == []


def test_crash_of_the_server_process_leaves_no_gap(own_database, write, signer):
    write(4)

    class Killed(Signer):
        def sign(self, *head):
            with connections["sealer"].cursor() as cursor:
                cursor.execute("SELECT pg_backend_pid()")
                pid = cursor.fetchone()[0]
            with own_database.superuser().cursor() as cursor:
                cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])
            return super().sign(*head)

    with pytest.raises(Exception, match=r"terminat|closed") as caught:
        sealer.seal_once(Killed(signer.origin, signer.folder))
    assert isinstance(caught.value.__cause__, psycopg2.Error)
    connections["sealer"].close()

    assert sealer.seal_waiting(signer) == 4
    assert check_trail().findings == []


def test_act_changed_before_its_seal_is_sealed_as_written_and_reported(own_database, write, seal):
    (uid,) = write(1)
    attack(own_database, "UPDATE audit.act SET leaf_data = replace(leaf_data, 'staged', 'stayed')")

    seal()
    seal()

    reports = Act.objects.about(f"audit.act:{uid}")
    assert [act.verb for act in reports] == ["audit.act:changed_before_seal"]
    assert "not the text that was sealed" in check_trail().first.what


def test_act_gone_before_its_seal_is_reported(own_database, write, seal):
    write(2)
    attack(own_database, "DELETE FROM audit.act WHERE id = 2")

    seal()

    assert Act.objects.about("audit.act:2").get().verb == "audit.act:vanished_before_seal"


def test_seal_stops_where_the_stored_edge_is_not_that_of_the_root(own_database, write, seal):
    write(3)
    seal()
    attack(own_database, "UPDATE audit.head SET root = sha256('')")
    write(1)

    with pytest.raises(sealer.TreeDamagedError):
        seal()

    assert waiting(own_database) == 1


def test_signer_refuses_a_tree_that_does_not_begin_with_its_last_head(own_database, write, seal):
    write(3)
    seal()
    attack(own_database, "DELETE FROM audit.leaf", "DELETE FROM audit.head")
    write(5)

    with pytest.raises(ForkRefusedError):
        seal()

    assert not Head.objects.exists()


def test_of_many_who_make_a_key_at_once_all_have_the_same(signer):
    keys = at_once(*[lambda: Signer(signer.origin, signer.folder).key] * 8)

    assert set(keys) == {signer.key}
    assert [file.name for file in signer.folder.iterdir()] == ["audit.ed25519"]


def test_signer_remembers_the_largest_of_many_heads_that_are_told_at_once(signer):
    heads = [
        signer.sign_text(note.body(signer.origin, size, bytes([size]) * 32))
        for size in range(1, 17)
    ]

    at_once(*[lambda head=head: signer.remember(head) for head in reversed(heads)])

    assert signer.last() == (16, bytes([16]) * 32)
    assert sorted(file.name for file in signer.folder.iterdir()) == ["audit.ed25519", "audit.head"]


def test_signer_makes_its_key_once_and_for_its_owner_alone(signer):
    first = signer.key

    again = Signer(signer.origin, signer.folder).key

    path = signer.folder / "audit.ed25519"
    assert again == first
    assert path.stat().st_mode & 0o777 == 0o600
    assert sorted(file.name for file in signer.folder.iterdir()) == ["audit.ed25519"]
