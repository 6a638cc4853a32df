from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from portal import registry


class IdentityConfig(AppConfig):
    name = "portal.identity"
    label = "identity"
    verbose_name = _("identity levels")

    def ready(self) -> None:
        from portal.identity import words  # noqa: PLC0415  models are ready only now
        from portal.identity.domain import demo, own  # noqa: PLC0415  the same

        registry.verbs.add(*words.VERBS)
        registry.note_kinds.add(*words.NOTES)
        registry.own_data.add(*own.DATA)
        registry.on_closing.append(own.forget)
        registry.demo_loaders.append(demo.load)
