"""Opens the reports: their runs and files, governed by the trail."""

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
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Run',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state_since', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('kind', models.CharField(max_length=60, verbose_name='report')),
                ('period', models.CharField(max_length=10, verbose_name='period')),
                ('period_start', models.DateField()),
                ('period_end', models.DateField()),
                ('edition', models.PositiveSmallIntegerField(default=1, verbose_name='edition')),
                ('state', models.CharField(choices=[('queued', 'Waiting to be made'), ('building', 'Being made'), ('done', 'Published and final'), ('failed', 'Could not be made')], default='queued', max_length=10)),
                ('requested_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('error', models.TextField(blank=True)),
                ('done_at', models.DateTimeField(editable=False, null=True)),
                ('snapshot', models.TextField(blank=True)),
                ('manifest_sha256', models.CharField(blank=True, max_length=64)),
                ('vkey', models.CharField(blank=True, max_length=250)),
                ('serial', models.PositiveIntegerField(null=True)),
                ('requested_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'report',
                'verbose_name_plural': 'reports',
            },
        ),
        migrations.CreateModel(
            name='Artefact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('format', models.CharField(choices=[('pdf', 'Document (PDF)'), ('xlsx', 'Spreadsheet (XLSX)'), ('csv', 'Tables (CSV, zipped)'), ('json', 'Data (JSON)'), ('manifest', 'Manifest (signed list of the files)')], max_length=10)),
                ('name', models.CharField(max_length=120)),
                ('file', models.FileField(max_length=120, upload_to=portal.uploads.RandomName('reports'))),
                ('size', models.PositiveBigIntegerField()),
                ('sha256', models.CharField(max_length=64)),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='artefacts', to='reports.run')),
            ],
            options={
                'verbose_name': 'file of a report',
                'verbose_name_plural': 'files of reports',
                'ordering': ['pk'],
            },
        ),
        migrations.AddIndex(
            model_name='run',
            index=models.Index(fields=['-period_start', '-id'], name='run_newest'),
        ),
        migrations.AddIndex(
            model_name='run',
            index=models.Index(fields=['kind', '-period_start', '-id'], name='run_newest_of_kind'),
        ),
        migrations.AddIndex(
            model_name='run',
            index=models.Index(fields=['manifest_sha256'], name='run_by_manifest'),
        ),
        migrations.AddConstraint(
            model_name='run',
            constraint=models.UniqueConstraint(fields=('kind', 'period_start', 'edition'), name='one_run_each_edition'),
        ),
        migrations.AddConstraint(
            model_name='run',
            constraint=models.UniqueConstraint(fields=('kind', 'serial'), name='one_run_each_place_in_chain'),
        ),
        migrations.AddConstraint(
            model_name='run',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['queued', 'building', 'done', 'failed'])), name='run_state_known'),
        ),
        migrations.AddConstraint(
            model_name='run',
            constraint=models.CheckConstraint(condition=models.Q(('period_end__gt', models.F('period_start'))), name='period_ends_after_it_starts'),
        ),
        migrations.AddConstraint(
            model_name='run',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'done'), _negated=True), models.Q(models.Q(('snapshot', ''), _negated=True), ('manifest_sha256__regex', '^[0-9a-f]{64}$'), ('serial__isnull', False), ('done_at__isnull', False)), _connector='OR'), name='published_reports_are_whole'),
        ),
        migrations.AddConstraint(
            model_name='run',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'failed'), _negated=True), models.Q(('error', ''), _negated=True), _connector='OR'), name='failed_runs_say_why'),
        ),
        migrations.AddIndex(
            model_name='artefact',
            index=models.Index(fields=['sha256'], name='artefact_by_hash'),
        ),
        migrations.AddIndex(
            model_name='artefact',
            index=models.Index(fields=['name'], name='artefact_by_name'),
        ),
        migrations.AddConstraint(
            model_name='artefact',
            constraint=models.UniqueConstraint(fields=('run', 'format'), name='one_file_each_format'),
        ),
        migrations.AddConstraint(
            model_name='artefact',
            constraint=models.CheckConstraint(condition=models.Q(('sha256__regex', '^[0-9a-f]{64}$')), name='file_has_its_hash'),
        ),
        GovernTable("reports_run", "reports.run"),
        GovernTable("reports_artefact", "reports.artefact"),
    ]
