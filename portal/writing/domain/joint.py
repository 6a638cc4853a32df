"""Writing together: invitations to joint authors and their shares of the contribution."""

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.notifications.domain import notes
from portal.proposals.domain import proposals
from portal.proposals.models import DECIDED_STATES, Proposal, ProposalState
from portal.refusals import Refused
from portal.writing.models import JointAuthor

ALL = 100


@transaction.atomic
def invite(proposal: Proposal, *, by: User, email: str, share: int) -> bool:
    """Ask somebody with an account to be a joint author; return whether there is such an account.

    The caller shows the same sentence either way: who has an account is nobody's business.
    Raises ``Refused`` where the shares would leave nothing for the author.
    """
    locked = Proposal.objects.select_for_update(of=("self",)).get(pk=proposal.pk)
    if locked.state in DECIDED_STATES:
        raise Refused(_("This proposal is decided; its authors stay as they are."))
    person = User.objects.filter(email__iexact=email.strip(), is_active=True).first()
    if person is None or person.pk == proposal.author_id:
        return False
    if _given(proposal, but=person) + share >= ALL:
        raise Refused(_("The shares of all authors make 100 percent. Leave some for yourself."))
    JointAuthor.objects.filter(proposal=proposal, person=person, accepted=False).delete()
    _invitation, is_new = JointAuthor.objects.get_or_create(
        proposal=proposal, person=person, defaults={"share": share}
    )
    if is_new:
        notes.leave(person, "joint_author_invited", url="/me/invitations/", title=proposal.title)
    return is_new


@transaction.atomic
def answer(invitation: JointAuthor, *, by: User, accepts: bool) -> JointAuthor:
    """Accept or decline an invitation. Raises ``Refused`` once it is answered or too old."""
    locked = JointAuthor.objects.select_for_update().get(pk=invitation.pk)
    if not locked.is_open:
        raise Refused(_("This invitation has been answered already, or is older than 14 days."))
    locked.answered_at, locked.accepted = timezone.now(), accepts
    locked.save(update_fields=["answered_at", "accepted"])
    proposal = locked.proposal
    if accepts and proposal.state != ProposalState.DRAFT:
        proposals.note_step(proposal, "joined_by", by=by, share=locked.share)
    notes.leave(
        proposal.author,
        "joint_author_accepted" if accepts else "joint_author_declined",
        url=proposal.get_absolute_url(),
        title=proposal.title,
    )
    return locked


def authors_of(proposal: Proposal) -> list[tuple[str, int, bool]]:
    """Public name, share in percent and whether they lead, for each author; the lead first.

    The lead has the largest share; of two equal ones, who published it.
    """
    others = list(proposal.joint_authors.accepted().select_related("person"))
    own = ALL - sum(other.share for other in others)
    known = [(proposal.author.public_name, own), *((o.person.public_name, o.share) for o in others)]
    ordered = sorted(known, key=lambda author: -author[1])
    return [(name, share, place == 0) for place, (name, share) in enumerate(ordered)]


def _given(proposal: Proposal, *, but: User) -> int:
    open_or_accepted = proposal.joint_authors.exclude(person=but).exclude(
        answered_at__isnull=False, accepted=False
    )
    return open_or_accepted.aggregate(n=Sum("share"))["n"] or 0
