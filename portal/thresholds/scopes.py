"""For which proposals steps are: those of one call, those of one way in, or all others."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from portal import registry
from portal.proposals.models import Channel
from portal.registry import CallCard

# Proposals of an earlier system keep the steps that held there.
WAYS_IN = [channel for channel in Channel if channel != Channel.IMPORT]
A_CALL = "call:"


@dataclass(frozen=True)
class Scope:
    """The proposals that share steps; without a channel and a call it is all that have no own."""

    channel: str = ""
    call: str = ""
    card: CallCard | None = field(default=None, compare=False)

    @property
    def key(self) -> str:
        """The scope in an address."""
        return f"{A_CALL}{self.call}" if self.call else self.channel

    @property
    def title(self) -> str:
        """What people call it."""
        if self.call:
            return self.card.title if self.card else self.call
        if self.channel:
            return str(Channel(self.channel).label)
        return _("All proposals without steps of their own")

    @property
    def day(self) -> date:
        """The day on which its rule matters: today, or the nearest one on which the call runs."""
        today = timezone.localdate()
        if self.card is None:
            return today
        return min(max(today, self.card.opens_on), self.card.closes_on)

    @property
    def is_over(self) -> bool:
        """Whether it is a call that takes no proposals any more, or whose plan was given up."""
        return bool(self.call) and (self.card is None or self.card.is_over)

    def is_run_by(self, user: Any) -> bool:
        """Whether nobody in particular runs it, or the person's department does."""
        return self.card is None or self.card.department in user.departments


ALWAYS_OPEN = Scope()


def of(thing: Any) -> Scope:
    """The scope of a step or of a change of steps."""
    return next(iter(of_each([thing])))


def of_each(things: list[Any]) -> list[Scope]:
    """The scope of each of these steps or changes."""
    cards: dict[str, CallCard] = {}
    if any(thing.call for thing in things):
        cards = {card.key: card for card in registry.known_calls()}
    return [Scope(thing.channel, thing.call, cards.get(thing.call)) for thing in things]


def of_call(card: CallCard) -> Scope:
    return Scope("", card.key, card)


def find(key: str, user: Any) -> Scope | None:
    """The scope behind the key of an address; ``None`` for one that the person cannot see."""
    if key in {"", *WAYS_IN}:
        return Scope(key)
    cards = {A_CALL + card.key: card for card in registry.known_calls()}
    if key not in cards:
        return None
    scope = of_call(cards[key])
    return scope if cards[key].is_public or scope.is_run_by(user) else None


def offered_to(user: Any) -> list[Scope]:
    """What a person may propose steps for: all, each way in, and the running calls of theirs."""
    calls = [of_call(card) for card in registry.known_calls() if not card.is_over]
    mine = [scope for scope in calls if scope.is_run_by(user)]
    return [ALWAYS_OPEN, *map(Scope, WAYS_IN), *mine]
