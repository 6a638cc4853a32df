"""Where a proposal can stand, and why it may not be adopted."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ProposalState(models.TextChoices):
    """Where a proposal stands. Visibility and lateness are no states."""

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Gathering support")
    ANSWER_DUE = "answer_due", _("Due for an answer")
    SUPPLEMENT = "supplement", _("Supplement asked for")
    PRELIM_REVIEW = "prelim_review", _("Preliminary review")
    DEPT_REVIEW = "dept_review", _("Departments' review")
    REFERRED = "referred", _("Before the council")
    ADOPTED = "adopted", _("Adopted")
    NOT_ADOPTED = "not_adopted", _("Not adopted")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    MERGED = "merged", _("Merged with an earlier proposal")
    CONVERTED = "converted", _("Handled as a civil complaint")
    LAPSED = "lapsed", _("Closed without a supplement")


class Channel(models.TextChoices):
    """By which way a proposal, support or comment reached the city."""

    WEB = "web", _("This portal")
    COUNTER = "counter", _("At the counter")
    PHONE = "phone", _("By telephone")
    POST = "post", _("By post")
    PAPER = "paper", _("On paper")
    CALL = "call", _("In a call for ideas")
    IMPORT = "import", _("From an earlier system")


class Visibility(models.TextChoices):
    """Whether everyone sees a proposal; apart from where it stands."""

    PUBLIC = "public", _("Public")
    HIDDEN = "hidden", _("Hidden by moderation")


class Ground(models.TextChoices):
    """Why a proposal is not adopted.

    The Regulation on Citizens' Proposals (presidential decree 35811), article 2 no. 1, names
    what is no proposal; the others are what a city answers in practice.
    """

    ALREADY_DONE = "already_done", _("Already done or in force")
    NOT_THE_CITYS = "not_the_citys", _("Not the city's business")
    NOT_FEASIBLE = "not_feasible", _("Not feasible")
    SAME_AS_EARLIER = "same_as_earlier", _("The same as an earlier proposal")
    RIGHTS_OF_OTHERS = "rights_of_others", _("Touches the rights of others")
    PRIVATE_PROFIT = "private_profit", _("For private profit or publicity")
    COUNCIL = "council", _("The council voted against it")


class Decision(models.TextChoices):
    """What the city decided; the state says only whether it adopted the proposal."""

    ACCEPTED = "accepted", _("Accepted")
    PARTLY = "partly", _("Accepted in part")
    ALREADY_DONE = "already_done", _("Already being done")
    NOT_FEASIBLE = "not_feasible", _("Not feasible")
    NOT_THE_CITYS = "not_the_citys", _("Not the city's business")
    COUNCIL = "council", _("Referred to the council")
    COUNCIL_REFUSED = "council_refused", _("Refused by the council")


class SupplementGround(models.TextChoices):
    """Why more is asked for: Regulation on Citizens' Proposals, article 6(2) nos. 1 to 3."""

    DEFECT = "defect", _("Something that is needed is missing or wrong")
    NO_PROPOSAL = "no_proposal", _("As it stands it is no proposal in the sense of the rules")
    COMPLAINT = "complaint", _("It is a civil complaint rather than a proposal")


class ComplaintKind(models.TextChoices):
    """Which civil complaint a proposal turns into; each has its own clock (민원 처리법 시행령)."""

    LAW_QUERY = "law_query", _("Question about a law")
    SYSTEM_QUERY = "system_query", _("Question about a service or procedure")
    SUGGESTION = "suggestion", _("Suggestion")
    GRIEVANCE = "grievance", _("Grievance")
    OTHER = "other", _("Other request")


class ExtensionGround(models.TextChoices):
    """Why an answer may come later, once: decree of the Civil Petitions Act, article 21(1)."""

    COOPERATION = "cooperation", _("Another agency or department must cooperate")
    INQUIRY = "inquiry", _("Facts or the place must be examined")
    FORCE_MAJEURE = "force_majeure", _("Disaster or another force that nobody can resist")
    COMPARABLE = "comparable", _("A comparable reason that is none of the city's making")


WAITING_STATES = (
    ProposalState.ANSWER_DUE,
    ProposalState.SUPPLEMENT,
    ProposalState.PRELIM_REVIEW,
    ProposalState.DEPT_REVIEW,
)
OPEN_STATES = (ProposalState.SUBMITTED, *WAITING_STATES, ProposalState.REFERRED)
ACCEPTING = (Decision.ACCEPTED, Decision.PARTLY)
REFUSING = (Decision.ALREADY_DONE, Decision.NOT_FEASIBLE, Decision.NOT_THE_CITYS)
DECIDED_STATES = (ProposalState.ADOPTED, ProposalState.NOT_ADOPTED)
