"""Panels: announced, drawn so that anybody can draw again, invited, at work, closed."""

import subprocess
import sys
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from portal.accounts.models import Role
from portal.audit.models import ActPrivate
from portal.identity.models import Verification
from portal.notifications.models import Note
from portal.proposals.models import District
from portal.proposals.models import ProposalState as S
from portal.refusals import Refused
from portal.sealing import unseal
from portal.thresholds import sections
from portal.thresholds.domain import crossings, invitations, panels, sortition
from portal.thresholds.models import Candidate, Duty, Panel, PanelConsent, PanelState
from tests.at_once import at_once
from tests.factories.portal import ProposalFactory, UserFactory, appoint, support_by

SOURCE = "Lottery 1200"


@pytest.fixture(autouse=True)
def small(settings):
    """Panels of three, at once."""
    settings.PANEL_SEATS = 3
    settings.PANEL_COMMIT_DAYS = 0


def consenting(count, district="wonmi"):
    people = UserFactory.create_batch(count)
    for person in people:
        panels.consent(by=person)
    Verification.objects.filter(user__in=people).update(district=district)
    return people


def announced(olga, count=6):
    consenting(count)
    return panels.announce(by=olga, month=timezone.localdate(), source=SOURCE)


def test_of_two_who_announce_at_once_one_is_refused(own_database):
    olga = appoint(UserFactory(), Role.OPERATOR)
    consenting(6)
    month = timezone.localdate()

    answers = at_once(
        *[lambda: panels.announce(by=olga, month=month, source=SOURCE)] * 2,
    )

    assert sorted(type(answer).__name__ for answer in answers) == ["Panel", "Refused"]
    assert Panel.objects.count() == 1


def drawn(olga, count=6):
    return panels.draw(announced(olga, count), by=olga, randomness="6 17 22 28 36 45")


def seated(olga, count=6):
    panel = drawn(olga, count)
    for candidate in panel.candidates.filter(state=Candidate.State.INVITED):
        invitations.answer(candidate, accepts=True)
    return panel


def members(panel):
    seats = panel.candidates.filter(state=Candidate.State.ACCEPTED)
    return [seat.person for seat in seats.select_related("person")]


def over(panel):
    Panel.objects.filter(pk=panel.pk).update(closes_on=timezone.localdate() - timedelta(days=1))


def test_before_the_draw_only_promises_are_public_and_the_secret_is_readable_to_nobody(
    client, olga
):
    panel = announced(olga)
    secret = unseal(panel.sealed_secret, panels.PURPOSE)

    text = client.get(panel.get_absolute_url()).text

    assert panel.commitment == sortition.commitment(secret)
    assert panel.pool_hash == sortition.pool_hash(panels.pool_of(panel))
    assert {panel.commitment in text, panel.pool_hash in text, SOURCE in text} == {True}
    stored = str(Panel.objects.filter(pk=panel.pk).values().get())
    told = str(list(ActPrivate.objects.values_list("value", flat=True)))
    assert secret not in text + stored + told


def test_nobody_who_has_the_database_alone_can_read_the_secret(olga, settings):
    panel = announced(olga)
    settings.SECRET_KEY = "another"

    with pytest.raises(Refused, match="key that sealed"):
        panels.draw(panel, by=olga, randomness="1 2 3")

    assert Panel.objects.get().state == PanelState.ANNOUNCED


def test_only_consenting_verified_residents_who_do_not_work_for_the_city_are_candidates(olga, omar):
    ready, unverified = consenting(2)
    panels.consent(by=omar)
    UserFactory()
    Verification.objects.filter(user=unverified).update(ended_at=timezone.now(), ending="revoked")

    panel = panels.announce(by=olga, month=timezone.localdate(), source=SOURCE)

    assert [candidate.person for candidate in panel.candidates.all()] == [ready]


