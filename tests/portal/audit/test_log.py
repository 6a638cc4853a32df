"""Writing acts: what stands in a leaf, under what name, and what is kept beside it."""

import base64
import json

import pytest
from django.db import IntegrityError, connection, transaction

from portal.accounts.models import PersonKey, Role, User
from portal.audit.actors import actor_for, pseudonym
from portal.audit.domain import log
from portal.audit.leaves import commitment, one_line
from portal.audit.models import Act, ActPrivate
from tests.factories.portal import UserFactory, appoint


def last():
    return Act.objects.newest_first().first()


def values(uid):
    return {value.field: value.text for value in ActPrivate.objects.filter(act_uid=uid)}


def test_record_writes_the_exact_leaf(db, omar):
    uid = log.record("carried", "governance.motion:5", by=omar, reason="Because.")

    leaf = last().data
    office = omar.current_appointments[0]
    assert set(leaf) == {"v", "uid", "at", "verb", "subject", "actor", "role", "c", "seq", "prev"}
    assert (leaf["v"], leaf["uid"], leaf["seq"], leaf["prev"]) == (1, str(uid), 1, "")
    assert (leaf["verb"], leaf["subject"]) == ("governance.motion:carried", "governance.motion:5")
    assert (leaf["actor"], leaf["role"]) == (office.pseudonym.hex, "official")
    assert set(leaf["c"]) == {"actor", "reason"}
    assert "Because" not in last().leaf_data


def test_record_takes_a_row_as_its_subject(ana):
    log.record("praised", ana)

    assert last().subject == f"accounts.user:{ana.pk}"
    assert last().verb == "accounts.user:praised"


def test_record_keeps_values_beside_the_leaf_under_commitments(omar):
    uid = log.record(
        "tried", "t.t:1", by=omar, reason="한글", size=3, gone=None, more={"b": 1, "a": 2}
    )

    kept = values(uid)
    assert kept == {
        "actor": f"user:{omar.uuid}",
        "reason": "한글",
        "size": "3",
        "gone": "null",
        "more": '{"a":2,"b":1}',
    }
    for value in ActPrivate.objects.filter(act_uid=uid):
        promise = commitment(str(uid), value.field, bytes(value.salt), bytes(value.value))
        assert last().data["c"][value.field] == promise
        assert value.person_ref == omar.uuid


def test_record_of_the_system_names_nobody(db):
    uid = log.record("tried", "t.t:1", reason="Because.")

    assert (last().data["actor"], last().data["role"]) == ("system", "system")
    assert ActPrivate.objects.get(act_uid=uid).person_ref is None


def test_record_links_the_acts_of_a_subject_to_one_chain(db):
    for _ in range(3):
        log.record("tried", "t.t:1")
    log.record("tried", "t.t:2")

    acts = list(Act.objects.about("t.t:1").oldest_first())
    assert [act.subject_seq for act in acts] == [1, 2, 3]
    assert [act.data["prev"] for act in acts] == ["", *(bytes(a.leaf_hash).hex() for a in acts[:2])]
    assert last().subject_seq == 1


def test_record_without_a_link_stands_outside_the_chain(db):
    log.record("tried", "t.t:1", linked=False)

    assert last().subject_seq is None
    assert "seq" not in last().data


def test_record_is_lost_with_its_transaction(db):
    with transaction.atomic():
        log.record("tried", "t.t:1", reason="x")
        transaction.set_rollback(True)

    assert not Act.objects.exists()
    assert not ActPrivate.objects.exists()


def test_record_that_is_too_long_is_refused(db):
    with pytest.raises(IntegrityError), transaction.atomic():
        log.record("tried", "t.t:1", **{f"field{n}": n for n in range(100)})


def test_record_read_tells_who_looked_and_what_for(ana, audrey):
    uid = log.record_read(ana, by=audrey, purpose="complaint 7")

    assert last().verb == "accounts.user:personal_data_read"
    assert last().subject_seq is None
    assert values(uid)["purpose"] == "complaint 7"


def test_record_crowd_shows_an_official_as_a_citizen(omar):
    log.record_crowd([("supported", "proposals.proposal:5", omar.pk)])

    assert last().verb == "proposals.proposal:supported"
    assert last().data["role"] == "citizen"
    assert last().data["actor"] == pseudonym(omar, "proposals.proposal:5")
    assert not ActPrivate.objects.exists()


def test_record_crowd_keeps_the_order_and_makes_missing_keys(ana, zoe):
    PersonKey.objects.filter(user=zoe).delete()

    log.record_crowd([("supported", f"t.t:{n}", person.pk) for n, person in enumerate((zoe, ana))])

    acts = Act.objects.order_by("-id")[:2]
    assert [act.subject for act in acts] == ["t.t:1", "t.t:0"]
    zoe = User.objects.get(pk=zoe.pk)
    assert acts[1].data["actor"] == pseudonym(zoe, "t.t:0")


def test_pseudonym_of_a_citizen_is_another_in_each_file(ana, zoe):
    names = {pseudonym(who, f"t.t:{n}") for who in (ana, zoe) for n in (1, 2)}

    assert len(names) == 4
    assert pseudonym(ana, "t.t:1") in names
    assert all(len(name) == 32 for name in names)


def test_pseudonym_is_made_with_a_new_key_where_there_is_none(ana):
    before = pseudonym(ana, "t.t:1")
    PersonKey.objects.all().delete()
    ana.refresh_from_db()

    after = pseudonym(ana, "t.t:1")

    assert after != before
    assert PersonKey.objects.filter(user=ana).exists()


@pytest.mark.parametrize(
    ("held", "role"),
    [
        ([], "citizen"),
        ([Role.EXPERT], "expert"),
        ([Role.EXPERT, Role.OPERATOR], "operator"),
        ([Role.AUDITOR, Role.SECRETARY], "council_secretary"),
        ([Role.CLERK, Role.APPROVER], "approver"),
    ],
)
def test_actor_acts_in_the_office_nearest_to_the_file(transport, held, role):
    person = UserFactory()
    for office in held:
        appoint(person, office, transport)

    assert actor_for(person, "t.t:1").role == role


def test_one_line_is_canonical():
    assert one_line({"b": 1, "a": "한글\n"}) == '{"a":"한글\\n","b":1}'


def test_commitment_separates_its_parts():
    assert commitment("u", "ab", bytes(16), b"c") != commitment("u", "a", bytes(16), b"bc")
    assert len(base64.b64decode(commitment("u", "f", bytes(16), b""))) == 32


def test_commitment_of_a_short_value_cannot_be_guessed_without_its_salt(db):
    uid = log.record("tried", "t.t:1", reason="승인")
    promise = last().data["c"]["reason"]
    kept = ActPrivate.objects.get(act_uid=uid)

    def guess(salt):
        words = ["승인", "반려"]
        return [w for w in words if commitment(str(uid), "reason", salt, w.encode()) == promise]

    assert guess(bytes(kept.salt)) == ["승인"]
    assert guess(bytes(16)) == []


def test_leaf_is_json_that_both_sides_read_alike(db):
    log.record("tried", "t.t:1")

    with connection.cursor() as cursor:
        cursor.execute("SELECT leaf_data::jsonb FROM audit.act")
        read = cursor.fetchone()[0]
    assert json.loads(read) == last().data
