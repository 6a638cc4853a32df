from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from portal import registry


class ReportsConfig(AppConfig):
    name = "portal.reports"
    label = "reports"

    def ready(self) -> None:
        registry.note_kinds.add(
            registry.NoteKind(
                "report_done",
                subject=_("New report: {title}, {period}"),
                body=_("The report “{title}” for {period} is published. Please look at it."),
            )
        )
        registry.verbs.add(
            registry.Verb("reports.run:requested", _("The report was asked for")),
            registry.Verb("reports.run:queued", _("The report is to be tried again"), "warning"),
            registry.Verb("reports.run:building", _("The report is being made")),
            registry.Verb("reports.run:done", _("The report was published"), "success"),
            registry.Verb("reports.run:failed", _("The report could not be made"), "danger"),
            registry.Verb("reports.artefact:made", _("A file of a report was made")),
        )
