from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from portal import registry


class DatahubConfig(AppConfig):
    name = "datahub"
    verbose_name = _("Open data")

    def ready(self) -> None:
        from datahub import desk, search, words  # noqa: PLC0415  models are ready only now
        from datahub.domain import demo, reference  # noqa: PLC0415  the same

        registry.reference_loaders.append(reference.load)
        registry.demo_loaders.append(demo.load)
        registry.search_sources.add(search.SOURCE)
        registry.desk_queues.add(*desk.QUEUES)
        registry.verbs.add(*words.VERBS)
        registry.note_kinds.add(*words.NOTES)
        registry.tiles.add(
            registry.Tile(
                key="data",
                title=_("Open data"),
                text=_("Data that the city shares: look, download, use"),
                url_name="datahub:list",
                news=self.news,
                order=40,
            )
        )

    def news(self) -> str:
        """How many datasets are published."""
        dataset: Any = self.get_model("Dataset")
        return str(dataset.objects.published().count())
