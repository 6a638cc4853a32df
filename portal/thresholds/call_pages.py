"""What this room adds to the page of a call: its steps, and the way to set its own."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from portal import registry
from portal.registry import CallCard, Onward
from portal.thresholds import scopes
from portal.thresholds.domain.steps import Rulebook
from portal.thresholds.models import RuleChange, Step

CHANGES = 5


def _card(call: Any) -> CallCard | None:
    """The call as the rooms beside it know it; none where nobody answers it with proposals."""
    return next((card for card in registry.known_calls() if card.key == str(call.pk)), None)


def steps_of_call(request: HttpRequest, call: Any) -> dict[str, Any] | None:
    """What support of its proposals obliges the city to, by its own steps or shared ones."""
    card = _card(call)
    if card is None:
        return None
    scope = scopes.of_call(card)
    steps, later = Rulebook.read().of_scope(scope), max(scope.day, timezone.localdate())
    coming = Step.objects.of("", card.key).filter(valid_from__gt=later)
    context = {
        "steps": steps,
        "ends_on": None if card.is_over or not steps else steps[0].valid_until,
        "coming": coming.select_related("department"),
        "changes": RuleChange.objects.visible_to(request.user).of("", card.key)[:CHANGES],
    }
    return {"template": "thresholds/_call_steps.html", "context": context}


def steps_to_set(call: Any, user: Any) -> list[Onward]:
    """The way to the page where those who run the call try out and propose its own steps."""
    card = _card(call)
    if card is None or card.is_over:
        return []
    scope = scopes.of_call(card)
    if not user.has_perm("thresholds.propose_change", scope):
        return []
    url = reverse("thresholds:simulate") + "?" + urlencode({"scope": scope.key})
    return [Onward(_("Set the support steps of this call"), url, is_step=True)]
