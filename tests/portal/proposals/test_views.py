"""The pages about proposals, as visitors, authors and officials meet them."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from portal.notifications.models import Note
from portal.proposals.models import Attachment, Proposal, ProposalState
from tests.factories.portal import ProposalFactory, UserFactory, support_by

S = ProposalState
TYPED = {
    "title": "횡단보도에 그늘을",
    "problem": "여름에 뜨겁습니다.",
    "solution": "그늘막을 놓아 주세요.",
}


def typed(**changes):
    from portal.proposals.models import Area

    return {**TYPED, "area": Area.objects.get(code="disaster").pk, **changes}


def act(proposal, name):
    return reverse(f"proposals:{name}", args=[proposal.pk])


def test_anyone_reads_a_public_proposal(client, ana):
    proposal = ProposalFactory(author=ana, title="Read me")

    response = client.get(proposal.get_absolute_url())

    assert response.status_code == 200
    assert "Read me" in response.text
    assert "아*연" in response.text
    assert "아나연" not in response.text


def test_a_draft_does_not_exist_for_others(client, ana, zoe):
    proposal = ProposalFactory(author=ana, state=S.DRAFT)

    assert client.get(proposal.get_absolute_url()).status_code == 404
    client.force_login(zoe)
    assert client.get(act(proposal, "revise")).status_code == 404


def test_writing_asks_to_sign_in(client, db):
    response = client.get(reverse("proposals:write"))

    assert response.status_code == 302
    assert reverse("account_login") in response.url


def test_an_author_writes_checks_and_publishes(client, ana):
    client.force_login(ana)

    answer = client.post(reverse("proposals:write"), typed(check="yes"))
    proposal = Proposal.objects.get()
    looked = client.get(answer.url)
    published = client.post(answer.url)
    done = client.get(published.url)

    assert answer.url == act(proposal, "check")
    assert "그늘막을 놓아 주세요." in looked.text
    assert Proposal.objects.get().state == S.SUBMITTED
    assert "What happens next" in done.text


def test_a_draft_may_lack_anything_but_publishing_says_what_is_missing(client, ana):
    client.force_login(ana)
    client.post(reverse("proposals:write"), {"title": "Only a title"})
    proposal = Proposal.objects.get()

    response = client.post(act(proposal, "check"))

    assert response.status_code == 422
    assert "This is still missing" in response.text
    assert f'<a href="{act(proposal, "revise")}#id_problem">' in response.text
    assert "Publish the proposal" not in response.text
    assert Proposal.objects.get().state == S.DRAFT


@pytest.mark.parametrize(
    ("title", "kept"),
    [
        ("  나무를 심어요  ", "나무를 심어요"),
        ("나무 🌳 심기", "나무 🌳 심기"),
        ("\u202e거꾸로\u202c", "거꾸로"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("ᄒ\u1161ᆫ글", "한글"),
    ],
)
def test_titles_are_kept_as_text(client, ana, title, kept):
    client.force_login(ana)

    client.post(reverse("proposals:write"), typed(title=title))

    proposal = Proposal.objects.get()
    page = client.get(act(proposal, "check")).text
    assert proposal.title == kept
    assert "<script>alert(1)" not in page


def test_a_title_that_is_too_long_is_refused_and_kept(client, ana):
    client.force_login(ana)
    long = "가" * 101

    response = client.post(reverse("proposals:write"), typed(title=long))

    assert response.status_code == 422
    assert long in response.text
    assert "100" in response.text
    assert not Proposal.objects.exists()


def test_an_issue_of_another_area_is_refused(client, ana):
    from portal.proposals.models import Issue

    client.force_login(ana)
    foreign = Issue.objects.get(code="power-supply")

    response = client.post(reverse("proposals:write"), typed(issue=foreign.pk))

    assert "belongs to another area" in response.text


def test_the_first_words_of_a_new_proposal_are_kept_while_they_are_typed(client, ana):
    client.force_login(ana)

    begun = client.post(reverse("proposals:begin"), typed(title="First words", area=""))
    refused = client.post(reverse("proposals:begin"), typed(title="가" * 101))

    draft = Proposal.objects.get()
    assert (begun.status_code, draft.title, draft.state) == (201, "First words", S.DRAFT)
    assert begun.json()["page"] == act(draft, "revise")
    assert begun.json()["autosave"] == act(draft, "autosave")
    assert refused.status_code == 422


def test_autosave_keeps_what_is_typed_and_refuses_the_published(client, ana):
    client.force_login(ana)
    proposal = ProposalFactory(author=ana, state=S.DRAFT)

    saved = client.post(act(proposal, "autosave"), typed(title="Saved while typing"))

    assert saved.json() == {"saved": True}
    assert Proposal.objects.get().title == "Saved while typing"
    public = ProposalFactory(author=ana)
    assert client.post(act(public, "autosave"), typed()).status_code == 403


def test_a_point_goes_from_the_form_to_the_page_in_words_and_map(client, ana):
    client.force_login(ana)
    point = {"latitude": "37.486800", "longitude": "126.803500", "place": "상살미마을 (표본)"}

    answer = client.post(reverse("proposals:write"), typed(check="yes", **point))
    looked = client.get(answer.url)
    shown = client.get(client.post(answer.url).url.replace("published/", ""))

    assert "with a point on the map" in looked.text
    assert 'data-map-point="37.486800,126.803500"' in shown.text
    assert "상살미마을 (표본)" in shown.text
    assert "37.48680, 126.80350" in shown.text


@pytest.mark.parametrize(
    ("point", "sentence"),
    [
        (("37.5", ""), "needs both numbers"),
        (("", "126.8"), "needs both numbers"),
        (("35.1", "129.0"), "outside the city"),
        (("91", "126.8"), "less than or equal to 90"),
        (("nan", "126.8"), "Enter a number"),
    ],
)
def test_a_point_that_is_none_is_refused_and_what_was_typed_stays(client, ana, point, sentence):
    client.force_login(ana)
    latitude, longitude = point

    response = client.post(
        reverse("proposals:write"), typed(latitude=latitude, longitude=longitude)
    )

    assert sentence in response.text
    assert TYPED["problem"] in response.text
    assert not Proposal.objects.exists()


def test_the_map_names_the_landmarks_of_the_city(client, db):
    response = client.get(reverse("proposals:landmarks"))

    assert {"name": "Sosa-gu", "at": [37.482, 126.795]} in response.json()["landmarks"]


def upload(name, content, content_type="application/pdf"):
    return {"file": SimpleUploadedFile(name, content, content_type)}


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("plan.pdf", b"", "is empty"),
        ("plan.exe", b"MZ......", "not taken"),
        ("plan.pdf", b"MZ\x90\x00 not a pdf", "not what its name says"),
        ("plan.xlsx", b"PK\x03\x04broken", "cannot be opened"),
    ],
)
def test_a_bad_file_is_refused_with_a_sentence(client, ana, name, content, sentence):
    client.force_login(ana)
    proposal = ProposalFactory(author=ana, state=S.DRAFT)

    response = client.post(act(proposal, "attach"), upload(name, content))

    assert response.status_code == 422
    assert sentence in response.text
    assert not Attachment.objects.exists()


def test_a_file_too_many_is_refused_on_the_page(client, ana, monkeypatch):
    monkeypatch.setattr("portal.proposals.domain.files.MOST_FILES", 0)
    client.force_login(ana)
    proposal = ProposalFactory(author=ana, state=S.DRAFT, title="Still here")

    response = client.post(act(proposal, "attach"), upload("plan.pdf", b"%PDF-1.7 plan"))

    assert response.status_code == 409
    assert "at most five files" in response.text
    assert "Still here" in response.text


def test_a_zip_bomb_is_refused(client, ana):
    import io
    import zipfile

    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("zeros", b"\0" * 20_000_000)
    client.force_login(ana)
    proposal = ProposalFactory(author=ana, state=S.DRAFT)

    response = client.post(act(proposal, "attach"), upload("bomb.xlsx", packed.getvalue()))

    assert "unfolds to far more" in response.text


def test_a_file_that_is_too_large_is_refused(client, ana, settings):
    settings.UPLOAD_MAX_BYTES = 10
    client.force_login(ana)
    proposal = ProposalFactory(author=ana, state=S.DRAFT)

    response = client.post(act(proposal, "attach"), upload("plan.pdf", b"%PDF-" + b"x" * 20))

    assert "at most" in response.text


def test_a_file_with_a_very_long_name_is_kept_and_handed_out_safely(client, ana):
    client.force_login(ana)
    proposal = ProposalFactory(author=ana, state=S.DRAFT)
    name = "가" * 251 + ".pdf"

    client.post(act(proposal, "attach"), upload(name, b"%PDF-1.7 plan"))

    kept = Attachment.objects.get()
    response = client.get(kept.get_absolute_url())
    assert kept.name.endswith(".pdf")
    assert "가" not in kept.file.name
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert "sandbox" in response.headers["Content-Security-Policy"]


def test_files_of_a_draft_do_not_exist_for_others(client, ana, zoe):
    client.force_login(ana)
    proposal = ProposalFactory(author=ana, state=S.DRAFT)
    client.post(act(proposal, "attach"), upload("plan.pdf", b"%PDF-1.7 plan"))
    client.force_login(zoe)

    assert client.get(Attachment.objects.get().get_absolute_url()).status_code == 404


def test_a_second_support_is_refused_with_a_sentence(client, ana, zoe):
    proposal = ProposalFactory(author=ana)
    client.force_login(zoe)
    client.post(act(proposal, "support"))

    response = client.post(act(proposal, "support"))

    assert response.status_code == 409
    assert "already support" in response.text


def test_an_official_asks_and_the_author_supplies(client, ana, omar):
    proposal = ProposalFactory(author=ana, state=S.ANSWER_DUE)
    client.force_login(omar)
    asked = {"ground": "defect", "reason": "Which streets?"}
    client.post(act(proposal, "ask_supplement"), asked)
    client.force_login(ana)

    page = client.get(proposal.get_absolute_url()).text
    client.post(act(proposal, "supply"), {"text": "These three."})

    assert "Which streets?" in page
    assert Proposal.objects.get().state == S.ANSWER_DUE


def test_a_step_without_a_reason_keeps_the_form(client, ana, omar):
    proposal = ProposalFactory(author=ana, state=S.ANSWER_DUE)
    client.force_login(omar)

    response = client.post(act(proposal, "convert"), {"kind": "suggestion", "reason": "  "})
    late = {"ground": "cooperation", "days": 5, "reason": "They meet in May."}
    refused = client.post(act(proposal, "extend"), late)

    assert response.status_code == 422
    assert (refused.status_code, "They meet in May." in refused.text) == (409, True)
    assert Proposal.objects.get().state == S.ANSWER_DUE


def test_a_citizen_may_not_review(client, ana, zoe):
    proposal = ProposalFactory(author=ana, state=S.ANSWER_DUE)
    client.force_login(zoe)

    assert client.get(act(proposal, "review")).status_code == 403


def test_an_overdue_answer_says_so_publicly(client, ana):
    from datetime import timedelta

    from django.utils import timezone

    late = timezone.localdate() - timedelta(days=8)
    proposal = ProposalFactory(author=ana, state=S.ANSWER_DUE, due_on=late)

    assert "overdue by 8 days" in client.get(proposal.get_absolute_url()).text


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_any_number(client, db, count, django_assert_num_queries):
    found = [ProposalFactory(author=UserFactory()) for _ in range(count)]

    with django_assert_num_queries(12):
        response = client.get(reverse("proposals:list"))

    assert {card.pk for card in response.context["page"].rows} == {p.pk for p in found}


@pytest.mark.parametrize("steps", [1, 3])
def test_the_page_costs_the_same_for_any_number_of_steps(
    client, ana, omar, steps, django_assert_max_num_queries
):
    from portal.proposals.domain import clocks

    proposal = ProposalFactory(author=ana, state=S.DEPT_REVIEW)
    for _ in range(steps):
        clocks.reply_meanwhile(proposal, by=omar, text="Soon.")

    # The page's own, and those with which each room finds its part of the thread and the page.
    with django_assert_max_num_queries(60):
        response = client.get(proposal.get_absolute_url())

    assert len(response.context["thread"].steps) == steps + 1


def test_the_list_filters_orders_and_goes_on(client, ana, monkeypatch):
    from portal.proposals.domain import lists

    monkeypatch.setattr(lists, "PAGE_SIZE", 2)
    known = [ProposalFactory(author=ana, title=f"n{n}") for n in range(5)]
    support_by(known[1], 3)
    url = reverse("proposals:list")

    first = client.get(url, {"order": "supported"}).context["page"]
    second = client.get(url, {"order": "supported", "after": first.next}).context["page"]
    rest = client.get(url, {"order": "supported", "after": second.next}).context["page"]

    assert first.rows[0].pk == known[1].pk
    assert {p.pk for page in (first, second, rest) for p in page.rows} == {p.pk for p in known}
    assert client.get(url, {"state": "adopted"}).context["total"] == 0


def test_a_busy_list_asks_once_for_its_rows_and_keeps_the_rest(
    client, ana, settings, django_assert_num_queries
):
    settings.PAGE_CACHE_SECONDS = 60
    ProposalFactory(author=ana, title="<b>Bold</b>")
    anew = {"HTTP_CACHE_CONTROL": "no-cache"}
    url = f"{reverse('proposals:list')}?state=submitted&next=%22%3E<i>"
    client.get(url, **anew)

    with django_assert_num_queries(1):
        page = client.get(url, **anew)
    client.cookies["messages"] = "none"
    whole = client.get(url)

    assert "&lt;b&gt;Bold" in page.text
    assert "<i>" not in page.text
    assert page.text == whole.text
    assert "Cookie" in page["Vary"]


@pytest.mark.parametrize(
    "query", ["state=lost", "area=nowhere", "order=drop table", "after=forged"]
)
def test_a_forged_list_address_is_no_error(client, db, query):
    assert client.get(f"{reverse('proposals:list')}?{query}").status_code in {200, 400}


def test_the_feed_lists_public_proposals_only(client, ana):
    ProposalFactory(author=ana, title="In the feed")
    ProposalFactory(author=ana, title="Still a draft", state=S.DRAFT)

    feed = client.get(reverse("proposals:feed")).text

    assert "In the feed" in feed
    assert "Still a draft" not in feed


def test_the_api_reads_filters_and_supports(client, ana, zoe):
    proposal = ProposalFactory(author=ana)
    listed = client.get("/api/v1/proposals/?state=submitted").json()
    anonymous = client.post(f"/api/v1/proposals/{proposal.pk}/support/")
    client.force_login(zoe)
    given = client.post(f"/api/v1/proposals/{proposal.pk}/support/")
    again = client.post(f"/api/v1/proposals/{proposal.pk}/support/")

    assert [row["author"] for row in listed["results"]] == ["아*연"]
    assert (anonymous.status_code, given.status_code, again.status_code) == (403, 204, 409)


def test_following_and_no_longer_following(client, ana, zoe, omar):
    from portal.proposals.domain import proposals

    proposal = ProposalFactory(author=ana)
    client.force_login(zoe)
    client.post(act(proposal, "follow"))
    proposals.withdraw(proposal, by=ana, reason="Done already.")
    client.post(act(proposal, "unfollow"))

    assert not Note.objects.for_person(zoe).exists()


def test_the_desk_shows_what_is_owed(client, ana, omar):
    proposal = ProposalFactory(author=ana, state=S.ANSWER_DUE)
    client.force_login(omar)

    page = client.get(reverse("desk:show")).text

    assert proposal.title in page
