"""Versions, joint authors, references: what is public about who wrote what, and when."""

from datetime import timedelta

import pytest
from django.db import connections
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from portal.notifications.models import Note
from portal.proposals.domain import proposals, supports
from portal.proposals.models import Area, District, Proposal, ProposalCount, ProposalState
from portal.refusals import Refused
from portal.search.domain import index
from portal.writing.domain import differences, joint, versions
from portal.writing.models import JointAuthor
from tests.at_once import at_once
from tests.factories.portal import ProposalFactory, UserFactory

S = ProposalState
TEXTS = {
    "problem": "골목이 어둡습니다.",
    "solution": "등을 달아 주세요.",
    "effect": "",
    "place": "",
}


def published(ana, title="골목에 등을 달아 주세요", **where):
    area = Area.objects.get(code="housing-transport")
    draft = proposals.draft(by=ana, written={"title": title, "area": area, **TEXTS, **where})
    return proposals.publish(draft, by=ana)


def test_a_published_proposal_gets_the_next_reference_of_its_area_and_year(ana):
    first, second = published(ana), published(ana)

    year = timezone.localdate().year
    assert first.reference.startswith(f"{year}-")
    number = int(first.reference.rpartition("-")[2])
    assert second.reference == f"{first.reference[:-5]}{number + 1:05}"
    assert first.reference.split("-")[1].isalnum()


def test_proposals_published_at_once_get_different_references(own_database):
    people = [UserFactory() for _ in range(6)]

    found = at_once(*[lambda person=person: published(person).reference for person in people])

    assert len(set(found)) == 6
    connections.close_all()


def test_a_text_that_nobody_relies_on_changes_without_a_reason(ana):
    proposal = published(ana)

    version = versions.amend(proposal, by=ana, written={**TEXTS, "title": "골목마다 등을"})

    assert version.number == 2
    assert Proposal.objects.get(pk=proposal.pk).title == "골목마다 등을"
    assert proposal.versions.get(number=1).title == "골목에 등을 달아 주세요"


def test_a_supported_text_changes_only_with_a_reason_that_followers_read(ana, zoe):
    proposal = published(ana)
    proposals.follow(proposal, by=zoe)
    supports.add(proposal, by=zoe)
    written = {**TEXTS, "title": proposal.title, "problem": "골목이 아주 어둡습니다."}

    with pytest.raises(Refused, match="Say why"):
        versions.amend(proposal, by=ana, written=written)
    versions.amend(proposal, by=ana, written=written, reason="A neighbour asked me to.")

    assert Note.objects.filter(recipient=zoe, kind="proposal_amended").count() == 1


def test_an_amendment_that_changes_nothing_is_refused(ana):
    proposal = published(ana)

    with pytest.raises(Refused, match="Nothing has changed"):
        versions.amend(proposal, by=ana, written={**TEXTS, "title": proposal.title})


@pytest.mark.parametrize("state", [S.ADOPTED, S.NOT_ADOPTED, S.REFERRED, S.WITHDRAWN, S.MERGED])
def test_a_decided_text_stays_as_it_is(ana, state):
    proposal = ProposalFactory(author=ana, state=state)

    with pytest.raises(Refused, match="no longer be changed"):
        versions.amend(proposal, by=ana, written={**TEXTS, "title": "New"}, reason="Why not.")


@given(st.text("가나다 라\n", max_size=60), st.text("가나다 라\n", max_size=60))
def test_a_difference_gives_both_texts_back(before, after):
    pieces = differences.between(before, after)

    assert "".join(p.text for p in pieces if p.kind != "removed") == after
    kept = [p for p in pieces if p.kind != "added"]
    assert sum(len(p.text) for p in kept) == len(before)


def test_long_texts_are_compared_by_paragraph_in_short_time():
    before = "\n".join(f"문단 {n} " + "말 " * 50 for n in range(400))

    pieces = differences.between(before, before.replace("문단 200", "단락 200"))

    assert [p.kind for p in pieces] == ["same", "removed", "added", "same"]


