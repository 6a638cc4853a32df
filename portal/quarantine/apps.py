from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from portal import registry


class QuarantineConfig(AppConfig):
    name = "portal.quarantine"
    label = "quarantine"
    verbose_name = _("files that are being checked")

    def ready(self) -> None:
        from portal.quarantine import words  # noqa: PLC0415  models are ready only now
        from portal.quarantine.domain import own  # noqa: PLC0415  the same

        registry.verbs.add(*words.VERBS)
        registry.note_kinds.add(*words.NOTES)
        registry.own_data.add(*own.DATA)
        registry.on_closing.append(own.forget)
        registry.desk_queues.add(words.QUEUE)
