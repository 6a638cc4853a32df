"""What a writer is asked when a text that becomes public holds somebody's personal data.

Numbers of residents are refused outright. For all else the writer sees what was found and
either has it covered or says that it may be read: it is one's own, or a public desk's.

A page looks once, shows ``components/_personal_data.html`` while the look does not pass, and
reads the answer from the button named ``personal`` (``mask`` or ``keep``). A form whose words are
published as it is sent is a ``DiscreetForm``.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.personal_data import REFUSED, Find, Kind, found_in, masked
from portal.refusals import Refused

MASK, KEEP = "mask", "keep"
# What an official says of a number that stands in a text of the city.
MAY_BE_READ = gettext_lazy("They may be read by everyone: go on")
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


class DiscreetForm(forms.Form):
    """A form whose ``public_words`` everyone reads: it comes back once where they name somebody.

    ``look`` is then what was found, to be shown with the two buttons; ``keep_words`` names the
    second of them where the words are not the writer's own.
    """

    public_words: ClassVar[tuple[str, ...]] = ()
    keep_words: ClassVar[Any] = ""
    look: Look | None = None

    def is_to_be_published(self) -> bool:
        """Whether the words go out now, not only into a draft."""
        return True

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.is_to_be_published():
            given = {name: cleaned.get(name) or "" for name in self.public_words}
            found = look(given, str(self.data.get("personal", "")))
            if found.is_to_be_masked:
                cleaned |= {name: found.masked()[name] for name in found.finds}
            elif not found.passes:
                self._ask(found)
        return cleaned

    def _ask(self, found: Look) -> None:
        self.look = found
        for name, finds in found.finds.items():
            is_refused = any(find.kind in REFUSED for find in finds)
            self.add_error(name, refusal() if is_refused else question())


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
