"""What a reader of the trail may look for."""

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from portal import registry
from portal.audit.domain.trail import kind_name
from portal.audit.models import ActQuerySet


class FilterForm(forms.Form):
    """Narrow the trail to one file, one kind of file or one kind of act."""

    kind = forms.ChoiceField(label=_("Kind of case file"), required=False)
    verb = forms.ChoiceField(label=_("Kind of act"), required=False)
    subject = forms.CharField(
        label=_("Case file"),
        required=False,
        max_length=120,
        help_text=_("As it stands in the trail, for example proposals.proposal:5"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        verbs = sorted((str(verb.text), verb.key) for verb in registry.verbs)
        self._offer("kind", _kinds(key for _text, key in verbs))
        self._offer("verb", [(key, text) for text, key in verbs])

    def narrow(self, acts: ActQuerySet) -> ActQuerySet:
        """Keep the acts that were asked for; the form is valid."""
        wanted = self.cleaned_data
        if wanted["kind"]:
            acts = acts.of_kind(wanted["kind"])
        if wanted["verb"]:
            acts = acts.of_verb(wanted["verb"])
        if wanted["subject"]:
            acts = acts.about(wanted["subject"].strip())
        return acts

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = cast("forms.ChoiceField", self.fields[name])
        field.choices = [("", str(_("All"))), *choices]


def _kinds(verbs: Iterable[str]) -> list[tuple[str, str]]:
    """Give the models that have acts told in words, by label and name."""
    labels = {verb.partition(":")[0] for verb in verbs}
    kinds = []
    for label in labels:
        try:
            kinds.append((label, kind_name(label)))
        except (LookupError, ValueError):
            continue
    return sorted(kinds, key=lambda kind: kind[1])
