"""Words for common answers: kept by a department, filled in for one proposal, used in a draft."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.models import Department, User
from portal.bilingual import day, in_korean
from portal.delivery.models import Wording
from portal.proposals.domain import answers
from portal.proposals.models import Answer, Proposal
from portal.refusals import Refused

# What may stand in braces, in either language.
PLACEHOLDERS = {
    "title": "제목",
    "author": "제안자",
    "department": "부서",
    "phone": "전화",
    "official": "담당자",
    "today": "오늘",
    "due": "답변 기한",
    "place": "장소",
}


def for_department(department: Department | None) -> Any:
    """The words that ``department`` keeps, by title."""
    return Wording.objects.filter(department=department).order_by("title")


@transaction.atomic
def keep(wording: Wording | None, *, by: User, **written: Any) -> Wording:
    """Keep new words (``wording`` is ``None``) or change known ones.

    ``written`` are ``department``, ``title`` and ``text``. Raises ``Refused`` where the
    department has words of that title already, or a placeholder is unknown.
    """
    if wrong := unknown_in(written["text"]):
        raise Refused(_("Unknown placeholder: {name}").format(name=wrong))
    kept = wording or Wording()
    for name, value in written.items():
        setattr(kept, name, value)
    kept.changed_by, kept.changed_at = by, timezone.now()
    try:
        with transaction.atomic():
            kept.save()
    except IntegrityError as error:
        raise Refused(_("The department has words of that title already.")) from error
    return kept


@transaction.atomic
def remove(wording: Wording, *, by: User) -> None:
    """Take words away; drafts that were made of them stay."""
    wording.delete()


@transaction.atomic
def use(wording: Wording, proposal: Proposal, *, by: User) -> Answer:
    """Begin the draft of the answer with these words, or add them to it.

    Raises ``Refused`` where the words belong to another department or the answer is no draft.
    """
    if wording.department_id != proposal.department_id:
        raise Refused(_("These words belong to another department."))
    known = answers.of(proposal)
    written = [known.reason] if known and known.reason.strip() else []
    reason = "\n\n".join([*written, fill(wording.text, proposal, by=by)])
    return answers.draft(proposal, by=by, written={"reason": reason})


def fill(text: str, proposal: Proposal, *, by: User) -> str:
    """Put what is known of ``proposal`` where the braces are."""
    department = proposal.department
    known = {
        "title": proposal.title,
        "author": proposal.author.public_name,
        "department": department.name if department else "",
        "phone": department.phone if department else "",
        "official": by.name,
        "today": day(timezone.localdate()),
        "due": day(proposal.due_on) if proposal.due_on else "",
        "place": proposal.place,
    }
    for name, value in known.items():
        for word in (name, PLACEHOLDERS[name]):
            text = text.replace("{" + word + "}", value)
    return text


def placeholders() -> str:
    """What may stand in braces, in the language of the page, with commas between."""
    names = PLACEHOLDERS.values() if in_korean() else PLACEHOLDERS.keys()
    return ", ".join("{" + name + "}" for name in names)


def unknown_in(text: str) -> str:
    """The first thing in braces that is no placeholder, or nothing."""
    rest = text
    for name in (*PLACEHOLDERS, *PLACEHOLDERS.values()):
        rest = rest.replace("{" + name + "}", "")
    start = rest.find("{")
    return rest[start : start + 30] if start >= 0 else ""
