"""Support steps of the demo city at work. All of it is sample data, made as people make it."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from portal import registry
from portal.accounts.domain.cast import person
from portal.identity.models import Verification
from portal.proposals.domain import proposals, supports
from portal.proposals.models import Proposal
from portal.thresholds import scopes
from portal.thresholds.domain import changes, crossings, duties, merges, panels
from portal.thresholds.domain.simulator import Rule
from portal.thresholds.models import Effect, Merge, Panel, PanelConsent, RuleChange, Step

EARLIER = "공원 쓰레기통이 차면 알려 주는 감지기를 달아 주세요"
SOURCE = "추첨일 당일이나 그 뒤 첫 로또 6/45 당첨번호 여섯 개, 보너스 번호 제외 (dhlottery.co.kr)"
LATER = "중앙공원 쓰레기통에 넘침 알림을 달아 주세요"


def load() -> None:
    """Measure what has been supported, ask about a merge, and let residents agree to be drawn."""
    supports.fold()
    crossings.follow()
    duties.settle()
    for number in range(1, 10):
        if not PanelConsent.objects.filter(person=person(f"member{number}")).exists():
            panels.consent(by=person(f"member{number}"))
    ready = Verification.objects.in_force().filter(user__panel_consent__isnull=False)
    if ready.exists() and not Panel.objects.exists():
        panels.announce(by=person("operator"), month=timezone.localdate(), source=SOURCE)
    running = [card for card in registry.known_calls() if card.is_public and not card.is_over]
    if running and not RuleChange.objects.exists():
        _let_a_call_have_its_own(running[0])
    earlier = Proposal.objects.filter(title=EARLIER).first()
    if earlier and not Merge.objects.filter(earlier=earlier).exists():
        _ask_about_a_merge(earlier)


@transaction.atomic
def _let_a_call_have_its_own(card: registry.CallCard) -> None:
    """Give the call that is open steps for few people, as two officials do before it opens."""
    scope = scopes.of_call(card)
    change = changes.propose(
        scope,
        by=person("official.smart"),
        steps=[Rule(3, Effect.ANSWER, 30), Rule(30, Effect.MAYOR)],
        valid_from=timezone.localdate() + timedelta(days=1),
        reason="공모는 기간이 짧고 한 마을에 묻기 때문에 공감 수를 낮춥니다. (표본)",
    )
    changes.approve(change, by=person("approver"), reason="마을 크기에 맞습니다. (표본)")
    # The sample call is open already: its steps are put where they would have been approved.
    RuleChange.objects.filter(pk=change.pk).update(valid_from=card.opens_on)
    for step in Step.objects.of("", card.key):
        Step.objects.filter(pk=step.pk).update(valid_from=card.opens_on)
    crossings.follow()


def _ask_about_a_merge(earlier: Proposal) -> None:
    """Publish a later proposal that asks for the same, and ask its supporters."""
    author = person("citizen3")
    written = {
        "title": LATER,
        "problem": "주말마다 공원 쓰레기통이 넘쳐 지나다니기 불편합니다. (표본)",
        "solution": "쓰레기통이 차면 담당자에게 알려 주는 장치를 달아 주세요. (표본)",
        "area": earlier.area,
        "issue": earlier.issue,
        "district": earlier.district,
        "place": "중앙공원",
    }
    later = proposals.publish(proposals.draft(by=author, written=written), by=author)
    for key in ("member2", "member3"):
        supports.add(later, by=person(key))
    supports.fold()
    reason = "두 제안 모두 공원 쓰레기통의 넘침을 알려 달라는 내용입니다. (표본)"
    merges.propose(later, by=person("official.smart"), earlier=earlier, reason=reason)
