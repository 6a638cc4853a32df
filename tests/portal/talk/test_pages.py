"""The pages of the talk and of moderation, as visitors, writers and moderators meet them."""

import pytest
from django.test import Client
from django.urls import reverse

from portal.notifications.models import Note
from portal.proposals.domain import proposals, supports
from portal.proposals.models import CountedSupport, Proposal, ProposalState
from portal.search.domain import find, index
from portal.talk.domain import cases, comments
from portal.talk.links import linked
from portal.talk.models import Case, CaseState, Comment, CommentState, Report
from portal.written import when
from tests.factories.portal import ProposalFactory, UserFactory

XSS = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"


def on(proposal, name="list", *more):
    return reverse(f"talk:{name}", args=[proposal.pk, *more])


def act(thing, name):
    return reverse(f"talk:{name}", args=[thing.pk])


def test_a_citizen_comments_answers_and_reads_it(client, proposal, zoe):
    client.force_login(zoe)

    written = client.post(on(proposal, "write"), {"stance": "for", "text": "Yes.\n\nPlease."})
    comment = Comment.objects.get()
    answered = client.post(act(comment, "answer"), {"stance": "against", "text": "But when?"})
    page = client.get(on(proposal))

    assert written.url == comment.get_absolute_url()
    assert answered.status_code == 302
    for words in ("Yes.", "But when?", "Comments (2)", "조*선", "For", "Against"):
        assert words in page.text


def test_what_was_typed_stays_where_something_is_wrong(client, proposal, zoe):
    client.force_login(zoe)

    response = client.post(on(proposal, "write"), {"stance": "maybe", "text": "Keep me."})

    assert response.status_code == 422
    assert "Keep me." in response.text
    assert not Comment.objects.exists()


def test_personal_data_is_shown_before_it_is_published(client, proposal, zoe):
    client.force_login(zoe)
    typed = {"stance": "for", "text": "Call 010-1234-5678 or me@example.org."}

    asked = client.post(on(proposal, "write"), typed)
    client.post(on(proposal, "write"), {**typed, "personal": "mask"})

    assert "010-****-****" in asked.text
    assert "Mobile telephone number" in asked.text
    assert [c.text for c in Comment.objects.all()] == ["Call 010-****-**** or **@*******.***."]


def test_own_numbers_may_be_kept_but_never_those_of_residents(client, proposal, zoe):
    client.force_login(zoe)
    own = {"stance": "for", "text": "Call 010-1234-5678.", "personal": "keep"}
    resident = {"stance": "for", "text": "I am 900101-1234567.", "personal": "keep"}

    client.post(on(proposal, "write"), own)
    refused = client.post(on(proposal, "write"), resident)
    client.post(on(proposal, "write"), {**resident, "personal": "mask"})

    texts = Comment.objects.order_by("pk").values_list("text", flat=True)
    assert list(texts) == ["Call 010-1234-5678.", "I am ******-*******."]
    assert "The law forbids to publish one" in refused.text


def test_an_author_edits_and_deletes(client, comment, zoe):
    client.force_login(zoe)

    client.post(act(comment, "edit"), {"stance": "neutral", "text": "Changed."})
    page = client.get(on(comment.proposal)).text
    client.post(act(comment, "delete"))
    gone = client.get(on(comment.proposal)).text

    assert "Changed." in page
    assert "changed <time" in page
    assert "Changed." not in gone
    assert "The author has deleted this comment." in gone


def test_marks_are_given_and_taken_back(client, comment, ana):
    client.force_login(ana)

    client.post(act(comment, "mark"))
    marked = client.get(on(comment.proposal)).text
    client.post(act(comment, "unmark"))

    assert "1 person finds this helpful" in marked
    assert Comment.objects.get().helpful_count == 0


def test_the_talk_stands_on_the_page_of_the_proposal(client, comment):
    page = client.get(comment.proposal.get_absolute_url())

    assert "A good idea." in page.text
    assert "csrfmiddlewaretoken" not in page.text.split('id="talk"')[1]


