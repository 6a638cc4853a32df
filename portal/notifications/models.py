"""Notes left for people, and how each of them wants to be told."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.bilingual import in_this_language
from portal.registry import note_kinds


class Known(dict[str, str]):
    """The words of a note; a placeholder without a word stays as it is written."""

    def __missing__(self, name: str) -> str:
        return "{" + name + "}"


class NoteQuerySet(models.QuerySet["Note"]):
    def for_person(self, person: Any) -> Self:
        return self.filter(recipient_id=person.pk)

    visible_to = for_person

    def unread(self) -> Self:
        return self.filter(read_at=None)

    def waiting(self) -> Self:
        """Those that no mail has carried yet."""
        return self.filter(mailed_at=None)


class Note(models.Model):
    """One thing told to one person. Its words are made from its kind when it is read."""

    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notes")
    kind = models.CharField(max_length=60)
    url = models.CharField(max_length=300, blank=True)
    context = models.JSONField(default=dict)
    created_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True)
    mailed_at = models.DateTimeField(null=True)

    objects = NoteQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["recipient", "-created_at", "-id"], name="note_of_person"),
            models.Index(
                fields=["recipient"], name="note_unread", condition=Q(read_at__isnull=True)
            ),
            models.Index(
                fields=["created_at"], name="note_waiting", condition=Q(mailed_at__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} for {self.recipient_id}"

    @property
    def subject(self) -> str:
        return self._say("subject")

    @property
    def body(self) -> str:
        return self._say("body")

    def _say(self, part: str) -> str:
        kind = note_kinds.get(self.kind)
        if not kind:
            return self.kind
        words = {name: in_this_language(kept) for name, kept in self.context.items()}
        return str(getattr(kind, part)).format_map(Known(words))


class Preference(models.Model):
    """How often a person wants mail. Without a row: at once."""

    class Rhythm(models.TextChoices):
        AT_ONCE = "at_once", _("At once, each by itself")
        DAILY = "daily", _("Once a day, all together")
        NEVER = "never", _("No mail; only here in the portal")

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="note_preference"
    )
    rhythm = models.CharField(
        _("mail about news"), max_length=10, choices=Rhythm, default=Rhythm.AT_ONCE
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(rhythm__in=["at_once", "daily", "never"]), name="rhythm_known"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.rhythm}"
