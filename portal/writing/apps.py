from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from portal import registry


class WritingConfig(AppConfig):
    name = "portal.writing"
    label = "writing"
    verbose_name = _("writing proposals")

    def ready(self) -> None:
        from portal.writing import sections, words  # noqa: PLC0415  models are ready only now
        from portal.writing.domain import references, versions  # noqa: PLC0415  the same

        registry.after_publication += [references.give, versions.keep_first]
        registry.proposal_sections.append(sections.history)
        registry.proposal_steps.append(sections.steps)
        registry.on_closing.append(sections.forget)
        registry.joint_works.append(sections.joint_works)
        registry.verbs.add(*words.VERBS)
        registry.note_kinds.add(*words.NOTES)
        registry.own_data.add(
            registry.OwnData("versions", _("Versions you wrote"), sections.own_versions),
            registry.OwnData("joint_work", _("Joint authorship"), sections.own_joint_work),
        )