def test_only_people_of_the_branch_can_be_named(client, comment, ana, zoe, omar):
    client.force_login(ana)
    page = client.get(act(comment, "answer")).text

    refused = client.post(act(comment, "answer"), {"stance": "for", "text": "Hi.", "to": omar.pk})
    client.post(act(comment, "answer"), {"stance": "for", "text": "Hi.", "to": zoe.pk})

    assert "@조*선" in page
    assert refused.status_code == 422
    assert [m.person for c in Comment.objects.all() for m in c.mentions.all()] == [zoe]


@pytest.mark.parametrize("name", ["answer", "edit", "delete", "mark", "unmark", "report_comment"])
def test_every_act_asks_to_sign_in_and_for_the_token(comment, name, zoe):
    strict = Client(enforce_csrf_checks=True)
    stranger = strict.post(act(comment, name))
    strict.force_login(zoe)

    assert strict.post(act(comment, name)).status_code == 403
    assert stranger.status_code in {302, 403}
    assert Comment.objects.get().text == "A good idea."


@pytest.mark.parametrize(("name", "status"), [("edit", 403), ("delete", 403)])
def test_nobody_changes_the_words_of_others(client, comment, ana, mona, name, status):
    for person in (ana, mona):
        client.force_login(person)

        assert client.post(act(comment, name), {"stance": "for", "text": "x"}).status_code == status
    assert Comment.objects.get().text == "A good idea."


def test_drafts_and_hidden_proposals_do_not_exist_for_a_guesser(client, ana, zoe):
    draft = ProposalFactory(author=ana, state=ProposalState.DRAFT)
    hidden = ProposalFactory(author=ana, visibility="hidden")
    client.force_login(zoe)

    for proposal in (draft, hidden):
        for name in ("list", "write", "feed", "report_proposal"):
            assert client.get(on(proposal, name)).status_code == 404
        assert client.post(on(proposal, "write"), {"stance": "for", "text": "x"}).status_code == 404
    assert not Comment.objects.exists()


def test_a_comment_is_not_reached_through_another_proposal(client, comment):
    other = ProposalFactory()

    assert client.get(on(other, "branch", comment.pk)).status_code == 404


def test_words_of_people_never_become_html(client, ana, zoe, mona):
    ana.name = zoe.name = XSS
    ana.shows_name = zoe.shows_name = True
    ana.save()
    zoe.save()
    proposal = ProposalFactory(author=ana, title=XSS[:100])
    comment = comments.write(proposal, by=zoe, text=XSS)
    comments.answer(comment, by=ana, text=XSS, to=[zoe])
    case = cases.report(comment, by=ana, rule="abuse", text=XSS)
    cases.hide(case, by=mona, rule="abuse", reason=XSS)
    cases.appeal(case, by=zoe, text=XSS)
    client.force_login(mona)
    pages = [
        on(proposal),
        on(proposal, "branch", comment.pk),
        proposal.get_absolute_url(),
        case.get_absolute_url(),
        on(proposal, "feed"),
        reverse("desk:show"),
    ]

    for address in pages:
        text = client.get(address).text
        assert "<script>alert" not in text
        assert "<img src=x" not in text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (
            "See https://example.org/a?b=1&c=2 now",
            '<a href="https://example.org/a?b=1&amp;c=2" rel="nofollow ugc noopener">',
        ),
        ("<b>bold</b>", "&lt;b&gt;bold&lt;/b&gt;"),
        ("javascript:alert(1)", "<p>javascript:alert(1)</p>"),
        ('https://example.org/"onmouseover="alert(1)', "example.org"),
    ],
)
def test_links_are_safe(text, shown):
    written = str(linked(text))

    assert shown in written
    assert " onmouseover=" not in written
    assert "<b>" not in written


