from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from portal import registry
from portal.registry import Verb


class AuditConfig(AppConfig):
    name = "portal.audit"
    verbose_name = _("audit trail")

    def ready(self) -> None:
        registry.verbs.add(
            Verb(
                "audit.act:changed_before_seal", _("An act was changed before its seal"), "danger"
            ),
            Verb("audit.act:vanished_before_seal", _("An act vanished before its seal"), "danger"),
            Verb("audit.act:personal_data_read", _("An auditor read what an act keeps private")),
            Verb("audit.head:mailed", _("The seal was sent out")),
            Verb("audit.head:exported", _("The whole trail was downloaded")),
            Verb("audit.head:shape_is_wrong", _("The database lacks a safeguard"), "danger"),
            Verb("audit.head:trail_is_broken", _("The trail is not whole"), "danger"),
            Verb("audit.head:key_changed", _("The key of the trail was changed"), "warning"),
            Verb("accounts.user:forgotten", _("A person was forgotten")),
        )
