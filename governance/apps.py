from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from portal import registry


class GovernanceConfig(AppConfig):
    name = "governance"
    verbose_name = _("Councils")

    def ready(self) -> None:
        from governance import desk, own, search, thread, words  # noqa: PLC0415  models are ready only now
        from governance.domain import demo, reference  # noqa: PLC0415  the same

        registry.reference_loaders.append(reference.load)
        registry.demo_loaders.append(demo.load)
        registry.bonds.append(desk.seat_held)
        registry.search_sources.add(*search.SOURCES)
        registry.thread_sources.add(thread.SOURCE)
        registry.desk_queues.add(*desk.QUEUES)
        registry.own_data.add(*own.OWN)
        registry.verbs.add(*words.VERBS)
        registry.note_kinds.add(*words.NOTES)
        registry.tiles.add(
            registry.Tile(
                key="councils",
                title=_("Councils"),
                text=_("Who decides, when they meet, and how each member voted"),
                url_name="governance:list",
                news=desk.announced,
                order=20,
            )
        )
