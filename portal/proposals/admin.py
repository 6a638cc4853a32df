"""Reference data of proposals: areas, issues, districts."""

from django.contrib import admin

from portal.proposals.models import Area, District, Issue


@admin.register(Area)
class AreaAdmin(admin.ModelAdmin):
    list_display = ["code", "name_ko", "name_en", "department", "order"]


@admin.register(Issue)
class IssueAdmin(admin.ModelAdmin):
    list_display = ["code", "name_ko", "name_en", "area", "order"]
    list_select_related = ["area"]


@admin.register(District)
class DistrictAdmin(admin.ModelAdmin):
    list_display = ["code", "name_ko", "name_en"]
