"""Panels drawn by lot: candidates, what they look at, what they mark."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from portal.audit.governed import GovernTable


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0002_know_moderators'),
        ('proposals', '0008_answer_with_four_eyes'),
        ('thresholds', '0003_change_the_steps_with_four_eyes'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='PanelConsent',
            fields=[
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='panel_consent', serialize=False, to=settings.AUTH_USER_MODEL)),
                ('given_at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
        ),
        migrations.CreateModel(
            name='Panel',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state_since', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('month', models.DateField(unique=True)),
                ('seats', models.PositiveSmallIntegerField()),
                ('marks_each', models.PositiveSmallIntegerField()),
                ('secret', models.CharField(max_length=64)),
                ('commitment', models.CharField(max_length=64)),
                ('announced_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('draw_on', models.DateField()),
                ('randomness', models.CharField(blank=True, max_length=200)),
                ('source', models.CharField(blank=True, max_length=300)),
                ('seed', models.CharField(blank=True, max_length=64)),
                ('closes_on', models.DateField(null=True)),
                ('state', models.CharField(choices=[('announced', 'Announced'), ('drawn', 'Drawn and at work'), ('closed', 'Closed')], default='announced', max_length=20)),
            ],
            options={
                'ordering': ['-month'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('seed', ''), ('state', 'announced')), models.Q(models.Q(('state', 'announced'), _negated=True), models.Q(('seed', ''), _negated=True)), _connector='OR'), name='drawn_panels_have_a_seed')],
            },
        ),
        migrations.CreateModel(
            name='Candidate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=16, unique=True)),
                ('stratum', models.CharField(blank=True, max_length=50)),
                ('state', models.CharField(choices=[('pool', 'Not drawn'), ('invited', 'Invited'), ('accepted', 'Accepted'), ('declined', 'Declined'), ('expired', 'Did not answer')], default='pool', max_length=10)),
                ('invited_at', models.DateTimeField(null=True)),
                ('expires_at', models.DateTimeField(null=True)),
                ('marked_at', models.DateTimeField(null=True)),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='candidacies', to=settings.AUTH_USER_MODEL)),
                ('panel', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='candidates', to='thresholds.panel')),
            ],
            options={
                'ordering': ['code'],
            },
        ),
        migrations.CreateModel(
            name='PanelItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('why', models.CharField(choices=[('lot', 'Drawn by lot'), ('district', 'From a district that is heard least')], max_length=10)),
                ('duty', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='panel_item', to='thresholds.duty')),
                ('panel', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='items', to='thresholds.panel')),
                ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='panel_items', to='proposals.proposal')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Mark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='marks', to='thresholds.candidate')),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='marks', to='thresholds.panelitem')),
            ],
        ),
        migrations.AddIndex(
            model_name='candidate',
            index=models.Index(condition=models.Q(('state', 'invited')), fields=['expires_at'], name='invitation_open'),
        ),
        migrations.AddConstraint(
            model_name='candidate',
            constraint=models.UniqueConstraint(fields=('panel', 'person'), name='one_candidacy_each_panel'),
        ),
        migrations.AddConstraint(
            model_name='candidate',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'pool'), ('expires_at__isnull', False), _connector='OR'), name='invitations_expire'),
        ),
        migrations.AddConstraint(
            model_name='panelitem',
            constraint=models.UniqueConstraint(fields=('panel', 'proposal'), name='one_look_each_panel'),
        ),
        migrations.AddConstraint(
            model_name='mark',
            constraint=models.UniqueConstraint(fields=('item', 'member'), name='one_mark_each'),
        ),
        GovernTable("thresholds_panel", "thresholds.panel"),
    ]
