"""Telling those who follow: who is told what, once, and in the rhythm that they chose."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.core import mail
from django.utils import timezone, translation

from portal.accounts.models import Department
from portal.following.domain import spreading, watches
from portal.following.models import News, Told, Watch
from portal.following.tasks import forget_old_news, send_digests, spread_news
from portal.notifications.domain import notes
from portal.notifications.models import Note, Preference
from portal.proposals.domain import proposals
from portal.proposals.models import (
    Area,
    District,
    Follow,
    HeldNote,
    Proposal,
    ProposalState,
    Visibility,
)
from portal.search.domain import index
from tests.at_once import at_once
from tests.factories.portal import ProposalFactory, UserFactory
from tests.portal.proposals.test_lists import change

LATER = timedelta(seconds=5)


@pytest.fixture
def follows(ana):
    """Let somebody follow, since before all that happens in the test."""

    def begin(by=ana, **asked):
        made = watches.begin(by=by, asked={"name": "mine", "tells": "portal", **asked})
        Watch.objects.filter(pk=made.pk).update(created_at=timezone.now() - timedelta(days=9))
        return made

    return begin


def publish(author, **fields):
    made = ProposalFactory(author=author, **fields)
    index.reindex_changed()
    return made


def told(person):
    return [note.subject for note in Note.objects.for_person(person) if "followed" in note.kind]


@pytest.mark.parametrize(
    ("asked", "count"),
    [
        ({}, 1),
        ({"words": "운동장"}, 1),
        ({"words": "운동장 저녁"}, 1),
        ({"words": "도서관"}, 0),
        ({"words": "!!!"}, 0),
        ({"call_id": 7}, 1),
        ({"call_id": 8}, 0),
        ({"latitude": 37.487, "longitude": 126.804, "radius": 500}, 1),
        ({"latitude": 37.50, "longitude": 126.804, "radius": 500}, 0),
        ({"latitude": 37.50, "longitude": 126.804, "radius": 2000}, 1),
    ],
)
def test_whoever_follows_what_fits_is_told(ana, zoe, follows, asked, count):
    follows(**asked)
    publish(zoe, latitude=37.4871, longitude=126.8041, call_id=7)

    spread_news()

    assert len(told(ana)) == count


def test_area_district_and_department_all_have_to_fit(ana, zoe, transport, follows):
    health, sosa = Area.objects.get(code="health"), District.objects.get(code="sosa")
    follows(area=health, district=sosa, department=transport)
    publish(zoe, area=health, district=sosa, department=transport, title="fits")
    publish(zoe, area=health, department=transport)
    publish(zoe, area=health, district=sosa, department=Department.objects.get(code="welfare"))

    spread_news()

    assert told(ana) == ["A new proposal: fits"]


def test_each_news_is_told_once_through_the_quickest_of_several(ana, zoe, follows):
    follows(tells="weekly")
    follows(tells="mail")
    follows(tells="portal")
    publish(zoe, title="Once")

    spread_news()
    spread_news()

    [note] = Note.objects.for_person(ana)
    assert (note.subject, note.mailed_at) == ("A new proposal: Once", None)
    assert Told.objects.get().tells == "mail"


def test_publication_and_answer_are_two_news(ana, zoe, omar, follows):
    follows()
    proposal = publish(zoe, title="Shade", state=ProposalState.DEPT_REVIEW)
    spread_news()
    proposals.adopt(proposal, by=omar, reason="Yes, in spring.")
    spread_news()

    assert told(ana) == ["The city has answered: Shade", "A new proposal: Shade"]


def test_who_follows_the_proposal_itself_is_not_told_its_answer_twice(ana, zoe, omar, follows):
    follows()
    proposal = publish(zoe, state=ProposalState.DEPT_REVIEW)
    spread_news()
    proposals.follow(proposal, by=ana)
    proposals.adopt(proposal, by=omar, reason="Yes.")
    spread_news()

    assert len(told(ana)) == 1


@pytest.mark.parametrize(
    "but",
    ["own", "paused", "kept", "hidden", "draft", "begun later", "inactive", "long ago"],
)
def test_nobody_is_told(ana, zoe, follows, but):
    watch = follows(tells="kept" if but == "kept" else "portal")
    if but == "paused":
        watches.pause(watch, by=ana)
    fields = {
        "draft": {"state": ProposalState.DRAFT},
        "long ago": {"published_at": timezone.now() - timedelta(days=5)},
    }
    proposal = publish(ana if but == "own" else zoe, **fields.get(but, {}))
    if but == "hidden":
        change(proposal, visibility=Visibility.HIDDEN)
    if but == "begun later":
        Watch.objects.update(created_at=timezone.now() + LATER)
    if but == "inactive":
        type(ana).objects.filter(pk=ana.pk).update(is_active=False)

    spread_news()

    assert told(ana) == []


def test_news_wait_for_the_index_but_not_for_ever(ana, zoe, follows):
    follows()
    young = ProposalFactory(author=zoe, title="young")
    ProposalFactory(author=zoe, title="old", published_at=timezone.now() - timedelta(hours=1))

    spread_news()
    first = told(ana)
    index.reindex_changed()
    spread_news()

    assert first == ["A new proposal: old"]
    assert told(ana)[0] == f"A new proposal: {young.title}"


@pytest.mark.parametrize("people", [1, 3])
def test_matching_asks_once_for_any_number_of_people(
    zoe, follows, people, django_assert_num_queries
):
    for _ in range(people):
        follows(by=UserFactory(), words="운동장")
    publish(zoe)
    spreading.gather()

    with django_assert_num_queries(5):
        spreading.match()

    assert Told.objects.count() == people


def test_more_than_fits_in_a_batch_is_told_all_the_same(zoe, follows, monkeypatch):
    monkeypatch.setattr(spreading, "NEWS_AT_ONCE", 2)
    monkeypatch.setattr(spreading, "NOTES_AT_ONCE", 2)
    for _ in range(3):
        follows(by=UserFactory())
        publish(zoe)

    assert spread_news() == 9
    assert Note.objects.count() == 9


def test_only_who_asked_for_mail_gets_mail(ana, zoe, follows):
    wants = UserFactory(language="en")
    follows(by=wants, tells="mail")
    follows(tells="portal")
    publish(zoe, title="Shade")
    spread_news()

    notes.deliver_waiting()

    [message] = mail.outbox
    assert message.to == [wants.email]
    assert message.subject == "A new proposal: Shade"
    assert "List-Unsubscribe-Post" in message.extra_headers


def test_one_click_ends_all_mail(ana, zoe, follows):
    follows(tells="mail")
    notes.unsubscribe(ana)
    publish(zoe)
    spread_news()

    notes.settle_unwanted()
    notes.deliver_waiting()

    assert mail.outbox == []
    assert Preference.objects.get(user=ana).rhythm == "never"


@pytest.mark.parametrize("rhythm", ["daily", "weekly"])
def test_a_digest_tells_all_together_and_each_once(ana, zoe, follows, rhythm):
    follows(tells=rhythm)
    for n in range(12):
        publish(zoe, title=f"title {n}")
    spread_news()
    before = told(ana)

    left = [send_digests(rhythm), send_digests(rhythm)]

    [note] = Note.objects.for_person(ana)
    assert (before, left) == ([], [1, 0])
    assert note.subject == "What is new for you: 12 in all"
    assert note.body.count("title") == 10
    assert note.body.endswith("(+2)")
    [newest] = Proposal.objects.filter(title="title 11")
    assert f"- title 11\n  {settings.SITE_URL}{newest.get_absolute_url()}\n" in note.body


def declined(proposal, omar, *people):
    """Let a proposal that they follow be decided, each of them told in a rhythm of their own."""
    for person, tells in people:
        proposals.follow(proposal, by=person)
        own = Follow.objects.get(proposal=proposal, person=person)
        proposals.tell_in_rhythm(own, by=person, tells=tells)
    proposals.decline(proposal, by=omar, ground="not_feasible", reason="Too steep.")


def test_each_who_follows_a_proposal_is_told_in_a_rhythm_of_their_own(zoe, omar):
    here, mailed, daily, weekly = (UserFactory() for _ in range(4))
    proposal = publish(zoe, title="Slide", state=ProposalState.DEPT_REVIEW)

    declined(
        proposal, omar, (here, "portal"), (mailed, "mail"), (daily, "daily"), (weekly, "weekly")
    )

    told_at_once = Note.objects.filter(url=proposal.get_absolute_url())
    waits = dict(told_at_once.values_list("recipient", "mailed_at"))
    assert waits[here.pk] is not None
    assert (waits[mailed.pk], waits[zoe.pk]) == (None, None)
    assert {daily.pk, weekly.pk}.isdisjoint(waits)
    assert [send_digests("daily"), send_digests("daily")] == [1, 0]
    [note] = Note.objects.for_person(daily)
    assert note.subject == "What is new for you: 1 in all"
    assert f": Slide\n  {settings.SITE_URL}{proposal.get_absolute_url()}" in note.body
    with translation.override("ko"):
        korean = note.body
    assert korean != note.body
    assert HeldNote.objects.get().person == weekly


def test_who_stops_following_is_not_told_what_waited(ana, zoe, omar):
    proposal = publish(zoe, state=ProposalState.DEPT_REVIEW)
    declined(proposal, omar, (ana, "daily"))

    proposals.unfollow(proposal, by=ana)

    assert send_digests("daily") == 0


def test_the_other_rhythm_waits(ana, zoe, follows):
    follows(tells="weekly")
    publish(zoe)
    spread_news()

    assert send_digests("daily") == 0


def test_old_news_are_forgotten_with_who_was_told(ana, zoe, follows):
    follows()
    publish(zoe)
    spread_news()
    News.objects.update(happened_at=timezone.now() - timedelta(days=91))

    assert forget_old_news() > 0
    assert not Told.objects.exists()


def test_four_workers_at_once_tell_once(own_database):
    ana = UserFactory()
    made = watches.begin(by=ana, asked={"name": "mine", "tells": "portal"})
    Watch.objects.filter(pk=made.pk).update(created_at=timezone.now() - timedelta(days=9))
    publish(UserFactory())

    at_once(*[spread_news] * 4)

    assert Note.objects.filter(kind="followed_published").count() == 1
