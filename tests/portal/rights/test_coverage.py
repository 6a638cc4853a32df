"""No row about a person escapes their download: every key to an account is accounted for."""

import pytest
from django.apps import apps

from portal import registry
from portal.accounts.models import User

# Which kind of the download holds the rows that a key to an account stands in.
COVERED = {
    "account.EmailAddress.user": "emails",
    "accounts.Appointment.user": "appointments",
    "accounts.SignIn.user": "sign_ins",
    "assisted.Entry.citizen": "assisted_entries",
    "calls.Entry.author": "call-entries",
    "calls.Invitation.used_by": "call-invitations",
    "calls.Juror.person": "call-juries",
    "calls.MeToo.person": "problem-votes",
    "calls.Membership.person": "call-teams",
    "calls.Problem.reporter": "problems",
    "calls.Solution.author": "problem-solutions",
    "calls.Team.founder": "call-teams",
    "calls.Weight.person": "problem-votes",
    "delivery.Mark.person": "ratings",
    "delivery.Remark.author": "official-notes",
    "delivery.SavedFilter.person": "saved-filters",
    "following.Watch.person": "following",
    "governance.Seat.member": "seats",
    "governance.Vote.member": "votes",
    "identity.Verification.user": "verifications",
    "livinglabs.Participation.user": "participations",
    "mfa.Authenticator.user": "second_factors",
    "notifications.Note.recipient": "notes",
    "notifications.Preference.user": "note_preference",
    "quarantine.HeldFile.owner": "checked-files",
    "proposals.Follow.person": "follows",
    "proposals.Proposal.author": "proposals",
    "proposals.CountedSupport.person": "supports",
    "proposals.Support.person": "supports",
    "proposals.WaitingSupport.person": "supports",
    "rights.Consent.person": "consents",
    "rights.DataRequest.person": "data_requests",
    "rights.Download.person": "downloads",
    "talk.Comment.author": "comments",
    "talk.Helpful.person": "comment-marks",
    "talk.Mention.person": "comment-mentions",
    "talk.Report.reporter": "reports",
    "thresholds.Candidate.person": "panels",
    "thresholds.PanelConsent.person": "panels",
    "thresholds.Voice.person": "merge_answers",
    "usersessions.UserSession.user": "sessions",
    "writing.JointAuthor.person": "joint_work",
    "writing.ProposalVersion.written_by": "versions",
}
SECRET = "a secret: whoever had it could act as the person or link their pseudonyms"
OFFICE = "done in an office: the acts of the trail, which are in the download, tell of it"
MADE_WITH = "stands beside rows that are in the download, by the same person at the same time"
PASSING = "says only how far a machine has come, and is gone within days"
UNUSED = "a table of outside code that this portal never writes"
EXCEPTIONS = {
    "accounts.PersonKey.user": SECRET,
    "identity.VerificationCode.account": SECRET,
    "identity.VerificationCode.used_by": SECRET,
    "identity.Tries.user": PASSING,
    "following.Told.person": PASSING,
    "proposals.HeldNote.person": PASSING,
    "governance.Vote.cast_by": MADE_WITH,
    "calls.Invitation.invited_by": MADE_WITH,
    "admin.LogEntry.user": OFFICE,
    "socialaccount.SocialAccount.user": UNUSED,
    **dict.fromkeys(
        [
            "accounts.Appointment.granted_by",
            "assisted.Entry.clerk",
            "assisted.Sheet.clerk",
            "calls.Call.created_by",
            "calls.ProblemProposal.added_by",
            "datahub.Dataset.created_by",
            "datahub.Version.confirmed_by",
            "datahub.Version.created_by",
            "delivery.Evidence.by",
            "delivery.Slip.by",
            "delivery.Wording.changed_by",
            "evaluation.Evidence.added_by",
            "evaluation.Measurement.author",
            "evaluation.Measurement.verified_by",
            "governance.Minutes.signed_by",
            "governance.Minutes.written_by",
            "governance.Recusal.decided_by",
            "identity.RegisterLoad.by",
            "identity.Verification.by",
            "identity.VerificationCode.issued_by",
            "livinglabs.Event.by",
            "livinglabs.Evidence.by",
            "livinglabs.Evidence.withdrawn_by",
            "livinglabs.Lab.manager",
            "livinglabs.LabDataset.linked_by",
            "livinglabs.Participation.registered_by",
            "livinglabs.StageRecord.passed_by",
            "proposals.Answer.approved_by",
            "proposals.Answer.drafted_by",
            "proposals.Extension.by",
            "proposals.FieldVisit.planned_by",
            "proposals.InterimReply.by",
            "proposals.OpinionRequest.answered_by",
            "proposals.OpinionRequest.asked_by",
            "proposals.Proposal.answered_by",
            "proposals.Proposal.approved_by",
            "proposals.Proposal.official",
            "proposals.Review.author",
            "reports.Run.requested_by",
            "rights.DataRequest.answered_by",
            "talk.Case.appeal_decided_by",
            "talk.Case.decided_by",
            "thresholds.Duty.done_by",
            "thresholds.Merge.proposed_by",
            "thresholds.RuleChange.decided_by",
            "thresholds.RuleChange.proposed_by",
        ],
        OFFICE,
    ),
    "thresholds.Carried.person": MADE_WITH,
}


def keys_to_people():
    """``app.Model.field`` of each key to an account, of every model that has a table."""
    return sorted(
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models(include_auto_created=False)
        for field in model._meta.get_fields()
        if (field.many_to_one or field.one_to_one)
        and field.concrete
        and field.related_model is User
    )


def test_every_key_to_a_person_is_in_the_download_or_has_a_reason():
    unexplained = [key for key in keys_to_people() if key not in COVERED and key not in EXCEPTIONS]

    assert unexplained == []


@pytest.mark.parametrize("key", sorted(set(COVERED.values())))
def test_each_kind_that_covers_is_registered(key):
    assert key in registry.own_data


def test_no_explanation_is_left_over():
    assert sorted({*COVERED, *EXCEPTIONS} - set(keys_to_people())) == []
