"""Counter, offices, council and lab do a day's work without a mouse."""

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from evaluation.models import MeasurementState
from portal.accounts.domain.cast import person
from portal.accounts.models import Department
from portal.assisted.models import Entry
from portal.proposals.domain import answers, opinions, reviews, supplements
from portal.proposals.models import Proposal, Reflection
from portal.proposals.models import ProposalState as S
from portal.talk.domain import cases, comments
from portal.talk.models import CaseState, Rule
from tests.factories.evaluation import MeasurementFactory
from tests.factories.governance import session
from tests.factories.livinglabs import LabFactory
from tests.factories.portal import ProposalFactory
from tests.journeys.keyboard import Hands

REFUSAL = {
    "decision": "not_feasible",
    "reason": "Fire engines could not pass any more.",
    "reflection": "none",
}

pytestmark = pytest.mark.browser


@pytest.fixture
def sit_down(staff):
    """``sit_down("clerk", "phone")``: someone of the cast at a keyboard, signed in."""

    def sit_down(who, width="desktop"):
        staff.dress("en", width, scripts=True)
        visitor = staff.known[who or "visitor"] = staff.stranger()
        hands = Hands(visitor.page, visitor.complaints)
        if who:
            visitor.page.context.add_cookies([session_of(person(who), staff.city.url)])
        return hands

    yield sit_down
    assert [c for one in staff.known.values() for c in one.complaints] == []


