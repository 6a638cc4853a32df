"""What labs tell the front door, the thread, the desk, the search and programs."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone

from governance.models import MotionState
from livinglabs import desk, search
from livinglabs.domain import conflicts, labs, reference, thread
from livinglabs.models import EventKind, LabState, ReportedFigure, Stage
from portal import registry
from tests.factories.governance import MotionFactory
from tests.factories.livinglabs import ConflictFactory, LabFactory, with_evidence

pytestmark = pytest.mark.django_db


def test_thread_names_the_lab_and_its_conflicts(omar):
    conflict = ConflictFactory()
    lab = conflict.lab
    conflicts.mediate(conflict, by=omar, done="이야기합니다.")

    subjects = thread.subjects(lab.mandate.proposal)

    assert set(subjects) == {f"livinglabs.lab:{lab.pk}", f"livinglabs.conflict:{conflict.pk}"}


def test_thread_says_what_the_gate_waits_for():
    lab = LabFactory(stage=Stage.objects.get(code="empower"))
    with_evidence(lab, "training-record")

    (due,) = thread.upcoming(lab.mandate.proposal)

    assert due.title.endswith("ends when this is there: Record of conflicts")
    assert due.due == lab.ends_on


@pytest.mark.parametrize(
    ("state", "count"), [("prepared", 1), ("running", 1), ("stopped", 0), ("completed", 0)]
)
def test_thread_expects_something_of_open_labs_only(state, count):
    lab = LabFactory(state=state)

    assert len(thread.upcoming(lab.mandate.proposal)) == count


def test_desk_sorts_labs_by_what_they_wait_for(omar):
    ready = with_evidence(LabFactory(), "diagnosis-report")
    waiting = LabFactory()
    late = LabFactory(ends_on=timezone.localdate() - timedelta(days=1))
    to_start = LabFactory(state=LabState.PREPARED)

    found = {queue.key: queue.items(omar, 10) for queue in desk.QUEUES}

    assert [item.title for item in found["labs-ready"]] == [ready.title]
    assert {item.title for item in found["labs-waiting"]} == {waiting.title, late.title}
    assert [item.title for item in found["labs-late"]] == [late.title]
    assert [item.title for item in found["labs-to-start"]] == [to_start.title]


def test_desk_leads_from_a_carried_motion_to_its_lab(omar):
    motion = MotionFactory(state="carried")
    MotionFactory(state="lost")

    (item,) = desk.motion_items(omar, 10)

    assert item.url == f"/labs/prepare/{motion.pk}/"


def test_desk_of_another_department_is_empty(wendy):
    LabFactory()

    assert [queue.count(wendy) for queue in desk.QUEUES] == [0, 0, 0, 0, 0]


def test_every_act_of_labs_has_words():
    """Each verb that the domain writes is one that citizens can read."""
    written = {
        f"livinglabs.{model}:{verb}"
        for path in Path(labs.__file__).parent.glob("*.py")
        for model, verb in acts_in(path)
    }

    assert written
    assert {key for key in written if key not in registry.verbs} == set()


def acts_in(path):
    """The acts that a module records by name: pairs of model and verb."""
    text = path.read_text()
    found = re.findall(r'log\.record\(\s*"(\w+)",\s*([\w.]+)', text)
    return [(subject.rpartition(".")[2], verb) for verb, subject in found]


def test_search_finds_the_words_of_a_lab():
    lab = LabFactory()

    document = search.document(lab)

    assert (document["title"], document["url"]) == (lab.title, lab.get_absolute_url())


def test_reference_loads_twice_without_doubling():
    reference.load()

    assert Stage.objects.count() == 5
    assert EventKind.objects.count() == 10
    rows = ReportedFigure.objects.filter(topic="events", is_total=False)
    assert sum(row.value for row in rows) == 205


def test_api_lists_labs(client):
    lab = LabFactory()

    answer = client.get("/api/v1/labs/").json()

    assert [row["id"] for row in answer["results"]] == [lab.pk]
    assert answer["results"][0]["stage"] == "diagnose"


@pytest.mark.parametrize("query", ["proposal=1e30", "proposal=x", "state=x", "cursor=x"])
def test_api_answers_bad_filters_without_breaking(client, query):
    LabFactory()

    assert client.get(f"/api/v1/labs/?{query}").status_code in {200, 400, 404}


def test_api_shows_records_but_no_people(client):
    lab = with_evidence(LabFactory(), "diagnosis-report")

    answer = client.get(f"/api/v1/labs/{lab.pk}/").json()

    assert answer["evidence"][0]["kind"] == "diagnosis-report"
    assert "participations" not in answer


@pytest.mark.parametrize("count", [1, 3])
def test_api_costs_the_same_for_any_number(client, count, django_assert_num_queries):
    LabFactory.create_batch(count)

    with django_assert_num_queries(1):
        client.get("/api/v1/labs/")


def test_api_refuses_to_write(client, omar):
    client.force_login(omar)

    assert client.post("/api/v1/labs/", {}).status_code == 405


def test_api_tells_the_stages_and_what_they_ask_for(client):
    answer = client.get("/api/v1/lab-stages/").json()

    assert answer[1]["asks"] == ["training-record", "conflict-record"]


def test_carried_motion_leads_to_the_preparation_only_who_may_prepare(client, omar, ana):
    motion = MotionFactory(state=MotionState.CARRIED)
    address = reverse("livinglabs:prepare", args=[motion.pk])

    client.force_login(ana)
    as_citizen = client.get(motion.get_absolute_url()).text
    client.force_login(omar)
    as_official = client.get(motion.get_absolute_url()).text

    assert address not in as_citizen
    assert address in as_official


def test_motion_leads_to_its_lab(client, omar):
    lab = LabFactory()
    client.force_login(omar)

    page = client.get(lab.mandate.get_absolute_url()).text

    assert lab.get_absolute_url() in page
    assert reverse("livinglabs:prepare", args=[lab.mandate.pk]) not in page


def test_thread_awaits_the_lab_of_a_carried_motion():
    motion = MotionFactory(state=MotionState.CARRIED, proposal__state="adopted")

    (due,) = thread.upcoming(motion.proposal)

    assert due.url == motion.get_absolute_url()
