"""What personal data are handled for: by law, or because the person agreed and may take it back."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.bilingual import in_korean


class PurposeQuerySet(models.QuerySet["Purpose"]):
    def in_use(self) -> Self:
        return self.filter(is_open=True)

    def by_law(self) -> Self:
        return self.in_use().filter(is_required=True)

    def optional(self) -> Self:
        return self.in_use().filter(is_required=False)


class Purpose(models.Model):
    """One purpose. Where a law demands the handling, nobody is asked (article 22(3))."""

    code = models.SlugField(_("code"), max_length=60, unique=True)
    is_required = models.BooleanField(_("demanded by law"), default=False)
    is_open = models.BooleanField(_("in use"), default=True)
    order = models.PositiveSmallIntegerField(_("place in the list"), default=100)

    objects = PurposeQuerySet.as_manager()

    class Meta:
        verbose_name = _("purpose of handling data")
        verbose_name_plural = _("purposes of handling data")
        ordering = ["order", "code"]

    def __str__(self) -> str:
        return self.code


class WordingQuerySet(models.QuerySet["Wording"]):
    def current(self) -> Self:
        return self.filter(replaced_at=None)


class Wording(models.Model):
    """The words under which people agree; another wording is another row, and asks again.

    The four things that article 15(2) wants told: what for, which data, how long, and that one
    may refuse, with what comes of it.
    """

    purpose = models.ForeignKey(Purpose, models.CASCADE, related_name="wordings")
    version = models.PositiveSmallIntegerField()
    since = models.DateTimeField(default=timezone.now)
    replaced_at = models.DateTimeField(null=True)
    title_ko = models.CharField(max_length=120)
    title_en = models.CharField(max_length=120)
    aim_ko = models.TextField()
    aim_en = models.TextField()
    items_ko = models.TextField()
    items_en = models.TextField()
    period_ko = models.TextField()
    period_en = models.TextField()
    # What comes of a refusal; for what a law demands, the article.
    ground_ko = models.TextField()
    ground_en = models.TextField()

    objects = WordingQuerySet.as_manager()

    class Meta:
        verbose_name = _("wording")
        verbose_name_plural = _("wordings")
        ordering = ["purpose__order", "purpose__code", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["purpose", "version"], name="wordings_are_numbered"),
            models.UniqueConstraint(
                fields=["purpose"],
                condition=Q(replaced_at=None),
                name="one_current_wording_each_purpose",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.version})"

    def said(self, part: str) -> str:
        """One part of the wording in the language of the page."""
        said: str = getattr(self, f"{part}_{'ko' if in_korean() else 'en'}")
        return said

    @property
    def title(self) -> str:
        return self.said("title")

    @property
    def aim(self) -> str:
        return self.said("aim")

    @property
    def items(self) -> str:
        return self.said("items")

    @property
    def period(self) -> str:
        return self.said("period")

    @property
    def ground(self) -> str:
        return self.said("ground")


class Channel(models.TextChoices):
    """By which way somebody agreed or took it back."""

    SIGN_UP = "sign_up", _("when signing up")
    OWN_PAGE = "own_page", _("on their own page")
    COUNTER = "counter", _("at the counter")
    PAPER = "paper", _("on paper")
    CLOSING = "closing", _("by closing the account")
    REWORDED = "reworded", _("by deciding again on a new wording")


class ConsentQuerySet(models.QuerySet["Consent"]):
    def visible_to(self, user: Any) -> Self:
        return self.filter(person_id=user.pk)

    def in_force(self) -> Self:
        """Given, not taken back, and for the wording of today."""
        return self.filter(withdrawn_at=None, wording__replaced_at=None)

    def outdated(self) -> Self:
        """Given for a wording that has changed since; they allow nothing."""
        return self.filter(withdrawn_at=None, wording__replaced_at__isnull=False)


class Consent(models.Model):
    """That a person agreed to one wording, when and how, and when it was taken back."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="consents")
    wording = models.ForeignKey(Wording, models.PROTECT, related_name="consents")
    given_at = models.DateTimeField(default=timezone.now)
    channel = models.CharField(max_length=20, choices=Channel)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by_way = models.CharField(max_length=20, choices=Channel, blank=True)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        ordering = ["given_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "wording"],
                condition=Q(withdrawn_at=None),
                name="one_consent_in_force_each_wording",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by_way="")
                | (Q(withdrawn_at__gte=F("given_at")) & ~Q(withdrawn_by_way="")),
                name="withdrawn_consents_say_how",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.wording_id}"