def checked(client, panel, folder, spoil=lambda text: text):
    """Take the three files of the page and run the check with Python alone."""
    for name, url in {
        "sortition.py": reverse("thresholds:panel_program"),
        "panel.json": reverse("panel-detail", args=[panel.pk]),
        "pool.csv": reverse("thresholds:pool", args=[panel.pk]),
    }.items():
        (folder / name).write_text(spoil(client.get(url).text), encoding="utf-8")
    run = subprocess.run(
        [sys.executable, "-I", "-S", "sortition.py", "panel.json", "pool.csv"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    return run.returncode, run.stdout


def test_anybody_can_draw_again_from_three_files_with_python_alone(client, olga, tmp_path):
    panel = drawn(olga)
    asked = panel.candidates.filter(state=Candidate.State.INVITED)
    codes = set(asked.values_list("code", flat=True))
    invitations.answer(asked.first(), accepts=False)

    code, said = checked(client, panel, tmp_path)

    assert (code, said.splitlines()[-1]) == (0, "everything holds")
    assert set(said.splitlines()[0].split(": ")[1].split()) == codes
    assert client.get(reverse("panel-detail", args=[panel.pk])).json()["drawn"] == panels.drawn(
        panel
    )


@pytest.mark.parametrize(
    ("was", "is_now", "finding"),
    [
        ("6 17 22 28 36 45", "6 17 22 28 36 44", "do not give the seed"),
        ('"secret":"', '"secret":"0', "not the one promised"),
        (",wonmi,", ",sosa,", "not those published before"),
    ],
)
def test_the_check_finds_what_was_changed(client, olga, tmp_path, was, is_now, finding):
    panel = drawn(olga)

    code, said = checked(client, panel, tmp_path, lambda text: text.replace(was, is_now, 1))

    assert code == 1
    assert finding in said


def test_no_name_is_public(client, olga):
    panel = seated(olga)

    text = client.get(panel.get_absolute_url()).text
    rows = client.get(reverse("thresholds:pool", args=[panel.pk])).text

    for person in members(panel):
        assert person.public_name not in text + rows
        assert person.email not in text + rows


def test_nothing_is_drawn_before_its_day_nor_without_randomness(olga, settings):
    settings.PANEL_COMMIT_DAYS = 7
    early = announced(olga)
    with pytest.raises(Refused, match="has not come"):
        panels.draw(early, by=olga, randomness="1")

    Panel.objects.filter(pk=early.pk).update(draw_on=timezone.localdate())
    early.refresh_from_db()
    with pytest.raises(Refused, match="public numbers"):
        panels.draw(early, by=olga, randomness="none yet")
    with pytest.raises(Refused, match="from where"):
        panels.announce(by=olga, month=timezone.localdate(), source=" ")


def test_a_month_has_one_panel_and_a_panel_is_drawn_once(olga):
    panel = drawn(olga)

    with pytest.raises(Refused, match="panel already"):
        panels.announce(by=olga, month=panel.month, source=SOURCE)
    with pytest.raises(Refused):
        panels.draw(panel, by=olga, randomness="7")


def test_nobody_to_draw_is_said_so(olga):
    with pytest.raises(Refused, match="No resident"):
        panels.announce(by=olga, month=timezone.localdate(), source=SOURCE)


def test_an_invitation_is_answered_once_by_its_link(client, olga):
    drawn(olga)
    url = Note.objects.filter(kind="panel_invited").first().url

    seen = client.get(url)
    first = client.post(url, {"answer": "yes"})
    second = client.post(url, {"answer": "no"})

    assert (seen.status_code, first.status_code, second.status_code) == (200, 302, 409)
    assert Candidate.objects.filter(state=Candidate.State.ACCEPTED).count() == 1


def test_a_changed_link_opens_nothing(client, olga):
    drawn(olga)
    url = Note.objects.filter(kind="panel_invited").first().url

    assert client.get(url[:-3] + "xx/").status_code == 404


def test_who_declines_is_replaced_by_the_next_of_the_lot(olga):
    panel = drawn(olga)
    candidate = panel.candidates.filter(state=Candidate.State.INVITED).first()
    pool = panels.pool_of(panel)
    used = sortition.draw(pool, 3, panel.seed)
    expected = sortition.replacement(pool, panel.seed, used=used, stratum="wonmi")

    invitations.answer(candidate, accepts=False)

    assert Candidate.objects.get(code=expected).state == Candidate.State.INVITED


def test_who_does_not_answer_in_time_is_replaced(olga):
    panel = drawn(olga)
    silent = panel.candidates.filter(state=Candidate.State.INVITED).first()
    Candidate.objects.filter(pk=silent.pk).update(expires_at=timezone.now())

    assert invitations.replace_silent() == 1

    silent.refresh_from_db()
    assert silent.state == Candidate.State.EXPIRED
    assert panel.candidates.filter(state=Candidate.State.INVITED).count() == 3
    with pytest.raises(Refused, match="expired"):
        invitations.answer(silent, accepts=True)


def test_the_panel_looks_at_open_proposals_without_a_duty(olga, settings):
    settings.PANEL_ITEMS = 4
    wanted = {ProposalFactory().pk for _ in range(4)}
    ProposalFactory(state=S.ANSWER_DUE)
    ProposalFactory(published_at=timezone.now() - timedelta(days=90))
    ProposalFactory(visibility="hidden")

    panel = drawn(olga)

    found = list(panel.items.values_list("proposal_id", "why"))
    assert {pk for pk, _why in found} == wanted
    assert [why for _pk, why in found].count("district") == 1


def test_a_majority_lifts_a_proposal_to_its_next_step(olga):
    lifted, left = support_by(ProposalFactory(), 1), ProposalFactory()
    panel = seated(olga)
    by_proposal = {item.proposal_id: item for item in panel.items.all()}
    for n, person in enumerate(members(panel)):
        chosen = [by_proposal[lifted.pk]] if n < 2 else [by_proposal[left.pk]]
        invitations.mark(panel, chosen, by=person)
    over(panel)

    assert panels.close_ended() == 1

    duty = Duty.objects.get()
    lifted.refresh_from_db()
    assert (duty.proposal, duty.reason, duty.supports) == (lifted, "panel", 1)
    assert (lifted.state, duty.step.order) == (S.ANSWER_DUE, 1)
    assert panel.items.get(duty=duty).proposal == lifted


def test_half_of_the_members_is_no_majority(olga, settings):
    settings.PANEL_SEATS = 2
    proposal = ProposalFactory()
    panel = seated(olga)
    invitations.mark(panel, list(panel.items.all()), by=members(panel)[0])
    over(panel)

    panels.close_ended()

    assert not Duty.objects.filter(proposal=proposal).exists()
    assert Panel.objects.get().state == PanelState.CLOSED


def test_marks_have_limits(olga, zoe, settings):
    settings.PANEL_MARKS = 1
    ProposalFactory.create_batch(2)
    panel = seated(olga)
    both = list(panel.items.select_related("proposal"))
    person = members(panel)[0]

    with pytest.raises(Refused, match="up to 1"):
        invitations.mark(panel, both, by=person)
    with pytest.raises(Refused, match="Only members"):
        invitations.mark(panel, both[:1], by=zoe)
    both[0].proposal.author = person
    with pytest.raises(Refused, match="your own"):
        invitations.mark(panel, both[:1], by=person)
    over(panel)
    panel.refresh_from_db()
    with pytest.raises(Refused, match="has ended"):
        invitations.mark(panel, [], by=person)


def test_marks_are_given_on_a_page_and_may_be_changed(client, olga):
    ProposalFactory.create_batch(2)
    panel = seated(olga)
    first, second = panel.items.all()
    person = members(panel)[0]
    client.force_login(person)
    url = reverse("thresholds:mark_items", args=[panel.pk])

    client.post(url, {"chosen": [first.pk]})
    client.post(url, {"chosen": [second.pk]})

    assert client.get(url).status_code == 200
    assert (first.marks.count(), second.marks.count()) == (0, 1)


def test_only_members_open_the_page_of_marks(client, olga, zoe):
    panel = seated(olga)
    client.force_login(zoe)

    assert client.get(reverse("thresholds:mark_items", args=[panel.pk])).status_code == 403


def test_a_person_agrees_and_withdraws_on_the_page(client, zoe):
    client.force_login(zoe)
    url = reverse("thresholds:consent_to_panels")

    client.post(url, {"consent": "yes"})
    assert PanelConsent.objects.get().person == zoe
    client.post(url, {"consent": "no"})

    assert not PanelConsent.objects.exists()


def test_an_operator_announces_and_draws_on_pages(client, olga):
    consenting(4)
    client.force_login(olga)

    month = timezone.localdate().isoformat()
    client.post(reverse("thresholds:announce_panel"), {"month": month, "source": SOURCE})
    url = reverse("thresholds:draw_panel", args=[Panel.objects.get().pk])
    assert SOURCE in client.get(url).text
    refused = client.post(url, {"randomness": "none yet"})
    client.post(url, {"randomness": "3, 02 and 1"})

    panel = Panel.objects.get()
    assert (panel.state, panel.source, panel.randomness) == ("drawn", SOURCE, "1 2 3")
    assert (panel.sealed_secret, len(panel.secret)) == ("", 64)
    assert (refused.status_code, "none yet" in refused.text) == (409, True)


def test_who_leaves_is_no_longer_named_on_panels(olga):
    panel = seated(olga)
    person = members(panel)[0]
    assert len(list(sections.own_panels(person))) == 2

    sections.forget(person)

    assert list(sections.own_panels(person)) == []
    assert panel.candidates.count() == 6


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_of_a_panel_costs_the_same_for_few_and_many(
    client, olga, count, django_assert_num_queries
):
    ProposalFactory.create_batch(count)
    panel = seated(olga)

    with django_assert_num_queries(3):
        client.get(panel.get_absolute_url())


def test_districts_heard_least_come_first(olga, settings):
    settings.PANEL_ITEMS = 4
    wonmi, sosa = (District.objects.get(code=code) for code in ("wonmi", "sosa"))
    heard = support_by(ProposalFactory(district=wonmi), 5)
    crossings.follow()
    ProposalFactory.create_batch(9, district=wonmi)
    quiet = ProposalFactory(district=sosa)

    panel = drawn(olga)

    looked_at = set(panel.items.values_list("proposal_id", flat=True))
    assert quiet.pk in looked_at
    assert heard.pk not in looked_at
