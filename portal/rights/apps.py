from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from portal import registry


class RightsConfig(AppConfig):
    name = "portal.rights"
    label = "rights"
    verbose_name = _("personal data rights")

    def ready(self) -> None:
        from portal.rights import desk, words  # noqa: PLC0415  models are ready only now
        from portal.rights.domain import closing, demo, own, reference, sweeps  # noqa: PLC0415  the same

        registry.reference_loaders.append(reference.load)
        registry.demo_loaders.append(demo.load)
        registry.own_data.add(*own.ENTRIES)
        registry.on_closing.append(closing.close)
        registry.retention_rules.add(*sweeps.RULES)
        registry.desk_queues.add(*desk.QUEUES)
        registry.verbs.add(*words.VERBS)
        registry.note_kinds.add(*words.NOTES)