def session_of(user, url):
    """The cookie of someone who has signed in."""
    client = Client()
    client.force_login(user)
    return {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": url}


def owed(title, **fields):
    """A citizen's proposal that the department of traffic policy has to answer."""
    return ProposalFactory(title=title, author=person("citizen1"), state=S.ANSWER_DUE, **fields)


def proposed(title, *, by="official.traffic"):
    """An answer that waits for the approver."""
    draft = answers.draft(owed(title), by=person(by), written=REFUSAL)
    return answers.propose(draft, by=person(by)).proposal


def test_a_clerk_enters_a_proposal_and_its_receipt_is_looked_up(sit_down):
    clerk = sit_down("clerk", "phone")
    clerk.open("/counter/").sees("Enter a proposal for a citizen").walk_round()

    clerk.open("/counter/").reach("Enter a proposal for a citizen").press()
    clerk.pick("channel", "At the counter").pick("shown", "resident registration card")
    clerk.write("name", "표본녀").write("birth_date", "1951-03-02").choose("district", "Wonmi")
    clerk.pick("consent_how", "signed on paper").write("reason", "No computer at home.")
    clerk.write("proposal-title", "A handrail at the stairs").write("proposal-problem", "Steep.")
    clerk.write("proposal-solution", "A handrail on both sides.")
    clerk.choose("proposal-area", "Housing").reach("Enter and publish").press()

    clerk.sees("Print the receipt for the citizen.").sees("A handrail at the stairs")
    entry = Entry.objects.get(proposal__title="A handrail at the stairs")
    assert (entry.citizen.name, entry.clerk) == ("표본녀", person("clerk"))
    code = clerk.page.locator("main strong.number").inner_text()
    clerk.page.emulate_media(media="print")
    expect(clerk.page.get_by_text(code)).to_be_visible()
    expect(clerk.page.get_by_role("link", name="Back to the counter")).to_be_hidden()

    visitor = sit_down("", "phone")
    visitor.open("/receipts/").write("code", code.lower().replace("-", " ")).press()
    visitor.sees("A handrail at the stairs")


def test_an_official_examines_and_drafts(sit_down):
    bollards, mirrors = owed("Bollards for the market"), owed("Mirrors for the market")
    asked = ask_traffic()
    official = sit_down("official.traffic")
    official.open("/desk/").sees("Bollards for the market").walk_round()

    give_opinion(official, asked)
    take_both(official)
    ask_supplement(official, bollards)
    supplements.supply(
        Proposal.objects.get(pk=bollards.pk), by=person("citizen1"), text="Between six and eight."
    )
    review(official, bollards)
    draft_answer(official, bollards)
    leave_note(official, mirrors)

    answer = answers.of(Proposal.objects.get(pk=bollards.pk))
    assert (answer.is_before_approver, answer.reflection) == (True, Reflection.PARTLY)


def ask_traffic():
    """Another department asks that of traffic policy."""
    proposal = owed("Lamps along the path", department=Department.objects.get(code="smart-city"))
    smart = person("official.smart")
    reviews.review(proposal, by=smart, opinion="Worth a trial.")
    traffic = [Department.objects.get(code="traffic")]
    opinions.ask(proposal, by=smart, departments=traffic, reason="Is there power?")
    return proposal


def give_opinion(official, asked):
    official.open("/desk/").reach(asked.title).press()
    official.write("reason", "There is power at both ends.").reach("Publish the opinion").press()
    official.sees("The opinion is public.").sees("There is power at both ends.")


def take_both(official):
    """Find those of the market, keep the filter, and take them all."""
    official.open("/desk/matters/").reach("Words of the title")
    official.page.keyboard.type("market")
    official.press()
    official.reach("Choose all that are shown").press()
    official.choose("official", "최교통").reach("Give to this official").press()
    official.sees("2 proposals are now with 최교통.")
    official.write("name", "The market").press().sees("The filter is kept.")
    official.reach("The market").press().sees("Mirrors for the market")


def ask_supplement(official, proposal):
    official.open("/desk/").reach(href=proposal.get_absolute_url()).press()
    official.reach("Ask for a supplement").press()
    official.pick("ground", "As it stands it is no proposal in the sense of the rules")
    official.write("reason", "At which hours?").reach("Ask for it").press()
    official.sees("The supplement is asked for, and the clock stands still.")
    assert not Proposal.objects.get(pk=proposal.pk).clock_runs


def review(official, proposal):
    official.open(proposal.get_absolute_url()).reach("Write the preliminary review").press()
    official.write("reason", "The lane is three metres wide.").reach("Publish the review").press()
    official.sees("The lane is three metres wide.")


def draft_answer(official, proposal):
    """Draft, with what is taken up and where, and put it before the approver."""
    official.open(proposal.get_absolute_url()).reach("Draft the answer").press()
    official.pick("decision", "Accepted in part").write("reason", "Where the lane is wide.")
    official.pick("reflection", "Taken up in part").choose("reflected_in", "Budget")
    official.write("reflected_ref", "Road safety, line 3").write("planned_on", "12312027")
    official.reach("Put it before the approver").press()
    official.sees("The answer is before the approver.")


def leave_note(official, proposal):
    official.open(proposal.get_absolute_url()).reach("Notes between officials").press()
    official.write("text", "Look at the delivery hours.").reach("Keep the note").press()
    official.sees("The note is kept.").sees("Look at the delivery hours.")


def test_an_approver_publishes_sends_back_and_never_approves_an_own_draft(sit_down):
    one, wrong, *batch = (proposed(f"{what} in our street") for what in "ABCD")
    own = proposed("E in our street", by="approver")
    approver = sit_down("approver", "phone")
    approver.open("/proposals/approvals/").sees("A in our street").walk_round()
    assert "E in our street" not in approver.page.content()
    approver.open(reverse("proposals:approve", args=[own.pk]))
    expect(approver.page.get_by_role("heading", level=1)).to_have_text("You may not open this page")

    approver.open("/proposals/approvals/").reach("A in our street").press()
    approver.reach("Approve and publish").press().sees("The answer is public.")
    approver.open("/proposals/approvals/").reach("B in our street").press()
    approver.write("remark", "Name the article.").reach("Send it back").press()
    approver.sees("The answer is back with its drafter.")
    for found in batch:
        approver.tick(f"Publish this answer: {found.title}")
    approver.reach("Approve and publish the chosen answers").press()

    approver.sees("2 answers are public.")
    assert "in our street" not in approver.page.locator("main").inner_text()
    stand = dict(Proposal.objects.values_list("pk", "state"))
    assert {stand[found.pk] for found in (one, *batch)} == {S.NOT_ADOPTED}
    assert {stand[found.pk] for found in (wrong, own)} == {S.ANSWER_DUE}


def test_a_moderator_hides_the_author_appeals_and_another_decides(sit_down):
    talk = ProposalFactory(title="Trees for the square", author=person("citizen2"))
    said = comments.write(talk, by=person("member1"), text="Cheap sensors, call me.")
    case = cases.report(said, by=person("member2"), rule=Rule.SPAM)
    moderator = sit_down("moderator")

    moderator.open("/desk/").sees("Cheap sensors, call me.").reach("Cheap sensors, call me.")
    moderator.press().walk_round()
    moderator.open(case.get_absolute_url())
    moderator.pick("decision", "It is hidden").choose("rule", "Advertising")
    moderator.write("reason", "It sells something.").reach("Publish the decision").press()
    moderator.sees("The decision is public, and its author is told.")

    author = sit_down("member1")
    author.open(reverse("talk:list", args=[talk.pk])).sees("Hidden by a moderator.")
    author.reach("Decision and appeal").press().reach("Make an appeal").press()
    author.write("text", "I told what mine cost.").reach("Send the appeal").press()
    author.sees("Your appeal has arrived. Somebody else decides about it.")

    moderator.open(case.get_absolute_url())
    expect(moderator.page.get_by_role("link", name="Decide about the appeal")).to_have_count(0)
    other = sit_down("operator")
    other.open("/desk/").reach("Cheap sensors, call me.").press()
    other.reach("Decide about the appeal").press().pick("decision", "It is shown again")
    other.write("reason", "A price is no advertisement.").reach("Publish the decision").press()
    other.sees("The decision is public, and its author is told.")

    case.refresh_from_db()
    assert (case.state, case.decided_by) == (CaseState.RESTORED, person("moderator"))
    visitor = sit_down("")
    visitor.open("/moderation/").sees("1 of 1 decided").walk_round()
    visitor.open(reverse("talk:list", args=[talk.pk])).sees("Cheap sensors, call me.")


def test_a_member_votes_a_lab_passes_its_gate_and_opens_data_and_an_official_verifies(sit_down):
    motion, _meeting, _seats = session([person(f"member{number}") for number in (1, 2, 3)])
    lab = LabFactory(manager=person("official.traffic"))
    measured = MeasurementFactory(author=person("official.traffic"))

    vote(sit_down("member1", "phone"), motion)
    manager = sit_down("official.traffic")
    pass_gate(manager, lab)
    open_data(manager, lab)
    verify(sit_down("official.smart"), measured)

    lab.refresh_from_db()
    measured.refresh_from_db()
    assert motion.votes.get().choice == "yes"
    assert lab.stage.code != "diagnose"
    assert lab.lab_datasets.get().dataset.name == "alley-parking"
    assert measured.state == MeasurementState.VERIFIED


def vote(member, motion):
    member.open("/councils/").reach("See all motions").press()
    member.reach(href=motion.get_absolute_url()).press()
    member.sees("The members present vote now.").reach("Vote on it").press()
    member.pick("choice", "In favour").reach("Go on to confirm").press()
    member.reach("Cast the vote").press().sees("Your vote is noted: In favour.")


def pass_gate(manager, lab):
    """Be told what is missing, hand it in, and pass."""
    manager.open(lab.get_absolute_url()).reach("Pass the gate").press().sees("Still missing")
    manager.write("note", "Is it time?").reach("Pass the gate").press()
    manager.sees("The gate stays closed. Still missing: “Diagnosis report”.").sees("Is it time?")
    manager.open(lab.get_absolute_url()).reach("Add evidence").press()
    manager.choose("kind", "Diagnosis").write("title", "Where cars stand at night")
    manager.write("text", "Two streets, three nights.").reach("Add the evidence").press()
    manager.sees("Where cars stand at night").reach("Pass the gate").press()
    manager.write("note", "The table agreed.").reach("Pass the gate").press()
    manager.sees("The lab is now in the stage").walk_round()


def open_data(manager, lab):
    """Hand in a table: the space bar opens the browser's own choice of files."""
    manager.open(lab.get_absolute_url()).reach("Publish data of the lab").press()
    manager.reach(field="file")
    with manager.page.expect_file_chooser() as chooser:
        manager.page.keyboard.press("Space")
    table = {"name": "parking.csv", "mimeType": "text/csv", "buffer": b"day,cars\n1,3\n2,4\n"}
    chooser.value.set_files(table)
    manager.write("name", "alley-parking").write("title_ko", "골목 공유주차")
    manager.write("title_en", "Alley parking").write("notes_ko", "밤마다 세었습니다.")
    manager.choose("licence", "KOGL type 1")
    manager.reach("Publish the data").press().sees("Alley parking")


def verify(official, measured):
    official.open("/desk/").reach(href=measured.get_absolute_url()).press()
    official.sees(measured.subject).reach("Verify").press()
    official.tick("I have read the evidence, and the figures follow from it. (required)")
    official.reach("Verify").press().sees("The measurement is verified.")
