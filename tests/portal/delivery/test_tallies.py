"""The tallies of the scoreboard: whatever moves, they are what counting anew gives."""

import random
from datetime import UTC, date, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from portal.accounts.models import Department
from portal.audit.domain import log
from portal.delivery.domain import scoreboard, spans, tallies
from portal.delivery.models import Mark, Tally, TallyPart, TallyWait
from portal.delivery.tasks import check_tallies, follow_tallies
from portal.proposals.models import (
    DECIDED_STATES,
    WAITING_STATES,
    Answer,
    ProposalState,
    Reexamination,
)
from tests.factories.portal import ProposalFactory, UserFactory
from tests.portal.delivery import counted_directly
from tests.portal.proposals.test_lists import change

S = ProposalState
STATES = (
    *(S.ANSWER_DUE, S.SUPPLEMENT, S.PRELIM_REVIEW, S.REFERRED),
    *(S.ADOPTED, S.NOT_ADOPTED, S.WITHDRAWN),
)
SPANS = [spans.parse(key) for key in ("2026-09", "2026-10", "2026-Q4", "2026", "2025")]
FIRST = date(2026, 8, 20)
PROPOSALS, MOVES = 12, 60


def some_day(chance):
    return FIRST + timedelta(days=chance.randrange(100))


def some_moment(chance):
    return datetime.combine(some_day(chance), datetime.min.time(), UTC) + timedelta(
        minutes=chance.randrange(24 * 60)
    )


class City:
    """Proposals of which by chance something moves that the scoreboard counts."""

    def __init__(self, seed):
        self.chance = random.Random(seed)
        codes = ["traffic", "welfare", "smart-city"]
        self.departments = list(Department.objects.filter(code__in=codes).order_by("code"))
        self.people = UserFactory.create_batch(4)
        self.proposals = [
            ProposalFactory(state=S.ANSWER_DUE, author=self.people[0]) for _ in range(PROPOSALS)
        ]

    def move(self):
        proposal = self.chance.choice(self.proposals)
        acts = (self.reset, self.reset, self.reset, self.rate, self.answer, self.reopen)
        self.chance.choice(acts)(proposal)

    def reset(self, proposal):
        pick, chance = self.chance.choice, self.chance
        state = pick(STATES)
        ends = state not in WAITING_STATES
        change(
            proposal,
            state=state,
            state_since=some_moment(chance),
            department=pick([*self.departments, *[None] * ends]),
            clock_started_on=FIRST,
            due_on=pick([some_day(chance), some_day(chance), None]) if ends else some_day(chance),
            decided_at=some_moment(chance) if state in DECIDED_STATES else None,
            ground="council" if state == S.NOT_ADOPTED else "",
            answer="이렇게 정했습니다.",
            visibility=pick(["public", "public", "public", "hidden"]),
            round=pick([1, 1, 2]),
        )

    def rate(self, proposal):
        given = Mark.objects.filter(proposal=proposal)
        if given.count() > 2:
            given.first().delete()
        person, score = self.chance.choice(self.people), self.chance.randint(1, 5)
        Mark.objects.update_or_create(
            proposal=proposal, person=person, kind="answer", defaults={"score": score}
        )

    def answer(self, proposal):
        for earlier in Answer.objects.filter(proposal=proposal):
            log.record("staged", earlier, by=None)
            earlier.delete()
        fresh = Answer.objects.create(
            proposal=proposal,
            state="published",
            decision="not_feasible",
            reason="그렇게 합니다.",
            office=self.departments[0],
            drafted_by=self.people[1],
            approved_by=self.people[2],
            published_at=some_moment(self.chance),
        )
        log.record("staged", fresh, by=None)

    def reopen(self, proposal):
        Reexamination.objects.filter(proposal=proposal).delete()
        Reexamination.objects.create(
            proposal=proposal,
            kind="refused",
            reason="다시",
            round=2,
            answer_before="아니오",
            asked_at=some_moment(self.chance),
        )


def by_place(figures):
    """The figures by span and department, without lines in which there is nothing."""
    found = {(row.key, row.code): row for row in figures}
    return {place: row for place, row in found.items() if any(vars(row)[n] for n in NUMBERS)}


# A department of which only a re-examination is left has a line of its own in the tallies alone.
NUMBERS = ("open", "due", "answered")


@pytest.mark.parametrize("seed", range(3))
def test_after_any_moves_the_tallies_are_what_counting_anew_gives(db, seed):
    city = City(seed)

    for number in range(MOVES):
        city.move()
        if number % 5 == 0:
            tallies.follow()
        if number % 20 == 19:
            tallies.follow()
            assert by_place(scoreboard.figures(SPANS)) == by_place(counted_directly.figures(SPANS))

    assert tallies.check() == ([], 0)
    assert not Tally.objects.filter(n__lt=0).exists()


def test_moves_wait_for_the_worker_and_are_counted_once(db):
    ProposalFactory(state=S.ANSWER_DUE)
    ProposalFactory()

    first, again = follow_tallies(), follow_tallies()

    assert (first, again) == (1, 0)
    assert TallyPart.objects.count() == 1
    assert list(Tally.objects.values_list("measure", "n")) == [("open", 1)]


def test_what_is_deleted_is_taken_away(db):
    proposal = ProposalFactory(state=S.ANSWER_DUE)
    tallies.follow()

    proposal.delete()

    assert tallies.follow() == 1
    assert not TallyPart.objects.exists()
    assert list(Tally.objects.values_list("n", flat=True)) == [0]


def test_supports_and_texts_move_nothing(db):
    proposal = ProposalFactory(state=S.ANSWER_DUE)
    tallies.follow()

    change(proposal, title="다른 제목", due_on=proposal.due_on)

    assert not TallyWait.objects.exists()


def test_a_check_mends_what_drifted_and_tells_of_it(db, caplog):
    late, lost = ProposalFactory(state=S.ANSWER_DUE), ProposalFactory(state=S.ANSWER_DUE)
    tallies.follow()
    Tally.objects.update(n=7)
    TallyPart.objects.filter(pk=late.pk).update(standing="stopped")
    TallyPart.objects.filter(pk=lost.pk).delete()

    found = check_tallies()

    assert found == 4  # two proposals, and a tally each for "open" and "stopped"
    assert "were mended" in caplog.text
    assert list(Tally.objects.values_list("measure", "n")) == [("open", 2)]
    assert tallies.check() == ([], 0)


def test_what_still_waits_is_no_drift(db):
    ProposalFactory(state=S.ANSWER_DUE)

    assert tallies.check() == ([], 0)


def test_the_command_says_whether_the_scoreboard_was_right(db):
    ProposalFactory(state=S.ANSWER_DUE)
    out = StringIO()
    call_command("check_scoreboard", stdout=out)
    assert "counted 1 proposals" in out.getvalue()
    Tally.objects.update(n=3)

    with pytest.raises(CommandError, match="drifted: 1 tallies, 0 proposals"):
        call_command("check_scoreboard", stdout=out)
