"""Pages of calls and problems: what they show, to whom, and at which cost."""

import io
from urllib.parse import urlencode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from portal.calls.domain import jury, teams
from portal.calls.models import (
    Call,
    CallKind,
    CallState,
    Criterion,
    Entry,
    Invitation,
    Problem,
    ProblemProposal,
    ProblemState,
    Recusal,
    Score,
    Solution,
    Team,
)
from portal.notifications.models import Note
from portal.proposals.models import Area, Proposal
from portal.quarantine.domain import scanners
from portal.quarantine.domain.files import check_waiting
from tests.factories.calls import (
    CallFactory,
    EntryFactory,
    ProblemFactory,
    prize,
    seat,
    team_of,
    track_of,
)
from tests.factories.portal import ProposalFactory

POINTS = dict.fromkeys(Criterion.values, "7")


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def page(client, name, *args):
    return client.get(reverse(f"calls:{name}", args=args))


def send(client, name, /, *args, **data):
    return client.post(reverse(f"calls:{name}", args=args), data)


def plan(department, **changes):
    """A plan as the form of an official sends it."""
    now = timezone.localtime()
    day = timezone.timedelta(days=1)
    return {
        "kind": CallKind.OPEN,
        "title": "빈 점포 아이디어 공모",
        "text": "빈 점포를 쓸 생각을 구합니다.",
        "applicants": ["citizen", "company"],
        "department": department.pk,
        "opens_at": f"{now + 10 * day:%Y-%m-%dT%H:%M}",
        "closes_at": f"{now + 20 * day:%Y-%m-%dT%H:%M}",
        "judged_by": f"{now + 30 * day:%Y-%m-%d}",
        "results_by": f"{now + 40 * day:%Y-%m-%d}",
        "team_size": 5,
        **dict.fromkeys(Criterion.values, 20),
        **changes,
    }


def a_photo():
    file = io.BytesIO()
    tags = Image.Exif()
    tags[0x010F] = "Secret Camera"
    Image.new("RGB", (40, 30), "red").save(file, "JPEG", exif=tags)
    return SimpleUploadedFile("photo.jpg", file.getvalue())


@pytest.mark.parametrize("name", ["list", "problems", "problem_map"])
def test_lists_cost_the_same_for_any_number(client, db, name, django_assert_max_num_queries):
    costs = []
    for count in (1, 3):
        for _ in range(count):
            CallFactory(applicants=["citizen", "company"])
            ProblemFactory(latitude=37.5, longitude=126.7)
        page(client, name)  # what is kept for a while is asked now
        with django_assert_max_num_queries(20) as captured:
            assert page(client, name).status_code == 200
        costs.append(len(captured))

    assert costs[0] == costs[1]


def test_a_call_costs_the_same_for_any_number_of_entries(client, db):
    costs = []
    for count in (1, 3):
        call = CallFactory(state=CallState.PUBLISHED)
        track = track_of(call)
        for place in range(1, count + 1):
            seat(track)
            EntryFactory(track=track, rank=place, prize=prize(track, place))
        page(client, "detail", call.pk)
        with CaptureQueriesContext(connection) as captured:
            page(client, "detail", call.pk)
        costs.append(len(captured))

    assert costs[0] == costs[1]


def test_the_list_is_filtered_by_state_kind_and_applicant(client, db):
    mine = CallFactory(state=CallState.JUDGING, applicants=["company"])
    CallFactory(state=CallState.JUDGING)
    CallFactory(applicants=["company"])
    CallFactory(state=CallState.DRAFT, applicants=["company"])

    chosen = {"state": "judging", "applicant": "company", "kind": "open"}
    response = client.get(reverse("calls:list"), chosen)

    assert response.context["page"].rows == [mine]


def test_a_draft_is_for_its_department(client, omar, wendy):
    call = CallFactory(state=CallState.DRAFT)

    client.force_login(omar)
    assert page(client, "detail", call.pk).status_code == 200
    client.force_login(wendy)
    assert page(client, "detail", call.pk).status_code == 404


def test_a_call_names_who_answers_for_it(client, transport):
    call = CallFactory()

    text = page(client, "detail", call.pk).text

    assert transport.name in text
    assert "Department in charge" in text


