"""Meetings and motions as the search finds them, the first time and every time after."""

from governance.models import MeetingState
from portal.search.domain import index
from portal.search.models import Document
from tests.factories.governance import CouncilFactory, MeetingFactory


def test_the_search_goes_on_following_after_the_first_round(db):
    council = CouncilFactory()
    MeetingFactory(council=council, state=MeetingState.NOTICED)
    index.reindex_changed()
    later = MeetingFactory(council=council, state=MeetingState.NOTICED)

    index.reindex_changed()

    found = Document.objects.filter(kind="meeting").values_list("object_id", flat=True)
    assert str(later.pk) in set(found)
