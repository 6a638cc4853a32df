from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from portal import registry


class FollowingConfig(AppConfig):
    name = "portal.following"
    label = "following"
    verbose_name = _("following")

    def ready(self) -> None:
        from portal.following import words  # noqa: PLC0415  models are ready only now
        from portal.following.domain import demo, reference  # noqa: PLC0415  the same

        registry.reference_loaders.append(reference.load)
        registry.landmark_sources.append(reference.landmarks)
        registry.demo_loaders.append(demo.load)
        registry.note_kinds.add(*words.NOTES)
        registry.own_data.add(words.OWN)
        registry.on_closing.append(words.erase)