def test_hidden_words_leave_a_placeholder_with_rule_and_reason(client, hidden, comment, zoe, mona):
    reads = {}
    for name, person in {"visitor": None, "zoe": zoe, "mona": mona}.items():
        if person:
            client.force_login(person)
        reads[name] = client.get(on(comment.proposal)).text

    for text in reads.values():
        assert "Hidden by a moderator." in text
        assert "Insult, threat or hate" in text
        assert "It insults." in text
    assert "A good idea." not in reads["visitor"]
    assert "A good idea." in reads["zoe"]
    assert "A good idea." in reads["mona"]


def test_every_door_leaves_hidden_words_out(client, proposal, comment, ana, mona):
    from portal.talk import exports

    other = comments.write(proposal, by=UserFactory(), text="Another view on shade.")
    index.reindex_changed()
    case = cases.report(comment, by=ana, rule="abuse")
    cases.hide(case, by=mona, rule="abuse", reason="It insults.")
    index.reindex_changed()
    doors = [
        client.get("/api/v1/comments/").text,
        client.get(on(proposal, "feed")).text,
        client.get(proposal.get_absolute_url()).text,
        client.get(on(proposal, "branch", comment.pk)).text,
        str(list(exports.comments())),
        str([d.body for d in find.find("good idea").rows]),
    ]

    assert ["A good idea" in door for door in doors] == [False] * len(doors)
    assert client.get(f"/api/v1/comments/{comment.pk}/").status_code == 404
    assert other.text in doors[0]


def test_every_door_leaves_a_hidden_proposal_out(client, proposal, comment, mona, zoe):
    index.reindex_changed()
    case = cases.report(proposal, by=zoe, rule="rights")
    cases.hide(case, by=mona, rule="rights", reason="Another's photograph.")

    page = client.get(proposal.get_absolute_url())
    elsewhere = [
        client.get("/proposals/").text,
        client.get("/proposals/feed/").text,
        client.get("/api/v1/proposals/").text,
        client.get("/api/v1/comments/").text,
        str([d.title for d in find.find("shade crossing").rows]),
    ]

    assert page.status_code == 200
    assert "Another&#x27;s photograph." in page.text
    assert proposal.title not in page.text
    assert [proposal.title in text or "A good idea" in text for text in elsewhere] == [False] * 5
    assert client.get(f"/api/v1/proposals/{proposal.pk}/").status_code == 404


def test_a_hidden_proposal_is_read_by_its_author_and_moderators(
    client, proposal, comment, mona, ana, zoe
):
    case = cases.report(proposal, by=zoe, rule="rights")
    cases.hide(case, by=mona, rule="rights", reason="Another's photograph.")
    reads = []
    for person in (ana, mona, zoe):
        client.force_login(person)
        reads.append(proposal.title in client.get(proposal.get_absolute_url()).text)

    assert reads == [True, True, False]


def test_whoever_follows_and_supports_a_hidden_proposal_may_stop(
    client, proposal, mona, ana, zoe, omar
):
    supports.add(proposal, by=zoe)
    proposals.follow(proposal, by=zoe)
    case = cases.report(proposal, by=omar, rule="rights")
    cases.hide(case, by=mona, rule="rights", reason="Another's photograph.")
    proposals.tell(Proposal.objects.get(), "interim_reply", text="We look at it.")
    client.force_login(zoe)
    lists = [client.get(reverse(name)).text for name in ("accounts:me", "following:list")]

    before = client.get(proposal.get_absolute_url()).text
    taken = client.post(reverse("proposals:take_back", args=[proposal.pk]), follow=True)
    stopped = client.post(reverse("proposals:unfollow", args=[proposal.pk]), follow=True)

    pages = [*lists, before, taken.text, stopped.text]
    assert [proposal.title in page for page in pages] == [False] * 5
    take_back, unfollow = "/support/take-back/", "/unfollow/"
    assert (take_back in lists[0], unfollow in lists[1]) == (True, True)
    assert (take_back in before, unfollow in before) == (True, True)
    assert (take_back in stopped.text, unfollow in stopped.text) == (False, False)
    assert "A proposal that is not shown" in Note.objects.for_person(zoe).first().subject
    assert proposal.title in Note.objects.for_person(ana).first().subject
    assert not proposal.follows.filter(person=zoe).exists()
    assert not supports.is_given(proposal, zoe)


