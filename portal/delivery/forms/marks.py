"""What is asked of those who judge."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.delivery.models import Mark, Score


class MarkForm(forms.ModelForm):
    """A mark in words, and why."""

    score = forms.TypedChoiceField(
        label=_("Your rating"),
        choices=Score.choices,
        coerce=int,
        widget=forms.RadioSelect,
    )

    class Meta:
        model = Mark
        fields = ["score", "comment"]
        widgets = {"comment": forms.Textarea(attrs={"rows": 4})}
        help_texts = {
            "comment": _("Only the department reads this. Leave out names and addresses.")
        }

    def _post_clean(self) -> Any:
        """Leave the row alone: the domain writes it."""
