"""Administration of reference data: frameworks, groups, indicators."""

from django.contrib import admin

from evaluation.models import Framework, Group, Indicator


@admin.register(Framework)
class FrameworkAdmin(admin.ModelAdmin):
    list_display = ["code", "name_ko", "name_en", "source_ko", "order"]


@admin.register(Group)
class GroupAdmin(admin.ModelAdmin):
    list_display = ["code", "name_ko", "name_en", "framework", "order"]
    list_select_related = ["framework"]


@admin.register(Indicator)
class IndicatorAdmin(admin.ModelAdmin):
    list_display = ["code", "name_ko", "name_en", "kind", "direction", "group", "order"]
    list_select_related = ["group"]
    list_filter = ["kind", "group__framework"]
    search_fields = ["code", "name_ko", "name_en"]
