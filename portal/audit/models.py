"""The trail as Django reads it: acts, their salted values, the leaves and heads of the tree.

The tables belong to the migration; nothing here writes. An act is written by
``domain.log``, a leaf and a head by ``domain.sealer``, and the database refuses
every other way and every change.
"""

import json
from functools import cached_property
from typing import Any, Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import User


class ActQuerySet(models.QuerySet["Act"]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Everyone sees every act: a trail with secret pages could not be verified.

        What must not be seen is not in the act but behind its commitments.
        """
        return self.all()

    def about(self, *subject_keys: str) -> Self:
        return self.filter(subject__in=subject_keys)

    def of_kind(self, label: str) -> Self:
        """Acts on subjects of one model, ``"proposals.proposal"``."""
        return self.filter(subject__gte=f"{label}:", subject__lt=f"{label};")

    def of_verb(self, verb: str) -> Self:
        return self.filter(verb=verb)

    def chained(self) -> Self:
        """Acts that are links of the chain of their subject."""
        return self.filter(subject_seq__isnull=False)

    def sealed(self) -> Self:
        return self.filter(leaf__isnull=False)

    def link_before(self, act: "Act") -> "Act | None":
        """Find the act before ``act`` in the chain of its subject."""
        return self._link(act, -1)

    def link_after(self, act: "Act") -> "Act | None":
        """Find the act after ``act`` in the chain of its subject."""
        return self._link(act, +1)

    def _link(self, act: "Act", step: int) -> "Act | None":
        if act.subject_seq is None:
            return None
        return self.filter(subject=act.subject, subject_seq=act.subject_seq + step).first()

    def oldest_waiting(self) -> Self:
        """Keep the act that has waited longest for its seal, if one waits."""
        return self.filter(pk__in=Pending.objects.order_by("pk").values("pk")[:1])

    def newest_first(self) -> Self:
        return self.order_by("-id")

    def oldest_first(self) -> Self:
        return self.order_by("id")

    def with_leaf(self) -> Self:
        return self.select_related("leaf")


class Act(models.Model):
    """One act: who did what to what and when, in the exact text that was hashed."""

    id = models.BigIntegerField(primary_key=True)
    recorded_at = models.DateTimeField()
    leaf_data = models.TextField()
    leaf_hash = models.BinaryField()
    uid = models.UUIDField(db_column="act_uid")
    verb = models.TextField()
    subject = models.TextField()
    subject_seq = models.BigIntegerField(null=True)

    objects = ActQuerySet.as_manager()

    class Meta:
        managed = False
        db_table = '"audit"."act"'
        verbose_name = _("act")
        verbose_name_plural = _("acts")

    def __str__(self) -> str:
        return f"{self.verb} {self.subject}"

    def get_absolute_url(self) -> str:
        return reverse("audit:act", args=[self.uid])

    @cached_property
    def data(self) -> dict[str, Any]:
        """The leaf as a dictionary."""
        return json.loads(self.leaf_data)

    @property
    def index(self) -> int | None:
        """The place in the tree, or ``None`` while the act waits for its seal."""
        leaf = getattr(self, "leaf", None)
        return leaf.leaf_index if leaf else None


class ActPrivate(models.Model):
    """A value behind a commitment. It can be erased, and then the leaf says nothing any more."""

    pk = models.CompositePrimaryKey("act_uid", "field")
    act_uid = models.UUIDField()
    field = models.TextField()
    salt = models.BinaryField()
    value = models.BinaryField()
    person_ref = models.UUIDField(null=True)

    class Meta:
        managed = False
        db_table = '"audit"."act_private"'

    def __str__(self) -> str:
        return f"{self.act_uid} {self.field}"

    @property
    def text(self) -> str:
        return bytes(self.value).decode()


class Pending(models.Model):
    """An act that waits for its seal."""

    act_id = models.BigIntegerField(primary_key=True)

    class Meta:
        managed = False
        db_table = '"audit"."pending"'

    def __str__(self) -> str:
        return str(self.act_id)


class Leaf(models.Model):
    """The place of an act in the tree."""

    leaf_index = models.BigIntegerField(primary_key=True)
    act = models.OneToOneField(Act, models.DO_NOTHING, db_column="act_id", related_name="leaf")
    leaf_hash = models.BinaryField()

    class Meta:
        managed = False
        db_table = '"audit"."leaf"'

    def __str__(self) -> str:
        return str(self.leaf_index)


class HeadQuerySet(models.QuerySet["Head"]):
    def newest_first(self) -> Self:
        return self.order_by("-tree_size")

    def visible_to(self, user: User | AnonymousUser) -> Self:
        return self.all()


class Head(models.Model):
    """A signed head of the tree: how many acts there were, and the root over all of them."""

    tree_size = models.BigIntegerField(primary_key=True)
    root = models.BinaryField()
    sealed_at = models.DateTimeField()
    checkpoint = models.TextField()
    vkey = models.TextField()

    objects = HeadQuerySet.as_manager()

    class Meta:
        managed = False
        db_table = '"audit"."head"'

    def __str__(self) -> str:
        return str(self.tree_size)
