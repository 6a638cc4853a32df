from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from portal import registry


class AccountsConfig(AppConfig):
    name = "portal.accounts"
    label = "accounts"
    verbose_name = _("accounts and offices")

    def ready(self) -> None:
        from portal.accounts.domain import cast, reference  # noqa: PLC0415  models are ready only now

        registry.reference_loaders.append(reference.load)
        registry.demo_loaders.append(cast.load)
