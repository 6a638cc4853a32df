"""Who enters the administration, and what is kept there: reference data and schedules alone.

Nobody signs in here: the portal's own sign-in, with its limits and its second
factor, is the only door. What the portal's apps register is reference data, so
whoever registers a model says by this that operators keep it.
"""

from collections.abc import Iterable
from typing import Any

import rules
from django.conf import settings
from django.contrib.admin import AdminSite
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.db.models.base import ModelBase
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.accounts.rules import is_operator

# Schedules of the worker: the only tables of outside code that operators keep.
SCHEDULES = "django_celery_beat"
ACTS = ("view", "add", "change", "delete")


class ReferenceAdmin(AdminSite):
    """The administration: for staff who came in by the front door."""

    site_title = site_header = _("Reference data")

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """Take the models of the portal's own apps, and let operators keep them."""
        given: Iterable[Any] = (
            [model_or_iterable] if isinstance(model_or_iterable, ModelBase) else model_or_iterable
        )
        kept = [model for model in given if is_kept(model)]
        let_operators_keep(kept)
        super().register(kept, admin_class, **options)

    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Lead to the portal's sign-in; whoever has signed in and is no staff stays outside."""
        if request.user.is_authenticated:
            raise PermissionDenied
        return redirect_to_login(request.GET.get("next") or reverse("admin:index"))

    # Django's stub promises a page of the administration; ours leads out of it.
    def password_change(  # type: ignore[override]
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return redirect("account_change_password")


def is_kept(model: type[Model]) -> bool:
    """Whether operators keep rows of ``model``: it is of this project, or a schedule."""
    package = model._meta.app_config.name.split(".")[0]
    return package == SCHEDULES or (settings.BASE_DIR / package).is_dir()


def let_operators_keep(models: Iterable[type[Model]]) -> None:
    for model in models:
        label, name = model._meta.app_label, model._meta.model_name
        rules.set_perm(label, is_operator)
        for act in ACTS:
            if not rules.perm_exists(f"{label}.{act}_{name}"):
                rules.add_perm(f"{label}.{act}_{name}", is_operator)
