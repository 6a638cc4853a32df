"""Comments of the demo city. All of it is sample data, said as people say it."""

from portal.accounts.domain.cast import person
from portal.proposals.models import Proposal
from portal.talk.domain import cases, comments
from portal.talk.models import Comment, Rule, Stance

PARKING = "상살미마을 공유주차로 주차난을 풀어요"
BINS = "공원 쓰레기통이 차면 알려 주는 감지기를 달아 주세요"


def load() -> None:
    """Write the sample talk once: on the parking proposal, and on the one about bins."""
    if Comment.objects.exists():
        return
    parking = Proposal.objects.filter(title=PARKING).first()
    bins = Proposal.objects.filter(title=BINS).first()
    if parking:
        _talk_about_parking(parking)
    if bins:
        _talk_about_bins(bins)


def _talk_about_parking(proposal: Proposal) -> None:
    gain = comments.write(
        proposal,
        by=person("citizen2"),
        stance=Stance.FOR,
        text="낮에 비는 자리를 나누어 쓰면 모두에게 이롭습니다. 시장 쪽부터 해 봅시다. (표본)",
    )
    worry = comments.write(
        proposal,
        by=person("citizen3"),
        stance=Stance.AGAINST,
        text="퇴근이 빠른 날 제 자리에 다른 차가 서 있으면 어떻게 하나요? (표본)",
    )
    reply = comments.answer(
        worry,
        by=person("citizen1"),
        stance=Stance.FOR,
        text="돌아올 시각을 앱이나 전화로 알리면 그때까지만 빌려주도록 하려고 합니다. (표본)",
    )
    comments.answer(
        reply,
        by=person("official.traffic"),
        text="시험 기간에는 담당자가 전화를 받아 바로 옮기도록 하겠습니다. (표본)",
        to=[person("citizen3")],
    )
    for number in range(1, 5):
        comments.mark(worry, by=person(f"member{number}"))
    comments.mark(gain, by=person("member5"))


def _talk_about_bins(proposal: Proposal) -> None:
    comments.write(
        proposal,
        by=person("citizen1"),
        stance=Stance.FOR,
        text="주말 저녁에 특히 필요합니다. (표본)",
    )
    advertisement = comments.write(
        proposal, by=person("member9"), text="감지기 최저가 판매, 문의 주세요. (표본)"
    )
    off_topic = comments.write(
        proposal,
        by=person("member8"),
        stance=Stance.NEUTRAL,
        text="쓰레기통보다 벤치가 먼저 아닐까요? (표본)",
    )
    case = cases.report(advertisement, by=person("citizen2"), rule=Rule.SPAM)
    cases.hide(
        case,
        by=person("moderator"),
        rule=Rule.SPAM,
        reason="물건을 파는 광고라 대화 규칙에 어긋납니다. (표본)",
    )
    cases.appeal(case, by=person("member9"), text="가격을 알리려던 것이니 다시 보아 주세요. (표본)")
    cases.report(
        off_topic, by=person("citizen3"), rule=Rule.OFF_TOPIC, text="주제와 달라요. (표본)"
    )
