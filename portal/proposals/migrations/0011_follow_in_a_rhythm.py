"""Whoever follows a proposal chooses how to be told; what waits for a digest is kept."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

RHYTHMS = [
    ("portal", "At once, here in the portal"),
    ("mail", "At once, also by e-mail"),
    ("daily", "Once a day, all together"),
    ("weekly", "Once a week, all together"),
]


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("proposals", "0010_know_the_call"),
    ]

    operations = [
        migrations.AddField(
            model_name="follow",
            name="tells",
            field=models.CharField(
                choices=RHYTHMS,
                db_default="mail",
                default="mail",
                max_length=10,
                verbose_name="how you are told",
            ),
        ),
        migrations.AddConstraint(
            model_name="follow",
            constraint=models.CheckConstraint(
                condition=models.Q(tells__in=["portal", "mail", "daily", "weekly"]),
                name="follow_tells_in_a_known_way",
            ),
        ),
        migrations.CreateModel(
            name="HeldNote",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("tells", models.CharField(choices=RHYTHMS, max_length=10)),
                ("kind", models.CharField(max_length=60)),
                ("context", models.JSONField(default=dict)),
                ("held_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "proposal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="proposals.proposal",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["tells", "person"], name="held_for_digest")],
            },
        ),
    ]
