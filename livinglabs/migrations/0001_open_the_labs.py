"""Labs, their records, and what all labs have in common."""

import datetime
import django.db.models.deletion
import django.utils.timezone
import portal.uploads
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_initial'),
        ('datahub', '0001_open_the_catalogue'),
        ('governance', '0002_guard_the_votes'),
        ('proposals', '0002_keep_counts_and_govern'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='BudgetSource',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=60, unique=True, verbose_name='code')),
                ('name_ko', models.CharField(max_length=120, verbose_name='Korean name')),
                ('name_en', models.CharField(max_length=120, verbose_name='English name')),
                ('order', models.PositiveSmallIntegerField(default=0, verbose_name='order')),
                ('words_ko', models.TextField(blank=True, verbose_name='Korean explanation')),
                ('words_en', models.TextField(blank=True, verbose_name='English explanation')),
            ],
            options={
                'verbose_name': 'source of budget',
                'verbose_name_plural': 'sources of budget',
                'ordering': ['order', 'code'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ConflictType',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=60, unique=True, verbose_name='code')),
                ('name_ko', models.CharField(max_length=120, verbose_name='Korean name')),
                ('name_en', models.CharField(max_length=120, verbose_name='English name')),
                ('order', models.PositiveSmallIntegerField(default=0, verbose_name='order')),
                ('words_ko', models.TextField(blank=True, verbose_name='Korean explanation')),
                ('words_en', models.TextField(blank=True, verbose_name='English explanation')),
            ],
            options={
                'verbose_name': 'type of conflict',
                'verbose_name_plural': 'types of conflict',
                'ordering': ['order', 'code'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='EventKind',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=60, unique=True, verbose_name='code')),
                ('name_ko', models.CharField(max_length=120, verbose_name='Korean name')),
                ('name_en', models.CharField(max_length=120, verbose_name='English name')),
                ('order', models.PositiveSmallIntegerField(default=0, verbose_name='order')),
                ('words_ko', models.TextField(blank=True, verbose_name='Korean explanation')),
                ('words_en', models.TextField(blank=True, verbose_name='English explanation')),
            ],
            options={
                'verbose_name': 'kind of event',
                'verbose_name_plural': 'kinds of event',
                'ordering': ['order', 'code'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='EvidenceKind',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=60, unique=True, verbose_name='code')),
                ('name_ko', models.CharField(max_length=120, verbose_name='Korean name')),
                ('name_en', models.CharField(max_length=120, verbose_name='English name')),
                ('order', models.PositiveSmallIntegerField(default=0, verbose_name='order')),
                ('words_ko', models.TextField(blank=True, verbose_name='Korean explanation')),
                ('words_en', models.TextField(blank=True, verbose_name='English explanation')),
            ],
            options={
                'verbose_name': 'kind of evidence',
                'verbose_name_plural': 'kinds of evidence',
                'ordering': ['order', 'code'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ReportedCase',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=60, unique=True, verbose_name='code')),
                ('name_ko', models.CharField(max_length=120, verbose_name='Korean name')),
                ('name_en', models.CharField(max_length=120, verbose_name='English name')),
                ('order', models.PositiveSmallIntegerField(default=0, verbose_name='order')),
                ('words_ko', models.TextField(blank=True, verbose_name='Korean explanation')),
                ('words_en', models.TextField(blank=True, verbose_name='English explanation')),
            ],
            options={
                'verbose_name': 'case of the report',
                'verbose_name_plural': 'cases of the report',
                'ordering': ['order', 'code'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='SelectionCriterion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=60, unique=True, verbose_name='code')),
                ('name_ko', models.CharField(max_length=120, verbose_name='Korean name')),
                ('name_en', models.CharField(max_length=120, verbose_name='English name')),
                ('order', models.PositiveSmallIntegerField(default=0, verbose_name='order')),
                ('words_ko', models.TextField(blank=True, verbose_name='Korean explanation')),
                ('words_en', models.TextField(blank=True, verbose_name='English explanation')),
            ],
            options={
                'verbose_name': 'selection criterion',
                'verbose_name_plural': 'selection criteria',
                'ordering': ['order', 'code'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='SuccessFactor',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=60, unique=True, verbose_name='code')),
                ('name_ko', models.CharField(max_length=120, verbose_name='Korean name')),
                ('name_en', models.CharField(max_length=120, verbose_name='English name')),
                ('order', models.PositiveSmallIntegerField(default=0, verbose_name='order')),
                ('words_ko', models.TextField(blank=True, verbose_name='Korean explanation')),
                ('words_en', models.TextField(blank=True, verbose_name='English explanation')),
            ],
            options={
                'verbose_name': 'success factor',
                'verbose_name_plural': 'success factors',
                'ordering': ['order', 'code'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ReportedFigure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=60, unique=True, verbose_name='code')),
                ('name_ko', models.CharField(max_length=120, verbose_name='Korean name')),
                ('name_en', models.CharField(max_length=120, verbose_name='English name')),
                ('order', models.PositiveSmallIntegerField(default=0, verbose_name='order')),
                ('words_ko', models.TextField(blank=True, verbose_name='Korean explanation')),
                ('words_en', models.TextField(blank=True, verbose_name='English explanation')),
                ('topic', models.CharField(choices=[('events', 'Events'), ('conflicts', 'Conflicts')], max_length=20, verbose_name='topic')),
                ('value', models.DecimalField(decimal_places=1, max_digits=12, verbose_name='value')),
                ('unit', models.CharField(choices=[('count', 'times'), ('percent', '%')], default='count', max_length=10, verbose_name='unit')),
                ('is_total', models.BooleanField(default=False, verbose_name='the total that the report states')),
                ('source_ko', models.CharField(max_length=120, verbose_name='source in Korean')),
                ('source_en', models.CharField(max_length=120, verbose_name='source in English')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='figures', to='livinglabs.reportedcase')),
            ],
            options={
                'verbose_name': 'figure of the report',
                'verbose_name_plural': 'figures of the report',
                'ordering': ['order', 'code'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Stage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=60, unique=True, verbose_name='code')),
                ('name_ko', models.CharField(max_length=120, verbose_name='Korean name')),
                ('name_en', models.CharField(max_length=120, verbose_name='English name')),
                ('order', models.PositiveSmallIntegerField(default=0, verbose_name='order')),
                ('words_ko', models.TextField(blank=True, verbose_name='Korean explanation')),
                ('words_en', models.TextField(blank=True, verbose_name='English explanation')),
                ('asks', models.ManyToManyField(blank=True, related_name='asked_by', to='livinglabs.evidencekind', verbose_name='evidence asked for')),
            ],
            options={
                'verbose_name': 'stage',
                'verbose_name_plural': 'stages',
                'ordering': ['order', 'code'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Lab',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state_since', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('title', models.CharField(max_length=120, verbose_name='title')),
                ('problem', models.TextField(max_length=3000, verbose_name='the problem')),
                ('goal', models.TextField(max_length=3000, verbose_name='what the lab wants to reach')),
                ('place', models.CharField(max_length=120, verbose_name='place')),
                ('starts_on', models.DateField(verbose_name='first day')),
                ('ends_on', models.DateField(verbose_name='last day')),
                ('state', models.CharField(choices=[('prepared', 'Being prepared'), ('running', 'Running'), ('completed', 'Completed'), ('stopped', 'Stopped')], default='prepared', editable=False, max_length=20, verbose_name='state')),
                ('outcome', models.TextField(blank=True, max_length=3000, verbose_name='outcome')),
                ('learnings', models.TextField(blank=True, max_length=3000, verbose_name='what was learned')),
                ('is_sample', models.BooleanField(default=False, editable=False, verbose_name='sample data')),
                ('participant_count', models.PositiveIntegerField(default=0, editable=False, verbose_name='participants')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('department', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='labs', to='accounts.department', verbose_name='department')),
                ('district', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='labs', to='proposals.district', verbose_name='district')),
                ('manager', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='managed_labs', to=settings.AUTH_USER_MODEL, verbose_name='manager')),
                ('mandate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='labs', to='governance.motion', verbose_name='mandate')),
                ('reported_case', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='labs', to='livinglabs.reportedcase', verbose_name='case of the report that it continues')),
                ('stage', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='labs', to='livinglabs.stage', verbose_name='stage')),
            ],
            options={
                'verbose_name': 'living lab',
                'verbose_name_plural': 'living labs',
                'ordering': ['-created_at', '-id'],
            },
        ),
        migrations.CreateModel(
            name='Evidence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('file', models.FileField(blank=True, upload_to=portal.uploads.RandomName('labs'), verbose_name='file')),
                ('file_name', models.CharField(blank=True, editable=False, max_length=255)),
                ('content_type', models.CharField(blank=True, editable=False, max_length=100)),
                ('size', models.PositiveBigIntegerField(default=0, editable=False)),
                ('sha256', models.CharField(blank=True, editable=False, max_length=64)),
                ('title', models.CharField(max_length=120, verbose_name='title')),
                ('url', models.URLField(blank=True, max_length=500, verbose_name='address')),
                ('text', models.TextField(blank=True, max_length=5000, verbose_name='text')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('withdrawn_at', models.DateTimeField(editable=False, null=True)),
                ('withdrawn_reason', models.TextField(blank=True, editable=False)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('withdrawn_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('kind', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='livinglabs.evidencekind', verbose_name='kind of evidence')),
                ('lab', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='evidence', to='livinglabs.lab')),
                ('stage', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='livinglabs.stage', verbose_name='stage')),
            ],
            options={
                'verbose_name': 'evidence',
                'verbose_name_plural': 'evidence',
                'ordering': ['-at', '-id'],
            },
        ),
        migrations.CreateModel(
            name='StageRecord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('entered_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('passed_at', models.DateTimeField(null=True)),
                ('note', models.TextField(blank=True, verbose_name='note')),
                ('lab', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='stage_records', to='livinglabs.lab')),
                ('passed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('stage', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='livinglabs.stage')),
            ],
            options={
                'ordering': ['stage__order'],
            },
        ),
        migrations.CreateModel(
            name='Event',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=120, verbose_name='title')),
                ('held_on', models.DateField(verbose_name='date')),
                ('headcount', models.PositiveIntegerField(verbose_name='people present')),
                ('notes', models.TextField(blank=True, max_length=3000, verbose_name='what came of it')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('kind', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='livinglabs.eventkind', verbose_name='kind')),
                ('lab', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='events', to='livinglabs.lab')),
            ],
            options={
                'verbose_name': 'event',
                'verbose_name_plural': 'events',
                'ordering': ['-held_on', '-id'],
                'indexes': [models.Index(fields=['lab', '-held_on'], name='events_of_lab')],
                'constraints': [models.CheckConstraint(condition=models.Q(('held_on__gte', datetime.date(2000, 1, 1)), ('held_on__lt', datetime.date(2100, 1, 1))), name='event_is_of_this_century', violation_error_message='Enter a day between the years 2000 and 2099.')],
            },
        ),
        migrations.CreateModel(
            name='Conflict',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state_since', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('description', models.TextField(max_length=2000, verbose_name='what it is about')),
                ('done', models.TextField(blank=True, max_length=3000, verbose_name='what was done')),
                ('state', models.CharField(choices=[('open', 'Not settled yet'), ('mediated', 'In mediation'), ('resolved', 'Resolved')], default='open', editable=False, max_length=20)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('type', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='livinglabs.conflicttype', verbose_name='type')),
                ('lab', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='conflicts', to='livinglabs.lab')),
            ],
            options={
                'verbose_name': 'conflict',
                'verbose_name_plural': 'conflicts',
                'ordering': ['-created_at', '-id'],
                'indexes': [models.Index(fields=['lab', '-created_at'], name='conflicts_of_lab')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state', 'open'), models.Q(('done', ''), _negated=True), _connector='OR'), name='mediation_says_what_was_done')],
            },
        ),
        migrations.CreateModel(
            name='BudgetLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('file', models.FileField(blank=True, upload_to=portal.uploads.RandomName('labs'), verbose_name='file')),
                ('file_name', models.CharField(blank=True, editable=False, max_length=255)),
                ('content_type', models.CharField(blank=True, editable=False, max_length=100)),
                ('size', models.PositiveBigIntegerField(default=0, editable=False)),
                ('sha256', models.CharField(blank=True, editable=False, max_length=64)),
                ('title', models.CharField(max_length=120, verbose_name='what for')),
                ('planned', models.BigIntegerField(verbose_name='planned')),
                ('spent', models.BigIntegerField(default=0, verbose_name='spent')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='livinglabs.budgetsource', verbose_name='source')),
                ('lab', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='budget_lines', to='livinglabs.lab')),
            ],
            options={
                'verbose_name': 'budget line',
                'verbose_name_plural': 'budget lines',
                'ordering': ['source__order', 'id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('planned__gte', 0), ('spent__gte', 0)), name='money_is_not_negative', violation_error_message='An amount cannot be below zero.')],
            },
        ),
        migrations.CreateModel(
            name='LabDataset',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('linked_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('dataset', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lab_links', to='datahub.dataset')),
                ('lab', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lab_datasets', to='livinglabs.lab')),
                ('linked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-linked_at'],
                'constraints': [models.UniqueConstraint(fields=('lab', 'dataset'), name='one_link_each_dataset')],
            },
        ),
        migrations.CreateModel(
            name='Participation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(blank=True, max_length=60, verbose_name='name')),
                ('contact', models.CharField(blank=True, max_length=120, verbose_name='contact')),
                ('kind', models.CharField(choices=[('resident', 'Resident'), ('tester', 'Tester of the service'), ('expert', 'Expert'), ('company', 'Company'), ('official', 'Official'), ('civic_group', 'Civic group')], max_length=20, verbose_name='takes part as')),
                ('consent_version', models.CharField(max_length=20, verbose_name='version of the consent')),
                ('joined_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('left_at', models.DateTimeField(editable=False, null=True)),
                ('lab', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='participations', to='livinglabs.lab')),
                ('registered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('user', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='lab_participations', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'participation',
                'verbose_name_plural': 'participations',
                'ordering': ['joined_at', 'id'],
                'indexes': [models.Index(fields=['lab', 'kind'], name='participants_by_kind')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('left_at', None)), fields=('lab', 'user'), name='nobody_joins_twice'), models.CheckConstraint(condition=models.Q(('user__isnull', False), models.Q(('name', ''), _negated=True), _connector='OR'), name='participant_has_a_name'), models.CheckConstraint(condition=models.Q(('user__isnull', True), models.Q(('contact', ''), ('name', '')), _connector='OR'), name='account_holders_are_not_copied'), models.CheckConstraint(condition=models.Q(('consent_version', ''), _negated=True), name='participant_has_consented')],
            },
        ),
        migrations.AddConstraint(
            model_name='stage',
            constraint=models.UniqueConstraint(fields=('order',), name='one_stage_each_place'),
        ),
        migrations.AddIndex(
            model_name='lab',
            index=models.Index(fields=['-created_at', '-id'], name='lab_newest_first'),
        ),
        migrations.AddIndex(
            model_name='lab',
            index=models.Index(fields=['state', '-created_at', '-id'], name='lab_newest_in_state'),
        ),
        migrations.AddIndex(
            model_name='lab',
            index=models.Index(fields=['changed_at'], name='lab_changed'),
        ),
        migrations.AddConstraint(
            model_name='lab',
            constraint=models.UniqueConstraint(fields=('mandate',), name='one_lab_each_mandate', violation_error_message='There is already a lab for this motion.'),
        ),
        migrations.AddConstraint(
            model_name='lab',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='lab_ends_after_it_starts', violation_error_message='The last day must not be before the first day.'),
        ),
        migrations.AddConstraint(
            model_name='lab',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__lt', datetime.date(2100, 1, 1)), ('starts_on__gte', datetime.date(2000, 1, 1))), name='lab_days_are_of_this_century', violation_error_message='Enter days between the years 2000 and 2099.'),
        ),
        migrations.AddConstraint(
            model_name='lab',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'stopped'), _negated=True), models.Q(('learnings', ''), _negated=True), _connector='OR'), name='stopped_lab_says_what_it_learned'),
        ),
        migrations.AddConstraint(
            model_name='lab',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'completed'), _negated=True), models.Q(('outcome', ''), _negated=True), _connector='OR'), name='completed_lab_has_an_outcome'),
        ),
        migrations.AddIndex(
            model_name='evidence',
            index=models.Index(fields=['lab', '-at'], name='evidence_of_lab'),
        ),
        migrations.AddConstraint(
            model_name='evidence',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('file', ''), _negated=True), models.Q(('url', ''), _negated=True), models.Q(('text', ''), _negated=True), _connector='OR'), name='evidence_has_substance'),
        ),
        migrations.AddConstraint(
            model_name='evidence',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_at', None), ('withdrawn_reason', '')), models.Q(('withdrawn_at__isnull', False), models.Q(('withdrawn_reason', ''), _negated=True)), _connector='OR'), name='withdrawal_has_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='stagerecord',
            constraint=models.UniqueConstraint(fields=('lab', 'stage'), name='one_record_each_stage'),
        ),
        migrations.AddConstraint(
            model_name='stagerecord',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('passed_at', None), ('passed_by', None)), models.Q(('passed_at__isnull', False), ('passed_by__isnull', False)), _connector='OR'), name='who_passed_a_gate_is_known'),
        ),
    ]
