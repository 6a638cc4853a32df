"""A rule, a count and an outcome in sentences."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from governance.models import Motion, MotionState

NAMES = {
    "seats": gettext_lazy("all members"),
    "present": gettext_lazy("members present"),
    "cast": gettext_lazy("votes cast"),
    "yes_no": gettext_lazy("votes for and against"),
    "yes": gettext_lazy("votes for"),
}
SIGNS = {
    ">": pgettext_lazy("comparison", "more than"),
    ">=": pgettext_lazy("comparison", "at least"),
    "=": pgettext_lazy("comparison", "exactly"),
}
RESULTS = {
    MotionState.CARRIED: gettext_lazy("{council} carried this: {counts}."),
    MotionState.LOST: gettext_lazy("{council} did not carry this: {counts}."),
    MotionState.NO_QUORUM: gettext_lazy("Too few members of {council} took part: {counts}."),
    MotionState.AWAITING_CASTING_VOTE: gettext_lazy(
        "The vote of {council} is tied: {counts}. The chair decides."
    ),
}


def rule(data: Mapping[str, Any]) -> list[str]:
    """Say what a rule asks for, one sentence for each part of it."""
    return [
        _("A vote counts where the {part} are {sign} {num}/{den} of {whole}.").format(
            **_comparison(data["quorum"])
        ),
        _("A motion is carried where the {part} are {sign} {num}/{den} of {whole}.").format(
            **_comparison(data["pass"])
        ),
        _("A tie is decided by the chair.")
        if data["tie"] == "chair_decides"
        else _("A tie does not carry the motion."),
        _("Members who take no part for reasons of interest still count among all members.")
        if data["recused"]["in_seats"]
        else _("Members who take no part for reasons of interest are left out of the count."),
        _("Abstentions count as present.")
        if "abstain" in data["present_counts"]
        else _("Abstentions do not count as present."),
    ]


def counts(motion: Motion) -> str:
    """The counts of a closed vote in one line."""
    found = (motion.outcome or {})["counts"]
    line = _("{yes} for, {no} against, {abstain} abstained").format(**found)
    if found["recused"]:
        line += ", " + _("{recused} took no part").format(**found)
    return line


def result(motion: Motion) -> str:
    """What became of the motion, with the counts."""
    sentence = RESULTS[MotionState(motion.state)]
    return str(sentence).format(council=motion.council.name, counts=counts(motion))


def steps(motion: Motion) -> list[dict[str, Any]]:
    """Each comparison of the outcome: ``name``, ``text`` and whether it is ``met``."""
    return [
        {"name": _step_name(step), "text": _step(step), "met": step["met"]}
        for step in (motion.outcome or {})["steps"]
    ]


def _step_name(step: Mapping[str, Any]) -> str:
    known = {"quorum": _("Quorum"), "pass": _("Majority"), "casting": _("The chair's vote")}
    return known[step["name"]]


def _step(step: Mapping[str, Any]) -> str:
    if step["name"] == "casting":
        return _("In favour") if step["met"] else _("Against")
    text = _("{part}: {value}. Needed: {sign} {num}/{den} of {whole} ({base})").format(
        **_comparison(step), value=step["value"], base=step["base"]
    )
    if step["needed"] is None:
        return text
    return text + ", " + _("that is, {needed} or more").format(needed=step["needed"])


def _comparison(step: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "part": NAMES[step["part"]],
        "sign": SIGNS[step["op"]],
        "whole": NAMES[step["of"]],
        "num": step["num"],
        "den": step["den"],
    }
