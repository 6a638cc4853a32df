"""Reports of what breaks the rules, and the decisions of moderators about them.

Three verified people can hold something back for a day, never longer, and only until a person
has looked at it. A moderator hides with a rule and a reason; the author may appeal once, and
somebody else decides.
"""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.audit.domain import log
from portal.identity.models import Level, Verification
from portal.notifications.domain import notes
from portal.proposals.domain import proposals
from portal.proposals.models import Proposal, ProposalState, Visibility
from portal.refusals import Refused
from portal.search.domain import index
from portal.talk.models import OPEN_CASES, Case, CaseState, Comment, CommentState, Report, Rule

Words = Comment | Proposal


@transaction.atomic
def report(subject: Words, *, by: User, rule: str, text: str = "") -> Case:
    """Report a comment or a proposal to the moderators, each person once.

    Raises ``Refused`` for one's own words, for what is not public, for a second report and
    after too many within a day.
    """
    _refuse_report(subject, by)
    key = _key(subject)
    type(subject)._base_manager.select_for_update().only("pk").get(pk=subject.pk)
    case = Case.objects.filter(state__in=OPEN_CASES, **key).first() or _open(subject, by)
    try:
        with transaction.atomic():
            Report.objects.create(case=case, reporter=by, rule=rule, text=text, **key)
    except IntegrityError:
        raise Refused(_("You have reported this already. A moderator looks at it.")) from None
    log.record("reported", case, by=by, rule=str(rule))
    if _is_to_be_held(case):
        _hold(case)
    return case


@transaction.atomic
def keep(case: Case, *, by: User, reason: str) -> Case:
    """Decide that no rule is broken; what was held back is shown again."""
    was_held = case.state == CaseState.HELD
    _decide(case, CaseState.KEPT, by=by, reason=reason)
    if was_held:
        _show(case.subject, by=by, reason=reason)
    _tell_reporters(case, "report_kept", reason=reason)
    return case


@transaction.atomic
def hide(case: Case, *, by: User, rule: str, reason: str) -> Case:
    """Hide what breaks ``rule``, tell its author why, and how to appeal."""
    if rule not in Rule.values:
        raise Refused(_("Choose the rule that is broken."))
    _decide(case, CaseState.HIDDEN, by=by, reason=reason, rule=rule)
    _cloak(case.subject, CommentState.HIDDEN, by=by, reason=reason)
    _tell_author(case, "words_hidden", rule=Rule(rule).label, reason=reason)
    _tell_reporters(case, "report_hidden", reason=reason)
    return case


@transaction.atomic
def appeal(case: Case, *, by: User, text: str) -> Case:
    """Let the author ask once that somebody else looks at it."""
    if not text.strip():
        raise Refused(_("Say why it should be shown again."))
    if timezone.now() >= case.appeal_until:
        raise Refused(_("The days for an appeal are over."))
    changes = {"appeal": text, "appealed_at": timezone.now()}
    case.move(CaseState.APPEALED, by=by, also=changes)
    return case


@transaction.atomic
def restore(case: Case, *, by: User, reason: str) -> Case:
    """Decide an appeal for its author: the words are shown again."""
    _decide_appeal(case, CaseState.RESTORED, by=by, reason=reason)
    _show(case.subject, by=by, reason=reason)
    _tell_author(case, "appeal_granted", reason=reason)
    _tell_reporters(case, "report_overruled", reason=reason)
    return case


@transaction.atomic
def uphold(case: Case, *, by: User, reason: str) -> Case:
    """Decide an appeal against its author: the words stay hidden."""
    _decide_appeal(case, CaseState.UPHELD, by=by, reason=reason)
    _tell_author(case, "appeal_refused", reason=reason)
    return case


@transaction.atomic
def drop(comment: Comment, *, by: User) -> None:
    """Close the cases of a comment that its author has deleted."""
    states = (*OPEN_CASES, CaseState.HIDDEN, CaseState.APPEALED)
    for case in Case.objects.filter(comment=comment, state__in=states):
        case.move(CaseState.DROPPED, by=by)


def release_holds() -> int:
    """Show again what has been held back for as long as reports alone can; return how many."""
    until = timezone.now() - timedelta(hours=settings.HOLD_HOURS)
    due = Case.objects.with_subject().filter(state=CaseState.HELD, held_at__lte=until)
    return sum(_release(case) for case in due)


@transaction.atomic
def _release(case: Case) -> bool:
    """Let one hold end. ``False`` where a moderator was faster."""
    try:
        with transaction.atomic():
            case.move(
                CaseState.OPEN,
                by=None,
                verb="hold_ended",
                also={"hold_ended_at": timezone.now()},
            )
    except Refused:
        return False
    _show(case.subject, by=None, reason=_("Nobody has decided within the time of a hold."))
    return True


def _open(subject: Words, by: User) -> Case:
    case = Case.objects.create(**_key(subject))
    log.record("opened", case, by=by)
    return case


def _key(subject: Words) -> dict[str, Any]:
    return {"comment" if isinstance(subject, Comment) else "proposal": subject}


