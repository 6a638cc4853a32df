"""What a writer is asked when a text that becomes public holds somebody's personal data.

Numbers of residents are refused outright. For all else the writer sees what was found and
either has it covered or says that it may be read: it is one's own, or a public desk's.

A page looks once, shows ``components/_personal_data.html`` while the look does not pass, and
reads the answer from the button named ``personal`` (``mask`` or ``keep``).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.personal_data import REFUSED, Find, Kind, found_in, masked
from portal.refusals import Refused

MASK, KEEP = "mask", "keep"
WORDS: dict[Kind, Any] = {
    Kind.RESIDENT: gettext_lazy("Resident registration number"),
    Kind.FOREIGNER: gettext_lazy("Registration number of a foreign resident"),
    Kind.PASSPORT: gettext_lazy("Passport number"),
    Kind.LICENCE: gettext_lazy("Number of a driving licence"),
    Kind.CARD: gettext_lazy("Number of a payment card"),
    Kind.MOBILE: gettext_lazy("Mobile telephone number"),
    Kind.LANDLINE: gettext_lazy("Telephone number"),
    Kind.ACCOUNT: gettext_lazy("Number of a bank account"),
    Kind.EMAIL: gettext_lazy("E-mail address"),
    Kind.PLATE: gettext_lazy("Number plate of a vehicle"),
}


@dataclass(frozen=True)
class Sample:
    """One find in words: what it is, and how it would stand there covered."""

    kind: Any
    typed: str
    covered: str


@dataclass(frozen=True)
class Look:
    """What was found in the texts of one writing, by their names, and the writer's answer."""

    texts: Mapping[str, str]
    finds: Mapping[str, list[Find]] = field(default_factory=dict)
    answer: str = ""

    @property
    def is_refused(self) -> bool:
        """Whether something is there that nobody may publish."""
        return any(find.kind in REFUSED for finds in self.finds.values() for find in finds)

    @property
    def passes(self) -> bool:
        """Whether the texts may be published as they are."""
        return not self.finds or (self.answer == KEEP and not self.is_refused)

    @property
    def is_to_be_masked(self) -> bool:
        return bool(self.finds) and self.answer == MASK

    @property
    def samples(self) -> list[Sample]:
        return list(self._samples())

    def masked(self) -> dict[str, str]:
        """The texts with what was found covered."""
        return {name: masked(text, self.finds.get(name, ())) for name, text in self.texts.items()}

    def _samples(self) -> Iterator[Sample]:
        covered = self.masked()
        for name, finds in self.finds.items():
            for find in finds:
                place = slice(find.start, find.end)
                yield Sample(WORDS[find.kind], self.texts[name][place], covered[name][place])


def look(texts: Mapping[str, str], answer: str = "") -> Look:
    """Look for personal data in the texts that are to be published."""
    finds = {name: found for name, text in texts.items() if (found := found_in(text or ""))}
    return Look(texts, finds, answer)


def question() -> str:
    """What the writer is asked while a look does not pass."""
    return _("This looks like personal data. Choose below what is to happen with it.")


def refusal() -> str:
    """Why a text with the number of a resident is not taken."""
    return _(
        "The text holds a resident registration number. The law forbids to publish one: "
        "please take it out."
    )


def refuse_numbers_of_residents(*texts: str) -> None:
    """Stop what nobody may publish. Raises ``Refused``."""
    if any(find.kind in REFUSED for text in texts for find in found_in(text)):
        raise Refused(refusal())