def test_an_official_runs_a_call_from_plan_to_results(client, omar, eric, transport):
    client.force_login(omar)
    send(client, "plan", **plan(transport))
    call = Call.objects.get()
    track = track_of(call)
    send(client, "prizes", call.pk, track.pk, place_1="3000000", place_2="1000000")
    send(client, "seat", call.pk, track=track.pk, email=eric.email)
    send(client, "announce", call.pk)
    call.refresh_from_db()

    assert call.state == CallState.ANNOUNCED
    assert [p.amount for p in track.prizes.all()] == [3_000_000, 1_000_000]
    assert [j.person for j in track.jurors.all()] == [eric]


@pytest.mark.parametrize(
    "wrong",
    [
        {"closes_at": "2020-01-01T10:00"},
        {"judged_by": "2020-01-01"},
        {"results_by": "2020-01-01"},
        {"feasibility": 30},
        {"kind": "topic"},
        {"kind": "hackathon"},
        {"kind": "hackathon", "event_on": "2030-01-01", "event_ends_on": "2030-01-03"},
        {"applicants": []},
        {"team_size": 0},
        {"team_size": 51},
    ],
)
def test_a_plan_that_breaks_a_rule_comes_back_with_what_was_typed(client, omar, transport, wrong):
    client.force_login(omar)

    response = send(client, "plan", **plan(transport, **wrong))

    assert response.status_code == 422
    assert "빈 점포 아이디어 공모" in response.text
    assert "Constraint" not in response.text
    assert ("A team has between 1 and 50 people." in response.text) == ("team_size" in wrong)
    assert not Call.objects.exists()


def test_a_plan_is_changed_and_its_days_later(client, omar, transport):
    client.force_login(omar)
    draft = CallFactory(state=CallState.DRAFT)
    running = CallFactory()

    send(client, "revise", draft.pk, **plan(transport, applicants=["expert"]))
    days = {name: plan(transport)[name] for name in ("opens_at", "closes_at")}
    days |= {name: plan(transport)[name] for name in ("judged_by", "results_by")}
    send(client, "redate", running.pk, reason="더 많은 분이 참여하시도록", **days)

    assert Call.objects.get(pk=draft.pk).title == "빈 점포 아이디어 공모"
    later = Call.objects.get(pk=running.pk)
    assert f"{timezone.localtime(later.closes_at):%Y-%m-%dT%H:%M}" == days["closes_at"]


def test_a_prize_outside_the_limits_is_refused(client, omar):
    client.force_login(omar)
    track = track_of(CallFactory(state=CallState.DRAFT))

    response = send(client, "prizes", track.call_id, track.pk, place_1="500")

    assert response.status_code == 422


def test_a_stranger_to_the_portal_cannot_be_seated(client, omar):
    client.force_login(omar)
    call = CallFactory()

    response = send(client, "seat", call.pk, track=track_of(call).pk, email="who@example.org")

    assert response.status_code == 422
    assert "Nobody here has this address" in response.text


def test_a_juror_is_taken_off(client, omar):
    client.force_login(omar)
    call = CallFactory()
    juror = seat(track_of(call))

    send(client, "unseat", call.pk, juror.pk)

    assert not track_of(call).jurors.exists()


def test_a_citizen_takes_part_with_a_proposal(client, zoe):
    client.force_login(zoe)
    call = CallFactory()
    area = Area.objects.get(code="environment")
    data = {"title": "나누어 씁시다", "problem": "모자랍니다.", "solution": "나눕니다."}

    response = send(client, "enter", call.pk, track_of(call).pk, area=area.pk, **data)

    proposal = Proposal.objects.get()
    assert response.url == proposal.get_absolute_url()
    text = client.get(proposal.get_absolute_url()).text
    assert call.title in text


def test_a_company_hands_in_an_idea_with_a_file(client, zoe):
    client.force_login(zoe)
    call = CallFactory(applicants=["company"])
    data = {
        "form": "prototype",
        "title": "빈자리 알림",
        "text": "알립니다.",
        "organisation": "길찾기",
    }
    file = SimpleUploadedFile("제안서.pdf", b"%PDF-1.7 ")

    send(client, "enter", call.pk, track_of(call, "company").pk, file=file, **data)

    entry = Entry.objects.get()
    assert entry.by_line.startswith("길찾기")
    assert "Being checked" in client.get(entry.get_absolute_url()).text
    sent = page(client, "entry_file", entry.pk)
    assert sent.headers["Content-Disposition"].startswith("attachment")
    client.logout()
    assert page(client, "entry_file", entry.pk).status_code == 404


