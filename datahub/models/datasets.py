"""Datasets: what the city knows and shares."""

import uuid
from typing import Any, ClassVar, Self, cast

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Prefetch, Q, Value
from django.db.models.functions import Concat, Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from datahub.models.reference import Licence, Theme
from datahub.models.states import DatasetState, Frequency
from datahub.models.versions import Version
from portal.accounts.models import Department, Role
from portal.lifecycle import Living

NAME = RegexValidator(
    r"^[a-z0-9][a-z0-9_-]{1,98}$", _("Use small letters a to z, digits, “-” and “_”; at least two.")
)
RESERVED_NAMES = frozenset({"new", "feed"})


def _here(korean: str, english: str) -> str:
    """The text in the language of the page, or the other where it is missing."""
    first, second = (
        (english, korean) if (get_language() or "ko").startswith("en") else (korean, english)
    )
    return first or second


class DatasetQuerySet(models.QuerySet["Dataset"]):
    def visible_to(self, user: Any) -> Self:
        """What everyone may see, and the drafts of the person's own department."""
        public = Q(state__in=[DatasetState.PUBLISHED, DatasetState.WITHDRAWN])
        if not user.is_authenticated:
            return self.filter(public)
        if user.holds(Role.OPERATOR, Role.AUDITOR):
            return self
        return self.filter(public | Q(publisher__in=user.departments) | Q(created_by=user))

    def published(self) -> Self:
        return self.filter(state=DatasetState.PUBLISHED)

    def kept_by(self, user: Any) -> Self:
        """Those that the person answers for."""
        return self.filter(Q(publisher__in=user.departments) | Q(created_by=user))

    def for_pages(self) -> Self:
        return self.select_related("publisher", "licence", "theme", "current")

    def with_versions(self) -> Self:
        """Bring all public versions, newest first, and the columns of the current one."""
        released = Version.objects.released().order_by("-number")
        return self.for_pages().prefetch_related(
            Prefetch("versions", released, to_attr="public_versions"), "current__columns"
        )


class Dataset(Living):
    """Something that the city knows and shares; ``domain.datasets`` moves it through its life."""

    MOVES: ClassVar = {
        DatasetState.DRAFT: {DatasetState.PUBLISHED},
        DatasetState.PUBLISHED: {DatasetState.WITHDRAWN},
        DatasetState.WITHDRAWN: {DatasetState.PUBLISHED},
    }

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(
        _("name in addresses"),
        max_length=99,
        unique=True,
        validators=[NAME],
        help_text=_("In Latin letters, for example “shared-parking”. It never changes."),
    )
    title_ko = models.CharField(_("Korean title"), max_length=200)
    title_en = models.CharField(_("English title"), max_length=200, blank=True)
    notes_ko = models.TextField(_("description in Korean"), max_length=5000)
    notes_en = models.TextField(_("description in English"), max_length=5000, blank=True)
    publisher = models.ForeignKey(
        Department, models.PROTECT, related_name="datasets", verbose_name=_("publishing department")
    )
    contact = models.CharField(_("contact (team, telephone)"), max_length=120, blank=True)
    contact_email = models.EmailField(_("contact e-mail"), blank=True)
    licence = models.ForeignKey(
        Licence, models.PROTECT, null=True, blank=True, verbose_name=_("licence"), related_name="+"
    )
    theme = models.ForeignKey(
        Theme, models.PROTECT, null=True, blank=True, verbose_name=_("theme"), related_name="+"
    )
    keywords = ArrayField(
        models.CharField(max_length=60), default=list, blank=True, verbose_name=_("keywords")
    )
    frequency = models.CharField(
        _("renewed"), max_length=10, choices=Frequency, default=Frequency.IRREGULAR
    )
    next_due = models.DateField(_("next renewal expected on"), null=True, blank=True)
    place = models.CharField(_("place covered"), max_length=200, blank=True)
    covers_from = models.DateField(_("covers from"), null=True, blank=True)
    covers_until = models.DateField(_("covers until"), null=True, blank=True)
    basis = models.CharField(_("why the city holds these data"), max_length=300, blank=True)
    cautions = models.TextField(_("what to know before use"), max_length=2000, blank=True)

    state = models.CharField(
        _("state"), max_length=10, choices=DatasetState, default=DatasetState.DRAFT, editable=False
    )
    current = models.ForeignKey(
        "Version", models.PROTECT, null=True, editable=False, related_name="+"
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="datasets", editable=False
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    modified_at = models.DateTimeField(default=timezone.now, editable=False)
    published_at = models.DateTimeField(null=True, editable=False)
    withdrawn_reason = models.TextField(blank=True, editable=False)
    download_count = models.PositiveIntegerField(default=0, editable=False)
    search_text = models.GeneratedField(
        expression=Lower(
            Concat(
                "title_ko",
                Value(" "),
                "title_en",
                Value(" "),
                "notes_ko",
                Value(" "),
                "notes_en",
                Value(" "),
                "name",
                output_field=models.TextField(),
            )
        ),
        output_field=models.TextField(),
        db_persist=True,
    )

    # Brought by ``with_versions``.
    public_versions: list[Version]

    objects = DatasetQuerySet.as_manager()

    class Meta:
        verbose_name = _("dataset")
        verbose_name_plural = _("datasets")
        ordering = ["-created_at", "-id"]
        indexes = [
            models.Index(fields=["-modified_at", "-id"], name="dataset_by_change"),
            models.Index(
                fields=["-published_at", "-id"],
                name="dataset_published",
                condition=Q(state="published"),
            ),
            models.Index(fields=["-download_count", "-id"], name="dataset_by_downloads"),
            GinIndex(OpClass(F("search_text"), name="gin_trgm_ops"), name="dataset_search_text"),
            GinIndex(fields=["keywords"], name="dataset_keywords"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=DatasetState.values), name="dataset_state_known"
            ),
            models.CheckConstraint(
                condition=~Q(state="published")
                | Q(licence__isnull=False, published_at__isnull=False),
                name="published_dataset_has_licence",
            ),
            models.CheckConstraint(
                condition=~Q(state="published") | Q(current__isnull=False),
                name="published_dataset_has_data",
            ),
            models.CheckConstraint(
                condition=Q(covers_until__gte=F("covers_from"))
                | Q(covers_until=None)
                | Q(covers_from=None),
                name="dataset_covers_a_period",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("datahub:detail", args=[self.name])

    @property
    def data(self) -> Version:
        """The version shown. Only for datasets that have one, as every published one does."""
        return cast("Version", self.current)

    @property
    def terms(self) -> Licence:
        """The licence. Only for datasets that have one, as every published one does."""
        return cast("Licence", self.licence)

    @property
    def title(self) -> str:
        return _here(self.title_ko, self.title_en)

    @property
    def notes(self) -> str:
        return _here(self.notes_ko, self.notes_en)
