from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from portal import registry


class LivinglabsConfig(AppConfig):
    name = "livinglabs"
    verbose_name = _("Living labs")

    def ready(self) -> None:
        from livinglabs import desk, onward, own, search, words  # noqa: PLC0415  models are ready only now
        from livinglabs.domain import demo, reference, thread  # noqa: PLC0415  the same
        from livinglabs.models import Lab  # noqa: PLC0415  the same

        registry.reference_loaders.append(reference.load)
        registry.demo_loaders.append(demo.load)
        registry.search_sources.add(search.SOURCE)
        registry.thread_sources.add(*thread.SOURCES)
        registry.motion_links.append(onward.of_motion)
        registry.dataset_links.append(onward.of_dataset)
        registry.desk_queues.add(*desk.QUEUES)
        registry.own_data.add(*own.OWN)
        registry.verbs.add(*words.VERBS)
        registry.note_kinds.add(*words.NOTES)
        registry.tiles.add(
            registry.Tile(
                key="labs",
                title=_("Living labs"),
                text=_("Where the city tries an idea out with its citizens"),
                url_name="livinglabs:list",
                news=lambda: str(Lab.objects.running().count()),
                order=30,
            )
        )
