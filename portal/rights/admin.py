"""Reference data of people's rights: how long each kind of row is kept."""

from django.contrib import admin
from django.http import HttpRequest

from portal.rights.models import Period


@admin.register(Period)
class PeriodAdmin(admin.ModelAdmin):
    """Periods are changed, never removed: without one nothing of its kind would be erased."""

    list_display = ["code", "name_ko", "days", "warn_days", "source_ko"]

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False
