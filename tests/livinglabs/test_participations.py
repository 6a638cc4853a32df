"""Joining and leaving."""

from datetime import timedelta

import pytest
from django.utils import timezone

from livinglabs.domain import participations
from livinglabs.models import LabState, ParticipantKind, Participation
from portal.notifications.models import Note
from portal.refusals import Refused
from tests.factories.livinglabs import LabFactory
from tests.factories.portal import UserFactory

pytestmark = pytest.mark.django_db


def test_join_counts_the_person(ana):
    lab = LabFactory()

    mine = participations.join(lab, by=ana, kind=ParticipantKind.TESTER)

    lab.refresh_from_db()
    assert (mine.user, lab.participant_count) == (ana, 1)
    assert mine.consent_version == participations.CONSENT_VERSION


def test_join_is_refused_twice(ana):
    lab = LabFactory()
    participations.join(lab, by=ana, kind=ParticipantKind.RESIDENT)

    with pytest.raises(Refused, match="already take part"):
        participations.join(lab, by=ana, kind=ParticipantKind.TESTER)

    lab.refresh_from_db()
    assert lab.participant_count == 1


def test_join_is_possible_again_after_leaving(ana):
    lab = LabFactory()
    participations.leave(participations.join(lab, by=ana, kind="resident"), by=ana)

    participations.join(lab, by=ana, kind="resident")

    lab.refresh_from_db()
    assert lab.participant_count == 1


@pytest.mark.parametrize("state", [LabState.STOPPED, LabState.COMPLETED])
def test_join_is_refused_after_the_end(ana, state):
    lab = LabFactory(state=state)

    with pytest.raises(Refused, match="has ended"):
        participations.join(lab, by=ana, kind="resident")


def test_join_is_refused_after_the_last_day(ana):
    lab = LabFactory(ends_on=timezone.localdate() - timedelta(days=1))

    with pytest.raises(Refused, match="has ended"):
        participations.join(lab, by=ana, kind="resident")


def test_join_as_an_official_is_refused_to_a_citizen(ana):
    with pytest.raises(Refused, match="work for the city"):
        participations.join(LabFactory(), by=ana, kind=ParticipantKind.OFFICIAL)


def test_leave_counts_down_and_erases_the_contact(omar):
    lab = LabFactory()
    someone = participations.register(
        lab, by=omar, name="홍길동", kind="resident", contact="010-1234-5678"
    )

    participations.leave(someone, by=omar)

    lab.refresh_from_db()
    someone.refresh_from_db()
    assert (lab.participant_count, someone.contact) == (0, "")


def test_leave_is_refused_twice(ana):
    mine = participations.join(LabFactory(), by=ana, kind="resident")
    participations.leave(mine, by=ana)

    with pytest.raises(Refused, match="already ended"):
        participations.leave(mine, by=ana)


def test_register_is_refused_after_the_end(omar):
    with pytest.raises(Refused):
        participations.register(
            LabFactory(state=LabState.STOPPED), by=omar, name="홍길동", kind="resident"
        )


@pytest.mark.parametrize(
    ("kind", "shown"),
    [("resident", "홍*동"), ("company", "홍길동")],
)
def test_names_are_masked_but_for_organisations(kind, shown):
    person = Participation(name="홍길동", kind=kind)

    assert person.public_name == shown


def test_people_who_take_part_are_told_and_those_who_left_are_not(petra, ana, zoe):
    from livinglabs.domain import labs

    lab = LabFactory(mandate__proposal__author=UserFactory())
    participations.join(lab, by=ana, kind="resident")
    participations.leave(participations.join(lab, by=zoe, kind="resident"), by=zoe)

    labs.stop(lab, by=petra, reason="끝", learnings="배움")

    told = set(Note.objects.filter(kind="lab_stopped").values_list("recipient", flat=True))
    assert told == {ana.pk, lab.mandate.proposal.author_id}