def test_pages_show_the_difference_as_text_and_escape_it(client, ana, zoe):
    proposal = published(ana)
    supports.add(proposal, by=zoe)
    written = {**TEXTS, "title": "<script>alert(1)</script>"}
    client.force_login(ana)

    answer = client.post(
        reverse("writing:amend", args=[proposal.pk]), {**written, "reason": "To be clear."}
    )
    page = client.get(answer.url).text

    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;" in page
    assert "[added]" in page
    assert "[removed]" in page
    assert "To be clear." in client.get(reverse("writing:versions", args=[proposal.pk])).text
    assert "2 versions" in client.get(proposal.get_absolute_url()).text


def moved(client, proposal, **where):
    """Send the form of a new version with another place; return the page of the version."""
    written = {**TEXTS, "title": proposal.title, "reason": "It is one street farther.", **where}
    answer = client.post(reverse("writing:amend", args=[proposal.pk]), written)
    return client.get(answer.url).text


def test_a_new_place_is_told_in_words_and_the_map_the_counts_and_the_search_follow(client, ana):
    wonmi, sosa = District.objects.get(code="wonmi"), District.objects.get(code="sosa")
    proposal = published(ana, district=wonmi, latitude=37.487, longitude=126.804)
    client.force_login(ana)

    page = moved(client, proposal, district=sosa.pk, latitude="37.482", longitude="126.795")
    index.reindex_changed()

    kept = proposal.versions.get(number=1)
    assert (kept.district, kept.latitude, kept.longitude) == (wonmi, 37.487, 126.804)
    assert (
        "The place changed from “Wonmi-gu, point 37.48700 north, 126.80400 east” to “Sosa-gu, "
        "point 37.48200 north, 126.79500 east”. The points lie about 970 metres apart." in page
    )
    found = client.get("/proposals/points/", {"bbox": "126.7,37.4,126.9,37.6", "zoom": "12"})
    [feature] = found.json()["features"]
    assert feature["geometry"]["coordinates"] == [126.795, 37.482]
    counted = ProposalCount.objects.filter(n__gt=0).values_list("district_id", "n")
    assert list(counted) == [(sosa.pk, 1)]
    searched = client.get("/proposals/", {"q": "골목", "district": "sosa"})
    assert [card.pk for card in searched.context["page"].rows] == [proposal.pk]


@pytest.mark.parametrize(
    ("where", "sentence"),
    [
        (
            {"place": "상살미마을 입구"},
            "The place changed from “no place” to “상살미마을 입구”.",
        ),
        ({"title": "골목마다 등을"}, "[added]"),
    ],
)
def test_only_a_place_that_changed_is_told_of(client, ana, where, sentence):
    proposal = published(ana)
    client.force_login(ana)

    page = moved(client, proposal, **where)

    assert sentence in page
    assert ("The place changed" in page) == ("place" in where)
    assert "null" not in client.get(proposal.get_absolute_url()).text  # no reason was given


@pytest.mark.parametrize("point", [("37.487", ""), ("35.1", "129.0")])
def test_a_new_version_takes_whole_points_within_the_city_alone(client, ana, point):
    proposal = published(ana, latitude=37.487, longitude=126.804)
    client.force_login(ana)

    written = {**TEXTS, "title": "New", "latitude": point[0], "longitude": point[1]}
    page = client.post(reverse("writing:amend", args=[proposal.pk]), written)

    assert page.status_code == 422
    assert page.context["form"].errors["latitude"]
    assert proposal.versions.count() == 1


def test_a_new_version_is_looked_over_for_personal_data(client, ana):
    proposal = published(ana)
    client.force_login(ana)
    words = {**TEXTS, "title": "Ask me@example.org"}

    asked = client.post(reverse("writing:amend", args=[proposal.pk]), words)
    client.post(reverse("writing:amend", args=[proposal.pk]), {**words, "personal": "mask"})
    with pytest.raises(Refused, match="resident"):
        versions.amend(proposal, by=ana, written={**TEXTS, "title": "I, 900101-1234567"})

    assert "**@*******.***" in asked.text
    assert Proposal.objects.get().title == "Ask **@*******.***"


