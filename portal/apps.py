"""The administration of reference data, with this portal's own rules of entry."""

from django.contrib.admin.apps import AdminConfig


class ReferenceAdminConfig(AdminConfig):
    default_site = "portal.admin_site.ReferenceAdmin"
