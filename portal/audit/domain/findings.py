"""What a check of the trail reads, act by act, and how it names what does not hold."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """Something that does not hold: at which act, or from which act to before which (``end``)."""

    index: int
    what: str
    uid: str = ""
    subject: str = ""
    verb: str = ""
    end: int = 0

    def __str__(self) -> str:
        if not self.uid:
            return f"at act {self.index}: {self.what}"
        return f"act {self.index} ({self.uid}, {self.subject}, {self.verb}): {self.what}"


@dataclass(frozen=True)
class Row:
    """A leaf with its act as stored; the act's columns are ``None`` where it is gone."""

    index: int
    sealed_hash: bytes
    uid: str
    verb: str
    subject: str
    seq: int | None
    text: str | None
    act_hash: bytes

    def finding(self, what: str) -> Finding:
        return Finding(self.index, what, self.uid, self.subject, self.verb)
