"""What a vote came to: a rule as data, counts as whole numbers, and every comparison shown.

A rule is plain JSON, so that it can be frozen into the vote that it decides::

    {"id": "majority",
     "quorum": {"part": "present", "of": "seats", "op": ">", "num": 1, "den": 2},
     "pass": {"part": "yes", "of": "present", "op": ">", "num": 1, "den": 2},
     "present_counts": ["yes", "no", "abstain"],
     "recused": {"in_seats": True},
     "tie": "rejected",
     "chair_votes": True}

``of`` is the whole that a part is measured by: ``seats`` (재적), ``present`` (출석), ``cast`` (all
votes) or ``yes_no`` (abstentions left out). Fractions are compared by multiplication, so no vote
is ever decided by rounding. Nobody is never enough: a part of 0 meets no comparison.
"""

from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import dataclass, fields
from enum import StrEnum
from operator import eq, ge, gt
from typing import Any

Rule = Mapping[str, Any]
Step = dict[str, Any]

OPERATORS: dict[str, Callable[[int, int], bool]] = {">": gt, ">=": ge, "=": eq}
PARTS = ("present", "cast", "yes")
WHOLES = ("seats", "present", "cast", "yes_no")
PRESENCE = ("yes", "no", "abstain", "not_voting")
TIES = ("rejected", "chair_decides")
NEEDED = {"quorum", "pass", "present_counts", "recused", "tie", "chair_votes"}
ALLOWED = NEEDED | {"id", "proxies", "changeable"}

# 지방자치법 §73: more than half of the seats present, more than half of those in favour.
MAJORITY: dict[str, Any] = {
    "id": "majority",
    "quorum": {"part": "present", "of": "seats", "op": ">", "num": 1, "den": 2},
    "pass": {"part": "yes", "of": "present", "op": ">", "num": 1, "den": 2},
    "present_counts": ["yes", "no", "abstain"],
    "recused": {"in_seats": True},
    "tie": "rejected",
    "chair_votes": True,
}
CASTING_VOTE = {**MAJORITY, "id": "majority_casting_vote", "tie": "chair_decides"}
TWO_THIRDS = {
    **MAJORITY,
    "id": "two_thirds",
    "pass": {"part": "yes", "of": "present", "op": ">=", "num": 2, "den": 3},
}
UNANIMOUS = {
    **MAJORITY,
    "id": "unanimous",
    "pass": {"part": "yes", "of": "present", "op": "=", "num": 1, "den": 1},
}
PRESETS = {rule["id"]: rule for rule in (MAJORITY, CASTING_VOTE, TWO_THIRDS, UNANIMOUS)}


class Result(StrEnum):
    """What became of the question."""

    CARRIED = "carried"
    LOST = "lost"
    NO_QUORUM = "no_quorum"
    AWAITING_CASTING_VOTE = "awaiting_casting_vote"


@dataclass(frozen=True)
class Counts:
    """Members by what they did, as whole numbers.

    ``seated`` counts all seats, the recused among them; ``present`` those in the room who may
    vote, the chair among them and the recused not. ``chair_vote`` is the casting vote, ``"yes"``
    or ``"no"``, apart from the vote that the chair may have as a member.
    """

    seated: int
    present: int
    yes: int
    no: int
    abstain: int = 0
    recused: int = 0
    chair_vote: str | None = None

    def __post_init__(self) -> None:
        """Refuse numbers that cannot be counts of one body."""
        for name in (field.name for field in fields(self) if field.name != "chair_vote"):
            _whole_number(name, getattr(self, name))
        if self.cast > self.present:
            raise ValueError(f"{self.cast} votes of {self.present} members present.")
        if self.present + self.recused > self.seated:
            raise ValueError(f"{self.present + self.recused} members on {self.seated} seats.")
        if self.chair_vote not in {None, "yes", "no"}:
            raise ValueError(f"A casting vote is 'yes' or 'no', not {self.chair_vote!r}.")

    @property
    def cast(self) -> int:
        """All votes, abstentions among them."""
        return self.yes + self.no + self.abstain


