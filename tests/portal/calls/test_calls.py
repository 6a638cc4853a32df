"""The life of a call, and what refuses to happen in it."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from portal.accounts.models import Department
from portal.calls.domain import calls, entries, jury
from portal.calls.models import Call, CallKind, CallState, Criterion, Entry
from portal.calls.tasks import follow_dates
from portal.notifications.models import Note
from portal.refusals import Refused
from tests.factories.calls import CallFactory, EntryFactory, prize, seat, track_of

POINTS = dict.fromkeys(Criterion.values, 8)


def plan_of(department, **changes):
    """What a form hands over for a plain call."""
    now = timezone.now()
    return {
        "kind": CallKind.OPEN,
        "title": "빈 점포 아이디어 공모",
        "text": "빈 점포를 쓸 생각을 구합니다.",
        "department": department,
        "supporting": [],
        "opens_at": now + timedelta(days=10),
        "closes_at": now + timedelta(days=30),
        "judged_by": timezone.localdate() + timedelta(days=40),
        "results_by": timezone.localdate() + timedelta(days=50),
        **changes,
    }


def test_plan_makes_a_draft_with_its_tracks_and_departments(omar, transport):
    welfare = Department.objects.get(code="welfare")

    call = calls.plan(
        by=omar,
        written=plan_of(transport, supporting=[welfare, transport]),
        applicants=["citizen", "company"],
    )

    assert call.state == CallState.DRAFT
    assert list(call.tracks.values_list("applicant", flat=True)) == ["citizen", "company"]
    assert list(call.supporting.all()) == [welfare]


def test_plan_is_refused_for_another_department(wendy, transport):
    with pytest.raises(Refused, match="that you work for"):
        calls.plan(by=wendy, written=plan_of(transport), applicants=["citizen"])


def test_revise_changes_columns_and_tracks_of_a_draft(omar, transport):
    call = CallFactory(state=CallState.DRAFT)

    calls.revise(call, by=omar, written=plan_of(transport, title="새 제목"), applicants=["expert"])

    assert Call.objects.get(pk=call.pk).title == "새 제목"
    assert [track.applicant for track in call.tracks.all()] == ["expert"]


def test_revise_is_refused_once_the_call_is_announced(omar, transport):
    call = CallFactory(state=CallState.ANNOUNCED)

    with pytest.raises(Refused, match="already announced"):
        calls.revise(call, by=omar, written=plan_of(transport), applicants=["citizen"])


def test_revise_is_refused_for_another_department(omar):
    call = CallFactory(state=CallState.DRAFT)
    welfare = Department.objects.get(code="welfare")

    with pytest.raises(Refused, match="that you work for"):
        calls.revise(call, by=omar, written=plan_of(welfare), applicants=["citizen"])


def test_a_plan_is_given_up_with_all_that_hangs_on_it_but_no_announced_call(omar, eric):
    plan, call = CallFactory(state=CallState.DRAFT), CallFactory(state=CallState.ANNOUNCED)
    seat(track_of(plan), eric)
    prize(track_of(plan))

    calls.drop(plan, by=omar)
    with pytest.raises(Refused, match="already announced"):
        calls.drop(call, by=omar)

    assert list(Call.objects.all()) == [call]


def test_set_prizes_keeps_them_by_place(omar):
    track = track_of(CallFactory(state=CallState.DRAFT))

    calls.set_prizes(track, by=omar, amounts=[10_000_000, 1_000_000])

    assert list(track.prizes.values_list("place", "amount")) == [(1, 10_000_000), (2, 1_000_000)]


@pytest.mark.parametrize("amounts", [[999_999], [10_000_001], [1_000_000, 2_000_000]])
def test_set_prizes_is_refused_outside_the_limits_and_out_of_order(omar, amounts):
    track = track_of(CallFactory(state=CallState.DRAFT))

    with pytest.raises(Refused):
        calls.set_prizes(track, by=omar, amounts=amounts)

    assert not track.prizes.exists()


def test_set_prizes_is_refused_once_the_call_is_announced(omar):
    track = track_of(CallFactory(state=CallState.ANNOUNCED))

    with pytest.raises(Refused, match="already announced"):
        calls.set_prizes(track, by=omar, amounts=[1_000_000])


def test_announce_makes_the_call_public(omar):
    call = CallFactory(state=CallState.DRAFT)

    calls.announce(call, by=omar)

    assert call.state == CallState.ANNOUNCED
    assert Call.objects.public().get() == call
    assert call.announced_at is not None


def test_announce_is_refused_without_advance_notice(omar, settings):
    settings.CALL_NOTICE_DAYS = 7
    call = CallFactory(state=CallState.DRAFT, opens_at=timezone.now() + timedelta(days=6))

    with pytest.raises(Refused, match="at least 7 days"):
        calls.announce(call, by=omar)


def test_announce_is_refused_without_a_track(omar):
    call = CallFactory(state=CallState.DRAFT, applicants=[])

    with pytest.raises(Refused, match="track"):
        calls.announce(call, by=omar)


def test_dates_open_and_close_a_call(ana):
    opening = CallFactory(state=CallState.ANNOUNCED, opens_at=timezone.now() - timedelta(hours=1))
    closing = CallFactory(state=CallState.OPEN, closes_at=timezone.now() - timedelta(hours=1))
    waiting = CallFactory(state=CallState.ANNOUNCED)
    EntryFactory(track=track_of(closing), author=ana)
    seat(track_of(closing))

    changed = follow_dates()

    states = dict(Call.objects.values_list("pk", "state"))
    assert states == {opening.pk: "open", closing.pk: "judging", waiting.pk: "announced"}
    assert changed == 2
    assert Note.objects.get(recipient=ana).kind == "call_judging"


def closed_call():
    """A call whose last moment has passed, and that nobody has begun to judge."""
    return CallFactory(closes_at=timezone.now() - timedelta(hours=1))


def test_begin_judging_asks_the_jury(eric):
    call = closed_call()
    seat(track_of(call), eric)

    calls.begin_judging(call, by=None)

    assert Note.objects.get(recipient=eric).kind == "call_to_score"


def test_cancel_needs_a_reason_and_tells_who_takes_part(omar, ana):
    call = CallFactory()
    EntryFactory(track=track_of(call), author=ana)

    with pytest.raises(Refused, match="reason"):
        calls.cancel(call, by=omar, reason=" ")
    calls.cancel(call, by=omar, reason="예산이 없습니다.")

    assert (call.state, call.reason) == (CallState.CANCELLED, "예산이 없습니다.")
    assert Note.objects.get(recipient=ana).kind == "call_cancelled"


def judged(eric, **places):
    """A call being judged whose one entry is scored and used."""
    call = CallFactory(state=CallState.JUDGING)
    track = track_of(call)
    seat(track, eric)
    entry = EntryFactory(track=track)
    jury.score(entry, by=eric, points=POINTS)
    return call, entry


def test_publish_gives_ranks_and_prizes(omar, eric):
    call, entry = judged(eric)
    won = prize(track_of(call))
    entries.say_use(entry, by=omar, use="used", used_in="2027년 주차 계획 3절")

    calls.publish(call, by=omar, results="한 가지를 씁니다.")

    entry = Entry.objects.get(pk=entry.pk)
    assert call.state == CallState.PUBLISHED
    assert (entry.points, entry.rank, entry.prize) == (80, 1, won)
    assert Note.objects.get(recipient=entry.author).kind == "call_published"


def test_publish_is_refused_while_an_entry_has_no_use(omar, eric):
    call, _entry = judged(eric)

    with pytest.raises(Refused, match="1 entries have no word"):
        calls.publish(call, by=omar, results="씁니다.")


def test_publish_is_refused_while_the_jury_scores(omar, eric):
    call = CallFactory(state=CallState.JUDGING)
    seat(track_of(call), eric)
    EntryFactory(track=track_of(call))

    with pytest.raises(Refused, match="not scored everything"):
        calls.publish(call, by=omar, results="씁니다.")


def test_publish_is_refused_without_words(omar, eric):
    call, _entry = judged(eric)

    with pytest.raises(Refused, match="few words"):
        calls.publish(call, by=omar, results=" ")


def test_publish_is_refused_where_nobody_judged(omar):
    past = timezone.localdate() - timedelta(days=1)
    call = CallFactory(state=CallState.JUDGING, judged_by=past)
    entry = EntryFactory(track=track_of(call))
    entries.say_use(entry, by=omar, use="not_used", used_in="비슷한 사업이 있습니다.")

    with pytest.raises(Refused, match="Nobody has judged"):
        calls.publish(call, by=omar, results="씁니다.")


def test_no_call_is_closed_without_results(omar):
    for state in (CallState.OPEN, CallState.JUDGING, CallState.ANNOUNCED, CallState.CANCELLED):
        with pytest.raises(Refused):
            calls.close(CallFactory(state=state), by=omar)

    published = calls.close(CallFactory(state=CallState.PUBLISHED), by=omar)

    assert published.state == CallState.CLOSED


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": CallKind.HACKATHON},
        {"kind": CallKind.TOPIC},
        {"feasibility": 30},
        {"team_size": 0},
        {"closes_at": timezone.now() - timedelta(days=90)},
    ],
)
def test_the_database_refuses_calls_that_break_a_rule(db, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        CallFactory(**wrong)


@pytest.mark.parametrize(("days", "fits"), [(0, True), (1, True), (2, False), (-1, False)])
def test_the_database_lets_an_event_last_two_days_at_most(db, days, fits):
    first = timezone.localdate() + timedelta(days=5)
    event = {"event_on": first, "event_ends_on": first + timedelta(days=days)}
    made = True

    try:
        with transaction.atomic():
            CallFactory(kind=CallKind.HACKATHON, **event)
    except IntegrityError:
        made = False

    assert made is fits


def test_a_call_cannot_change_without_an_act(own_database):
    call = CallFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        Call.objects.filter(pk=call.pk).update(title="몰래 바꾼 제목")


def test_teams_have_the_size_of_the_setting(db, settings):
    settings.CALL_TEAM_SIZE = 4

    assert CallFactory().team_size == 4


def test_alert_is_due_when_none_was_open_for_long(db, settings):
    settings.CALL_ALERT_DAYS = 90
    assert calls.is_alert_due()

    old = timezone.now() - timedelta(days=100)
    CallFactory(state=CallState.CLOSED, opens_at=old - timedelta(days=10), closes_at=old)
    assert calls.days_without_call() == 100
    assert calls.is_alert_due()

    CallFactory(state=CallState.OPEN)
    assert not calls.is_alert_due()


def test_officials_are_warned_once(petra):
    old = timezone.now() - timedelta(days=100)
    CallFactory(state=CallState.CLOSED, opens_at=old - timedelta(days=10), closes_at=old)

    first, second = calls.warn_officials(), calls.warn_officials()

    assert (first, second) == (1, 0)
    assert Note.objects.get(recipient=petra).kind == "calls_none_open"
