"""What people want to hear of, and what they were told: each piece of news once."""

from typing import Any, Self
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Department
from portal.bilingual import Bilingual
from portal.proposals.domain import places
from portal.proposals.domain.choices import PLACES
from portal.proposals.domain.places import Place
from portal.proposals.models import Area, District, Proposal


class Centre(Bilingual):
    """A well-known point of the city, so that a circle can be chosen without a map."""

    latitude = models.FloatField(_("latitude"))
    longitude = models.FloatField(_("longitude"))

    class Meta(Bilingual.Meta):
        verbose_name = _("centre")
        verbose_name_plural = _("centres")
        ordering = ["name_ko"]
        constraints = [
            models.CheckConstraint(
                condition=Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="centres_lie_on_the_globe",
            )
        ]


class WatchQuerySet(models.QuerySet["Watch"]):
    def visible_to(self, user: Any) -> Self:
        """One's own: what somebody wants to hear of is nobody else's business."""
        return self.filter(person_id=user.pk)

    def for_pages(self) -> Self:
        return self.select_related("area", "district", "department")


class Watch(models.Model):
    """Proposals that a person wants to hear of: all that meet every condition which is set.

    ``pairs`` and ``patterns`` are what a text with all ``words`` has; a circle has all three of
    ``latitude``, ``longitude`` (degrees) and ``radius`` (metres), or none.
    """

    class Tells(models.TextChoices):
        PORTAL = "portal", _("At once, here in the portal")
        MAIL = "mail", _("At once, also by e-mail")
        DAILY = "daily", _("Once a day, all together")
        WEEKLY = "weekly", _("Once a week, all together")
        KEPT = "kept", _("Not at all: only keep the search")

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="watches", db_index=False
    )
    name = models.CharField(_("name"), max_length=100)
    words = models.CharField(pgettext_lazy("a search", "words"), max_length=200, blank=True)
    pairs = ArrayField(models.IntegerField(), default=list, blank=True, editable=False)
    patterns = ArrayField(models.TextField(), default=list, blank=True, editable=False)
    area = models.ForeignKey(Area, models.CASCADE, null=True, blank=True, verbose_name=_("area"))
    district = models.ForeignKey(
        District, models.CASCADE, null=True, blank=True, verbose_name=_("district")
    )
    department = models.ForeignKey(
        Department, models.CASCADE, null=True, blank=True, verbose_name=_("department")
    )
    # The number of a call for ideas, whose rows belong to another room.
    call_id = models.BigIntegerField(_("call for ideas"), null=True, blank=True)
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    radius = models.PositiveIntegerField(_("radius"), null=True, blank=True)
    tells = models.CharField(
        _("how you are told"), max_length=10, choices=Tells, default=Tells.PORTAL
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    paused_at = models.DateTimeField(null=True, editable=False)

    objects = WatchQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["person", "-created_at"], name="watch_of_person"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(tells__in=["portal", "mail", "daily", "weekly", "kept"]),
                name="watch_tells_in_a_known_way",
            ),
            models.CheckConstraint(
                condition=Q(latitude=None, longitude=None, radius=None)
                | Q(
                    latitude__isnull=False,
                    longitude__isnull=False,
                    radius__isnull=False,
                    latitude__range=(-90, 90),
                    longitude__range=(-180, 180),
                    radius__range=(500, 5000),
                ),
                name="a_circle_is_whole_and_small",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_circle(self) -> bool:
        return self.radius is not None

    @property
    def call(self) -> Place | None:
        """The call for ideas, where one was chosen."""
        return places.calls().get(self.call_id) if self.call_id else None

    @property
    def described(self) -> str:
        """What it asks for, in words."""
        asked = [f"“{self.words}”"] if self.words else []
        chosen = (self.area, self.district, self.department, self.call)
        asked += [str(place.name) for place in chosen if place]
        if self.radius is not None:
            asked.append(gettext("within %(km)s km of a point") % {"km": f"{self.radius / 1000:g}"})
        return " · ".join(asked) or gettext("All proposals")

    @property
    def address(self) -> str:
        """The query with which the proposals' list shows the same; a list knows no circles."""
        codes = {name: place.code for name in PLACES if (place := getattr(self, name))}
        return f"?{urlencode(({'q': self.words} if self.words else {}) | codes)}"


class News(models.Model):
    """Something that happened to a proposal and is to be told; ``spread_at`` when it was."""

    class Event(models.TextChoices):
        PUBLISHED = "published", _("Published")
        ANSWERED = "answered", _("Answered")

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="+")
    event = models.CharField(max_length=10, choices=Event)
    happened_at = models.DateTimeField()
    spread_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["id"], name="news_to_spread", condition=Q(spread_at=None)),
            models.Index(fields=["happened_at"], name="news_by_age"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "event", "happened_at"], name="each_happening_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.proposal_id} {self.event}"


class Told(models.Model):
    """That one person is told one piece of news, through which watch; ``noted_at`` when."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False
    )
    news = models.ForeignKey(News, models.CASCADE, related_name="told", db_index=False)
    watch = models.ForeignKey(Watch, models.SET_NULL, null=True, related_name="told")
    tells = models.CharField(max_length=10, choices=Watch.Tells)
    noted_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                F("tells"), F("id"), name="told_to_note", condition=Q(noted_at__isnull=True)
            ),
            models.Index(fields=["person"], name="told_of_person"),
        ]
        constraints = [models.UniqueConstraint(fields=["news", "person"], name="each_is_told_once")]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.news_id}"
