"""Reference data of labs."""

from django.contrib import admin

from livinglabs.models import (
    BudgetSource,
    ConflictType,
    EventKind,
    EvidenceKind,
    ReportedCase,
    ReportedFigure,
    SelectionCriterion,
    Stage,
    SuccessFactor,
)


@admin.register(
    BudgetSource,
    ConflictType,
    EventKind,
    EvidenceKind,
    ReportedCase,
    SelectionCriterion,
    SuccessFactor,
)
class OrderedAdmin(admin.ModelAdmin):
    list_display = ["code", "name_ko", "name_en", "order"]


@admin.register(Stage)
class StageAdmin(OrderedAdmin):
    filter_horizontal = ["asks"]


@admin.register(ReportedFigure)
class ReportedFigureAdmin(admin.ModelAdmin):
    list_display = ["code", "name_ko", "name_en", "value", "unit", "source_ko"]
    list_filter = ["topic"]