def test_what_was_typed_is_kept_when_the_reason_is_missing(client, ana, zoe):
    proposal = published(ana)
    supports.add(proposal, by=zoe)
    client.force_login(ana)

    page = client.post(
        reverse("writing:amend", args=[proposal.pk]), {**TEXTS, "title": "A new title"}
    ).text

    assert "A new title" in page
    assert proposal.versions.count() == 1


@pytest.mark.parametrize("count", [1, 3])
def test_the_versions_page_costs_the_same_for_any_number(
    client, ana, count, django_assert_num_queries
):
    proposal = published(ana)
    for n in range(count):
        versions.amend(proposal, by=ana, written={**TEXTS, "title": f"Title {n}"})

    with django_assert_num_queries(2):
        client.get(reverse("writing:versions", args=[proposal.pk]))


@pytest.mark.parametrize("count", [1, 3])
def test_invitations_cost_the_same_for_any_number(
    client, ana, zoe, count, django_assert_num_queries
):
    for _ in range(count):
        joint.invite(published(ana), by=ana, email=zoe.email, share=10)
    client.force_login(zoe)
    client.get(reverse("writing:invitations"))

    with django_assert_num_queries(7):
        response = client.get(reverse("writing:invitations"))

    assert len(response.context["invitations"]) == count


def test_joint_authors_are_asked_accept_and_are_named_with_their_share(ana, zoe):
    proposal = published(ana)

    joint.invite(proposal, by=ana, email=zoe.email.upper(), share=60)
    assert joint.authors_of(proposal) == [(ana.public_name, 100, True)]
    joint.answer(JointAuthor.objects.get(), by=zoe, accepts=True)

    assert joint.authors_of(proposal) == [
        (zoe.public_name, 60, True),
        (ana.public_name, 40, False),
    ]
    assert zoe.has_perm("writing.amend_proposal", proposal)


def test_shares_never_take_everything_from_the_author(ana, zoe):
    proposal = published(ana)
    joint.invite(proposal, by=ana, email=zoe.email, share=60)

    with pytest.raises(Refused, match="100 percent"):
        joint.invite(proposal, by=ana, email=UserFactory().email, share=40)


def test_who_has_an_account_is_not_told(client, ana, zoe):
    proposal = published(ana)
    client.force_login(ana)
    url = reverse("writing:invite", args=[proposal.pk])

    known = client.post(url, {"email": zoe.email, "share": 10}, follow=True).text
    unknown = client.post(url, {"email": "nobody@example.org", "share": 10}, follow=True).text

    sentence = "If that person has an account here, they are asked now."
    assert sentence in known
    assert sentence in unknown


def test_an_old_invitation_can_no_longer_be_accepted(ana, zoe):
    proposal = published(ana)
    joint.invite(proposal, by=ana, email=zoe.email, share=10)
    long_ago = timezone.now() - timedelta(days=15)
    JointAuthor.objects.update(invited_at=long_ago)

    with pytest.raises(Refused, match="older than 14 days"):
        joint.answer(JointAuthor.objects.get(), by=zoe, accepts=True)
    assert not JointAuthor.objects.waiting_for(zoe).exists()


def test_the_invitation_of_somebody_else_does_not_exist(client, ana, zoe, omar):
    proposal = published(ana)
    joint.invite(proposal, by=ana, email=zoe.email, share=10)
    url = reverse("writing:answer", args=[JointAuthor.objects.get().pk])

    client.force_login(omar)
    assert client.post(url, {"answer": "accept"}).status_code == 404
    client.force_login(zoe)
    assert client.post(url, {"answer": "accept"}).status_code == 302
    assert client.post(url, {"answer": "accept"}).status_code == 409
