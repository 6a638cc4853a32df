"""What supports oblige the city to do: steps, the panel drawn by lot, simulator, merging."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from portal import registry


class ThresholdsConfig(AppConfig):
    name = "portal.thresholds"
    label = "thresholds"
    verbose_name = _("support thresholds")

    def ready(self) -> None:
        from portal.thresholds import (  # noqa: PLC0415  models are ready now
            call_pages,
            desk,
            exports,
            sections,
            words,
        )
        from portal.thresholds.domain import crossings, demo, steps  # noqa: PLC0415  the same

        registry.after_fold.append(crossings.follow)
        registry.reference_loaders.append(steps.load)
        registry.demo_loaders.append(demo.load)
        registry.proposal_sections += [sections.merges_of, sections.steps_of]
        registry.proposal_steps.append(sections.steps_open_to)
        registry.call_sections.append(call_pages.steps_of_call)
        registry.call_steps.append(call_pages.steps_to_set)
        registry.on_closing.append(sections.forget)
        registry.own_data.add(
            registry.OwnData("merge_answers", _("Your answers about merges"), sections.own_voices),
            registry.OwnData("panels", _("Your panels"), sections.own_panels),
        )
        registry.desk_queues.add(*desk.QUEUES)
        registry.open_data_exports.add(*exports.EXPORTS)
        registry.verbs.add(*words.VERBS)
        registry.note_kinds.add(*words.NOTES)
