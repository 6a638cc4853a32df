"""Reference data of the catalogue, kept by the operator."""

from django.contrib import admin

from datahub.models import Licence, Theme


@admin.register(Licence)
class LicenceAdmin(admin.ModelAdmin):
    list_display = ("code", "name_ko", "is_open", "allows_commerce", "allows_changes", "order")
    search_fields = ("code", "name_ko", "name_en")


@admin.register(Theme)
class ThemeAdmin(admin.ModelAdmin):
    list_display = ("code", "name_ko", "name_en", "eu_code", "order")
    search_fields = ("code", "name_ko", "name_en")