def test_a_stranger_cannot_stop_what_a_hidden_proposal_never_began(client, proposal, mona, zoe):
    case = cases.report(proposal, by=zoe, rule="rights")
    cases.hide(case, by=mona, rule="rights", reason="Another's photograph.")
    client.force_login(zoe)

    doors = [reverse(f"proposals:{act}", args=[proposal.pk]) for act in ("unfollow", "take_back")]

    assert [client.post(door).status_code for door in doors] == [404, 404]
    assert client.delete(f"/api/v1/proposals/{proposal.pk}/support/").status_code == 404
    CountedSupport.objects.create(proposal=proposal, person=zoe)
    assert client.delete(f"/api/v1/proposals/{proposal.pk}/support/").status_code == 204


def test_a_proposal_that_never_was_stays_not_found(client, db, ana):
    draft = ProposalFactory(author=ana, state=ProposalState.DRAFT)

    assert client.get("/proposals/987654/").status_code == 404
    assert client.get(draft.get_absolute_url()).status_code == 404


def test_a_report_is_decided_appealed_and_decided_again(client, comment, ana, zoe, mona, milo):
    client.force_login(ana)
    client.post(act(comment, "report_comment"), {"rule": "abuse", "text": "Look."})
    case = Case.objects.get()
    client.force_login(mona)
    desk = client.get(reverse("desk:show")).text
    page = client.get(act(case, "case")).text
    client.post(act(case, "case"), {"decision": "hide", "rule": "abuse", "reason": "It insults."})
    client.force_login(zoe)
    client.post(act(case, "appeal"), {"text": "It does not."})
    client.force_login(milo)
    assert "Appeals to decide" in client.get(reverse("desk:show")).text
    client.post(act(case, "decide_appeal"), {"decision": "restore", "reason": "Right."})

    assert "A good idea." in desk
    assert "Look." in page
    assert ana.name not in page
    assert ana.public_name not in page.split("Reports of people</h2>")[1]
    assert Case.objects.get().state == CaseState.RESTORED
    assert Comment.objects.get().state == CommentState.PUBLIC


def test_cases_are_closed_to_others(client, case, hidden, ana, omar, audrey, zoe, mona):
    expected = {ana: 404, omar: 404, audrey: 404, zoe: 200, mona: 200}

    for person, status in expected.items():
        client.force_login(person)
        assert client.get(act(case, "case")).status_code == status
    client.force_login(zoe)
    decision = {"decision": "keep", "reason": "Mine."}
    assert client.post(act(case, "case"), decision).status_code == 403
    client.force_login(mona)
    assert client.get(act(case, "appeal")).status_code == 403
    assert client.get(act(case, "decide_appeal")).status_code == 403


def test_the_author_does_not_read_who_reported(client, comment, zoe, ana, mona):
    case = cases.report(comment, by=ana, rule="abuse", text="Secret words.")
    cases.hide(case, by=mona, rule="abuse", reason="It insults.")
    client.force_login(zoe)

    page = client.get(act(case, "case")).text

    assert "Secret words." not in page
    assert "It insults." in page


def test_the_author_reads_what_comes_next_and_until_when(client, comment, zoe, mona, settings):
    for _ in range(3):
        case = cases.report(comment, by=UserFactory(), rule="abuse")
    client.force_login(zoe)
    held = client.get(act(case, "case")).text
    settings.HOLD_HOURS = 0
    cases.release_holds()
    case.refresh_from_db()
    waiting = client.get(act(case, "case")).text
    cases.hide(case, by=mona, rule="abuse", reason="It insults.")

    hidden = client.get(act(case, "case")).text

    assert "Where nobody has decided within a day, what you wrote is shown again." in held
    assert "Until then what you wrote stays in sight." in waiting
    assert f"You can appeal once, until {when(case.appeal_until)}." in hidden


