from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from portal import registry


class EvaluationConfig(AppConfig):
    name = "evaluation"
    verbose_name = _("Evaluation")

    def ready(self) -> None:
        from evaluation import desk, reports, search, words  # noqa: PLC0415  models are ready now
        from evaluation.domain import demo, overview, reference, thread  # noqa: PLC0415  the same
        from evaluation.models import Measurement  # noqa: PLC0415  the same
        from livinglabs.sections import sections  # noqa: PLC0415  the same

        registry.reference_loaders.append(reference.load)
        registry.demo_loaders.append(demo.load)
        registry.search_sources.add(search.SOURCE)
        registry.thread_sources.add(*thread.SOURCES)
        registry.desk_queues.add(*desk.QUEUES)
        registry.verbs.add(*words.VERBS)
        registry.note_kinds.add(*words.NOTES)
        registry.report_kinds.add(*reports.KINDS)
        sections.append(overview.section_of)
        registry.tiles.add(
            registry.Tile(
                key="evaluation",
                title=_("Evaluation"),
                text=_("What changed, with evidence that somebody independent has checked"),
                url_name="evaluation:list",
                news=lambda: str(Measurement.objects.verified().count()),
                order=50,
            )
        )
