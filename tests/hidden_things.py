"""One of each thing that a stranger may not see, all with the same number and the same secret."""

from django.db import transaction
from django.utils import timezone

from governance.models import MeetingState, MotionState
from portal.accounts.models import Department
from portal.assisted.models import Sheet
from portal.audit.domain import log
from portal.calls.models import CallState, ProblemState
from portal.delivery.models import Remark, Wording
from portal.following.models import Watch
from portal.notifications.models import Note
from portal.proposals.models import (
    AnswerState,
    CountedSupport,
    Follow,
    ProposalState,
    Review,
    Visibility,
)
from portal.quarantine.models import HeldFile
from portal.rights.models import About, DataRequest, RequestKind
from portal.talk.models import Case, Comment, CommentState, Report
from portal.thresholds.models import Duty, Effect, Merge, Panel, RuleChange, Step
from portal.writing.models import ProposalVersion
from tests.factories.answers import AnswerFactory, OpinionRequestFactory, VisitFactory
from tests.factories.calls import CallFactory, EntryFactory, ProblemFactory, team_of, track_of
from tests.factories.datahub import DatasetFactory
from tests.factories.delivery import PlanFactory
from tests.factories.governance import CouncilFactory, MeetingFactory, MotionFactory
from tests.factories.livinglabs import LabFactory
from tests.factories.portal import ProposalFactory

HIDDEN, DRAFT, PUBLIC = 31_077, 31_078, 31_079
SECRET = "자물쇠비밀"
TEXTS = dict.fromkeys(("title", "problem", "solution", "effect", "place"), SECRET)
COUNCIL, DATASET = "secret-council", "secret-dataset"


def made(model, **fields):
    thing = model.objects.create(**fields)
    log.record("staged", thing, by=None)
    return thing


def about(proposal):
    """What else is said about a proposal, the secret in each."""
    same = {"pk": proposal.pk, "proposal": proposal}
    author, here = proposal.author, Department.objects.get(code="traffic")
    made(Comment, **same, author=author, text=SECRET)
    made(Remark, **same, author=author, text=SECRET)
    made(Review, **same, kind="department", department=here, author=author, opinion=SECRET)
    OpinionRequestFactory(**same, outside=SECRET, question=SECRET)
    VisitFactory(**same, place=SECRET)
    made(
        ProposalVersion,
        **same,
        number=proposal.pk,
        title=SECRET,
        problem=SECRET,
        written_by=author,
    )


def owed_for(proposal):
    """What follows from it: a duty, a merge, a panel that looks at it, a motion, a lab."""
    today, same = timezone.localdate(), {"pk": proposal.pk, "proposal": proposal}
    step, other = Step.objects.filter(effect=Effect.DISCUSSION).first(), ProposalFactory()
    made(
        Duty,
        **same,
        step=step,
        department=proposal.department,
        supports=9,
        reason="supports",
        due_on=today,
    )
    made(
        Merge,
        pk=proposal.pk,
        later=other,
        earlier=proposal,
        reason=SECRET,
        proposed_by=proposal.author,
        answer_by=timezone.now(),
        counts_silent=True,
    )
    panel = made(
        Panel, pk=proposal.pk, month=today.replace(day=1), seats=1, marks_each=1, draw_on=today
    )
    panel.items.create(**same, why="lot")
    meeting = MeetingFactory(pk=PUBLIC, state=MeetingState.CLOSED)
    motion = MotionFactory(
        **same, council=meeting.council, meeting=meeting, state=MotionState.CARRIED
    )
    meeting.items.create(order=1, title="A car park", motion=motion)
    LabFactory(pk=proposal.pk, mandate=motion)
    problem = ProblemFactory(pk=PUBLIC)
    problem.proposal_links.create(proposal=proposal, added_by=proposal.author)


def of_a_public_proposal(author):
    """What stands at a proposal that everyone sees, and is not for everyone."""
    proposal = ProposalFactory(pk=PUBLIC, author=author, state=ProposalState.PRELIM_REVIEW)
    same = {"pk": PUBLIC, "proposal": proposal}
    comment = made(Comment, **same, author=author, text=SECRET, state=CommentState.HIDDEN)
    made(Case, pk=PUBLIC, comment=comment, reason=SECRET)
    made(Report, case_id=PUBLIC, comment=comment, reporter=author, rule="abuse", text=SECRET)
    made(Remark, **same, author=author, text=SECRET)
    AnswerFactory(**same, state=AnswerState.PROPOSED, reason=SECRET, remark=SECRET)
    made(
        Sheet,
        **same,
        clerk=author,
        received_on=timezone.localdate(),
        lines_on_paper=1,
        scan_name=SECRET,
    )


def elsewhere(author):
    """Drafts, plans and things between one person and the city."""
    CallFactory(pk=HIDDEN, title=SECRET, text=SECRET, state=CallState.DRAFT)
    open_call = CallFactory(pk=PUBLIC)
    team = team_of(track_of(open_call), author)
    EntryFactory(pk=HIDDEN, track=track_of(open_call), team=team, title=SECRET, text=SECRET)
    ProblemFactory(pk=HIDDEN, title=SECRET, text=SECRET, place=SECRET, state=ProblemState.RECEIVED)
    DatasetFactory(pk=HIDDEN, name=DATASET, title_ko=SECRET, notes_ko=SECRET, data=True)
    council = CouncilFactory(code=COUNCIL)
    MeetingFactory(pk=HIDDEN, council=council, place=SECRET)
    today = timezone.localdate()
    made(RuleChange, pk=HIDDEN, steps=[], valid_from=today, reason=SECRET, proposed_by=author)
    made(
        Wording,
        pk=HIDDEN,
        department=Department.objects.get(code="traffic"),
        title=SECRET,
        text=SECRET,
        changed_by=author,
    )
    made(
        DataRequest,
        pk=HIDDEN,
        person=author,
        kind=RequestKind.ACCESS,
        about=About.OTHER,
        wish=SECRET,
        due_on=today,
    )
    made(HeldFile, pk=HIDDEN, path=SECRET, name=SECRET, size=1, owner=author)
    made(Watch, pk=HIDDEN, person=author, name=SECRET, words=SECRET)
    made(Note, pk=HIDDEN, recipient=author, kind="answer_due", context={"title": SECRET})


@transaction.atomic
def stage(author, follower):
    """Make them all; the ``follower`` supported and followed one before it was hidden."""
    hidden = ProposalFactory(
        pk=HIDDEN,
        author=author,
        state=ProposalState.ADOPTED,
        visibility=Visibility.HIDDEN,
        **TEXTS,
    )
    about(hidden)
    owed_for(hidden)
    made(CountedSupport, proposal=hidden, person=follower)
    made(Follow, proposal=hidden, person=follower)
    PlanFactory(pk=HIDDEN, proposal=hidden, summary=SECRET)
    ProposalFactory(pk=DRAFT, author=author, state=ProposalState.DRAFT, **TEXTS)
    of_a_public_proposal(author)
    elsewhere(author)