def test_a_prototype_is_shown_by_a_link_or_a_file(client, zoe):
    client.force_login(zoe)
    day = timezone.localdate()
    call = CallFactory(kind=CallKind.HACKATHON, event_on=day, event_ends_on=day)
    where = (call.pk, track_of(call).pk)
    data = {"form": "prototype", "title": "그늘 길", "text": "찾아 줍니다."}

    offered = page(client, "enter", *where).context["form"]["form"].value()
    alone = send(client, "enter", *where, **data)
    send(client, "enter", *where, link="https://example.org/shade", **data)

    assert offered == "prototype"
    assert alone.status_code == 422
    assert "A prototype is shown by a link or a file." in alone.text
    assert Entry.objects.get().link == "https://example.org/shade"


def test_a_file_that_is_not_what_its_name_says_is_refused(client, zoe):
    client.force_login(zoe)
    call = CallFactory(applicants=["company"])
    data = {"form": "idea", "title": "빈자리", "text": "알립니다.", "organisation": "길찾기"}
    file = SimpleUploadedFile("제안서.pdf", b"<script>")

    response = send(client, "enter", call.pk, track_of(call, "company").pk, file=file, **data)

    assert response.status_code == 422
    assert not Entry.objects.exists()


def test_entries_of_others_are_unseen_until_the_call_closes(client, ana, zoe):
    entry = EntryFactory(author=ana)
    judged = EntryFactory(track=track_of(CallFactory(state=CallState.JUDGING)))

    client.force_login(zoe)
    assert page(client, "entry", entry.pk).status_code == 404
    assert page(client, "entry", judged.pk).status_code == 200
    client.force_login(ana)
    assert page(client, "entry", entry.pk).status_code == 200


def test_an_entry_is_changed_and_withdrawn(client, ana):
    client.force_login(ana)
    entry = EntryFactory(author=ana)

    send(client, "entry_revise", entry.pk, form="idea", title="고친 제목", text="고쳤습니다.")
    send(client, "entry_withdraw", entry.pk)

    entry.refresh_from_db()
    assert (entry.title, entry.state) == ("고친 제목", "withdrawn")


def test_a_juror_scores_and_stands_back_blind(client, eric, zoe, ana):
    track = track_of(CallFactory(state=CallState.JUDGING))
    seat(track, eric)
    other = seat(track)
    entry, second = EntryFactory(track=track, author=ana), EntryFactory(track=track)
    jury.score(
        entry, by=other.person, points=dict.fromkeys(Criterion.values, 3), comment="비밀 의견"
    )
    client.force_login(eric)

    assert "비밀 의견" not in page(client, "entry", entry.pk).text
    send(client, "score", entry.pk, **POINTS)
    send(client, "stand_back", second.pk, reason="같은 회사입니다.")

    assert Score.objects.filter(juror__person=eric).count() == 1
    assert Recusal.objects.get().entry == second
    third = EntryFactory(track=track)
    left = page(client, "detail", track.call_id).text
    assert [left.count(word) for word in ("You have scored it", "You stood back")] == [1, 1]
    assert left.count("Waits for your score") == 1
    ways = [("score", entry), ("stand_back", entry), ("score", second), ("stand_back", third)]
    offered = [
        reverse(f"calls:{way}", args=[one.pk]) in page(client, "entry", one.pk).text
        for way, one in ways
    ]
    assert offered == [True, False, False, True]
    client.force_login(ana)
    assert "비밀 의견" not in page(client, "entry", entry.pk).text


def test_a_score_outside_one_to_ten_is_refused(client, eric):
    track = track_of(CallFactory(state=CallState.JUDGING))
    seat(track, eric)
    entry = EntryFactory(track=track)
    client.force_login(eric)

    response = send(client, "score", entry.pk, **{**POINTS, "scope": "11"})

    assert response.status_code == 422
    assert not Score.objects.exists()


