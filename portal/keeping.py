"""Answers that are kept in the process for some seconds, because thousands ask the same."""

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.conf import settings

MOST = 500
P = ParamSpec("P")
R = TypeVar("R")
_all: list[OrderedDict[Hashable, tuple[float, Any]]] = []


def forget() -> None:
    """Drop every answer that this process keeps."""
    for answers in _all:
        answers.clear()


def kept(
    seconds: float, *, by: Callable[P, Hashable]
) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Keep what a function returns for ``seconds``, one answer per ``by(…)`` of its arguments.

    Nothing is kept where ``PAGE_CACHE_SECONDS`` is 0. The oldest of more than 500 answers goes.
    """

    def keeping(function: Callable[P, R]) -> Callable[P, R]:
        answers: OrderedDict[Hashable, tuple[float, R]] = OrderedDict()
        _all.append(answers)

        @wraps(function)
        def ask(*args: P.args, **kwargs: P.kwargs) -> R:
            if not settings.PAGE_CACHE_SECONDS:
                return function(*args, **kwargs)
            key, now = by(*args, **kwargs), time.monotonic()
            known = answers.get(key)
            if known and known[0] > now:
                return known[1]
            answer = function(*args, **kwargs)
            # Out and in again, never moved: another thread may have dropped it meanwhile.
            answers.pop(key, None)
            answers[key] = (now + seconds, answer)
            while len(answers) > MOST:
                answers.popitem(last=False)
            return answer

        return ask

    return keeping
