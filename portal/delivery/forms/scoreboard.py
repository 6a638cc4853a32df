"""Which period the scoreboard shows."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.delivery.domain import spans
from portal.delivery.domain.spans import Span


class PeriodForm(forms.Form):
    """A month of the last two years, a quarter of the last three, or a year of the last five."""

    period = forms.ChoiceField(label=_("Period"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        self.fields["period"].choices = [  # type: ignore[attr-defined]
            (gettext("Months"), _choices(spans.month_of(today), 24)),
            (gettext("Quarters"), _choices(spans.quarter_of(today), 12)),
            (gettext("Years"), _choices(spans.year_of(today), 5)),
        ]

    @property
    def span(self) -> Span:
        """What was asked for, or the quarter that runs where that is no period."""
        chosen = self.cleaned_data.get("period") if self.is_valid() else ""
        return spans.parse(chosen or "") or default(timezone.localdate())


def asked(given: Mapping[str, Any]) -> Mapping[str, Any]:
    """What was asked for, or the period that is shown unasked."""
    return given if "period" in given else {"period": default(timezone.localdate()).key}


def default(today: date) -> Span:
    """What is shown unasked: the quarter that runs."""
    return spans.quarter_of(today)


def _choices(newest: Span, many: int) -> list[tuple[str, str]]:
    return [(span.key, span.label) for span in spans.back_from(newest, many)]
