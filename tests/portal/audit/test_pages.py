"""The pages: what everyone sees, what only auditors see, and files that programs can read."""

import base64
import io
import json
import zipfile

import pytest
from django.urls import reverse
from django.utils import translation

from portal import registry
from portal.audit import ed25519, note, tlog
from portal.audit.domain import log
from portal.audit.forms import FilterForm
from portal.audit.merkle import leaf_hash, verify_consistency, verify_inclusion
from portal.audit.models import Act
from portal.registry import Verb
from tests.portal.audit.attacks import attack

PLAIN = "text/plain; charset=utf-8"


@pytest.fixture(autouse=True)
def told():
    """One verb that is told in words."""
    registry.verbs.add(Verb("audit.head:tried", "Something was tried"))
    yield
    registry.verbs._items.pop("audit.head:tried")


def key_of(client):
    return note.Key.parse(client.get(reverse("audit:key")).content.decode())


def test_list_tells_the_newest_acts_first(client, db, omar):
    log.record("tried", "audit.head:1", by=omar, reason="Because.")
    log.record("tried", "audit.head:2")

    response = client.get(reverse("audit:list"))

    first, second = response.context["entries"]
    assert (first.subject, first.actor_name) == ("audit.head:2", "The system")
    assert second.actor_name == f"{omar.current_appointments[0].department.name} 오마루"
    assert b"Something was tried" in response.content
    assert b"Because." not in response.content


def test_list_names_no_citizen(client, ana):
    log.record("tried", "audit.head:1", by=ana)

    response = client.get(reverse("audit:list"))

    assert response.context["entries"][0].actor_name == "A citizen"


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_for_any_number(client, omar, count, django_assert_num_queries):
    for n in range(count):
        log.record("tried", f"audit.head:{n}", by=omar)

    with django_assert_num_queries(5):
        response = client.get(reverse("audit:list"))

    assert len(response.context["entries"]) == count


def test_list_warns_when_an_act_waits_too_long_for_its_seal(client, own_database, write):
    (uid,) = write(1)
    assert client.get(reverse("audit:list")).context["is_late"] is False

    attack(
        own_database,
        "UPDATE audit.act SET recorded_at = recorded_at - interval '2 minutes' "
        f"WHERE act_uid = '{uid}'",
    )

    response = client.get(reverse("audit:list"))
    assert response.context["is_late"] is True
    assert b"The seal is late" in response.content


def test_list_goes_on_by_keyset(client, db):
    for n in range(25):
        log.record("tried", f"audit.head:{n}")

    first = client.get(reverse("audit:list")).context["page"]
    second = client.get(reverse("audit:list"), {"after": first.next}).context["page"]

    assert (len(first), len(second)) == (20, 5)
    assert second.rows[0].id < first.rows[-1].id


def test_each_kind_of_case_file_has_a_korean_name():
    with translation.override("ko"):
        kinds = FilterForm().fields["kind"].choices

    assert [label for label, name in kinds if name.isascii()] == []


@pytest.mark.parametrize(
    ("query", "subjects"),
    [
        ({"subject": "audit.head:1"}, ["audit.head:1"]),
        ({"verb": "audit.head:tried"}, ["audit.head:1"]),
        ({"kind": "audit.head"}, ["audit.head:2", "audit.head:1"]),
        ({"subject": "audit.head:9"}, []),
    ],
)
def test_list_is_narrowed_by_what_is_asked_for(client, db, query, subjects):
    log.record("tried", "audit.head:1")
    log.record("left", "audit.head:2")
    log.record("left", "audit.heady:3")

    response = client.get(reverse("audit:list"), query)

    assert [entry.subject for entry in response.context["entries"]] == subjects


@pytest.mark.parametrize("query", [{"verb": "no.such:verb"}, {"subject": "x" * 200}])
def test_list_explains_a_condition_that_it_does_not_know(client, db, query):
    response = client.get(reverse("audit:list"), query)

    assert response.status_code == 200
    assert response.context["form"].errors


def test_act_shows_its_exact_text_and_its_neighbours(client, db):
    uids = [log.record("tried", "audit.head:1") for _ in range(3)]

    response = client.get(reverse("audit:act", args=[uids[1]]))

    act = response.context["act"]
    assert (response.context["before"].uid, response.context["after"].uid) == (uids[0], uids[2])
    assert json.loads(act.leaf_data)["seq"] == 2
    assert b"waits for its seal" in response.content


def test_act_that_does_not_exist_is_not_found(client, db):
    url = reverse("audit:act", args=["00000000-0000-0000-0000-000000000000"])

    assert client.get(url).status_code == 404


def shown(client, uid):
    response = client.get(reverse("audit:act", args=[uid]))
    return {value.field: value.text for value in response.context["shown"]}


