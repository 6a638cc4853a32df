"""Requests about one's own data: the clock, the answer, and who may do what."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from portal.accounts.models import User
from portal.audit.models import Act
from portal.notifications.models import Note
from portal.refusals import Refused
from portal.rights.domain import reads, requests
from portal.rights.models import About, DataRequest, RequestKind, RequestState
from tests.factories.portal import UserFactory, appoint

ANSWER = {
    "outcome": "refused",
    "reason": "법에 따라 보관해야 합니다.",
    "remedy": "이의를 낼 수 있습니다.",
}
TYPED = {"kind": "stop", "about": "contact", "wish": "전화하지 말아 주세요.", "new_value": ""}


def test_receive_gives_ten_civil_days(ana, monkeypatch):
    monkeypatch.setattr(timezone, "localdate", lambda *_args: date(2026, 11, 24))

    received = requests.receive(ana, asked={"kind": RequestKind.ACCESS, "about": About.OTHER})

    # The tenth day is Friday, 4 December.
    assert received.due_on == date(2026, 12, 4)


def test_receive_moves_a_due_day_off_the_weekend(ana, monkeypatch):
    monkeypatch.setattr(timezone, "localdate", lambda *_args: date(2026, 11, 25))

    received = requests.receive(ana, asked={"kind": RequestKind.ACCESS, "about": About.OTHER})

    assert received.due_on == date(2026, 12, 7)


def test_receive_tells_the_person_and_every_operator(ana, olga):
    requests.receive(ana, asked={"kind": RequestKind.STOP, "about": About.CONTACT})

    told = set(Note.objects.values_list("recipient__email", "kind"))
    assert told == {
        (ana.email, "data_request_received"),
        (olga.email, "data_request_waits"),
    }


def test_receive_is_refused_where_many_wait(ana):
    for _ in range(requests.MOST_OPEN):
        requests.receive(ana, asked={"kind": RequestKind.ACCESS, "about": About.OTHER})

    with pytest.raises(Refused, match="await"):
        requests.receive(ana, asked={"kind": RequestKind.ACCESS, "about": About.OTHER})


def test_grant_puts_the_name_right_and_tells_the_person(ana, olga, asked):
    requests.answer(asked, by=olga, outcome="granted", reason="확인했습니다.", remedy="")

    assert User.objects.get(pk=ana.pk).name == "아나래"
    assert Act.objects.of_verb("accounts.user:name_corrected").count() == 1
    note = Note.objects.get(recipient=ana, kind="data_request_answered")
    assert note.subject == "Your request about your data is answered: Granted"


def test_refusal_leaves_the_name_and_says_the_remedy(ana, olga, asked):
    requests.answer(asked, by=olga, **ANSWER)

    asked.refresh_from_db()
    assert User.objects.get(pk=ana.pk).name == "아나연"
    assert (asked.state, asked.remedy) == (RequestState.REFUSED, ANSWER["remedy"])


@pytest.mark.parametrize("missing", ["reason", "remedy"])
@pytest.mark.parametrize("outcome", ["refused", "partly"])
def test_answer_is_refused_without_reason_and_remedy(olga, asked, outcome, missing):
    with pytest.raises(Refused, match="why"):
        requests.answer(asked, by=olga, **{**ANSWER, "outcome": outcome, missing: " "})


def test_answer_is_refused_twice(olga, asked):
    requests.answer(asked, by=olga, **ANSWER)

    with pytest.raises(Refused, match="stage"):
        requests.answer(asked, by=olga, **ANSWER)


def test_nobody_answers_their_own(olga):
    own = requests.receive(olga, asked={"kind": RequestKind.ACCESS, "about": About.OTHER})

    with pytest.raises(Refused, match="own"):
        requests.answer(own, by=olga, **ANSWER)


def test_the_database_keeps_people_from_answering_their_own(ana, asked):
    change = {"state": "granted", "answered_by": ana, "answered_at": timezone.now()}

    with pytest.raises(IntegrityError, match="nobody_answers"), transaction.atomic():
        DataRequest.objects.filter(pk=asked.pk).update(**change)


def test_withdraw_ends_the_request(ana, asked):
    requests.withdraw(asked, by=ana)

    assert not DataRequest.objects.open().exists()


def test_remind_tells_operators_once_before_and_once_after(asked, olga):
    today = timezone.localdate()
    DataRequest.objects.update(due_on=today + timedelta(days=3))
    before = [requests.remind(), requests.remind()]
    DataRequest.objects.update(due_on=today - timedelta(days=1))
    after = [requests.remind(), requests.remind()]

    assert (before, after) == ([1, 0], [1, 0])
    kinds = Note.objects.filter(recipient=olga).values_list("kind", flat=True)
    assert set(kinds) == {"data_request_due", "data_request_late"}


def test_remind_leaves_alone_what_has_time(asked):
    assert requests.remind() == 0


CAST = ["ana", "zoe", "omar", "petra", "clara", "sam", "audrey", "eric", "olga"]


@pytest.mark.parametrize("who", CAST)
def test_who_sees_the_lists(request, client, who):
    person = request.getfixturevalue(who)
    client.force_login(person)

    own, waiting, runs = (
        client.get(reverse(f"rights:{name}")).status_code
        for name in ("requests", "waiting", "runs")
    )

    assert own == 200
    assert waiting == (200 if who == "olga" else 403)
    assert runs == (200 if who in {"olga", "audrey"} else 403)


def test_a_request_is_made_and_read_on_pages(client, ana):
    client.force_login(ana)

    sent = client.post(reverse("rights:ask"), TYPED)
    page = client.get(sent.url)

    assert "전화하지 말아 주세요." in page.text
    assert "article 37" in page.text
    assert "no-store" in page["Cache-Control"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"kind": "correction", "wish": ""}, "new_value"),
        ({"about": "other", "wish": ""}, "wish"),
        ({"kind": "x"}, "kind"),
        ({"about": ""}, "about"),
        ({"wish": "가" * 3001}, "wish"),
        ({"wish": "가\0"}, "wish"),
    ],
)
def test_a_request_that_cannot_be_taken_says_why(client, ana, changes, field):
    client.force_login(ana)

    page = client.post(reverse("rights:ask"), {**TYPED, **changes})

    assert page.status_code == 422
    assert page.context["form"].errors[field]
    assert not DataRequest.objects.exists()


def test_an_operator_answers_on_a_page_and_the_person_sees_the_look(client, ana, olga, asked):
    client.force_login(olga)

    shown = client.get(reverse("rights:answer", args=[asked.pk]))
    sent = client.post(reverse("rights:answer", args=[asked.pk]), ANSWER)

    assert ana.email in shown.text
    assert sent.url == reverse("rights:waiting")
    told, _page = reads.of(ana)
    assert {(read.by, read.purpose) for read in told} == {
        ("Operator 올가희", "answering the request about own data")
    }


def test_the_work_list_has_no_names(client, ana, olga, asked):
    client.force_login(olga)

    desk = client.get(reverse("desk:show"))
    waiting = client.get(reverse("rights:waiting"))

    for page in (desk, waiting):
        assert asked.get_absolute_url() in page.text
        assert ana.email not in page.text
    assert reads.of(ana)[0] == []


def test_a_stranger_finds_no_request(client, zoe, asked):
    client.force_login(zoe)

    found = [
        client.get(reverse(f"rights:{name}", args=[asked.pk])).status_code
        for name in ("request", "withdraw", "answer")
    ]

    assert found == [404, 404, 404]


def test_a_request_is_taken_back_on_a_page(client, ana, asked):
    client.force_login(ana)

    client.post(reverse("rights:withdraw", args=[asked.pk]))

    asked.refresh_from_db()
    assert asked.state == RequestState.WITHDRAWN


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("name", ["requests", "waiting"])
def test_lists_cost_the_same_for_any_number(client, db, count, name, django_assert_max_num_queries):
    operator = appoint(UserFactory(), "operator")
    for _ in range(count):
        requests.receive(operator, asked={"kind": RequestKind.ACCESS, "about": About.OTHER})
    client.force_login(operator)
    client.get(reverse(f"rights:{name}"))

    with django_assert_max_num_queries(9):
        client.get(reverse(f"rights:{name}"))


def test_a_verified_name_is_changed_by_request_only(client, ana):
    """The profile leads to a request once the city has verified who somebody is."""
    client.force_login(ana)
    ana.verifications.all().delete()
    free = client.get(reverse("accounts:profile"))
    ana.verifications.create(
        provider="register", person_hash=b"x" * 32, expires_at=timezone.now() + timedelta(days=9)
    )

    fixed = client.get(reverse("accounts:profile"))
    client.post(reverse("accounts:profile"), {"name": "다른이름", "language": "en", "phone": ""})

    assert reverse("rights:ask") not in free.text
    assert f"{reverse('rights:ask')}?kind=correction" in fixed.text
    assert User.objects.get(pk=ana.pk).name == "아나연"
