"""Reference data of this app."""

from django.contrib import admin

from portal.following.models import Centre


@admin.register(Centre)
class CentreAdmin(admin.ModelAdmin):
    list_display = ["code", "name_ko", "name_en", "latitude", "longitude"]
