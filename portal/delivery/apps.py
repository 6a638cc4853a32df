from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from portal import registry


class DeliveryConfig(AppConfig):
    name = "portal.delivery"
    label = "delivery"
    verbose_name = _("carrying out")

    def ready(self) -> None:
        from portal.delivery import desk, exports, own, sections, words  # noqa: PLC0415  models are ready only now
        from portal.delivery.domain import demo, thread  # noqa: PLC0415  the same
        from portal.delivery.models import Plan  # noqa: PLC0415  the same

        registry.verbs.add(*words.VERBS)
        registry.note_kinds.add(*words.NOTES)
        registry.thread_sources.add(thread.SOURCE)
        registry.desk_queues.add(*desk.QUEUES)
        registry.demo_loaders.append(demo.load)
        registry.own_data.add(*own.OWN_DATA)
        registry.on_closing.append(own.forget)
        registry.tiles.add(
            registry.Tile(
                key="delivery",
                title=_("What the city carries out"),
                text=_("Accepted proposals on their way, and how the departments answer"),
                url_name="delivery:list",
                news=lambda: str(Plan.objects.public().running().count()),
                order=15,
            )
        )
        registry.open_data_exports.add(exports.EXPORT)
        registry.proposal_sections.append(sections.plan_of)
        registry.proposal_sections.append(sections.verdicts)
        registry.proposal_steps.append(sections.steps)
