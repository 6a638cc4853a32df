"""Moderators, who decide about words that break the rules of the talk."""

from django.db import migrations, models

ROLES = [
    ("citizen", "Citizen"),
    ("official", "Official"),
    ("approver", "Approver"),
    ("clerk", "Clerk"),
    ("council_secretary", "Council secretary"),
    ("auditor", "Auditor"),
    ("expert", "Expert"),
    ("moderator", "Moderator"),
    ("operator", "Operator"),
]


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]

    operations = [
        migrations.AlterField(
            "appointment",
            "role",
            models.CharField(choices=ROLES, max_length=30, verbose_name="role"),
        ),
    ]
