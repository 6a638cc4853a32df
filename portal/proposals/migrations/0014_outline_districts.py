"""Districts get outlines, so that a point on the map tells its district."""

import django.db.models.deletion
from django.contrib.postgres.indexes import GistIndex
from django.db import migrations, models
from django.db.models import Func, Q

import portal.proposals.models.polygons


class Migration(migrations.Migration):
    dependencies = [("proposals", "0013_drop_a_second_index")]

    operations = [
        migrations.CreateModel(
            name="BoundaryRing",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("part", models.PositiveSmallIntegerField()),
                ("is_hole", models.BooleanField(default=False)),
                ("ring", portal.proposals.models.polygons.PolygonField()),
                ("source", models.CharField(max_length=120)),
                (
                    "district",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rings",
                        to="proposals.district",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=Q(is_hole=False),
                        fields=("district", "part"),
                        name="one_edge_each_part_of_a_district",
                    )
                ],
                "indexes": [GistIndex(Func("ring", function="box"), name="ring_by_its_box")],
            },
        ),
    ]
