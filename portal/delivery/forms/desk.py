"""What is asked of officials at their desk."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Department, User
from portal.delivery.domain import matters, wordings
from portal.delivery.models import Remark, SavedFilter, Wording
from portal.proposals.models import WAITING_STATES, Area, ProposalState
from portal.typed import PlainText


class MattersForm(forms.Form):
    """Which matters are shown."""

    q = forms.CharField(label=_("Words of the title"), required=False, max_length=100)
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", _("Any state")), *((s, ProposalState(s).label) for s in WAITING_STATES)],
    )
    area = forms.ModelChoiceField(
        label=_("Area"), required=False, queryset=Area.objects.all(), empty_label=_("Any area")
    )
    whose = forms.ChoiceField(
        label=_("Whose"),
        required=False,
        choices=[("", _("Everyone's")), ("mine", _("Mine")), ("nobody", _("Nobody's yet"))],
    )
    due = forms.ChoiceField(
        label=_("Due"),
        required=False,
        choices=[
            ("", _("Any time")),
            ("overdue", _("Overdue")),
            ("week", _("Within seven days")),
        ],
    )

    @property
    def wanted(self) -> dict[str, Any]:
        """What makes sense of the filter; the rest filters nothing."""
        self.is_valid()
        return self.cleaned_data


class GiveForm(forms.Form):
    """To whom the chosen matters are given."""

    official = forms.ModelChoiceField(label=_("Official"), queryset=User.objects.none())

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["official"]
        field.queryset = matters.colleagues(person)


class FilterNameForm(forms.ModelForm):
    """Under which name a filter is kept."""

    class Meta:
        model = SavedFilter
        fields = ["name"]
        field_classes = {"name": PlainText}


class RemarkForm(forms.ModelForm):
    """A note to colleagues."""

    class Meta:
        model = Remark
        fields = ["text"]
        field_classes = {"text": PlainText}
        widgets = {"text": forms.Textarea(attrs={"rows": 4})}
        help_texts = {
            "text": _("Officials of the departments concerned read it, citizens never do.")
        }


class WordingForm(forms.ModelForm):
    """Words for common answers."""

    class Meta:
        model = Wording
        fields = ["department", "title", "text"]
        field_classes = {"title": PlainText, "text": PlainText}
        widgets = {"text": forms.Textarea(attrs={"rows": 10})}

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["department"]
        field.queryset = Department.objects.filter(pk__in=person.departments)
        names = wordings.placeholders()
        self.fields["text"].help_text = gettext("Filled in by itself: {names}").format(names=names)

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        if wrong := wordings.unknown_in(text):
            raise forms.ValidationError(gettext("Unknown placeholder: {name}").format(name=wrong))
        return text

    def _post_clean(self) -> None:
        """Leave the row alone: the domain writes it."""


class UseForm(forms.Form):
    """Which words the answer begins with."""

    wording = forms.ModelChoiceField(
        label=_("Answer template"), queryset=Wording.objects.none(), widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, department: Department | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["wording"]
        field.queryset = wordings.for_department(department)
        field.empty_label = None
