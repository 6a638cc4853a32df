"""Opens the evaluation: indicators, measurements governed by the trail, their evidence."""

import datetime
import django.db.models.deletion
import django.utils.timezone
import portal.uploads
from django.conf import settings
from django.db import migrations, models

from portal.audit.governed import GovernTable


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ("audit", "0001_open_the_trail"),
        ('accounts', '0001_initial'),
        ('livinglabs', '0002_guard_the_labs'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Framework',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=60, unique=True, verbose_name='code')),
                ('name_ko', models.CharField(max_length=120, verbose_name='Korean name')),
                ('name_en', models.CharField(max_length=120, verbose_name='English name')),
                ('source_ko', models.CharField(max_length=120, verbose_name='source in Korean')),
                ('source_en', models.CharField(max_length=120, verbose_name='source in English')),
                ('about_ko', models.TextField(blank=True, verbose_name='what it is for, in Korean')),
                ('about_en', models.TextField(blank=True, verbose_name='what it is for, in English')),
                ('order', models.PositiveSmallIntegerField(default=100, verbose_name='order')),
            ],
            options={
                'verbose_name': 'framework',
                'verbose_name_plural': 'frameworks',
                'ordering': ['order', 'code'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Group',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=60, unique=True, verbose_name='code')),
                ('name_ko', models.CharField(max_length=120, verbose_name='Korean name')),
                ('name_en', models.CharField(max_length=120, verbose_name='English name')),
                ('order', models.PositiveSmallIntegerField(default=100, verbose_name='order')),
                ('framework', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='groups', to='evaluation.framework')),
            ],
            options={
                'verbose_name': 'group of indicators',
                'verbose_name_plural': 'groups of indicators',
                'ordering': ['framework__order', 'order', 'code'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Indicator',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=60, unique=True, verbose_name='code')),
                ('name_ko', models.CharField(max_length=120, verbose_name='Korean name')),
                ('name_en', models.CharField(max_length=120, verbose_name='English name')),
                ('kind', models.CharField(choices=[('value', 'A figure before and after'), ('share', 'A percentage before and after'), ('result', 'A figure without a baseline'), ('ratio', 'One figure by another'), ('done', 'Done or not done')], default='done', max_length=10, verbose_name='kind')),
                ('direction', models.CharField(choices=[('higher', 'Higher is better'), ('lower', 'Lower is better')], default='higher', max_length=10, verbose_name='direction')),
                ('unit_ko', models.CharField(blank=True, max_length=30, verbose_name='unit in Korean')),
                ('unit_en', models.CharField(blank=True, max_length=30, verbose_name='unit in English')),
                ('order', models.PositiveSmallIntegerField(default=100, verbose_name='order')),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='indicators', to='evaluation.group')),
            ],
            options={
                'verbose_name': 'indicator',
                'verbose_name_plural': 'indicators',
                'ordering': ['order', 'code'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Measurement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state_since', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('subject', models.CharField(blank=True, max_length=150, verbose_name='what was measured')),
                ('period_start', models.DateField(verbose_name='first day')),
                ('period_end', models.DateField(verbose_name='last day')),
                ('baseline', models.DecimalField(blank=True, decimal_places=6, max_digits=21, null=True, verbose_name='baseline')),
                ('result', models.DecimalField(blank=True, decimal_places=6, max_digits=21, null=True, verbose_name='result')),
                ('numerator', models.DecimalField(blank=True, decimal_places=6, max_digits=21, null=True, verbose_name='benefit (above the line)')),
                ('denominator', models.DecimalField(blank=True, decimal_places=6, max_digits=21, null=True, verbose_name='cost (below the line)')),
                ('done', models.BooleanField(blank=True, null=True, verbose_name='done')),
                ('note', models.TextField(blank=True, max_length=2000, verbose_name='how it was measured')),
                ('reported', models.JSONField(blank=True, default=dict, editable=False)),
                ('state', models.CharField(choices=[('recorded', 'Waiting for verification'), ('verified', 'Independently verified'), ('questioned', 'Questioned')], default='recorded', editable=False, max_length=12)),
                ('recorded_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('evidence_count', models.PositiveSmallIntegerField(default=0, editable=False)),
                ('verified_at', models.DateTimeField(editable=False, null=True)),
                ('question', models.TextField(blank=True, editable=False)),
                ('is_sample', models.BooleanField(default=False, editable=False, verbose_name='sample data')),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='measurements', to=settings.AUTH_USER_MODEL)),
                ('department', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='measurements', to='accounts.department')),
                ('indicator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='measurements', to='evaluation.indicator')),
                ('lab', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='measurements', to='livinglabs.lab', verbose_name='living lab')),
                ('verified_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'measurement',
                'verbose_name_plural': 'measurements',
                'ordering': ['-period_end', '-id'],
            },
        ),
        migrations.CreateModel(
            name='Evidence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=120, verbose_name='title')),
                ('file', models.FileField(blank=True, max_length=120, upload_to=portal.uploads.RandomName('evidence'), verbose_name='file')),
                ('name', models.CharField(blank=True, max_length=255)),
                ('content_type', models.CharField(blank=True, max_length=100)),
                ('size', models.PositiveBigIntegerField(default=0)),
                ('sha256', models.CharField(blank=True, max_length=64)),
                ('url', models.URLField(blank=True, max_length=500, verbose_name='address')),
                ('added_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('added_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('measurement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='evidence', to='evaluation.measurement')),
            ],
            options={
                'verbose_name': 'evidence of a measurement',
                'verbose_name_plural': 'evidence of measurements',
                'ordering': ['added_at', 'pk'],
            },
        ),
        migrations.AddIndex(
            model_name='indicator',
            index=models.Index(fields=['changed_at'], name='indicator_changed'),
        ),
        migrations.AddConstraint(
            model_name='indicator',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['value', 'share', 'result', 'ratio', 'done'])), name='indicator_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='indicator',
            constraint=models.CheckConstraint(condition=models.Q(('direction__in', ['higher', 'lower'])), name='indicator_direction_known'),
        ),
        migrations.AddIndex(
            model_name='measurement',
            index=models.Index(fields=['indicator', '-period_end', '-id'], name='measurement_newest'),
        ),
        migrations.AddIndex(
            model_name='measurement',
            index=models.Index(fields=['state', 'recorded_at'], name='measurement_waiting'),
        ),
        migrations.AddConstraint(
            model_name='measurement',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['recorded', 'verified', 'questioned'])), name='measurement_state_known'),
        ),
        migrations.AddConstraint(
            model_name='measurement',
            constraint=models.CheckConstraint(condition=models.Q(('period_end__gte', models.F('period_start'))), name='measurement_has_a_period'),
        ),
        migrations.AddConstraint(
            model_name='measurement',
            constraint=models.CheckConstraint(condition=models.Q(('period_end__lt', datetime.date(2100, 1, 1)), ('period_start__gte', datetime.date(1950, 1, 1))), name='measurement_days_are_of_our_time'),
        ),
        migrations.AddConstraint(
            model_name='measurement',
            constraint=models.CheckConstraint(condition=models.Q(('lab__isnull', False), models.Q(('subject', ''), _negated=True), _connector='OR'), name='measurement_has_a_subject'),
        ),
        migrations.AddConstraint(
            model_name='measurement',
            constraint=models.CheckConstraint(condition=models.Q(('done__isnull', False), ('result__isnull', False), models.Q(('denominator__isnull', False), ('numerator__isnull', False)), _connector='OR'), name='measurement_says_something'),
        ),
        migrations.AddConstraint(
            model_name='measurement',
            constraint=models.CheckConstraint(condition=models.Q(('denominator', None), models.Q(('denominator', 0), _negated=True), _connector='OR'), name='nothing_is_divided_by_zero'),
        ),
        migrations.AddConstraint(
            model_name='measurement',
            constraint=models.CheckConstraint(condition=models.Q(('verified_by', None), models.Q(('verified_by', models.F('author')), _negated=True), _connector='OR'), name='nobody_verifies_the_own_measurement'),
        ),
        migrations.AddConstraint(
            model_name='measurement',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'verified'), _negated=True), models.Q(('evidence_count__gte', 1), ('verified_at__isnull', False), ('verified_by__isnull', False)), _connector='OR'), name='verified_measurements_have_evidence'),
        ),
        migrations.AddConstraint(
            model_name='measurement',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'questioned'), _negated=True), models.Q(('question', ''), _negated=True), _connector='OR'), name='questioned_measurements_say_why'),
        ),
        migrations.AddConstraint(
            model_name='measurement',
            constraint=models.UniqueConstraint(fields=('indicator', 'lab', 'subject', 'period_start', 'period_end'), name='one_measurement_each_period', nulls_distinct=False, violation_error_message='There is a measurement for these days already.'),
        ),
        migrations.AddConstraint(
            model_name='evidence',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(models.Q(('file', ''), _negated=True), ('sha256__regex', '^[0-9a-f]{64}$')), models.Q(('url', ''), _negated=True), _connector='OR'), name='measurement_evidence_has_substance'),
        ),
        GovernTable(
            "evaluation_measurement", "evaluation.measurement", free=["evidence_count"]
        ),
        GovernTable("evaluation_evidence", "evaluation.evidence"),
    ]
