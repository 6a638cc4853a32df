"""Rights of the demo city's people: a consent, requests, and a look at the data. Sample data."""

from portal.accounts.domain.cast import person
from portal.rights.domain import consents, requests
from portal.rights.models import About, Channel, DataRequest, Purpose, RequestKind, RequestState


def load() -> None:
    """Let two citizens ask and agree, once."""
    asker, other, operator = person("citizen1"), person("citizen2"), person("operator")
    if DataRequest.objects.filter(person__in=[asker, other]).exists():
        return
    consents.give(asker, Purpose.objects.get(code="lot_panel"), channel=Channel.OWN_PAGE)
    corrected = {"kind": RequestKind.CORRECTION, "about": About.NOTED}
    granted = requests.receive(
        asker,
        asked={
            **corrected,
            "wish": "상담 메모에 적힌 동네 이름이 다릅니다.",
            "new_value": "상살미마을",
        },
    )
    requests.note_read(granted, by=operator)
    requests.answer(
        granted,
        by=operator,
        outcome=RequestState.GRANTED,
        reason="메모의 동네 이름을 바로잡았습니다.",
        remedy="",
    )
    stop = {"kind": RequestKind.STOP, "about": About.CONTACT, "new_value": ""}
    requests.receive(other, asked={**stop, "wish": "전화로는 연락하지 말아 주세요."})
