"""The desk: matters given away, filters, workload, notes that stay inside, words for answers."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from portal.accounts.models import Department, Role
from portal.audit.domain import trail
from portal.delivery import own
from portal.delivery.domain import matters, remarks, wordings
from portal.delivery.forms.desk import FilterNameForm, RemarkForm
from portal.delivery.forms.plans import ReasonForm, SummaryForm
from portal.delivery.models import Remark, SavedFilter, Wording
from portal.desk.domain import desk
from portal.proposals.domain import thread
from portal.proposals.models import ProposalState
from portal.refusals import Refused
from portal.registry import open_data_exports
from tests.factories.delivery import PlanFactory
from tests.factories.portal import ProposalFactory, UserFactory, appoint

S = ProposalState
MATTERS = "delivery:matters"
SECRET = "전화로 확인해 보니 사유지입니다"


@pytest.fixture
def nora(transport):
    """A second official of the department of traffic policy."""
    return appoint(UserFactory(name="노라희", email="nora@example.org"), Role.OFFICIAL, transport)


def owed(**fields):
    return ProposalFactory(state=S.ANSWER_DUE, **fields)


def wording(department, by, **fields):
    written = {"title": "현장 확인", "text": "현장을 확인했습니다.", **fields}
    return wordings.keep(None, by=by, department=department, **written)


# Giving matters away


def test_chosen_matters_are_given_to_one_official(client, omar, nora):
    chosen = [owed(), owed()]
    left = owed()
    client.force_login(omar)

    client.post(reverse("delivery:give"), {"matter": [p.pk for p in chosen], "official": nora.pk})

    for proposal in (*chosen, left):
        proposal.refresh_from_db()
    assert [p.official for p in (*chosen, left)] == [nora, nora, None]


def test_each_refused_matter_is_said_and_the_others_are_given(client, omar, nora):
    given, twice, own_idea = owed(), owed(official=nora), owed(author=nora)
    foreign = owed(department=Department.objects.get(code="welfare"))
    client.force_login(omar)
    chosen = [p.pk for p in (given, twice, own_idea, foreign)]

    page = client.post(
        reverse("delivery:give"), {"matter": chosen, "official": nora.pk}, follow=True
    ).text

    given.refresh_from_db()
    foreign.refresh_from_db()
    assert given.official == nora
    assert foreign.official is None
    assert f"{twice.title}: That official has it already." in page
    assert f"{own_idea.title}: Nobody deals with" in page
    assert f"{foreign.title}: You may not give" in page


@pytest.mark.parametrize(
    "sent", [{}, {"matter": ["1"]}, {"matter": ["x", "-1", "9" * 30], "official": "1"}]
)
def test_choosing_nothing_is_said(client, omar, sent):
    client.force_login(omar)

    page = client.post(reverse("delivery:give"), sent, follow=True).text

    assert "Choose at least one proposal, and an official." in page


def test_nothing_is_given_to_an_official_of_another_department(client, omar, wendy):
    proposal = owed()
    client.force_login(omar)

    client.post(reverse("delivery:give"), {"matter": [proposal.pk], "official": wendy.pk})

    proposal.refresh_from_db()
    assert proposal.official is None


# The table and its filters


def test_the_table_is_filtered(client, omar, nora):
    today = timezone.localdate()
    late = owed(title="늦은 일", due_on=today - timedelta(1), clock_started_on=today)
    mine = owed(title="나의 일", official=omar, due_on=today + timedelta(3))
    client.force_login(omar)

    def shown(**wanted):
        page = client.get(reverse(MATTERS), wanted).text
        return {p.title for p in (late, mine) if f">{p.title}</a>" in page}

    assert shown() == {"늦은 일", "나의 일"}
    assert shown(whose="mine") == {"나의 일"}
    assert shown(whose="nobody") == {"늦은 일"}
    assert shown(due="overdue") == {"늦은 일"}
    assert shown(due="week") == {"나의 일"}
    assert shown(q="늦은") == {"늦은 일"}
    assert shown(state="supplement") == set()
    assert shown(state="nonsense", area="x") == {"늦은 일", "나의 일"}


def test_all_that_are_shown_can_be_chosen_without_scripts(client, omar):
    owed()
    client.force_login(omar)

    assert " checked" not in client.get(reverse(MATTERS)).text
    assert " checked" in client.get(reverse(MATTERS), {"all": "yes"}).text


def test_a_filter_is_kept_under_a_name_replaced_and_forgotten(client, omar):
    client.force_login(omar)
    sent = {"name": "급한 일", "filter-due": "week", "filter-whose": "mine", "filter-evil": "x"}

    client.post(reverse("delivery:save_filter"), sent)
    client.post(reverse("delivery:save_filter"), {**sent, "filter-whose": ""})
    saved = SavedFilter.objects.get()
    page = client.get(reverse(MATTERS)).text
    client.post(reverse("delivery:forget_filter", args=[saved.pk]))

    assert saved.query == "due=week"
    assert f"{reverse(MATTERS)}?due=week" in page
    assert not SavedFilter.objects.exists()


@pytest.mark.parametrize(
    ("form", "field"),
    [
        (FilterNameForm, "name"),
        (RemarkForm, "text"),
        (ReasonForm, "reason"),
        (SummaryForm, "summary"),
    ],
)
def test_words_that_show_nothing_are_asked_for_again(db, form, field):
    assert field in form({field: "\u3164\u200b"}).errors
    assert form({field: "\u202e급한 일\x00"}).errors.get(field) is None


def test_nobody_forgets_the_filter_of_another(client, omar, wendy):
    saved = matters.save(by=omar, name="나의 것", query="due=week")
    client.force_login(wendy)

    assert client.post(reverse("delivery:forget_filter", args=[saved.pk])).status_code == 404


def test_workload_counts_each_official_and_what_nobody_has(omar, nora):
    today = timezone.localdate()
    owed(official=nora, due_on=today - timedelta(1), clock_started_on=today - timedelta(31))
    owed(official=nora, due_on=today + timedelta(2))
    owed()

    loads = matters.workload(omar)

    found = {(load.person.name if load.person else ""): load for load in loads}
    assert (found["노라희"].open, found["노라희"].this_week, found["노라희"].overdue) == (2, 1, 1)
    assert found["오마루"].open == 0
    assert found[""].open == 1


@pytest.mark.parametrize("rows", [1, 3])
def test_the_table_and_the_workload_ask_a_fixed_number_of_times(
    client, omar, django_assert_max_num_queries, rows
):
    for _ in range(rows):
        owed(official=omar)
        matters.save(by=omar, name=str(_), query="")
    client.force_login(omar)

    with django_assert_max_num_queries(14):
        client.get(reverse(MATTERS))
    with django_assert_max_num_queries(10):
        client.get(reverse("delivery:workload"))


@pytest.mark.parametrize("name", ["delivery:remarks", "delivery:use_wording", "delivery:wordings"])
def test_notes_and_words_ask_as_often_for_three_as_for_one(
    client, omar, transport, name, django_assert_num_queries, django_assert_max_num_queries
):
    proposal = owed(official=omar)
    address = reverse(name, args=[] if name == "delivery:wordings" else [proposal.pk])

    def add(number):
        remarks.write(proposal, by=omar, text=number)
        wording(transport, omar, title=number)

    add("1")
    client.force_login(omar)
    client.get(address)
    with django_assert_max_num_queries(14) as asked:
        client.get(address)
    add("2")
    add("3")

    with django_assert_num_queries(len(asked)):
        shown = client.get(address).text
    assert "3" in shown


def test_the_work_list_names_milestones_and_what_has_no_plan(omar):
    PlanFactory()
    ProposalFactory(state=S.ADOPTED)

    counts = {found.queue.key: found.count for found in desk.of(omar)}

    assert counts["delivery-milestones"] == 2
    assert counts["delivery-without-plan"] == 1


TOOLS = [MATTERS, "delivery:workload", "delivery:wordings", "delivery:new_wording"]


@pytest.mark.parametrize("name", TOOLS)
@pytest.mark.parametrize("who", ["ana", "clara", "sam", "audrey", "olga", "eric"])
def test_the_tools_are_for_officials_of_a_department(request, client, name, who):
    client.force_login(request.getfixturevalue(who))

    assert client.get(reverse(name)).status_code == 403


# Notes between officials


def test_officials_write_read_and_take_away_notes(client, omar, petra):
    proposal = owed()
    address = reverse("delivery:remarks", args=[proposal.pk])
    client.force_login(omar)
    client.post(address, {"text": SECRET})
    client.force_login(petra)

    page = client.get(address).text
    taken = client.post(
        reverse("delivery:remove_remark", args=[proposal.pk, Remark.objects.get().pk])
    )

    assert SECRET in page
    assert taken.status_code == 409
    assert Remark.objects.exists()


def test_an_empty_note_is_refused(omar):
    with pytest.raises(Refused, match="empty"):
        remarks.write(owed(), by=omar, text="  ")


def test_no_page_feed_or_program_shows_a_note_to_citizens(client, ana, omar):
    proposal = owed(author=ana)
    remarks.write(proposal, by=omar, text=SECRET)
    addresses = [
        proposal.get_absolute_url(),
        "/proposals/",
        "/proposals/feed/",
        f"/api/v1/proposals/{proposal.pk}/",
        "/api/v1/proposals/",
        "/audit/",
        "/me/",
        "/delivery/",
        "/scoreboard/",
        f"/search/?q={SECRET}",
    ]

    for person in (None, ana):
        if person:
            client.force_login(person)
        for address in addresses:
            assert SECRET not in client.get(address, follow=True).text.replace(
                f'value="{SECRET}"', ""
            ).replace(f"“{SECRET}”", ""), address
        assert client.get(reverse("delivery:remarks", args=[proposal.pk])).status_code in {302, 403}


def test_no_export_thread_or_trail_holds_a_note(ana, omar):
    proposal = owed(author=ana)
    before = len(thread.of(proposal).steps)

    remarks.write(proposal, by=omar, text=SECRET)

    assert len(thread.of(proposal).steps) == before
    assert SECRET not in repr([list(export.rows()) for export in open_data_exports])
    assert SECRET not in repr(trail.entries([f"proposals.proposal:{proposal.pk}"], limit=50))
    assert SECRET not in repr([list(kind.rows(ana)) for kind in own.OWN_DATA])
    assert SECRET in repr([list(kind.rows(omar)) for kind in own.OWN_DATA])


# Words for answers


def test_words_are_filled_in_and_stand_in_the_draft(client, omar, transport):
    proposal = owed(title="그늘막", place="소사역")
    found = wording(transport, omar, text="“{title}”({place})을 {department}이 확인했습니다.")
    client.force_login(omar)

    answer = client.post(reverse("delivery:use_wording", args=[proposal.pk]), {"wording": found.pk})

    assert answer.url == reverse("proposals:answer", args=[proposal.pk])
    assert "“그늘막”(소사역)을" in proposal.answers.get().reason


def test_words_are_added_to_what_is_there(omar, transport):
    proposal = owed()
    found = wording(transport, omar)

    wordings.use(found, proposal, by=omar)
    wordings.use(found, proposal, by=omar)

    assert proposal.answers.get().reason == "현장을 확인했습니다.\n\n현장을 확인했습니다."


def test_words_of_another_department_are_refused(omar, wendy):
    found = wording(Department.objects.get(code="welfare"), wendy)

    with pytest.raises(Refused, match="another department"):
        wordings.use(found, owed(), by=omar)


def test_the_same_title_twice_and_an_unknown_placeholder_are_refused(omar, transport):
    wording(transport, omar)

    with pytest.raises(Refused, match="of that title already"):
        wording(transport, omar)
    with pytest.raises(Refused, match="Unknown placeholder"):
        wording(transport, omar, title="다른 것", text="{password}")


def test_a_placeholder_is_text_and_no_program(omar, transport):
    proposal = owed(title="{author.password}")
    found = wording(transport, omar, text="{title}")

    assert wordings.fill(found.text, proposal, by=omar) == "{author.password}"


def test_officials_keep_the_words_of_their_own_department(client, omar, wendy, transport):
    found = wording(transport, omar)
    client.force_login(omar)
    sent = {"department": transport.pk, "title": "새 제목", "text": "{today} 확인"}

    client.post(reverse("delivery:wording", args=[found.pk]), sent)
    client.post(reverse("delivery:new_wording"), {**sent, "title": "둘째"})
    refused = client.post(reverse("delivery:new_wording"), {**sent, "text": "{nope}"}).text
    client.force_login(wendy)

    assert set(Wording.objects.values_list("title", flat=True)) == {"새 제목", "둘째"}
    assert "Unknown placeholder" in refused
    assert client.get(reverse("delivery:wording", args=[found.pk])).status_code == 404
    assert client.post(reverse("delivery:remove_wording", args=[found.pk])).status_code == 404
    assert "새 제목" not in client.get(reverse("delivery:wordings")).text