def test_results_show_uses_and_scores_to_everyone(client, omar, eric, ana):
    call = CallFactory(state=CallState.JUDGING)
    track = track_of(call)
    seat(track, eric)
    prize(track)
    entry = EntryFactory(track=track, author=ana)
    client.force_login(eric)
    send(client, "score", entry.pk, **POINTS, comment="좋습니다")
    client.force_login(omar)
    refused = send(client, "publish", call.pk, results="하나를 씁니다.")
    send(client, "use", entry.pk, use="used", used_in="2027년 계획 3절")
    send(client, "award", entry.pk, place="1")
    send(client, "publish", call.pk, results="하나를 씁니다.")
    client.logout()
    client.cookies["django_language"] = "en"

    assert refused.status_code == 409
    text = page(client, "detail", call.pk).text
    assert "2027년 계획 3절" in text
    assert "KRW 3,000,000" in text
    assert "좋습니다" in page(client, "entry", entry.pk).text


def test_a_call_is_cancelled_and_closed(client, omar):
    client.force_login(omar)
    call, over = CallFactory(), CallFactory(state=CallState.PUBLISHED)

    send(client, "cancel", call.pk, reason="예산이 없습니다.")
    send(client, "close", over.pk)

    assert set(Call.objects.values_list("state", flat=True)) == {"cancelled", "closed"}
    assert "예산이 없습니다." in page(client, "detail", call.pk).text


def test_a_team_is_founded_joined_shared_and_left(client, ana, zoe):
    call = CallFactory()
    client.force_login(ana)
    send(client, "found", call.pk, track=track_of(call).pk, name="골목친구")
    team = Team.objects.get()
    send(client, "invite", team.pk)
    first, again = page(client, "team", team.pk), page(client, "team", team.pk)
    address = first.context["code"]
    client.force_login(zoe)
    assert page(client, "team", team.pk).status_code == 404
    assert client.get(address).status_code == 200
    client.post(address)
    rows = list(team.memberships.order_by("pk"))
    client.force_login(ana)
    send(client, "share", team.pk, **{f"member_{row.pk}": "50" for row in rows})
    shares = list(team.memberships.order_by("pk").values_list("share", flat=True))
    client.force_login(zoe)
    send(client, "leave", team.pk)

    assert again.context["code"] == ""
    assert shares == [50, 50]
    assert [row.person for row in team.memberships.present()] == [ana]


def test_a_call_shows_ones_team_and_entry_and_offers_no_second_one(client, ana, zoe):
    call = CallFactory(applicants=["company", "expert"])
    track = track_of(call, "company")
    team = team_of(track, ana)
    team.memberships.create(call=call, person=zoe)

    def shown(person):
        client.force_login(person)
        text = page(client, "detail", call.pk).text
        return [reverse("calls:enter", args=[call.pk, t.pk]) in text for t in call.tracks.all()]

    assert (shown(ana), shown(zoe)) == ([True, True], [False, True])
    text = page(client, "detail", call.pk).text
    assert team.get_absolute_url() in text
    assert "Who founded the team hands in its entry." in text
    assert reverse("calls:found", args=[call.pk]) not in text

    entry = EntryFactory(track=track, author=ana, team=team)
    assert (shown(ana), shown(zoe)) == ([False, True], [False, True])
    assert entry.get_absolute_url() in page(client, "detail", call.pk).text
    assert team.get_absolute_url() in page(client, "entry", entry.pk).text


def test_an_invitation_is_declined_and_recalled(client, ana, zoe):
    team = team_of(track_of(CallFactory()), ana)
    code = teams.invite(team, by=ana)
    teams.invite(team, by=ana)
    client.force_login(zoe)
    send(client, "join", code, decline="yes")
    client.force_login(ana)
    send(client, "recall", team.pk, Invitation.objects.usable().get().pk)

    assert not Invitation.objects.usable().exists()
    assert send(client, "join", code).status_code == 409


