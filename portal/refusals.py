"""Refusals: a step that may not be taken now, with a sentence that says why."""


class Refused(Exception):  # noqa: N818  it reads as the sentence it is
    """The step is not possible; ``str(refusal)`` tells a citizen why and what to do."""


class TooOften(Exception):  # noqa: N818  it reads as the sentence it is
    """Tried too often; ``str(refusal)`` tells why, ``seconds`` when it may be tried again."""

    def __init__(self, sentence: str, *, seconds: int) -> None:
        super().__init__(sentence)
        self.seconds = seconds
