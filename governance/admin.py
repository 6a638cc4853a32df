"""Administration of reference data: sectors, kinds of councils, their rules, and councils."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError

from governance.domain import tally
from governance.models import Body, CompositionRule, Council, Sector


class CouncilForm(forms.ModelForm):
    """A council whose rule can decide a vote."""

    class Meta:
        model = Council
        fields = "__all__"  # noqa: DJ007  reference data, kept by operators

    def clean_rule(self) -> dict[str, Any]:
        rule = self.cleaned_data["rule"]
        try:
            tally.check_rule(rule)
        except ValueError as error:
            raise ValidationError(str(error)) from error
        return rule


@admin.register(Sector, Body)
class NamesAdmin(admin.ModelAdmin):
    list_display = ["code", "name_ko", "name_en", "order"]


@admin.register(CompositionRule)
class CompositionRuleAdmin(admin.ModelAdmin):
    list_display = ["code", "body", "at_least", "at_most", "table"]
    filter_horizontal = ["sectors"]


@admin.register(Council)
class CouncilAdmin(admin.ModelAdmin):
    form = CouncilForm
    list_display = ["code", "name_ko", "name_en", "body", "notice_days", "is_standing"]

    def get_changeform_initial_data(self, request: Any) -> dict[str, Any]:
        return {"rule": tally.preset("majority")}
