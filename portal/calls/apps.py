from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from portal import registry


class CallsConfig(AppConfig):
    name = "portal.calls"
    label = "calls"
    verbose_name = _("calls and local problems")

    def ready(self) -> None:
        from portal.calls import (  # noqa: PLC0415  models are ready only now
            desk,
            exports,
            people,
            search,
            sections,
            words,
        )
        from portal.calls.domain import demo  # noqa: PLC0415  the same
        from portal.calls.models import Call, Problem  # noqa: PLC0415  the same

        registry.demo_loaders.append(demo.load)
        registry.search_sources.add(*search.SOURCES)
        registry.thread_sources.add(sections.THREAD)
        registry.proposal_sections.append(sections.of_proposal)
        registry.proposal_calls.append(sections.calls_of)
        registry.call_sources.append(sections.all_calls)
        registry.call_cards.append(sections.cards)
        registry.desk_queues.add(*desk.QUEUES)
        registry.verbs.add(*words.VERBS)
        registry.note_kinds.add(*words.NOTES)
        registry.open_data_exports.add(*exports.EXPORTS)
        registry.own_data.add(*people.OWN)
        registry.on_closing.append(people.forget)
        registry.tiles.add(
            registry.Tile(
                key="calls",
                title=_("Calls for ideas"),
                text=_("What the city asks its people for, with prizes and a jury"),
                url_name="calls:list",
                news=lambda: str(Call.objects.open().count()),
                order=12,
            ),
            registry.Tile(
                key="problems",
                title=_("Local problems"),
                text=_("What is broken or missing, and what is done about it"),
                url_name="calls:problems",
                news=lambda: str(Problem.objects.open().count()),
                order=14,
            ),
        )
