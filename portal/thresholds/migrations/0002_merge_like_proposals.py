"""Merges of like proposals, the voices of their supporters, and what came over."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from portal.audit.governed import GovernTable


class Migration(migrations.Migration):

    dependencies = [
        ('proposals', '0008_answer_with_four_eyes'),
        ('thresholds', '0001_steps_and_duties'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Merge',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state_since', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('state', models.CharField(choices=[('asking', 'Supporters are asked'), ('merged', 'Merged'), ('called_off', 'Called off'), ('split', 'Split again')], default='asking', max_length=20)),
                ('reason', models.TextField()),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('answer_by', models.DateTimeField()),
                ('counts_silent', models.BooleanField()),
                ('was', models.CharField(blank=True, choices=[('draft', 'Draft'), ('submitted', 'Gathering support'), ('answer_due', 'Due for an answer'), ('supplement', 'Supplement asked for'), ('prelim_review', 'Preliminary review'), ('dept_review', "Departments' review"), ('referred', 'Before the council'), ('adopted', 'Adopted'), ('not_adopted', 'Not adopted'), ('withdrawn', 'Withdrawn'), ('merged', 'Merged with an earlier proposal'), ('converted', 'Handled as a civil complaint'), ('lapsed', 'Closed without a supplement')], max_length=20)),
                ('earlier', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='merges_in', to='proposals.proposal')),
                ('later', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='merges_away', to='proposals.proposal')),
                ('proposed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-asked_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Carried',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField()),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('merge', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='carried', to='thresholds.merge')),
            ],
        ),
        migrations.CreateModel(
            name='Voice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('answer', models.CharField(blank=True, choices=[('yes', 'Count my support there'), ('no', 'Do not count my support there')], max_length=5)),
                ('answered_at', models.DateTimeField(null=True)),
                ('merge', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='voices', to='thresholds.merge')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.AddConstraint(
            model_name='merge',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['asking', 'merged'])), fields=('later',), name='one_merge_each_proposal'),
        ),
        migrations.AddConstraint(
            model_name='merge',
            constraint=models.CheckConstraint(condition=models.Q(('later', models.F('earlier')), _negated=True), name='proposals_merge_with_another'),
        ),
        migrations.AddConstraint(
            model_name='carried',
            constraint=models.UniqueConstraint(fields=('merge', 'person'), name='carried_over_once'),
        ),
        migrations.AddConstraint(
            model_name='voice',
            constraint=models.UniqueConstraint(fields=('merge', 'person'), name='one_voice_each_supporter'),
        ),
        GovernTable("thresholds_merge", "thresholds.merge"),
    ]
