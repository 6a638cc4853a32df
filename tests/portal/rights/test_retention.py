"""Retention periods: carried out as the table says, and never against what a law keeps."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db import connections
from django.urls import reverse
from django.utils import timezone

from portal import registry
from portal.accounts.models import SignIn, User
from portal.audit.models import Act, ActPrivate
from portal.notifications.domain import notes
from portal.notifications.models import Note
from portal.proposals.models import Proposal, ProposalState
from portal.registry import RetentionRule
from portal.rights.domain import retention, sweeps
from portal.rights.models import DataRequest, Period, RetentionRun
from portal.rights.tasks import carry_out_periods
from tests.factories.portal import ProposalFactory, UserFactory


def ago(days):
    return timezone.now() - timedelta(days=days)


def length(code):
    return Period.objects.get(code=code).days


def test_every_rule_has_a_period_and_every_length_a_rule(db):
    lengths = set(Period.objects.filter(days__isnull=False).values_list("code", flat=True))

    assert {rule.key for rule in registry.retention_rules} == lengths


def test_sign_ins_end_with_their_period(ana):
    young = SignIn.objects.create(user=ana, succeeded=True, at=ago(length("sign_ins") - 1))
    SignIn.objects.create(user=ana, succeeded=True, at=ago(length("sign_ins") + 1))

    run = retention.carry_out()

    assert run.counts["sign_ins"] == 1
    assert ana.sign_ins.get() == young


def test_a_period_that_a_city_changes_is_carried_out(ana):
    Period.objects.filter(code="sign_ins").update(days=10)
    SignIn.objects.create(user=ana, succeeded=True, at=ago(11))

    retention.carry_out()

    assert not ana.sign_ins.exists()


def test_only_read_notes_end(ana):
    old, unread = (notes.leave(ana, "own_data_failed") for _ in range(2))
    Note.objects.filter(pk=old.pk).update(read_at=ago(length("read_notes") + 1))
    Note.objects.update(created_at=ago(999))

    retention.carry_out()

    assert ana.notes.get() == unread


def test_a_draft_goes_only_after_a_warning_and_its_days(ana):
    draft = ProposalFactory(author=ana, state=ProposalState.DRAFT)
    Proposal.objects.update(changed_at=ago(length("drafts") + 1))

    carry_out_periods()
    warned = Note.objects.get(kind="draft_goes")
    still_there = Proposal.objects.filter(pk=draft.pk).exists()
    draft.draft_warning.warned_at = ago(31)
    draft.draft_warning.save()
    carry_out_periods()

    assert warned.recipient == ana
    assert still_there
    assert not Proposal.objects.filter(pk=draft.pk).exists()


def test_a_draft_that_was_touched_after_the_warning_stays(ana):
    draft = ProposalFactory(author=ana, state=ProposalState.DRAFT)
    Proposal.objects.update(changed_at=ago(length("drafts") - 20))
    carry_out_periods()
    Proposal.objects.update(changed_at=timezone.now())

    carry_out_periods()

    assert Proposal.objects.filter(pk=draft.pk).exists()
    assert Note.objects.filter(kind="draft_goes").count() == 1


@pytest.mark.parametrize("state", [s for s in ProposalState if s != ProposalState.DRAFT])
def test_published_and_decided_proposals_are_never_erased(db, state):
    proposal = ProposalFactory(state=state)
    Proposal.objects.update(changed_at=ago(9999), created_at=ago(9999))
    sweeps.warn_of_drafts(10)

    carry_out_periods()

    assert Proposal.objects.filter(pk=proposal.pk).exists()
    assert not Note.objects.filter(kind="draft_goes").exists()


def unconfirmed(days):
    person = UserFactory()
    person.emailaddress_set.update(verified=False)
    User.objects.filter(pk=person.pk).update(date_joined=ago(days))
    return person


def test_accounts_never_confirmed_end(own_database):
    old, young = unconfirmed(31), unconfirmed(29)

    retention.carry_out()

    assert list(User.objects.filter(pk__in=[old.pk, young.pk])) == [young]
    assert Act.objects.of_verb("accounts.user:forgotten").count() == 1
    assert not ActPrivate.objects.filter(person_ref=old.uuid).exists()
    connections["eraser"].close()


def test_accounts_that_left_a_trace_or_have_no_address_stay(db):
    author, assisted = unconfirmed(31), unconfirmed(31)
    ProposalFactory(author=author)
    assisted.emailaddress_set.all().delete()

    retention.carry_out()

    assert User.objects.filter(pk__in=[author.pk, assisted.pk]).count() == 2


def test_ended_sessions_go(db):
    Session.objects.create(session_key="a", session_data="", expire_date=ago(2))
    Session.objects.create(session_key="b", session_data="", expire_date=timezone.now())

    retention.carry_out()

    assert set(Session.objects.values_list("session_key", flat=True)) == {"b"}


def test_texts_of_answered_requests_end_and_the_request_stays(ana, olga, asked):
    from portal.rights.domain import requests

    requests.answer(asked, by=olga, outcome="granted", reason="네.", remedy="")
    DataRequest.objects.update(answered_at=ago(length("answered_requests") + 1))

    run = retention.carry_out()

    asked.refresh_from_db()
    assert run.counts["answered_requests"] == 1
    assert (asked.reason, asked.new_value, asked.state) == ("", "", "granted")


def test_each_run_is_an_act_with_counts(ana):
    SignIn.objects.create(user=ana, succeeded=True, at=ago(9999))

    run = retention.carry_out()

    act = Act.objects.of_verb("rights.retentionrun:carried_out").get()
    assert act.subject == f"rights.retentionrun:{run.pk}"
    value = ActPrivate.objects.get(act_uid=act.uid, field="counts")
    assert '"sign_ins":1' in value.text.replace(" ", "")


def test_batches_are_bounded_and_what_is_left_goes_on_the_next_night(ana, monkeypatch):
    monkeypatch.setattr(retention, "BATCH", 2)
    monkeypatch.setattr(retention, "MOST_BATCHES", 2)
    SignIn.objects.bulk_create(SignIn(user=ana, succeeded=True, at=ago(999)) for _ in range(5))

    first, second = retention.carry_out(), retention.carry_out()

    assert (first.counts["sign_ins"], first.unfinished) == (4, ["sign_ins"])
    assert (second.counts["sign_ins"], second.unfinished) == (1, [])


def test_one_kind_that_fails_does_not_stop_the_others(ana, monkeypatch):
    def fail(_before, _most):
        return len(User.objects.raw("SELECT 1 AS id FROM no_such_table"))

    monkeypatch.setitem(
        registry.retention_rules._items, "read_notes", RetentionRule("read_notes", fail)
    )
    SignIn.objects.create(user=ana, succeeded=True, at=ago(9999))

    run = retention.carry_out()

    assert run.failed == ["read_notes"]
    assert run.counts["sign_ins"] == 1


@pytest.mark.parametrize("language", ["ko", "en"])
def test_everyone_reads_the_periods_with_their_sources(client, db, language):
    client.cookies["django_language"] = language

    page = client.get(reverse("rights:periods"))

    assert page.status_code == 200
    assert len(page.context["periods"]) == Period.objects.count()
    assert ("제21조" if language == "ko" else "article 21") in page.text


@pytest.mark.parametrize("count", [1, 3])
def test_runs_are_listed_at_the_same_cost(client, olga, count, django_assert_max_num_queries):
    for _ in range(count):
        RetentionRun.objects.create(started_at=timezone.now(), counts={"sign_ins": 2})
    client.force_login(olga)
    client.get(reverse("rights:runs"))

    with django_assert_max_num_queries(8):
        page = client.get(reverse("rights:runs"))

    assert "Sign-in history 2" in page.text
