"""Answers with their four eyes, opinions, visits, extensions and second examinations."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0001_initial'),
        ('proposals', '0006_longer_titles'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Announcement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=60)),
                ('context', models.JSONField(default=dict)),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('told_until', models.BigIntegerField(default=0)),
                ('done_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Answer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state_since', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('round', models.PositiveSmallIntegerField(default=1)),
                ('state', models.CharField(choices=[('draft', 'Being drafted'), ('proposed', 'Before the approver'), ('returned', 'Sent back with a remark'), ('published', 'Published')], default='draft', max_length=20)),
                ('decision', models.CharField(blank=True, choices=[('accepted', 'Accepted'), ('partly', 'Accepted in part'), ('already_done', 'Already being done'), ('not_feasible', 'Not feasible'), ('not_the_citys', "Not the city's business"), ('council', 'Referred to the council'), ('council_refused', 'Refused by the council')], max_length=20, verbose_name='conclusion')),
                ('ground', models.CharField(blank=True, choices=[('already_done', 'Already done or in force'), ('not_the_citys', "Not the city's business"), ('not_feasible', 'Not feasible'), ('same_as_earlier', 'The same as an earlier proposal'), ('rights_of_others', 'Touches the rights of others'), ('private_profit', 'For private profit or publicity'), ('council', 'The council voted against it')], max_length=30, verbose_name='ground')),
                ('reason', models.TextField(blank=True, verbose_name='reason')),
                ('agency', models.CharField(blank=True, max_length=120, verbose_name='body in charge')),
                ('reflection', models.CharField(choices=[('full', 'Taken up'), ('partly', 'Taken up in part'), ('none', 'Not taken up')], default='none', max_length=10, verbose_name='taken up')),
                ('reflected_in', models.CharField(blank=True, choices=[('ordinance', 'Ordinance'), ('budget', 'Budget line'), ('plan', 'Plan or programme'), ('lab', 'Living lab'), ('other', 'Elsewhere')], max_length=20, verbose_name='where')),
                ('reflected_ref', models.CharField(blank=True, max_length=300, verbose_name='reference')),
                ('cost_won', models.PositiveBigIntegerField(blank=True, null=True, verbose_name='cost in won')),
                ('period_from', models.DateField(blank=True, null=True, verbose_name='from')),
                ('period_to', models.DateField(blank=True, null=True, verbose_name='to')),
                ('planned_on', models.DateField(blank=True, null=True, verbose_name='planned date')),
                ('phone', models.CharField(max_length=30, verbose_name='telephone')),
                ('remark', models.TextField(blank=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('published_at', models.DateTimeField(editable=False, null=True)),
            ],
            options={
                'verbose_name': 'answer',
                'verbose_name_plural': 'answers',
                'ordering': ['round', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Extension',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('round', models.PositiveSmallIntegerField(default=1)),
                ('ground', models.CharField(choices=[('cooperation', 'Another agency or department must cooperate'), ('inquiry', 'Facts or the place must be examined'), ('force_majeure', 'Disaster or another force that nobody can resist'), ('comparable', "A comparable reason that is none of the city's making")], max_length=20)),
                ('reason', models.TextField()),
                ('days', models.PositiveSmallIntegerField()),
                ('due_before', models.DateField()),
                ('due_after', models.DateField()),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                'ordering': ['at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='FieldVisit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(verbose_name='when')),
                ('place', models.CharField(max_length=200, verbose_name='where')),
                ('who', models.CharField(max_length=200, verbose_name='who goes')),
                ('finding', models.TextField(blank=True, verbose_name='what was found')),
                ('found_at', models.DateTimeField(null=True)),
            ],
            options={
                'ordering': ['at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='InterimReply',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField()),
                ('expected_on', models.DateField()),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                'ordering': ['at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='OpinionRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('outside', models.CharField(blank=True, max_length=120, verbose_name='agency or expert')),
                ('question', models.TextField()),
                ('asked_on', models.DateField()),
                ('due_on', models.DateField()),
                ('answered_on', models.DateField(null=True)),
                ('opinion', models.TextField(blank=True)),
            ],
            options={
                'ordering': ['asked_on', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Reexamination',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('refused', 'I do not agree with the answer'), ('same_policy', 'The city later did the same')], max_length=20)),
                ('reason', models.TextField()),
                ('round', models.PositiveSmallIntegerField()),
                ('answer_before', models.TextField()),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                'ordering': ['asked_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Reminder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('half', 'half of the time has passed'), ('three_days', 'three days left'), ('one_day', 'one day left'), ('late', 'late: told to the approver'), ('audit', 'late: told to the audit office'), ('supplement', 'a supplement is due soon'), ('lapsed', 'a supplement did not come'), ('opinion', 'an opinion is due soon')], max_length=20)),
                ('due_on', models.DateField()),
                ('sent_at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
        ),
        migrations.AddField(
            model_name='pause',
            name='extensions',
            field=models.PositiveSmallIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name='pause',
            name='ground',
            field=models.CharField(choices=[('defect', 'Something that is needed is missing or wrong'), ('no_proposal', 'As it stands it is no proposal in the sense of the rules'), ('complaint', 'It is a civil complaint rather than a proposal')], db_default='defect', default='defect', max_length=20),
        ),
        migrations.AddField(
            model_name='proposal',
            name='approved_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='proposal',
            name='complaint_due_at',
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='proposal',
            name='complaint_kind',
            field=models.CharField(blank=True, choices=[('law_query', 'Question about a law'), ('system_query', 'Question about a service or procedure'), ('suggestion', 'Suggestion'), ('grievance', 'Grievance'), ('other', 'Other request')], db_default='', max_length=20),
        ),
        migrations.AddField(
            model_name='proposal',
            name='decision',
            field=models.CharField(blank=True, choices=[('accepted', 'Accepted'), ('partly', 'Accepted in part'), ('already_done', 'Already being done'), ('not_feasible', 'Not feasible'), ('not_the_citys', "Not the city's business"), ('council', 'Referred to the council'), ('council_refused', 'Refused by the council')], db_default='', max_length=20),
        ),
        migrations.AddField(
            model_name='proposal',
            name='official',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='proposal',
            name='round',
            field=models.PositiveSmallIntegerField(db_default=1, default=1),
        ),
        migrations.AddField(
            model_name='proposal',
            name='transfers',
            field=models.PositiveSmallIntegerField(db_default=0, default=0),
        ),
        migrations.AddIndex(
            model_name='proposal',
            index=models.Index(condition=models.Q(('state__in', ['answer_due', 'supplement', 'prelim_review', 'dept_review'])), fields=['official', 'due_on'], name='proposal_owed_by_official'),
        ),
        migrations.AddConstraint(
            model_name='pause',
            constraint=models.CheckConstraint(condition=models.Q(('extensions__lte', 2)), name='supplements_are_put_off_twice'),
        ),
        migrations.AddConstraint(
            model_name='proposal',
            constraint=models.CheckConstraint(condition=models.Q(('transfers__lte', 1)), name='proposals_are_transferred_once'),
        ),
        migrations.AddConstraint(
            model_name='proposal',
            constraint=models.CheckConstraint(condition=models.Q(('decision__in', ['', 'accepted', 'partly', 'already_done', 'not_feasible', 'not_the_citys', 'council', 'council_refused'])), name='proposal_decision_known'),
        ),
        migrations.AddField(
            model_name='announcement',
            name='proposal',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='announcements', to='proposals.proposal'),
        ),
        migrations.AddField(
            model_name='answer',
            name='approved_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='answer',
            name='drafted_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='answer',
            name='office',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='accounts.department', verbose_name='responsible office'),
        ),
        migrations.AddField(
            model_name='answer',
            name='proposal',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='proposals.proposal'),
        ),
        migrations.AddField(
            model_name='extension',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='extension',
            name='proposal',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='extensions', to='proposals.proposal'),
        ),
        migrations.AddField(
            model_name='fieldvisit',
            name='planned_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='fieldvisit',
            name='proposal',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='visits', to='proposals.proposal'),
        ),
        migrations.AddField(
            model_name='interimreply',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='interimreply',
            name='proposal',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='interim_replies', to='proposals.proposal'),
        ),
        migrations.AddField(
            model_name='opinionrequest',
            name='answered_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='opinionrequest',
            name='asked_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='opinionrequest',
            name='department',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='accounts.department'),
        ),
        migrations.AddField(
            model_name='opinionrequest',
            name='proposal',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='opinion_requests', to='proposals.proposal'),
        ),
        migrations.AddField(
            model_name='reexamination',
            name='proposal',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reexaminations', to='proposals.proposal'),
        ),
        migrations.AddField(
            model_name='reminder',
            name='proposal',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reminders', to='proposals.proposal'),
        ),
        migrations.AddIndex(
            model_name='announcement',
            index=models.Index(condition=models.Q(('done_at', None)), fields=['made_at'], name='announcement_under_way'),
        ),
        migrations.AddIndex(
            model_name='answer',
            index=models.Index(fields=['state', 'state_since'], name='answer_in_state'),
        ),
        migrations.AddConstraint(
            model_name='answer',
            constraint=models.UniqueConstraint(fields=('proposal', 'round'), name='one_answer_each_round'),
        ),
        migrations.AddConstraint(
            model_name='answer',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'published'), _negated=True), models.Q(('approved_by__isnull', False), ('published_at__isnull', False), models.Q(('approved_by', models.F('drafted_by')), _negated=True)), _connector='OR'), name='two_people_stand_behind_an_answer'),
        ),
        migrations.AddConstraint(
            model_name='answer',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'returned']), models.Q(models.Q(('reason', ''), _negated=True), models.Q(('decision', ''), _negated=True)), _connector='OR'), name='answers_conclude_with_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='answer',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'returned']), models.Q(('decision__in', ['accepted', 'partly']), _negated=True), ('planned_on__isnull', False), _connector='OR'), name='accepted_proposals_have_a_date'),
        ),
        migrations.AddConstraint(
            model_name='answer',
            constraint=models.CheckConstraint(condition=models.Q(('period_from', None), ('period_to', None), ('period_to__gte', models.F('period_from')), _connector='OR'), name='answer_periods_end_after_they_begin'),
        ),
        migrations.AddConstraint(
            model_name='extension',
            constraint=models.UniqueConstraint(fields=('proposal', 'round'), name='one_extension_each_round'),
        ),
        migrations.AddConstraint(
            model_name='fieldvisit',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('finding', ''), ('found_at', None)), models.Q(('found_at__isnull', False), models.Q(('finding', ''), _negated=True)), _connector='OR'), name='visits_that_were_made_have_a_finding'),
        ),
        migrations.AddConstraint(
            model_name='opinionrequest',
            constraint=models.CheckConstraint(condition=models.Q(('department', None), ('outside', ''), _connector='XOR'), name='opinions_are_asked_of_one'),
        ),
        migrations.AddConstraint(
            model_name='opinionrequest',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answered_on', None), ('opinion', '')), models.Q(('answered_on__gte', models.F('asked_on')), models.Q(('opinion', ''), _negated=True)), _connector='OR'), name='answered_opinions_have_words'),
        ),
        migrations.AddConstraint(
            model_name='opinionrequest',
            constraint=models.UniqueConstraint(condition=models.Q(('answered_on', None)), fields=('proposal', 'department'), name='one_open_question_each_department'),
        ),
        migrations.AddConstraint(
            model_name='reexamination',
            constraint=models.UniqueConstraint(fields=('proposal', 'kind'), name='each_reexamination_is_asked_once'),
        ),
        migrations.AddConstraint(
            model_name='reminder',
            constraint=models.UniqueConstraint(fields=('proposal', 'kind', 'due_on'), name='each_reminder_goes_out_once'),
        ),
    ]