@dataclass(frozen=True)
class Outcome:
    """The result with all that led to it: the numbers by name and each comparison in order.

    A step of the rule has ``name``, ``part``, ``value``, ``op``, ``num``, ``den``, ``of``,
    ``base``, ``needed`` (the least value that meets it, or ``None``) and ``met``;
    the step of a casting vote has ``name``, ``vote`` and ``met``.
    """

    result: Result
    numbers: dict[str, int]
    steps: tuple[Step, ...]
    rule: str

    def explain(self, words: Mapping[str, str] | None = None) -> list[str]:
        """Return each step as a line of numbers and signs, its names replaced by ``words``."""
        known = words or {}
        return [_line(step, lambda name: known.get(name, name)) for step in self.steps]


def preset(name: str) -> dict[str, Any]:
    """Return a copy of a well-known rule, to be kept and changed freely."""
    return deepcopy(PRESETS[name])


def outcome(rule: Rule, counts: Counts) -> Outcome:
    """Return what ``counts`` come to under ``rule``.

    Where as many vote for as against and the rule lets the chair decide, the casting vote alone
    decides, and until it is given the outcome waits; where nobody votes for or against, nothing
    is tied. Raises ``ValueError`` for what is no rule and for votes that the rule does not give.
    """
    check_rule(rule)
    _check_chair(rule, counts)
    numbers = _numbers(rule, counts)
    quorum, passing = (_step(name, rule[name], numbers) for name in ("quorum", "pass"))
    if not quorum["met"]:
        return _answer(rule, numbers, Result.NO_QUORUM, quorum)
    if passing["met"]:
        return _answer(rule, numbers, Result.CARRIED, quorum, passing)
    if rule["tie"] == "chair_decides" and counts.yes == counts.no > 0:
        return _by_casting_vote(rule, counts, numbers, quorum, passing)
    return _answer(rule, numbers, Result.LOST, quorum, passing)


def check_rule(rule: Rule) -> None:
    """Raise ``ValueError``, saying what is wrong, unless ``rule`` can decide a vote."""
    _insist(isinstance(rule, Mapping), f"A rule is an object, not {rule!r}.")
    missing, unknown = sorted(NEEDED - set(rule)), sorted(map(str, set(rule) - ALLOWED))
    _insist(not missing, f"The rule lacks {', '.join(missing)}.")
    _insist(not unknown, f"The rule knows no {', '.join(unknown)}.")
    for name in ("quorum", "pass"):
        _check_comparison(name, rule[name])
    _check_presence(rule["present_counts"])
    _check_recused(rule["recused"])
    _check_tie(rule)
    for name in sorted({"chair_votes", "proxies", "changeable"} & set(rule)):
        _true_or_false(name, rule[name])
    _insist(not rule.get("proxies"), "Nobody votes for another: proxies must be false.")


def _check_comparison(name: str, comparison: Any) -> None:
    _insist(isinstance(comparison, Mapping), f"{name} is a comparison, not {comparison!r}.")
    exact = set(comparison) == {"part", "of", "op", "num", "den"}
    _insist(exact, f"{name} has exactly part, of, op, num and den.")
    for key, choices in (("part", PARTS), ("of", WHOLES), ("op", tuple(OPERATORS))):
        known = comparison[key] in choices
        _insist(known, f"{name}.{key} is one of {choices}, not {comparison[key]!r}.")
    for key in ("num", "den"):
        _whole_number(f"{name}.{key}", comparison[key])
    share = 0 < comparison["num"] <= comparison["den"]
    _insist(share, f"{name} asks for a share above 0 and up to 1, as num / den.")


def _check_presence(names: Any) -> None:
    listed = isinstance(names, list | tuple) and all(name in PRESENCE for name in names)
    _insist(listed, f"present_counts lists some of {PRESENCE}, not {names!r}.")
    once = len(set(names)) == len(names) and {"yes", "no"} <= set(names)
    _insist(once, "present_counts names yes and no, and each name once.")


