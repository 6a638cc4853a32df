"""Forgetting a person: the values go, the trail stays whole."""

import json

import pytest
from django.core.management import call_command
from django.db import connections, transaction

from portal.accounts.models import PersonKey
from portal.audit.domain import erase, log, trail
from portal.audit.domain.check import check_trail
from portal.audit.leaves import commitment
from portal.audit.models import Act, ActPrivate
from tests.factories.portal import UserFactory


@pytest.fixture
def people(own_database):
    return UserFactory(name="아나연"), UserFactory(name="조이선")


@pytest.fixture
def written(people, seal):
    """Two acts of the first person and one of the second, sealed."""
    ana, zoe = people
    with transaction.atomic():
        uids = [log.record("tried", f"t.t:{n}", by=ana, reason="비밀 사유") for n in range(2)]
        log.record("tried", "t.t:1", by=zoe, reason="다른 사유")
    seal()
    return uids


def test_forget_erases_the_values_of_one_person_alone(people, written, seal):
    ana, zoe = people

    assert erase.forget(ana.uuid, by=zoe, reason="She asked for it.") == 4

    assert set(ActPrivate.objects.values_list("person_ref", flat=True)) == {zoe.uuid}
    assert not PersonKey.objects.filter(user=ana).exists()
    assert erase.forget(ana.uuid, by=zoe) == 0


def test_forget_leaves_the_trail_whole_and_is_an_act_itself(people, written, seal):
    ana, zoe = people
    erase.forget(ana.uuid, by=zoe)
    seal()

    assert check_trail().findings == []
    assert Act.objects.newest_first().first().verb == "accounts.user:forgotten"


def test_forget_makes_a_guess_unprovable(people, written, seal):
    ana, _zoe = people
    uid = str(written[0])
    kept = ActPrivate.objects.get(act_uid=uid, field="reason")
    salt = bytes(kept.salt)
    promise = json.loads(Act.objects.get(uid=uid).leaf_data)["c"]["reason"]
    assert commitment(uid, "reason", salt, "비밀 사유".encode()) == promise

    erase.forget(ana.uuid, by=None)

    assert not ActPrivate.objects.filter(act_uid=uid).exists()
    assert commitment(uid, "reason", bytes(16), "비밀 사유".encode()) != promise


def test_forget_takes_the_values_from_pages_and_export(people, written, seal, client, tmp_path):
    ana, _zoe = people
    erase.forget(ana.uuid, by=None)
    seal()

    page = client.get(f"/audit/act/{written[0]}/").content.decode()
    call_command("verify_audit", export=tmp_path / "trail.zip")

    assert "erased" in page
    assert "비밀 사유" not in page
    assert "비밀 사유".encode() not in (tmp_path / "trail.zip").read_bytes()
    assert [entry.actor_name for entry in trail.entries(["t.t:0"])] == ["A citizen"]


def test_forget_on_own_wish_names_nobody(people, written, seal):
    ana, _zoe = people
    erase.forget(ana.uuid, by=ana)

    act = Act.objects.newest_first().first()
    assert act.data["role"] == "system"
    assert not ActPrivate.objects.filter(person_ref=ana.uuid).exists()


def test_forget_is_undone_where_the_eraser_fails(people, written, seal):
    ana, zoe = people
    connections["eraser"].settings_dict["USER"] = "portal_app"
    connections["eraser"].close()

    with pytest.raises(Exception, match="permission denied"):
        erase.forget(ana.uuid, by=zoe)

    assert PersonKey.objects.filter(user=ana).exists()
    assert ActPrivate.objects.filter(person_ref=ana.uuid).count() == 4
    connections["eraser"].settings_dict["USER"] = "portal_eraser"
    connections["eraser"].close()
