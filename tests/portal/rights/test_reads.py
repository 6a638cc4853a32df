"""Who looked at my data: every page that shows staff more than everyone sees leaves an act."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from portal.audit.domain import log
from portal.audit.models import Act, ActPrivate
from portal.proposals.domain import proposals, supports
from portal.proposals.models import ProposalState
from portal.rights.domain import reads, requests
from portal.rights.models import About, RequestKind
from tests.factories.livinglabs import LabFactory
from tests.factories.portal import ProposalFactory, UserFactory
from tests.look.crawl import kind, links_of

NAME, EMAIL, PHONE = "홍단하늘", "unmistakable@walker.example", "010-7654-3210"
STAFF = ["omar", "petra", "clara", "sam", "audrey", "olga"]
DOORS = ["/desk/", "/proposals/", "/audit/", "/labs/", "/data-requests/", "/privacy/retention/"]
MOST_PAGES = 250


@pytest.fixture
def walker(db):
    """A citizen with something on every page where staff may meet citizens."""
    person = UserFactory(name=NAME, email=EMAIL, phone=PHONE)
    own = ProposalFactory(author=person, state=ProposalState.DRAFT)
    proposals.publish(own, by=person)
    ProposalFactory(author=person, state=ProposalState.ANSWER_DUE)
    supports.add(ProposalFactory(), by=person)
    requests.receive(person, asked={"kind": RequestKind.ACCESS, "about": About.OTHER, "wish": ""})
    return person


def shows(page, person):
    """Whether a page shows more of ``person`` than everyone sees."""
    return any(word in page for word in (person.name, person.email, person.phone))


def looks_at(person):
    return Act.objects.about(log.subject_key(person)).of_verb(reads.VERB).count()


@pytest.mark.parametrize("who", STAFF)
def test_each_page_that_shows_a_citizen_to_staff_leaves_an_act(request, walker, who):
    client = Client()
    client.force_login(request.getfixturevalue(who))
    client.cookies["django_language"] = "en"
    silent, met, waiting = [], set(), list(DOORS)
    while waiting and len(met) < MOST_PAGES:
        address = waiting.pop(0)
        if kind(address) in met:
            continue
        met.add(kind(address))
        before = looks_at(walker)
        page = client.get(address)
        if page.status_code != 200 or "html" not in page.headers["content-type"]:
            continue
        if shows(page.text, walker) and looks_at(walker) == before:
            silent.append(address)
        waiting += links_of(page.text)

    assert silent == []
    assert len(met) > len(DOORS)


def test_the_persons_own_looks_leave_no_act(client, walker):
    client.force_login(walker)
    own = walker.data_requests.get()

    page = client.get(own.get_absolute_url())

    assert page.status_code == 200
    assert looks_at(walker) == 0


def test_the_page_says_when_which_office_and_what_for(client, walker, olga):
    requests.note_read(walker.data_requests.get(), by=olga)
    client.force_login(walker)
    client.cookies["django_language"] = "ko"

    page = client.get(reverse("rights:reads"))

    assert "운영자 올가희" in page.text
    assert "개인정보 요구에 답변" in page.text


def test_the_page_says_that_a_purpose_is_no_longer_known(walker, olga):
    requests.note_read(walker.data_requests.get(), by=olga)
    ActPrivate.objects.none()

    assert reads.purpose(None) == "no longer known"


def test_nobody_sees_the_looks_at_another(client, walker, zoe, olga):
    requests.note_read(walker.data_requests.get(), by=olga)
    client.force_login(zoe)

    assert client.get(reverse("rights:reads")).context["reads"] == []


def test_a_roster_tells_each_person_on_it(client, walker, zoe):
    from livinglabs.domain import participations

    lab = LabFactory()
    for person in (walker, zoe):
        participations.join(lab, by=person, kind="citizen")
    client.force_login(lab.manager)

    client.get(reverse("livinglabs:roster", args=[lab.pk]))

    told = [reads.of(person)[0][0].purpose for person in (walker, zoe)]
    assert told == ["running the living lab"] * 2


def test_an_auditor_who_reads_a_persons_values_is_told_to_the_person(client, walker, audrey):
    uid = log.record("tried", "proposals.proposal:1", by=walker, reason="비밀")
    client.force_login(audrey)

    client.get(f"/audit/act/{uid}/")

    assert [read.purpose for read in reads.of(walker)[0]] == ["audit of what an act keeps private"]


def test_record_reads_writes_what_a_single_read_writes(ana, zoe, olga):
    log.record_reads([ana, zoe], by=olga, purpose="running the living lab")
    log.record_read(ana, by=olga, purpose="running the living lab")

    assert [read.by for read in reads.of(ana)[0]] == ["Operator 올가희"] * 2
    assert len(reads.of(zoe)[0]) == 1


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_for_any_number(
    client, ana, olga, count, django_assert_max_num_queries
):
    for _ in range(count):
        log.record_read(ana, by=olga, purpose="audit")
    client.force_login(ana)
    client.get(reverse("rights:reads"))

    with django_assert_max_num_queries(11):
        page = client.get(reverse("rights:reads"))

    assert len(page.context["reads"]) == count
    assert re.search("audit of what an act keeps private", page.text)