def test_a_problem_is_reported_with_a_photo_without_its_camera(client, ana):
    client.force_login(ana)
    data = {"title": "가로등", "text": "꺼졌습니다.", "place": "학교 앞", "photo_shows": "가로등"}

    response = send(client, "report", photo=a_photo(), **data)

    problem = Problem.objects.get()
    assert response.url == problem.get_absolute_url()
    waiting = client.get(response.url).text
    assert "Photo: 가로등" in waiting
    assert "Being checked" in waiting
    assert page(client, "photo", problem.pk).status_code == 409
    check_waiting()
    assert f'src="/problems/{problem.pk}/photo/"' in client.get(response.url).text
    sent = page(client, "photo", problem.pk)
    content = b"".join(sent.streaming_content)
    assert sent.headers["Content-Type"] == "image/jpeg"
    assert b"Secret" not in content
    client.logout()
    assert page(client, "photo", problem.pk).status_code == 404


def test_a_photo_that_is_not_taken_is_shown_to_nobody_with_its_reason(client, ana, monkeypatch):
    client.force_login(ana)
    data = {"title": "가로등", "text": "꺼졌습니다.", "place": "학교 앞", "photo_shows": "가로등"}
    response = send(client, "report", photo=a_photo(), **data)
    monkeypatch.setattr(scanners, "scan", lambda _file: "Eicar")

    check_waiting()

    shown = client.get(response.url).text
    assert "Not taken" in shown
    assert "The scanner found harmful software in it." in shown
    assert "/photo/" not in shown
    assert page(client, "photo", Problem.objects.get().pk).status_code == 409
    assert Note.objects.filter(recipient=ana, kind="file_refused").count() == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"place": ""},
        {"latitude": "37.5"},
        {"latitude": "91", "longitude": "0"},
        {"latitude": "nan", "longitude": "0"},
        {"title": ""},
    ],
)
def test_a_report_that_lacks_something_keeps_what_was_typed(client, ana, wrong):
    client.force_login(ana)
    data = {"title": "가로등", "text": "밤에 어둡습니다.", "place": "학교 앞", **wrong}

    response = send(client, "report", **data)

    assert response.status_code == 422
    assert "밤에 어둡습니다." in response.text


def test_a_photo_needs_words_and_must_be_one(client, ana):
    client.force_login(ana)
    data = {"title": "가로등", "text": "어둡습니다.", "place": "학교 앞"}

    silent = send(client, "report", photo=a_photo(), **data)
    script = SimpleUploadedFile("photo.jpg", b"<script>")
    wrong = send(client, "report", photo=script, photo_shows="x", **data)

    assert (silent.status_code, wrong.status_code) == (422, 422)
    assert not Problem.objects.exists()


def test_a_problem_without_a_photo_has_none_to_send(client, db):
    assert page(client, "photo", ProblemFactory().pk).status_code == 404


def test_people_say_me_too_and_vote(client, zoe):
    client.force_login(zoe)
    problem = ProblemFactory()

    send(client, "back", problem.pk)
    send(client, "weigh", problem.pk)
    problem.refresh_from_db()
    counts = (problem.me_too_count, problem.vote_count)
    send(client, "unback", problem.pk)
    send(client, "unweigh", problem.pk)
    problem.refresh_from_db()

    assert counts == (1, 1)
    assert (problem.me_too_count, problem.vote_count) == (0, 0)


def test_officials_walk_a_problem_to_its_end(client, omar, transport):
    client.force_login(omar)
    problem = ProblemFactory(state=ProblemState.RECEIVED)
    other = ProblemFactory()

    send(client, "problem_share", problem.pk, department=transport.pk, reason="살핍니다.")
    send(client, "handle", problem.pk, reason="갑니다.")
    send(client, "solve", problem.pk, reason="고쳤습니다.")
    send(client, "drop", other.pk, reason="사유지입니다.")

    states = list(Problem.objects.order_by("pk").values_list("state", flat=True))
    assert states == ["solved", "not_solved"]
    assert "고쳤습니다." in page(client, "problem", problem.pk).text


def test_companies_offer_apart_from_citizens(client, zoe):
    client.force_login(zoe)
    problem = ProblemFactory()

    send(client, "offer", problem.pk, company="물길기술", text="시험하겠습니다.")
    text = page(client, "problem", problem.pk).text
    send(client, "withdraw_offer", problem.pk, Solution.objects.get().pk)

    assert "What companies offer" in text
    assert "물길기술" in text
    assert "물길기술" not in page(client, "problem", problem.pk).text


