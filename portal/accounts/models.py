"""People, departments, and the offices that people hold for a time."""

import secrets
import uuid
from datetime import date
from typing import Any, ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from portal.accounts.names import shown
from portal.bilingual import Bilingual


class Role(models.TextChoices):
    """What a person may be appointed to. Every account is a citizen's without an appointment."""

    CITIZEN = "citizen", _("Citizen")
    OFFICIAL = "official", _("Official")
    APPROVER = "approver", _("Approver")
    CLERK = "clerk", _("Clerk")
    SECRETARY = "council_secretary", _("Council secretary")
    AUDITOR = "auditor", _("Auditor")
    EXPERT = "expert", _("Expert")
    MODERATOR = "moderator", _("Moderator")
    OPERATOR = "operator", _("Operator")


STAFF_ROLES = frozenset(
    {
        Role.OFFICIAL,
        Role.APPROVER,
        Role.CLERK,
        Role.SECRETARY,
        Role.AUDITOR,
        Role.MODERATOR,
        Role.OPERATOR,
    }
)


class Department(Bilingual):
    """A part of the city's administration, in a tree."""

    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children"
    )
    phone = models.CharField(_("telephone"), max_length=30, blank=True)
    is_open = models.BooleanField(_("exists today"), default=True)

    class Meta(Bilingual.Meta):
        verbose_name = _("department")
        verbose_name_plural = _("departments")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(parent=None) | ~Q(parent=F("id")), name="department_not_its_own_parent"
            )
        ]


class Holiday(models.Model):
    """A day off that no table knows beforehand: proclaimed by the state or by the city."""

    class Kind(models.TextChoices):
        EXTRAORDINARY = "extraordinary", _("Extraordinary public holiday")
        LOCAL = "local", _("Local holiday")

    date = models.DateField(_("date"), unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    name_ko = models.CharField(_("Korean name"), max_length=100)
    name_en = models.CharField(_("English name"), max_length=100, blank=True)

    class Meta:
        verbose_name = _("holiday")
        verbose_name_plural = _("holidays")
        ordering = ["-date"]

    def __str__(self) -> str:
        return f"{self.date} {self.name_ko}"


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Make an account; without a password nobody can sign in to it."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        PersonKey.objects.create(user=user)
        return user

    def create_superuser(self, email: str, password: str, **fields: Any) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(AbstractBaseUser, PermissionsMixin):
    """A person with an account. Signs in with an e-mail address."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=60)
    shows_name = models.BooleanField(_("show my full name in public"), default=False)
    language = models.CharField(_("language"), max_length=5, default="ko")
    phone = models.CharField(_("telephone"), max_length=30, blank=True)
    is_active = models.BooleanField(_("active"), default=True)
    is_staff = models.BooleanField(
        _("may open the administration of reference data"), default=False
    )
    date_joined = models.DateTimeField(default=timezone.now, editable=False)
    terms_accepted_at = models.DateTimeField(null=True, editable=False)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            models.CheckConstraint(condition=~Q(email=""), name="user_has_email"),
            models.UniqueConstraint(Lower("email"), name="user_email_one_case"),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        return self.name

    @cached_property
    def current_appointments(self) -> list["Appointment"]:
        """The offices held today, asked for once per request."""
        if not self.pk:
            return []
        return list(self.appointments.current().select_related("department"))

    def holds(self, *roles: str) -> bool:
        """Whether the person holds one of ``roles`` today."""
        return any(appointment.role in roles for appointment in self.current_appointments)

    @property
    def departments(self) -> set[int]:
        """The departments for which the person acts as an official or an approver today."""
        return {
            appointment.department_id
            for appointment in self.current_appointments
            if appointment.department_id and appointment.role in {Role.OFFICIAL, Role.APPROVER}
        }

    @property
    def works_for_city(self) -> bool:
        return self.holds(*STAFF_ROLES)

    @property
    def public_name(self) -> str:
        """The name as strangers see it: masked, unless its bearer chose otherwise."""
        return shown(self.name, in_full=self.shows_name)


def fresh_key() -> bytes:
    """Thirty-two random bytes."""
    return secrets.token_bytes(32)


class PersonKey(models.Model):
    """The random key behind a person's pseudonyms in the trail; without it nobody can link them."""

    user = models.OneToOneField(User, models.CASCADE, primary_key=True, related_name="person_key")
    key = models.BinaryField(default=fresh_key, editable=False)

    def __str__(self) -> str:
        return f"key of {self.user_id}"


class AppointmentQuerySet(models.QuerySet["Appointment"]):
    def current(self, on: date | None = None) -> Self:
        """Those in force ``on`` that day (today)."""
        day = on or timezone.localdate()
        return self.filter(
            Q(ends_on=None) | Q(ends_on__gte=day), starts_on__lte=day, revoked_at=None
        )


class Appointment(models.Model):
    """An office held by a person for a term, granted by someone."""

    user = models.ForeignKey(User, models.PROTECT, related_name="appointments")
    role = models.CharField(_("role"), max_length=30, choices=Role)
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="appointments"
    )
    starts_on = models.DateField(_("from"), default=timezone.localdate)
    ends_on = models.DateField(_("until"), null=True, blank=True)
    granted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    revoked_at = models.DateTimeField(null=True, editable=False)
    # The office's public name in the trail: not the person's, so that it can be published.
    pseudonym = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("appointment")
        verbose_name_plural = _("appointments")
        ordering = ["role", "starts_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="appointment_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=~Q(role__in=["official", "approver"]) | Q(department__isnull=False),
                name="officials_have_a_department",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}: {self.user}"


class SignIn(models.Model):
    """One try to sign in to an account, shown to its holder and erased after a year."""

    user = models.ForeignKey(User, models.CASCADE, related_name="sign_ins")
    at = models.DateTimeField(default=timezone.now)
    succeeded = models.BooleanField()
    # The last part of the address is cut: enough to recognise a place, not a household.
    network = models.CharField(max_length=45, blank=True)
    browser = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["user", "-at"], name="sign_in_of_user")]

    def __str__(self) -> str:
        return f"{self.at:%F %T} {'in' if self.succeeded else 'refused'}"
