"""A point has both of its numbers, or neither."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("proposals", "0008_answer_with_four_eyes")]

    operations = [
        migrations.RemoveConstraint(model_name="proposal", name="points_lie_on_the_globe"),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.CheckConstraint(
                condition=Q(latitude=None, longitude=None)
                | Q(
                    latitude__isnull=False,
                    longitude__isnull=False,
                    latitude__range=(-90, 90),
                    longitude__range=(-180, 180),
                ),
                name="points_lie_on_the_globe",
            ),
        ),
    ]
