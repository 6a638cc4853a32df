from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from portal import registry


class AssistedConfig(AppConfig):
    name = "portal.assisted"
    label = "assisted"
    verbose_name = _("assisted entry")

    def ready(self) -> None:
        from portal.assisted import sections, words  # noqa: PLC0415  models are ready only now
        from portal.assisted.domain import demo, own, takeover  # noqa: PLC0415  the same

        registry.verbs.add(*words.VERBS)
        registry.note_kinds.add(*words.NOTES)
        registry.own_data.add(*own.DATA)
        registry.on_closing.append(own.forget)
        registry.proposal_asides.append(sections.entered_for)
        registry.proposal_steps.append(sections.steps)
        registry.desk_queues.add(sections.QUEUE)
        # First of all: it waits for the fold, which waits for rows that the others lock.
        registry.after_verification.insert(0, takeover.take_over)
        registry.demo_loaders.append(demo.load)
