from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from portal import registry


class DeliveryConfig(AppConfig):
    name = "portal.delivery"
    label = "delivery"
    verbose_name = _("carrying out")

    def ready(self) -> None:
        from portal.delivery import desk, exports, own, sections, words  # noqa: PLC0415  models are ready only now
        from portal.delivery.domain import thread  # noqa: PLC0415  the same

        registry.verbs.add(*words.VERBS)
        registry.note_kinds.add(*words.NOTES)
        registry.thread_sources.add(thread.SOURCE)
        registry.desk_queues.add(*desk.QUEUES)
        registry.own_data.add(*own.OWN_DATA)
        registry.on_closing.append(own.forget)
        registry.open_data_exports.add(exports.EXPORT)
        registry.proposal_sections.append(sections.plan_of)
        registry.proposal_sections.append(sections.verdicts)
        registry.proposal_steps.append(sections.steps)