def test_act_shows_everyone_the_reason_but_not_the_person(client, ana, omar):
    uid = log.record("tried", "audit.head:1", by=omar, reason="Because.", note="private")

    assert shown(client, uid) == {"actor": None, "note": None, "reason": "Because."}

    client.force_login(ana)
    assert shown(client, uid) == {"actor": None, "note": None, "reason": "Because."}


def test_act_shows_the_auditor_all_values_and_says_so_in_the_trail(client, audrey, omar):
    uid = log.record("tried", "audit.head:1", by=omar, note="private")
    client.force_login(audrey)

    values = shown(client, uid)

    assert values == {"actor": f"user:{omar.uuid}", "note": "private"}
    read = Act.objects.newest_first().first()
    assert (read.verb, read.data["role"]) == ("audit.act:personal_data_read", "auditor")


@pytest.mark.parametrize("subject", ["accounts.user:1", "untold.thing:1"])
def test_act_on_an_account_or_untold_keeps_its_reason_to_itself(client, db, subject):
    uid = log.record("tried", subject, reason="Private.")

    assert shown(client, uid) == {"reason": None}


@pytest.mark.parametrize("name", ["checkpoint", "key"])
def test_files_of_the_seal_are_not_found_before_the_first(client, db, name):
    assert client.get(reverse(f"audit:{name}")).status_code == 404


def test_lists_of_seals_are_empty_before_the_first(client, db):
    assert client.get(reverse("audit:checkpoints")).content == b""
    assert client.get(reverse("audit:feed")).status_code == 200
    assert client.get(reverse("audit:list")).status_code == 200


def test_seal_is_read_by_the_published_key(client, write, seal):
    write(5)
    seal()

    response = client.get(reverse("audit:checkpoint"))

    assert response.headers["Content-Type"] == PLAIN
    head = note.verify(response.content.decode(), key_of(client), ed25519.verify)
    assert head.size == 5


def test_seals_are_listed_one_a_day_and_as_a_feed(client, write, seal):
    write(5)
    seal()
    write(2)
    seal()

    text = client.get(reverse("audit:checkpoints")).content.decode()
    feed = client.get(reverse("audit:feed")).content.decode()

    assert text == client.get(reverse("audit:checkpoint")).content.decode()
    assert feed.count("<entry>") == 2


def test_proof_of_an_act_is_checked_without_the_portal(client, write, seal):
    uids = write(9)
    seal()

    response = client.get(reverse("audit:proof", args=[uids[4]]))

    leaf, index, proof, checkpoint = tlog.read_proof(response.content.decode())
    head = note.verify(checkpoint, key_of(client), ed25519.verify)
    assert json.loads(leaf)["uid"] == str(uids[4])
    assert verify_inclusion(leaf_hash(leaf), index, head.size, proof, head.root)


def test_proof_of_an_act_without_a_seal_is_not_found(client, write):
    (uid,) = write(1)

    assert client.get(reverse("audit:proof", args=[uid])).status_code == 404


def test_page_of_a_sealed_act_shows_its_proof(client, write, seal):
    uids = write(9)
    seal()

    response = client.get(reverse("audit:act", args=[uids[4]]))

    assert len(response.context["proof"]) == 4
    assert response.context["proof"][0].encode() in response.content


def test_consistency_of_two_seals_is_checked_without_the_portal(client, write, seal):
    write(5)
    seal()
    old = note.parse(client.get(reverse("audit:checkpoint")).content.decode())
    write(6)
    seal()
    new = note.parse(client.get(reverse("audit:checkpoint")).content.decode())

    lines = client.get(reverse("audit:consistency", args=[5, 11])).content.decode()

    proof = [base64.b64decode(line) for line in lines.splitlines()]
    assert verify_consistency(5, 11, old.root, new.root, proof)


@pytest.mark.parametrize(("old", "new"), [(3, 2), (1, 6), (0, 10**30)])
def test_consistency_of_sizes_that_never_were_is_not_found(client, write, seal, old, new):
    write(5)
    seal()

    assert client.get(reverse("audit:consistency", args=[old, new])).status_code == 404


@pytest.mark.parametrize(
    ("who", "status"),
    [("ana", 403), ("omar", 403), ("olga", 403), ("audrey", 200)],
)
def test_export_is_for_auditors(client, request, who, status):
    client.force_login(request.getfixturevalue(who))

    assert client.get(reverse("audit:export")).status_code == status
    assert client.post(reverse("audit:export")).status_code == status


def test_export_asks_strangers_to_sign_in(client, db):
    assert client.get(reverse("audit:export")).status_code == 302


def test_export_is_an_act_itself(client, write, seal, make_auditor):
    write(3)
    seal()
    client.force_login(make_auditor())

    response = client.post(reverse("audit:export"))

    archive = zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content)))
    assert len(archive.read("leaves.ndjson").splitlines()) == 3
    assert Act.objects.newest_first().first().verb == "audit.head:exported"


def test_verifier_is_handed_to_everyone(client, db):
    response = client.get(reverse("audit:verifier"))

    archive = zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content)))
    assert "verify_export.py" in archive.namelist()
