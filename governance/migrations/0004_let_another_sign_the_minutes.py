"""Asks that minutes be signed by another than who wrote them; what was signed before stays."""

from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations
from django.db.models import CheckConstraint, F, Q


class Migration(migrations.Migration):
    dependencies = [("governance", "0003_say_what_records_are")]

    operations = [
        AddConstraintNotValid(
            model_name="minutes",
            constraint=CheckConstraint(
                condition=Q(signed_at=None) | ~Q(signed_by=F("written_by")),
                name="minutes_are_signed_by_another",
            ),
        ),
    ]
