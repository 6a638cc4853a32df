"""Comments, the marks they get, and cases of moderation."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0002_know_moderators'),
        ('proposals', '0005_count_the_visible'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='TalkCount',
            fields=[
                ('proposal', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='talk_count', serialize=False, to='proposals.proposal')),
                ('n_for', models.PositiveIntegerField(default=0)),
                ('n_neutral', models.PositiveIntegerField(default=0)),
                ('n_against', models.PositiveIntegerField(default=0)),
                ('marks', models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name='Comment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state_since', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('level', models.PositiveSmallIntegerField(default=1)),
                ('pseudonym', models.CharField(blank=True, max_length=60)),
                ('channel', models.CharField(choices=[('web', 'This portal'), ('counter', 'At the counter'), ('phone', 'By telephone'), ('post', 'By post'), ('paper', 'On paper'), ('call', 'In a call for ideas'), ('import', 'From an earlier system')], default='web', max_length=10)),
                ('source_id', models.CharField(max_length=80, null=True)),
                ('stance', models.CharField(choices=[('for', 'For'), ('neutral', 'Neutral'), ('against', 'Against')], default='neutral', max_length=10, verbose_name='stance')),
                ('text', models.TextField(blank=True, verbose_name='comment')),
                ('state', models.CharField(choices=[('public', 'Public'), ('held', 'Held back until it is looked at'), ('hidden', 'Hidden by a moderator'), ('deleted', 'Deleted by its author')], default='public', max_length=10)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('edited_at', models.DateTimeField(null=True)),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('helpful_count', models.PositiveIntegerField(default=0)),
                ('reply_count', models.PositiveIntegerField(default=0)),
                ('marks_before', models.PositiveIntegerField(default=0)),
                ('author', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='comments', to=settings.AUTH_USER_MODEL)),
                ('office', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.appointment')),
                ('parent', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replies', to='talk.comment')),
                ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='comments', to='proposals.proposal')),
                ('root', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='descendants', to='talk.comment')),
            ],
            options={
                'verbose_name': 'comment',
                'verbose_name_plural': 'comments',
            },
        ),
        migrations.CreateModel(
            name='Case',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state_since', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('state', models.CharField(choices=[('open', 'Waits for a moderator'), ('held', 'Held back by reports; waits for a moderator'), ('kept', 'Breaks no rule'), ('hidden', 'Hidden'), ('appealed', 'Its author appeals'), ('restored', 'Shown again after an appeal'), ('upheld', 'Hidden, also after an appeal'), ('dropped', 'Deleted by its author')], default='open', max_length=10)),
                ('opened_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('held_at', models.DateTimeField(null=True)),
                ('hold_ended_at', models.DateTimeField(null=True)),
                ('rule', models.CharField(blank=True, choices=[('spam', 'Advertising or spam'), ('abuse', 'Insult, threat or hate'), ('personal_data', 'Personal data of somebody'), ('off_topic', 'Nothing to do with the matter'), ('rights', 'Rights of others: copyright, portrait, name'), ('false_person', 'Pretends to be somebody else')], max_length=20, verbose_name='rule')),
                ('reason', models.TextField(blank=True)),
                ('decided_at', models.DateTimeField(null=True)),
                ('appeal', models.TextField(blank=True)),
                ('appealed_at', models.DateTimeField(null=True)),
                ('appeal_reason', models.TextField(blank=True)),
                ('appeal_decided_at', models.DateTimeField(null=True)),
                ('appeal_decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('proposal', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='cases', to='proposals.proposal')),
                ('comment', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='cases', to='talk.comment')),
            ],
            options={
                'verbose_name': 'case of moderation',
                'verbose_name_plural': 'cases of moderation',
            },
        ),
        migrations.CreateModel(
            name='CommentVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField()),
                ('stance', models.CharField(choices=[('for', 'For'), ('neutral', 'Neutral'), ('against', 'Against')], max_length=10)),
                ('replaced_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('comment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='versions', to='talk.comment')),
            ],
            options={
                'ordering': ['replaced_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Helpful',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('marked_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('comment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='marks', to='talk.comment')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Mention',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('comment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='mentions', to='talk.comment')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Report',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rule', models.CharField(choices=[('spam', 'Advertising or spam'), ('abuse', 'Insult, threat or hate'), ('personal_data', 'Personal data of somebody'), ('off_topic', 'Nothing to do with the matter'), ('rights', 'Rights of others: copyright, portrait, name'), ('false_person', 'Pretends to be somebody else')], max_length=20, verbose_name='rule')),
                ('text', models.TextField(blank=True)),
                ('reported_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reports', to='talk.case')),
                ('comment', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='reports', to='talk.comment')),
                ('proposal', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='reports', to='proposals.proposal')),
                ('reporter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reports', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['reported_at', 'pk'],
            },
        ),
        migrations.AddIndex(
            model_name='comment',
            index=models.Index(condition=models.Q(('parent__isnull', True)), fields=['proposal', '-created_at', '-id'], name='comment_root_of_proposal'),
        ),
        migrations.AddIndex(
            model_name='comment',
            index=models.Index(fields=['root', 'created_at', 'id'], name='comment_reply_of_root'),
        ),
        migrations.AddIndex(
            model_name='comment',
            index=models.Index(fields=['author', '-created_at'], name='comment_of_author'),
        ),
        migrations.AddIndex(
            model_name='comment',
            index=models.Index(fields=['changed_at'], name='comment_changed'),
        ),
        migrations.AddConstraint(
            model_name='comment',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['public', 'held', 'hidden', 'deleted'])), name='comment_state_known'),
        ),
        migrations.AddConstraint(
            model_name='comment',
            constraint=models.CheckConstraint(condition=models.Q(('stance__in', ['for', 'neutral', 'against'])), name='stance_known'),
        ),
        migrations.AddConstraint(
            model_name='comment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('level', 1), ('parent', None), ('root', None)), models.Q(('level__range', (2, 3)), ('parent__isnull', False), ('root__isnull', False)), _connector='OR'), name='replies_have_a_parent_and_three_levels'),
        ),
        migrations.AddConstraint(
            model_name='comment',
            constraint=models.CheckConstraint(condition=models.Q(('author__isnull', False), models.Q(('pseudonym', ''), _negated=True), _connector='OR'), name='comments_have_a_writer'),
        ),
        migrations.AddConstraint(
            model_name='comment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'deleted'), ('text', '')), models.Q(models.Q(('state', 'deleted'), _negated=True), models.Q(('text', ''), _negated=True)), _connector='OR'), name='only_deleted_comments_are_empty'),
        ),
        migrations.AddConstraint(
            model_name='comment',
            constraint=models.UniqueConstraint(fields=('proposal', 'source_id'), name='one_comment_each_source'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('state__in', ['open', 'held', 'appealed'])), fields=['opened_at'], name='case_waiting'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(fields=['decided_at'], name='case_decided'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['open', 'held', 'kept', 'hidden', 'appealed', 'restored', 'upheld', 'dropped'])), name='case_state_known'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('comment__isnull', False), ('proposal', None)), models.Q(('comment', None), ('proposal__isnull', False)), _connector='OR'), name='case_is_about_one_thing'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['open', 'held'])), fields=('comment',), name='one_waiting_case_each_comment'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['open', 'held'])), fields=('proposal',), name='one_waiting_case_each_proposal'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['hidden', 'appealed', 'restored', 'upheld']), _negated=True), models.Q(models.Q(('rule', ''), _negated=True), models.Q(('reason', ''), _negated=True), ('decided_by__isnull', False)), _connector='OR'), name='hiding_names_rule_reason_and_person'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(('appeal_decided_by', None), models.Q(('appeal_decided_by', models.F('decided_by')), _negated=True), _connector='OR'), name='appeals_are_decided_by_somebody_else'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'held'), _negated=True), ('held_at__isnull', False), _connector='OR'), name='holds_have_a_time'),
        ),
        migrations.AddConstraint(
            model_name='helpful',
            constraint=models.UniqueConstraint(fields=('comment', 'person'), name='one_helpful_mark_each'),
        ),
        migrations.AddConstraint(
            model_name='mention',
            constraint=models.UniqueConstraint(fields=('comment', 'person'), name='one_mention_each'),
        ),
        migrations.AddIndex(
            model_name='report',
            index=models.Index(fields=['reporter', 'reported_at'], name='report_of_person'),
        ),
        migrations.AddConstraint(
            model_name='report',
            constraint=models.CheckConstraint(condition=models.Q(('rule__in', ['spam', 'abuse', 'personal_data', 'off_topic', 'rights', 'false_person'])), name='report_rule_known'),
        ),
        migrations.AddConstraint(
            model_name='report',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('comment__isnull', False), ('proposal', None)), models.Q(('comment', None), ('proposal__isnull', False)), _connector='OR'), name='report_is_about_one_thing'),
        ),
        migrations.AddConstraint(
            model_name='report',
            constraint=models.UniqueConstraint(condition=models.Q(('comment__isnull', False)), fields=('reporter', 'comment'), name='one_report_each_of_a_comment'),
        ),
        migrations.AddConstraint(
            model_name='report',
            constraint=models.UniqueConstraint(condition=models.Q(('proposal__isnull', False)), fields=('reporter', 'proposal'), name='one_report_each_of_a_proposal'),
        ),
    ]