def _refuse_report(subject: Words, by: User) -> None:
    if subject.author_id == by.pk:
        raise Refused(_("These are your own words. You may delete or withdraw them."))
    if not _is_shown(subject):
        raise Refused(_("This is not shown any more."))
    since = timezone.now() - timedelta(days=1)
    if by.reports.filter(reported_at__gte=since).count() >= settings.REPORTS_PER_DAY:
        raise Refused(
            _("You have made {n} reports within a day. Please go on tomorrow.").format(
                n=settings.REPORTS_PER_DAY
            )
        )


def _is_shown(subject: Words) -> bool:
    if isinstance(subject, Comment):
        return subject.is_public and subject.proposal.visibility == Visibility.PUBLIC
    return subject.visibility == Visibility.PUBLIC and subject.state != ProposalState.DRAFT


def _is_to_be_held(case: Case) -> bool:
    """Whether enough different verified people report what no moderator has looked at yet."""
    judged = Case.objects.filter(comment=case.comment, proposal=case.proposal).exclude(pk=case.pk)
    if case.state != CaseState.OPEN or case.hold_ended_at or judged.exists():
        return False
    verified = Verification.objects.in_force().filter(
        user__reports__case=case, level=Level.RESIDENT
    )
    people = verified.values("person_hash").distinct().count()
    return people >= settings.REPORTS_TO_HOLD


def _hold(case: Case) -> None:
    reason = _("Several residents have reported this. A moderator looks at it within a day.")
    case.move(CaseState.HELD, by=None, also={"held_at": timezone.now()}, reason=reason)
    _cloak(case.subject, CommentState.HELD, by=None, reason=reason)
    _tell_author(case, "words_held")


def _decide(case: Case, to: str, *, by: User, reason: str, rule: str = "") -> None:
    _refuse_own(case, by)
    decided = {
        "rule": rule,
        "reason": _said(reason),
        "decided_at": timezone.now(),
        "decided_by": by,
    }
    case.move(to, by=by, also=decided, reason=reason, rule=str(rule))


def _decide_appeal(case: Case, to: str, *, by: User, reason: str) -> None:
    _refuse_own(case, by)
    if case.decided_by_id == by.pk:
        raise Refused(_("You have decided this yourself. Somebody else decides the appeal."))
    decided = {
        "appeal_reason": _said(reason),
        "appeal_decided_at": timezone.now(),
        "appeal_decided_by": by,
    }
    case.move(to, by=by, also=decided, reason=reason)


def _refuse_own(case: Case, by: User) -> None:
    if case.author_id == by.pk:
        raise Refused(_("These are your own words. Somebody else decides."))


def _said(reason: str) -> str:
    if not reason.strip():
        raise Refused(_("A reason is needed: everyone reads it."))
    return reason


def _cloak(subject: Words, state: str, *, by: User | None, reason: str) -> None:
    """Take words out of sight, out of lists and out of the search."""
    now = timezone.now()
    if isinstance(subject, Comment):
        if subject.state != state:
            subject.move(state, by=by, also={"changed_at": now}, reason=reason)
        _forget_found("comment", [subject.pk])
    else:
        _set_visibility(subject, Visibility.HIDDEN, by=by, verb="hidden", reason=reason)
        _forget_found("proposal", [subject.pk])
        _forget_found("comment", subject.comments.values_list("pk", flat=True))
    proposals.forget_kept_pages()


def _show(subject: Words, *, by: User | None, reason: str) -> None:
    """Bring words back to where they were."""
    if isinstance(subject, Comment):
        also = {"changed_at": timezone.now()}
        subject.move(CommentState.PUBLIC, by=by, verb="shown_again", also=also, reason=reason)
    else:
        _set_visibility(subject, Visibility.PUBLIC, by=by, verb="shown_again", reason=reason)
    proposals.forget_kept_pages()


def _set_visibility(
    proposal: Proposal, visibility: str, *, by: User | None, verb: str, reason: str
) -> None:
    proposals.note_step(proposal, verb, by=by, reason=reason)
    Proposal.objects.filter(pk=proposal.pk).update(visibility=visibility)
    proposal.comments.update(changed_at=timezone.now())
    proposal.visibility = visibility


def _forget_found(kind: str, keys: Any) -> None:
    """Let the search find it no more, before its next round."""
    index.forget(kind, keys)


def _tell_author(case: Case, kind: str, **words: Any) -> None:
    author = case.subject.author
    if author is not None and author.is_active:
        notes.leave(author, kind, url=case.get_absolute_url(), title=_title(case.subject), **words)


def _tell_reporters(case: Case, kind: str, *, reason: str) -> None:
    """Tell whoever reported what came of it; nobody is named to anybody."""
    subject = case.subject
    people = User.objects.filter(reports__case=case, is_active=True)
    notes.leave_for_all(
        people, kind, url=subject.get_absolute_url(), title=_title(subject), reason=reason
    )


def _title(subject: Words) -> str:
    return (subject.proposal if isinstance(subject, Comment) else subject).title
