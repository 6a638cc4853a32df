from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from portal import registry


class TalkConfig(AppConfig):
    name = "portal.talk"
    label = "talk"
    verbose_name = _("comments and moderation")

    def ready(self) -> None:
        from portal.talk import (  # noqa: PLC0415  models are ready only now
            desk,
            exports,
            own,
            search,
            sections,
            words,
        )
        from portal.talk.domain import demo  # noqa: PLC0415  the same

        registry.verbs.add(*words.VERBS)
        registry.note_kinds.add(*words.NOTES)
        registry.desk_queues.add(*desk.QUEUES)
        registry.search_sources.add(search.SOURCE)
        registry.proposal_sections += [sections.hidden_notice, sections.talk]
        registry.proposal_steps.append(sections.steps)
        registry.proposal_placeholders.append(sections.placeholder)
        registry.own_data.add(*own.KINDS)
        registry.on_closing.append(own.leave)
        registry.open_data_exports.add(*exports.EXPORTS)
        registry.demo_loaders.append(demo.load)
