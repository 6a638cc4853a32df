"""How sure the portal is of who somebody is, by which way, and until when.

No name, birth date or resident number is kept here: only a keyed hash of them, which says that
two accounts are one person and nothing else.
"""

from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.accounts.models import User

HASH_BYTES = 32


class Level(models.TextChoices):
    """How sure the portal is of a person; each level includes those before it."""

    NONE = "none", _("not known")
    EMAIL = "email", _("e-mail address confirmed")
    RESIDENT = "resident", _("verified resident")

    @property
    def place(self) -> int:
        """The place in the order of levels, 0 for the least."""
        return list(Level).index(self)


class Action(models.TextChoices):
    """What asks for a level."""

    READ = "read", _("read")
    WRITE = "write", _("write proposals")
    SUPPORT = "support", _("support proposals")
    VOTE = "vote", _("vote")


class Ending(models.TextChoices):
    """Why a verification is no longer in force."""

    RENEWED = "renewed", pgettext_lazy("a verification", "renewed")
    REVOKED = "revoked", _("revoked")
    TAKEN_OVER = "taken_over", _("taken over by the person's own account")


class VerificationQuerySet(models.QuerySet["Verification"]):
    def in_force(self, at: datetime | None = None) -> Self:
        return self.filter(ended_at=None, expires_at__gt=at or timezone.now())

    def ending_soon(self) -> Self:
        """Those that end within ``IDENTITY_REMINDER_DAYS``, of which nobody was told yet."""
        until = timezone.now() + timedelta(days=settings.IDENTITY_REMINDER_DAYS)
        return self.in_force().filter(expires_at__lte=until, reminded_at=None)

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Each person sees their own history and nobody else's."""
        return self.filter(user_id=user.pk)


class Verification(models.Model):
    """That an account's holder is a person whom the city knows, from one day until another."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="verifications", db_index=False
    )
    level = models.CharField(max_length=20, choices=Level, default=Level.RESIDENT)
    provider = models.CharField(max_length=20)
    person_hash = models.BinaryField(max_length=HASH_BYTES)
    district = models.CharField(max_length=50, blank=True)
    verified_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    ended_at = models.DateTimeField(null=True)
    ending = models.CharField(max_length=20, choices=Ending, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    # When the person was told that it ends soon.
    reminded_at = models.DateTimeField(null=True)

    objects = VerificationQuerySet.as_manager()

    class Meta:
        ordering = ["-verified_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(ended_at=None),
                name="one_verification_in_force_each_account",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ending="") | (Q(ended_at__isnull=False) & ~Q(ending="")),
                name="ended_verifications_say_why",
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=models.F("verified_at")),
                name="verifications_expire_after_they_begin",
            ),
        ]
        indexes = [
            models.Index(fields=["person_hash"], name="verification_of_person"),
            models.Index(fields=["user", "-verified_at"], name="verification_history"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.level} until {self.expires_at:%F}"

    @property
    def is_in_force(self) -> bool:
        return self.ended_at is None and self.expires_at > timezone.now()


class RegisterLoad(models.Model):
    """One reading of the city's register of residents, and how it went."""

    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    taken = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"{self.at:%F}: {self.taken}"


class RegisterEntry(models.Model):
    """Somebody who is in the city's register, as a keyed hash alone."""

    person_hash = models.BinaryField(max_length=HASH_BYTES, unique=True)
    load = models.ForeignKey(RegisterLoad, models.CASCADE, related_name="entries")

    def __str__(self) -> str:
        return f"entry {self.pk}"


class Way(models.TextChoices):
    """How a code reaches a person."""

    COUNTER = "counter", _("handed over at the counter")
    POST = "post", _("sent by post")


class VerificationCode(models.Model):
    """A code that makes the account of whoever types it a verified one, once."""

    way = models.CharField(max_length=10, choices=Way)
    # For whom: an account that was named when the code was made, or whoever holds the code.
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+"
    )
    code_hash = models.BinaryField(max_length=HASH_BYTES, unique=True)
    person_hash = models.BinaryField(max_length=HASH_BYTES)
    district = models.CharField(max_length=50, blank=True)
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    issued_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    used_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        indexes = [models.Index(fields=["issued_by", "-issued_at"], name="codes_of_clerk")]

    def __str__(self) -> str:
        return f"code {self.pk}"


class Tries(models.Model):
    """How often in a row an account has typed something wrong, and until when it waits."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="identity_tries"
    )
    failed = models.PositiveSmallIntegerField(default=0)
    locked_until = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.user_id}: {self.failed}"
