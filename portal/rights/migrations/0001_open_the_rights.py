"""Rights over one's own data: downloads, requests, consents and retention periods."""

import django.db.models.deletion
import django.utils.timezone
import portal.uploads
import uuid
from django.conf import settings
from django.db import migrations, models

from portal.audit.governed import GovernTable


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('proposals', '0008_answer_with_four_eyes'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Purpose',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=60, unique=True, verbose_name='code')),
                ('is_required', models.BooleanField(default=False, verbose_name='demanded by law')),
                ('is_open', models.BooleanField(default=True, verbose_name='in use')),
                ('order', models.PositiveSmallIntegerField(default=100, verbose_name='place in the list')),
            ],
            options={
                'verbose_name': 'purpose of handling data',
                'verbose_name_plural': 'purposes of handling data',
                'ordering': ['order', 'code'],
            },
        ),
        migrations.CreateModel(
            name='RetentionRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('started_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('counts', models.JSONField(default=dict)),
                ('unfinished', models.JSONField(default=list)),
                ('failed', models.JSONField(default=list)),
            ],
            options={
                'verbose_name': 'carrying out of the retention periods',
                'verbose_name_plural': 'carryings out of the retention periods',
                'ordering': ['-started_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='DraftWarning',
            fields=[
                ('proposal', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='draft_warning', serialize=False, to='proposals.proposal')),
                ('warned_at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                'indexes': [models.Index(fields=['warned_at'], name='draft_warning_at')],
            },
        ),
        migrations.CreateModel(
            name='Period',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=60, unique=True, verbose_name='code')),
                ('name_ko', models.CharField(max_length=120, verbose_name='Korean name')),
                ('name_en', models.CharField(max_length=120, verbose_name='English name')),
                ('days', models.PositiveIntegerField(blank=True, null=True, verbose_name='days kept')),
                ('warn_days', models.PositiveIntegerField(blank=True, null=True, verbose_name='days of warning')),
                ('since_ko', models.CharField(max_length=300, verbose_name='counted from, Korean')),
                ('since_en', models.CharField(max_length=300, verbose_name='counted from, English')),
                ('source_ko', models.CharField(max_length=300, verbose_name='source, Korean')),
                ('source_en', models.CharField(max_length=300, verbose_name='source, English')),
                ('order', models.PositiveSmallIntegerField(default=100, verbose_name='place in the list')),
            ],
            options={
                'verbose_name': 'retention period',
                'verbose_name_plural': 'retention periods',
                'ordering': ['order', 'code'],
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('days', None), ('days__gte', 1), _connector='OR'), name='retention_lasts_a_day'), models.CheckConstraint(condition=models.Q(('warn_days', None), ('warn_days__lt', models.F('days')), _connector='OR'), name='warnings_come_within_the_period')],
            },
        ),
        migrations.CreateModel(
            name='Wording',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveSmallIntegerField()),
                ('since', models.DateTimeField(default=django.utils.timezone.now)),
                ('replaced_at', models.DateTimeField(null=True)),
                ('title_ko', models.CharField(max_length=120)),
                ('title_en', models.CharField(max_length=120)),
                ('aim_ko', models.TextField()),
                ('aim_en', models.TextField()),
                ('items_ko', models.TextField()),
                ('items_en', models.TextField()),
                ('period_ko', models.TextField()),
                ('period_en', models.TextField()),
                ('ground_ko', models.TextField()),
                ('ground_en', models.TextField()),
                ('purpose', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='wordings', to='rights.purpose')),
            ],
            options={
                'verbose_name': 'wording',
                'verbose_name_plural': 'wordings',
                'ordering': ['purpose__order', 'purpose__code', '-version'],
            },
        ),
        migrations.CreateModel(
            name='Consent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('given_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('channel', models.CharField(choices=[('sign_up', 'when signing up'), ('own_page', 'on their own page'), ('counter', 'at the counter'), ('paper', 'on paper'), ('closing', 'by closing the account'), ('reworded', 'by deciding again on a new wording')], max_length=20)),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('withdrawn_by_way', models.CharField(blank=True, choices=[('sign_up', 'when signing up'), ('own_page', 'on their own page'), ('counter', 'at the counter'), ('paper', 'on paper'), ('closing', 'by closing the account'), ('reworded', 'by deciding again on a new wording')], max_length=20)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='consents', to=settings.AUTH_USER_MODEL)),
                ('wording', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='consents', to='rights.wording')),
            ],
            options={
                'verbose_name': 'consent',
                'verbose_name_plural': 'consents',
                'ordering': ['given_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='DataRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state_since', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('kind', models.CharField(choices=[('access', 'See my data'), ('correction', 'Correct my data'), ('erasure', 'Erase something'), ('stop', 'Stop the use of my data')], max_length=20, verbose_name='what you ask for')),
                ('about', models.CharField(choices=[('name', 'My name'), ('contact', 'My e-mail address or telephone'), ('text', 'A text or file that I handed in'), ('noted', 'Something that the city noted about me'), ('other', 'Something else, or everything')], max_length=20, verbose_name='which data')),
                ('wish', models.TextField(blank=True, max_length=3000, verbose_name='what exactly')),
                ('new_value', models.CharField(blank=True, max_length=300, verbose_name='what is right')),
                ('state', models.CharField(choices=[('received', 'Received'), ('granted', 'Granted'), ('partly', 'Granted in part'), ('refused', 'Refused'), ('withdrawn', 'Withdrawn')], default='received', max_length=20)),
                ('received_on', models.DateField(default=django.utils.timezone.localdate)),
                ('due_on', models.DateField()),
                ('reminded_at', models.DateTimeField(null=True)),
                ('late_told_at', models.DateTimeField(null=True)),
                ('reason', models.TextField(blank=True, max_length=3000, verbose_name='reason')),
                ('remedy', models.TextField(blank=True, max_length=2000, verbose_name='what can be done against it')),
                ('answered_at', models.DateTimeField(null=True)),
                ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='data_requests', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'request about own data',
                'verbose_name_plural': 'requests about own data',
                'ordering': ['-received_on', '-pk'],
                'indexes': [models.Index(fields=['person', '-received_on'], name='data_request_of_person'), models.Index(condition=models.Q(('state', 'received')), fields=['due_on'], name='data_request_owed')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['received', 'granted', 'partly', 'refused', 'withdrawn'])), name='data_request_state_known'), models.CheckConstraint(condition=models.Q(('state__in', ['received', 'withdrawn']), models.Q(('answered_at__isnull', False), ('answered_by__isnull', False)), _connector='OR'), name='answered_data_requests_name_who_answered'), models.CheckConstraint(condition=models.Q(('answered_by', None), models.Q(('answered_by', models.F('person')), _negated=True), _connector='OR'), name='nobody_answers_their_own_data_request')],
            },
        ),
        migrations.CreateModel(
            name='Download',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('state', models.CharField(choices=[('waiting', 'Being made'), ('ready', 'Ready'), ('failed', 'Could not be made'), ('erased', 'Erased')], default='waiting', max_length=10)),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('ready_at', models.DateTimeField(null=True)),
                ('expires_at', models.DateTimeField(null=True)),
                ('file', models.FileField(blank=True, max_length=120, upload_to=portal.uploads.RandomName('own-data'))),
                ('size', models.PositiveBigIntegerField(default=0)),
                ('sha256', models.CharField(blank=True, max_length=64)),
                ('kinds', models.PositiveSmallIntegerField(default=0)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='downloads', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'download of own data',
                'verbose_name_plural': 'downloads of own data',
                'ordering': ['-asked_at', '-pk'],
                'indexes': [models.Index(fields=['person', '-asked_at'], name='download_of_person')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'waiting')), fields=('person',), name='one_download_at_a_time'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'ready'), _negated=True), models.Q(models.Q(('file', ''), _negated=True), ('expires_at__isnull', False)), _connector='OR'), name='ready_downloads_have_a_file_and_an_end')],
            },
        ),
        migrations.AddConstraint(
            model_name='wording',
            constraint=models.UniqueConstraint(fields=('purpose', 'version'), name='wordings_are_numbered'),
        ),
        migrations.AddConstraint(
            model_name='wording',
            constraint=models.UniqueConstraint(condition=models.Q(('replaced_at', None)), fields=('purpose',), name='one_current_wording_each_purpose'),
        ),
        migrations.AddConstraint(
            model_name='consent',
            constraint=models.UniqueConstraint(condition=models.Q(('withdrawn_at', None)), fields=('person', 'wording'), name='one_consent_in_force_each_wording'),
        ),
        migrations.AddConstraint(
            model_name='consent',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_at', None), ('withdrawn_by_way', '')), models.Q(('withdrawn_at__gte', models.F('given_at')), models.Q(('withdrawn_by_way', ''), _negated=True)), _connector='OR'), name='withdrawn_consents_say_how'),
        ),
        GovernTable("rights_datarequest", "rights.datarequest"),
    ]
