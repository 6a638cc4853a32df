"""What each retention rule erases: at most so many rows that are older than a moment."""

from datetime import datetime, timedelta
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import F, ProtectedError, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import SignIn, User
from portal.audit.domain import erase
from portal.identity.models import VerificationCode
from portal.notifications.domain import notes
from portal.notifications.models import Note
from portal.proposals.models import Proposal, ProposalState
from portal.quarantine.domain import files
from portal.registry import RetentionRule
from portal.rights.domain import downloads, requests
from portal.rights.models import Consent, DataRequest, DraftWarning, Period

DRAFTS = "drafts"


def old(rows: QuerySet[Any], most: int) -> int:
    """Erase at most ``most`` of ``rows``, the first by key, and give their number."""
    chosen = list(rows.order_by("pk").values_list("pk", flat=True)[:most])
    rows.model._base_manager.filter(pk__in=chosen).delete()
    return len(chosen)


def sign_ins(before: datetime, most: int) -> int:
    return old(SignIn.objects.filter(at__lt=before), most)


def read_notes(before: datetime, most: int) -> int:
    return old(Note.objects.filter(read_at__lt=before), most)


def sessions(before: datetime, most: int) -> int:
    return old(Session.objects.filter(expire_date__lt=before), most)


def codes(before: datetime, most: int) -> int:
    """Erase codes of verification some days after they were used or ran out."""
    return old(
        VerificationCode.objects.filter(Q(used_at__lt=before) | Q(expires_at__lt=before)), most
    )


def withdrawn_consents(before: datetime, most: int) -> int:
    return old(Consent.objects.filter(withdrawn_at__lt=before), most)


def answered_requests(before: datetime, most: int) -> int:
    """Empty the texts of requests that were answered long ago; that they were made stays."""
    told = DataRequest.objects.answered().filter(answered_at__lt=before)
    told = told.exclude(wish="", new_value="", reason="", remedy="").order_by("pk")
    return sum(requests.forget_texts(request) for request in told[:most])


def drafts(before: datetime, most: int) -> int:
    """Erase drafts whose author was warned and has not touched them since.

    Only drafts: a published proposal is a public record, and a decided one stays as decided.
    """
    warned_before = timezone.now() - warning_of(DRAFTS)
    over = Proposal.objects.filter(
        state=ProposalState.DRAFT,
        changed_at__lt=before,
        draft_warning__warned_at__lt=warned_before,
        draft_warning__warned_at__gt=F("changed_at"),
    ).order_by("pk")
    return sum(discard(draft) for draft in over[:most])


def warning_of(code: str) -> timedelta:
    """How long before the end of its period the holder of a row is warned."""
    days = Period.objects.values_list("warn_days", flat=True).get(code=code)
    return timedelta(days=days or 0)


@transaction.atomic
def discard(draft: Proposal) -> bool:
    """Erase one draft with its files, unless its author has just published it."""
    attached = [a.file for a in draft.attachments.all()]
    still = Proposal.objects.select_for_update().filter(pk=draft.pk, state=ProposalState.DRAFT)
    if not still.exists():
        return False
    Proposal.objects.filter(pk=draft.pk).delete()
    files.drop(attached)
    return True


@transaction.atomic
def warn_of_drafts(most: int) -> int:
    """Tell authors whose drafts will be erased soon; once, until they touch the draft again."""
    period = Period.objects.filter(code=DRAFTS, days__isnull=False).first()
    if period is None:
        return 0
    ahead = timedelta(days=(period.days or 0) - (period.warn_days or 0))
    quiet = Proposal.objects.filter(
        state=ProposalState.DRAFT, changed_at__lt=timezone.now() - ahead
    ).exclude(draft_warning__warned_at__gt=F("changed_at"))
    found = list(quiet.select_related("author").order_by("pk")[:most])
    for draft in found:
        DraftWarning.objects.update_or_create(
            proposal=draft, defaults={"warned_at": timezone.now()}
        )
        notes.leave(
            draft.author,
            "draft_goes",
            url=draft.get_absolute_url(),
            title=draft.title or _("Without a title yet"),
            until=timezone.localdate() + warning_of(DRAFTS),
        )
    return len(found)


def unconfirmed_accounts(before: datetime, most: int) -> int:
    """Erase accounts whose address was never confirmed; whoever left a trace is kept."""
    confirmed = EmailAddress.objects.filter(verified=True).values("user")
    never = User.objects.filter(
        date_joined__lt=before, last_login=None, emailaddress__isnull=False, is_active=True
    ).exclude(pk__in=confirmed)
    return sum(forget_account(person) for person in never.distinct().order_by("pk")[:most])


def forget_account(person: User) -> bool:
    """Erase one account with what the trail keeps of it, unless something public hangs on it."""
    if Proposal.objects.filter(author=person).exists() or person.supports.exists():
        return False
    erase.forget(person.uuid, by=None, reason="")
    try:
        with transaction.atomic():
            person.delete()
    except ProtectedError:
        return False
    return True


RULES = [
    RetentionRule("sign_ins", sign_ins),
    RetentionRule("read_notes", read_notes),
    RetentionRule(DRAFTS, drafts),
    RetentionRule("unconfirmed_accounts", unconfirmed_accounts),
    RetentionRule("downloads", downloads.erase_old),
    RetentionRule("verification_codes", codes),
    RetentionRule("sessions", sessions),
    RetentionRule("withdrawn_consents", withdrawn_consents),
    RetentionRule("answered_requests", answered_requests),
]
