"""Changes of the steps, each proposed by one person and decided by another."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from portal.audit.governed import GovernTable


class Migration(migrations.Migration):

    dependencies = [
        ('thresholds', '0002_merge_like_proposals'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='RuleChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state_since', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('steps', models.JSONField()),
                ('figures', models.JSONField(default=dict)),
                ('valid_from', models.DateField()),
                ('reason', models.TextField()),
                ('state', models.CharField(choices=[('proposed', 'Waits for approval'), ('approved', 'Approved'), ('rejected', 'Not approved')], default='proposed', max_length=20)),
                ('proposed_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('answer', models.TextField(blank=True)),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('proposed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-proposed_at', '-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('state', 'proposed'), ('decided_by__isnull', False), _connector='OR'), name='changes_are_decided_by_someone'), models.CheckConstraint(condition=models.Q(('decided_by', None), models.Q(('decided_by', models.F('proposed_by')), _negated=True), _connector='OR'), name='changes_need_four_eyes')],
            },
        ),
        GovernTable("thresholds_rulechange", "thresholds.rulechange"),
    ]