def test_a_proposal_of_a_problem_is_linked_both_ways(client, zoe):
    client.force_login(zoe)
    problem = ProblemFactory()

    response = send(client, "propose", problem.pk)
    draft = Proposal.objects.get()
    public = ProposalFactory()
    ProblemProposal.objects.create(problem=problem, proposal=public, added_by=zoe)

    assert response.url == reverse("proposals:revise", args=[draft.pk])
    text = page(client, "problem", problem.pk).text
    assert public.title in text
    assert reverse("proposals:detail", args=[draft.pk]) not in text
    assert problem.title in client.get(public.get_absolute_url()).text


def test_a_proposal_begins_from_another_page(client, zoe):
    client.force_login(zoe)
    address = reverse("calls:begin") + "?title=주차장&source=/data/parking/%3Fpage%3D2"

    shown = client.get(address)
    client.post(address)

    assert '<a href="/data/parking/?page=2">주차장</a>' in shown.text
    assert '<a class="krds-btn tertiary" href="/data/parking/?page=2">Cancel</a>' in shown.text
    assert "/data/parking/" in Proposal.objects.get().problem


@pytest.mark.parametrize(
    "source",
    ["", "https://example.org", "//example.org", "/\\example.org", "javascript:alert(1)", "data/"],
)
def test_no_proposal_begins_from_elsewhere(client, zoe, source):
    client.force_login(zoe)
    address = f"{reverse('calls:begin')}?{urlencode({'title': 'x', 'source': source})}"

    answers = client.get(address), client.post(address)

    assert [answer.status_code for answer in answers] == [409, 409]
    assert not any(f'href="{source}"' in answer.text for answer in answers if source)
    assert not Proposal.objects.exists()


def test_the_map_says_in_a_table_what_it_shows(client, db):
    placed = ProblemFactory(latitude=37.5, longitude=126.7)
    ProblemFactory()

    response = page(client, "problem_map")

    assert list(response.context["problems"]) == [placed]
    assert 'data-latitude="37.500000"' in response.text
    assert response.context["without"] == 1


def test_names_in_texts_stay_text(client, db):
    evil = "<script>alert(1)</script>"
    problem = ProblemFactory(title=evil, text=evil, latitude=37.5, longitude=126.7)
    call = CallFactory(title=evil, text=evil)

    for name, args in (("problem", [problem.pk]), ("detail", [call.pk]), ("problem_map", [])):
        assert evil not in page(client, name, *args).text


@pytest.mark.parametrize("name", ["plan", "report", "begin"])
def test_whoever_writes_signs_in_first(client, db, name):
    assert page(client, name).url.startswith("/accounts/login/")


def test_a_citizen_cannot_plan_a_call(client, zoe):
    client.force_login(zoe)

    assert page(client, "plan").status_code == 403


@pytest.mark.parametrize("name", ["enter", "found", "announce", "cancel", "publish", "close"])
def test_steps_that_are_not_open_answer_forbidden(client, omar, zoe, name):
    call = CallFactory(state=CallState.CANCELLED)
    args = [call.pk, track_of(call).pk] if name == "enter" else [call.pk]
    for person in (omar, zoe):
        client.force_login(person)

        assert page(client, name, *args).status_code == 403


def test_feeds_and_the_calendar_tell_the_dates(client, db):
    day = timezone.localdate()
    CallFactory(title="골목, 공모; 하나", kind=CallKind.IDEATHON, event_on=day, event_ends_on=day)
    CallFactory(state=CallState.DRAFT, title="아직 비밀")
    ProblemFactory(title="가로등")

    calendar = client.get(reverse("calls:calendar"))
    text = calendar.content.decode().replace("\r\n ", "")

    assert "골목\\, 공모\\; 하나" in text
    assert text.count("BEGIN:VEVENT") == 4
    assert "아직 비밀" not in text
    assert all(len(line) <= 75 for line in calendar.content.split(b"\r\n"))
    assert "골목, 공모; 하나" in client.get(reverse("calls:feed")).text
    assert "가로등" in client.get(reverse("calls:problem_feed")).text
