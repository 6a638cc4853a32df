"""The councils of the demo city. All of it is sample data, made as secretaries and members do."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from governance.domain import councils, divisions, meetings, minutes, motions
from governance.models import Body, Council, Meeting, Motion, Presence, Sector
from portal.accounts.domain.cast import person
from portal.accounts.models import User
from portal.proposals.domain.demo import PARKING_TITLE
from portal.proposals.models import Proposal

CODE = "bucheon-living-lab"
# Five residents, one expert, two for the public sector, one company: 55, 11, 22 and 11 percent.
SECTORS = [
    ("member1", "resident"),
    ("member2", "resident"),
    ("member3", "resident"),
    ("member4", "resident"),
    ("member5", "resident"),
    ("member6", "expert"),
    ("member7", "public"),
    ("member8", "public"),
    ("member9", "company"),
]
CHAIR = "member1"
RECUSED = "member9"
CHOICES = {"member6": "no", "member8": "abstain"}
RECUSAL_REASON = "공유주차 운영에 참여하려는 회사에서 일합니다. (표본)"
PLACE = "부천시청 소통마당 (표본)"
NOTICE = timedelta(days=8)


def load() -> None:
    """Set up the council, let it carry one motion, and open a vote for visitors to try."""
    if Council.objects.filter(code=CODE).exists():
        return
    secretary = person("secretary")
    council = found_council(secretary)
    _earlier_meeting(council, secretary)
    _meeting_of_today(council, secretary)
    _coming_meeting(council, secretary)


def found_council(secretary: User) -> Council:
    """Set the sample council up, with nine seats that keep the rules of its composition."""
    written = {
        "code": CODE,
        "name_ko": "부천 리빙랩 협의체 (표본)",
        "name_en": "Bucheon living-lab council (sample)",
        "body": Body.objects.get(code="living-lab-council"),
        "purpose_ko": "시민이 낸 제안을 리빙랩으로 시험할지 의결합니다.",
        "purpose_en": "Decides by vote whether a citizen's proposal is tried out in a living lab.",
    }
    council = councils.found(by=secretary, written=written)
    start = timezone.localdate() - timedelta(days=120)
    for key, sector in SECTORS:
        seat = {
            "member": person(key),
            "sector": Sector.objects.get(code=sector),
            "is_chair": key == CHAIR,
            "starts_on": start,
            "ends_on": start.replace(year=start.year + 2, day=min(start.day, 28)),
        }
        councils.seat(council, by=secretary, written=seat)
    return council


def _earlier_meeting(council: Council, secretary: User) -> None:
    """Carry the motion on shared parking: six for, one against, one abstained, one recused."""
    start = timezone.now() - timedelta(minutes=2)
    parking = Proposal.objects.get(title=PARKING_TITLE)
    motion = _table(parking, council, secretary)
    meeting = _meet(council, secretary, start, motion)
    recused = council.seats.get(member=person(RECUSED))
    motions.recuse(motion, by=recused.member, seat=recused, reason=RECUSAL_REASON)
    divisions.open(motion, meeting, by=secretary)
    for key, _sector in SECTORS:
        if key != RECUSED:
            divisions.vote(motion, by=person(key), choice=CHOICES.get(key, "yes"))
    divisions.close(motion, by=secretary)
    meetings.close(meeting, by=secretary)
    _write_minutes(meeting, secretary)


def _write_minutes(meeting: Meeting, secretary: User) -> None:
    written = {
        **minutes.begun(meeting),
        "observers": "제안한 시민 1명, 담당 공무원 2명 (표본)",
        "remarks": "주민이 함께 시험하고 결과를 공개하는 조건으로 찬성한다는 의견이 많았고, "
        "야간 단속 부담을 걱정하는 의견이 있었습니다. (표본)",
    }
    minutes.write(meeting, by=secretary, written=written)
    minutes.sign(meeting, by=person(CHAIR))


def _meeting_of_today(council: Council, secretary: User) -> None:
    """Open the vote on another referred proposal, so that a member of the demo can vote."""
    other = Proposal.objects.referred().exclude(title=PARKING_TITLE).order_by("pk").first()
    if other is None:
        return
    motion = _table(other, council, secretary)
    meeting = _meet(council, secretary, timezone.now() - timedelta(minutes=1), motion)
    divisions.open(motion, meeting, by=secretary)


def _coming_meeting(council: Council, secretary: User) -> None:
    start = _at(timezone.localdate() + timedelta(days=14), 14)
    meeting = _plan(council, secretary, start)
    meetings.add_item(meeting, by=secretary, title="공유주차 리빙랩 추진 상황 보고 (표본)")
    meetings.notice(meeting, by=secretary)


def _table(proposal: Proposal, council: Council, secretary: User) -> Motion:
    text = f"「{proposal.title}」 제안을 채택하고 리빙랩으로 시험한다. (표본)"
    return motions.table(proposal, council, by=secretary, written={"text": text})


def _meet(council: Council, secretary: User, start: datetime, motion: Motion) -> Meeting:
    """Plan, notice and open a meeting on one motion, all members there.

    Only the notice is dated back: it must come a week before the meeting.
    """
    meeting = _plan(council, secretary, start)
    meetings.add_item(meeting, by=secretary, motion=motion)
    meetings.notice(meeting, by=secretary, at=start - NOTICE)
    presence = {seat.pk: Presence.PRESENT.value for seat in meetings.seats_of(meeting)}
    meetings.mark(meeting, by=secretary, presence=presence)
    return meetings.open(meeting, by=secretary)


def _plan(council: Council, secretary: User, start: datetime) -> Meeting:
    written = {"starts_at": start, "place": PLACE, "is_online": True}
    return meetings.plan(council, by=secretary, written=written)


def _at(day: date, hour: int) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour)))
