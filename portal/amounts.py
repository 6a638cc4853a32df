"""Amounts of money, as people type them into forms."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

MOST_WON = 10**13


class WonField(forms.IntegerField):
    """An amount in whole won; commas, spaces and the unit are forgiven."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            min_value=0,
            max_value=MOST_WON,
            error_messages={
                "min_value": _("An amount cannot be below zero."),
                "max_value": _("Enter an amount of at most 10 trillion won."),
                "invalid": _("Enter the amount in won, in digits: 1,200,000."),
            },
            widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
            **kwargs,
        )

    def to_python(self, value: Any) -> int | None:
        return super().to_python(re.sub(r"[,\s원₩]", "", str(value)) if value else value)
