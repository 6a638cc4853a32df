"""The words of this room: kinds of calls, whom a track is for, where things stand."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class CallKind(models.TextChoices):
    """What the city asks for. Events gather teams in one place for two days at most."""

    TOPIC = "topic", _("Ideas on a given topic")
    OPEN = "open", _("Idea contest without a topic")
    IDEATHON = "ideathon", _("Ideathon")
    HACKATHON = "hackathon", _("Hackathon")


EVENTS = (CallKind.IDEATHON, CallKind.HACKATHON)


class CallState(models.TextChoices):
    """Where a call stands. The dates of the call move it on, but for notice and results."""

    DRAFT = "draft", _("Draft")
    ANNOUNCED = "announced", pgettext_lazy("a call", "Announced")
    OPEN = "open", _("Open for entries")
    JUDGING = "judging", _("Being judged")
    PUBLISHED = "published", _("Results are public")
    CLOSED = "closed", pgettext_lazy("a call", "Closed")
    CANCELLED = "cancelled", _("Cancelled")


class Applicant(models.TextChoices):
    """For whom a track is: each is judged and awarded by itself."""

    CITIZEN = "citizen", _("Citizens")
    COMPANY = "company", _("Companies")
    EXPERT = "expert", _("Experts")


class Criterion(models.TextChoices):
    """The five criteria of the Regulation on Citizens' Proposals (decree 35811), article 8(1)."""

    FEASIBILITY = "feasibility", _("Feasibility")
    ORIGINALITY = "originality", _("Originality")
    EFFECT = "effect", _("Efficiency and effect")
    SCOPE = "scope", _("Scope")
    CONTINUITY = "continuity", _("Continuity")


class EntryForm(models.TextChoices):
    """What is handed in."""

    PROPOSAL = "proposal", _("Proposal")
    IDEA = "idea", pgettext_lazy("what is handed in", "Idea")
    PROTOTYPE = "prototype", _("Prototype")


class EntryState(models.TextChoices):
    """Whether an entry takes part."""

    SUBMITTED = "submitted", _("Takes part")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Use(models.TextChoices):
    """What became of an entry; results are not published while one is open."""

    USED = "used", _("Used")
    PARTLY = "partly", _("Used in part")
    NOT_USED = "not_used", _("Not used")


class ProblemState(models.TextChoices):
    """Where a reported problem stands (report, row C3: received, shared, handled, solved)."""

    RECEIVED = "received", _("Received")
    SHARED = "shared", _("Shared")
    HANDLED = "handled", _("Being handled")
    SOLVED = "solved", _("Solved")
    NOT_SOLVED = "not_solved", _("Not solved")
