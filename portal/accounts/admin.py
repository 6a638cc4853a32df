"""Reference data of people: departments, holidays, appointments. Nothing here changes a state."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from portal.accounts.domain import appointments
from portal.accounts.models import Appointment, Department, Holiday


@admin.register(Department)
class DepartmentAdmin(admin.ModelAdmin):
    list_display = ["code", "name_ko", "name_en", "parent", "phone", "is_open"]
    search_fields = ["code", "name_ko", "name_en"]


@admin.register(Holiday)
class HolidayAdmin(admin.ModelAdmin):
    list_display = ["date", "name_ko", "kind"]


@admin.register(Appointment)
class AppointmentAdmin(admin.ModelAdmin):
    """Offices are granted with a term; revoking keeps the row."""

    list_display = ["user", "role", "department", "starts_on", "ends_on", "revoked_at"]
    list_filter = ["role", "department"]
    autocomplete_fields = ["department"]
    raw_id_fields = ["user"]
    exclude = ["granted_by", "pseudonym"]
    actions = ["revoke"]

    def save_model(self, request, obj, form, change) -> None:
        if not change:
            obj.granted_by = request.user
        super().save_model(request, obj, form, change)

    @admin.action(description=_("End the selected offices today"), permissions=["change"])
    def revoke(self, request, queryset) -> None:
        for appointment in queryset:
            appointments.revoke(appointment, by=request.user)

    def has_delete_permission(self, request, obj=None) -> bool:
        return False