@pytest.mark.parametrize(
    ("name", "decision"), [("case", "keep"), ("decide_appeal", "restore"), ("appeal", "")]
)
def test_who_comes_too_late_keeps_the_words_and_finds_the_case(
    client, hidden, mona, name, decision
):
    client.force_login(mona)
    words = {"decision": decision, "reason": "It is blunt, and no more.", "text": ""}

    page = client.post(
        act(hidden, name), words, headers={"Origin": "http://testserver", "Accept": "text/html"}
    )
    elsewhere = client.post(act(hidden, name), words, headers={"Accept": "text/html"})

    assert page.status_code == 403
    assert words["reason"] in page.text
    assert f'href="{act(hidden, "case")}">Look at the page again' in page.text
    assert "Look at the page again</a>" not in elsewhere.text


def test_hiding_by_form_needs_a_rule(client, case, mona):
    client.force_login(mona)

    response = client.post(act(case, "case"), {"decision": "hide", "reason": "Because."})

    assert response.status_code == 422
    assert "Choose the rule that is broken." in response.text
    assert Case.objects.get().state == CaseState.OPEN


def test_a_crowd_of_fresh_accounts_cannot_silence_anybody(client, comment):
    for _ in range(12):
        client.force_login(UserFactory(resident=False))
        client.post(act(comment, "report_comment"), {"rule": "spam", "text": ""})

    assert Report.objects.count() == 12
    assert Comment.objects.get().state == CommentState.PUBLIC


def test_the_figures_are_public_and_come_as_csv(client, hidden):
    page = client.get(reverse("talk:moderation"))
    table = client.get(reverse("talk:moderation_csv"))

    assert "Insult, threat or hate" in page.text
    assert "0 of 0 decided" in page.text
    assert table["Content-Type"].startswith("text/csv")
    assert table.text.splitlines()[0].startswith("year,half,reports")


def test_the_feed_is_atom_with_public_comments(client, comment, hidden, proposal):
    comments.write(proposal, by=UserFactory(), text="Feed me.")

    feed = client.get(on(proposal, "feed"))

    assert feed["Content-Type"].startswith("application/atom+xml")
    assert "Feed me." in feed.text


def test_the_page_of_a_proposal_costs_the_same_for_any_talk(client, zoe):
    def cost(count):
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        proposal = ProposalFactory()
        for _ in range(count):
            root = comments.write(proposal, by=UserFactory(), text="Word.")
            comments.answer(root, by=UserFactory(), text="Answer.")
        client.get(proposal.get_absolute_url())
        with CaptureQueriesContext(
            connection,
        ) as seen:
            client.get(proposal.get_absolute_url())
        return len(seen)

    client.force_login(zoe)

    assert cost(1) == cost(8)


def test_hidden_proposals_come_back_after_an_appeal(client, proposal, zoe, ana, mona, milo):
    case = cases.report(proposal, by=zoe, rule="rights")
    cases.hide(case, by=mona, rule="rights", reason="Another's photograph.")
    client.force_login(ana)
    assert "Only its author and the department see" in client.get(proposal.get_absolute_url()).text
    client.post(act(case, "appeal"), {"text": "It is mine."})
    client.force_login(milo)
    client.post(act(case, "decide_appeal"), {"decision": "restore", "reason": "It is."})

    assert Proposal.objects.public().filter(pk=proposal.pk).exists()


def test_a_hidden_proposal_is_read_by_the_department_that_owes_an_answer(
    client, ana, omar, wendy, transport, mona, zoe
):
    proposal = ProposalFactory(author=ana, department=transport, problem="Cars park on the kerb.")
    cases.hide(
        cases.report(proposal, by=zoe, rule="rights"),
        by=mona,
        rule="rights",
        reason="A photograph.",
    )

    def seen_by(person):
        client.force_login(person)
        return proposal.problem in client.get(proposal.get_absolute_url()).text

    assert {person.email for person in (ana, omar, wendy, zoe) if seen_by(person)} == {
        ana.email,
        omar.email,
    }
