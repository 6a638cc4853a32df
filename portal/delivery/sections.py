"""What the doing adds to the page of a proposal."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.delivery.domain import marks
from portal.delivery.models import MarkKind, Plan, promises
from portal.registry import Onward


def plan_of(_request: Any, proposal: Any) -> dict[str, Any] | None:
    """The plan of an accepted proposal, in short."""
    if not promises(proposal):
        return None
    plan = Plan.objects.filter(proposal=proposal).for_page().first()
    slips = list(plan.slips.select_related("milestone")) if plan else []
    lines = list(plan.budget_lines.all()) if plan else []
    context = {"plan": plan, "proposal": proposal, "slips": slips, "money": lines}
    return {"template": "delivery/_section.html", "context": context}


def steps(proposal: Any, user: Any) -> list[Onward]:
    """The ways of an official: to the plan, the notes of colleagues, and the words for answers."""
    if not (user.is_authenticated and user.departments):
        return []
    return [*_to_plan(proposal, user), *_to_desk(proposal, user)]


def _to_desk(proposal: Any, user: Any) -> list[Onward]:
    ways = []
    if user.has_perm("proposals.draft_answer", proposal):
        url = reverse("delivery:use_wording", args=[proposal.pk])
        ways.append(Onward(_("Begin the answer from a template"), url))
    if user.has_perm("delivery.read_remarks", proposal):
        ways.append(
            Onward(_("Notes between officials"), reverse("delivery:remarks", args=[proposal.pk]))
        )
    return ways


def _to_plan(proposal: Any, user: Any) -> list[Onward]:
    if not user.has_perm("delivery.begin_plan", proposal):
        return []
    plan = Plan.objects.filter(proposal=proposal).first()
    if plan is None:
        return [
            Onward(_("Make the plan"), reverse("delivery:begin", args=[proposal.pk]), is_step=True)
        ]
    return [Onward(_("Keep the plan"), plan.get_absolute_url(), is_step=True)]


def verdicts(request: Any, proposal: Any) -> dict[str, Any] | None:
    """What people think of the answer and of the result, and the way to say it."""
    if not proposal.is_decided:
        return None
    context = {
        "proposal": proposal,
        "verdicts": marks.verdicts(proposal),
        "fewest": settings.FEWEST_FOR_A_SHARE,
        "ways": _ratings_open_to(request.user, proposal),
        "reads": request.user.has_perm("delivery.read_ratings", proposal),
    }
    return {"template": "delivery/_verdicts.html", "context": context}


def _ratings_open_to(user: Any, proposal: Any) -> list[Onward]:
    given = marks.of(proposal, user)
    words = {"answer": _("Rate the answer"), "result": _("Rate the result")}
    changes = {
        "answer": _("Change your rating of the answer"),
        "result": _("Change your rating of the result"),
    }
    return [
        Onward(
            (changes if kind in given else words)[kind],
            reverse("delivery:rate", args=[proposal.pk, kind]),
        )
        for kind in MarkKind.values
        if user.has_perm(f"delivery.rate_{kind}", proposal)
        and (kind not in given or marks.may_change(given[kind]))
    ]
