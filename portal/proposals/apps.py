from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from portal import registry


class ProposalsConfig(AppConfig):
    name = "portal.proposals"
    label = "proposals"
    verbose_name = _("proposals")

    def ready(self) -> None:
        from portal.proposals import desk, open_data, search, words  # noqa: PLC0415  models are ready only now
        from portal.proposals.domain import (  # noqa: PLC0415  the same
            demo,
            demo_answers,
            facets,
            reference,
            supports,
        )

        registry.after_verification.append(supports.know_author)
        registry.on_closing.append(supports.forget_author)
        registry.reference_loaders.append(reference.load)
        registry.district_sources.append(reference.districts)
        registry.demo_loaders += [demo.load, demo_answers.load]
        registry.search_sources.add(search.SOURCE)
        registry.desk_queues.add(*desk.QUEUES)
        registry.verbs.add(*words.VERBS)
        registry.open_data_exports.add(*open_data.EXPORTS)
        registry.note_kinds.add(*words.NOTES)
        registry.tiles.add(
            registry.Tile(
                key="proposals",
                title=_("Proposals"),
                text=_("What citizens ask of the city, and what became of it"),
                url_name="proposals:list",
                news=lambda: str(facets.total(facets.Choice())),
                order=10,
            )
        )
