"""What supports oblige the city to do: steps, the panel drawn by lot, simulator, merging."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from portal import registry


class ThresholdsConfig(AppConfig):
    name = "portal.thresholds"
    label = "thresholds"
    verbose_name = _("support thresholds")

    def ready(self) -> None:
        from portal.thresholds import desk, exports, sections, words  # noqa: PLC0415  models are ready now
        from portal.thresholds.domain import crossings, demo, steps  # noqa: PLC0415  the same

        registry.after_fold.append(crossings.follow)
        registry.reference_loaders.append(steps.load)
        registry.demo_loaders.append(demo.load)
        registry.proposal_sections += [sections.merges_of, sections.steps_of]
        registry.proposal_steps.append(sections.steps_open_to)
        registry.on_closing.append(sections.forget)
        registry.own_data.add(
            registry.OwnData("merge_answers", _("Your answers about merges"), sections.own_voices),
            registry.OwnData("panels", _("Your panels"), sections.own_panels),
        )
        registry.desk_queues.add(*desk.QUEUES)
        registry.open_data_exports.add(*exports.EXPORTS)
        registry.verbs.add(*words.VERBS)
        registry.note_kinds.add(*words.NOTES)
