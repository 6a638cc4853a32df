"""Earlier systems hold comments without words; they are taken over as they are."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("talk", "0002_count_and_govern")]

    operations = [
        migrations.RemoveConstraint("comment", "only_deleted_comments_are_empty"),
        migrations.AddConstraint(
            "comment",
            models.CheckConstraint(
                condition=Q(state="deleted", text="")
                | (~Q(state="deleted") & (~Q(text="") | Q(source_id__isnull=False))),
                name="only_deleted_and_imported_comments_may_be_empty",
            ),
        ),
    ]