def _check_recused(recused: Any) -> None:
    alone = isinstance(recused, Mapping) and set(recused) == {"in_seats"}
    _insist(alone, f"recused says only in_seats, not {recused!r}.")
    _true_or_false("recused.in_seats", recused["in_seats"])


def _check_tie(rule: Rule) -> None:
    _insist(rule["tie"] in TIES, f"tie is one of {TIES}, not {rule['tie']!r}.")
    simple = rule["pass"]["op"] == ">" and rule["pass"]["num"] * 2 == rule["pass"]["den"]
    fits = simple or rule["tie"] != "chair_decides"
    _insist(fits, "A casting vote breaks the tie of a simple majority only.")


def _true_or_false(name: str, value: Any) -> None:
    _insist(isinstance(value, bool), f"{name} is true or false, not {value!r}.")


def _whole_number(name: str, value: Any) -> None:
    whole = isinstance(value, int) and not isinstance(value, bool) and value >= 0
    _insist(whole, f"{name} is a whole number from 0, not {value!r}.")


def _insist(holds: bool, otherwise: str) -> None:  # noqa: FBT001  the fact to insist on
    if not holds:
        raise ValueError(otherwise)


def _check_chair(rule: Rule, counts: Counts) -> None:
    if counts.chair_vote and rule["tie"] != "chair_decides":
        raise ValueError("This rule gives the chair no casting vote.")
    if not rule["chair_votes"] and counts.present and counts.cast == counts.present:
        raise ValueError("This rule gives the chair no ordinary vote, yet all present voted.")


def _numbers(rule: Rule, counts: Counts) -> dict[str, int]:
    given = {
        "yes": counts.yes,
        "no": counts.no,
        "abstain": counts.abstain,
        "not_voting": counts.present - counts.cast,
    }
    gone = 0 if rule["recused"]["in_seats"] else counts.recused
    return given | {
        "recused": counts.recused,
        "seats": counts.seated - gone,
        "present": sum(given[name] for name in rule["present_counts"]),
        "cast": counts.cast,
        "yes_no": counts.yes + counts.no,
    }


def _step(name: str, comparison: Mapping[str, Any], numbers: Mapping[str, int]) -> Step:
    value, base = numbers[comparison["part"]], numbers[comparison["of"]]
    share = base * comparison["num"]
    holds = OPERATORS[comparison["op"]](value * comparison["den"], share)
    return {
        "name": name,
        **comparison,
        "value": value,
        "base": base,
        "needed": _needed(comparison, share),
        "met": holds and value > 0,
    }


def _needed(comparison: Mapping[str, Any], share: int) -> int | None:
    """Return the least whole number that meets ``comparison`` with ``share`` = base x num."""
    whole, rest = divmod(share, comparison["den"])
    if comparison["op"] == ">":
        return whole + 1
    if comparison["op"] == "=" and (rest or not whole):
        return None
    return max(whole + bool(rest), 1)


def _by_casting_vote(rule: Rule, counts: Counts, numbers: dict[str, int], *steps: Step) -> Outcome:
    if counts.chair_vote is None:
        return _answer(rule, numbers, Result.AWAITING_CASTING_VOTE, *steps)
    carried = counts.chair_vote == "yes"
    casting = {"name": "casting", "vote": counts.chair_vote, "met": carried}
    result = Result.CARRIED if carried else Result.LOST
    return _answer(rule, numbers, result, *steps, casting)


def _answer(rule: Rule, numbers: dict[str, int], result: Result, *steps: Step) -> Outcome:
    return Outcome(result, numbers, steps, str(rule.get("id", "")))


def _line(step: Step, word: Callable[[str], str]) -> str:
    mark = "✓" if step["met"] else "✗"
    if step["name"] == "casting":
        return f"{word('casting')}: {word(step['vote'])} {mark}"
    sign = {">=": "≥"}.get(step["op"], step["op"])
    share = f"{step['num']}/{step['den']} × {word(step['of'])} {step['base']}"
    return f"{word(step['name'])}: {word(step['part'])} {step['value']} {sign} {share} {mark}"
