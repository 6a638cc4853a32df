"""Files that were handed in, and whether their content has been checked."""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class HeldState(models.TextChoices):
    """What is known of a file's content."""

    WAITING = "waiting", _("Being checked")
    PASSED = "passed", _("Checked")
    REFUSED = "refused", _("Not taken")
    DELETED = "deleted", _("Not taken and deleted")


class Finding(models.TextChoices):
    """Why a file is not taken, as a sentence that also says what to do."""

    SCRIPT = "script", _("It holds a script. Save it as a plain PDF and hand it in again.")
    MACRO = "macro", _("It holds macros. Save it without macros and hand it in again.")
    PROGRAM = "program", _("It holds a program or starts one.")
    EMBEDDED = "embedded", _("Other files are hidden in it. Hand them in one by one.")
    ARCHIVE = "archive", _("An archive lies in it. Hand in the files one by one.")
    REMOTE = "remote", _("It loads something from elsewhere when it is opened.")
    LOCKED = "locked", _("It is locked by a password, so it cannot be checked.")
    DISGUISED = "disguised", _("It is another kind of file than its name says.")
    BURSTING = "bursting", _("It unfolds to far more than it holds.")
    BROKEN = "broken", _("It is damaged and cannot be checked. Save it again.")
    MALWARE = "malware", _("The scanner found harmful software in it.")


class HeldFileQuerySet(models.QuerySet["HeldFile"]):
    def visible_to(self, user: Any) -> Self:
        """The files that a person handed in; all of them for those who look after the portal."""
        if user.has_perm("quarantine.look_after"):
            return self.all()
        return self.filter(owner_id=user.pk)

    def waiting(self) -> Self:
        return self.filter(state=HeldState.WAITING)

    def refused(self) -> Self:
        """Those that are not taken and still lie there."""
        return self.filter(state=HeldState.REFUSED)


class HeldFile(models.Model):
    """A file that was handed in: apart until its content is checked, and if it is not taken."""

    # Where the file lies once it has passed: the name in the row that it belongs to.
    path = models.CharField(max_length=120, unique=True)
    name = models.CharField(max_length=255)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="held_files"
    )
    # The page of the thing that the file was handed in for.
    url = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=10, choices=HeldState, default=HeldState.WAITING)
    finding = models.CharField(max_length=10, choices=Finding, blank=True)
    # What a scanner calls the harm.
    detail = models.CharField(max_length=200, blank=True)
    held_at = models.DateTimeField(default=timezone.now)
    checked_at = models.DateTimeField(null=True)

    objects = HeldFileQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=HeldState.values), name="held_file_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["refused", "deleted"], finding__in=Finding.values)
                | Q(state__in=["waiting", "passed"], finding=""),
                name="refused_files_say_why",
            ),
            models.CheckConstraint(
                condition=Q(state="waiting", checked_at=None)
                | (~Q(state="waiting") & Q(checked_at__isnull=False)),
                name="checked_files_say_when",
            ),
        ]
        indexes = [
            models.Index(fields=["held_at"], name="file_waiting", condition=Q(state="waiting")),
            models.Index(fields=["checked_at"], name="file_refused", condition=Q(state="refused")),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def apart(self) -> str:
        """Where the file lies until it has passed."""
        return f"quarantine/{self.path}"

    @property
    def is_refused(self) -> bool:
        return self.state in {HeldState.REFUSED, HeldState.DELETED}


class StatedQuerySet(models.QuerySet[Any]):
    """For rows with a file: adds what is known of its content as ``file_state``."""

    FILE: ClassVar = "file"

    def with_file_state(self) -> Self:
        held = HeldFile.objects.filter(path=models.OuterRef(self.FILE))
        return self.annotate(file_state=models.Subquery(held.values("state")[:1]))
