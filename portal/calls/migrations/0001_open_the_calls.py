"""Calls for ideas with their tracks, teams and juries, and the local problems of people."""

import datetime
import django.db.models.deletion
import django.db.models.expressions
import django.utils.timezone
import portal.calls.models.calls
import portal.uploads
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_initial'),
        ('proposals', '0006_longer_titles'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Prize',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.PositiveSmallIntegerField(verbose_name='place')),
                ('amount', models.PositiveIntegerField(verbose_name='amount')),
            ],
            options={
                'verbose_name': 'prize',
                'verbose_name_plural': 'prizes',
                'ordering': ['place'],
            },
        ),
        migrations.CreateModel(
            name='Call',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state_since', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('kind', models.CharField(choices=[('topic', 'Ideas on a given topic'), ('open', 'Idea contest without a topic'), ('ideathon', 'Ideathon'), ('hackathon', 'Hackathon')], max_length=20, verbose_name='kind')),
                ('title', models.CharField(max_length=100, verbose_name='title')),
                ('topic', models.CharField(blank=True, max_length=200, verbose_name='topic of the call')),
                ('text', models.TextField(max_length=5000, verbose_name='what is asked')),
                ('opens_at', models.DateTimeField(verbose_name='opens')),
                ('closes_at', models.DateTimeField(verbose_name='closes')),
                ('judged_by', models.DateField(verbose_name='judged by')),
                ('results_by', models.DateField(verbose_name='results by')),
                ('event_on', models.DateField(blank=True, null=True, verbose_name='first day of the event')),
                ('event_ends_on', models.DateField(blank=True, null=True, verbose_name='last day of the event')),
                ('place', models.CharField(blank=True, max_length=200, verbose_name='place of the event')),
                ('team_size', models.PositiveSmallIntegerField(default=portal.calls.models.calls.team_size, verbose_name='people in a team')),
                ('feasibility', models.PositiveSmallIntegerField(default=20, verbose_name='Feasibility')),
                ('originality', models.PositiveSmallIntegerField(default=20, verbose_name='Originality')),
                ('effect', models.PositiveSmallIntegerField(default=20, verbose_name='Efficiency and effect')),
                ('scope', models.PositiveSmallIntegerField(default=20, verbose_name='Scope')),
                ('continuity', models.PositiveSmallIntegerField(default=20, verbose_name='Continuity')),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('announced', 'Announced'), ('open', 'Open for entries'), ('judging', 'Being judged'), ('published', 'Results are public'), ('closed', 'Closed'), ('cancelled', 'Cancelled')], default='draft', max_length=20)),
                ('results', models.TextField(blank=True, max_length=5000, verbose_name='what came of the call')),
                ('reason', models.TextField(blank=True, editable=False)),
                ('is_sample', models.BooleanField(default=False, editable=False)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('announced_at', models.DateTimeField(editable=False, null=True)),
                ('published_at', models.DateTimeField(editable=False, null=True)),
                ('area', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='proposals.area', verbose_name='area')),
                ('created_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('department', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='calls', to='accounts.department')),
                ('supporting', models.ManyToManyField(blank=True, related_name='supported_calls', to='accounts.department')),
            ],
            options={
                'verbose_name': 'call',
                'verbose_name_plural': 'calls',
            },
        ),
        migrations.CreateModel(
            name='Juror',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('appointed_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='jury_seats', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'juror',
                'verbose_name_plural': 'jurors',
                'ordering': ['appointed_at', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state_since', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('form', models.CharField(choices=[('proposal', 'Proposal'), ('idea', 'Idea'), ('prototype', 'Prototype')], max_length=20, verbose_name='what is handed in')),
                ('title', models.CharField(max_length=100, verbose_name='title')),
                ('text', models.TextField(blank=True, max_length=5000, verbose_name='description')),
                ('organisation', models.CharField(blank=True, max_length=100, verbose_name='company or institute')),
                ('link', models.URLField(blank=True, max_length=300, verbose_name='link')),
                ('file', models.FileField(blank=True, max_length=120, upload_to=portal.uploads.RandomName('calls'))),
                ('file_name', models.CharField(blank=True, max_length=255)),
                ('file_size', models.PositiveBigIntegerField(default=0)),
                ('content_type', models.CharField(blank=True, max_length=100)),
                ('state', models.CharField(choices=[('submitted', 'Takes part'), ('withdrawn', 'Withdrawn')], default='submitted', max_length=20)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('points', models.DecimalField(decimal_places=2, editable=False, max_digits=5, null=True)),
                ('rank', models.PositiveIntegerField(editable=False, null=True)),
                ('use', models.CharField(blank=True, choices=[('used', 'Used'), ('partly', 'Used in part'), ('not_used', 'Not used')], max_length=20, verbose_name='what became of it')),
                ('used_in', models.TextField(blank=True, max_length=3000, verbose_name='where it is used, or why not')),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='call_entries', to=settings.AUTH_USER_MODEL)),
                ('proposal', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='call_entry', to='proposals.proposal')),
                ('prize', models.OneToOneField(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='winner', to='calls.prize')),
            ],
            options={
                'verbose_name': 'entry',
                'verbose_name_plural': 'entries',
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='Problem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state_since', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('title', models.CharField(max_length=100, verbose_name='title')),
                ('text', models.TextField(max_length=3000, verbose_name='what is wrong')),
                ('place', models.CharField(blank=True, max_length=200, verbose_name='place')),
                ('latitude', models.FloatField(blank=True, null=True, verbose_name='latitude')),
                ('longitude', models.FloatField(blank=True, null=True, verbose_name='longitude')),
                ('photo', models.FileField(blank=True, max_length=120, upload_to=portal.uploads.RandomName('problems'))),
                ('photo_shows', models.CharField(blank=True, max_length=200, verbose_name='what the photo shows')),
                ('state', models.CharField(choices=[('received', 'Received'), ('shared', 'Shared'), ('handled', 'Being handled'), ('solved', 'Solved'), ('not_solved', 'Not solved')], default='received', max_length=20)),
                ('reason', models.TextField(blank=True, editable=False)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('shared_at', models.DateTimeField(editable=False, null=True)),
                ('me_too_count', models.PositiveIntegerField(default=0, editable=False)),
                ('vote_count', models.PositiveIntegerField(default=0, editable=False)),
                ('is_sample', models.BooleanField(default=False, editable=False)),
                ('area', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='proposals.area', verbose_name='area')),
                ('department', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='problems', to='accounts.department')),
                ('district', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='proposals.district', verbose_name='district')),
                ('reporter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reported_problems', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'local problem',
                'verbose_name_plural': 'local problems',
            },
        ),
        migrations.CreateModel(
            name='MeToo',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('problem', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='me_too', to='calls.problem')),
            ],
        ),
        migrations.CreateModel(
            name='ProblemProposal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('added_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('problem', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='proposal_links', to='calls.problem')),
                ('proposal', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='problem_link', to='proposals.proposal')),
            ],
        ),
        migrations.CreateModel(
            name='Recusal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.TextField(max_length=1000)),
                ('at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='recusals', to='calls.entry')),
                ('juror', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='recusals', to='calls.juror')),
            ],
        ),
        migrations.CreateModel(
            name='Score',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('feasibility', models.PositiveSmallIntegerField()),
                ('originality', models.PositiveSmallIntegerField()),
                ('effect', models.PositiveSmallIntegerField()),
                ('scope', models.PositiveSmallIntegerField()),
                ('continuity', models.PositiveSmallIntegerField()),
                ('comment', models.TextField(blank=True, max_length=2000)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='scores', to='calls.entry')),
                ('juror', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='scores', to='calls.juror')),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='Solution',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('company', models.CharField(max_length=100, verbose_name='name of the company')),
                ('text', models.TextField(max_length=3000, verbose_name='what you offer')),
                ('link', models.URLField(blank=True, max_length=300, verbose_name='link')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('withdrawn_at', models.DateTimeField(editable=False, null=True)),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='offered_solutions', to=settings.AUTH_USER_MODEL)),
                ('problem', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='solutions', to='calls.problem')),
            ],
            options={
                'verbose_name': 'solution',
                'verbose_name_plural': 'solutions',
                'ordering': ['created_at', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Team',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60, verbose_name='name of the team')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('founder', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='founded_teams', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'team',
                'verbose_name_plural': 'teams',
                'ordering': ['created_at', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('share', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='share')),
                ('joined_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('left_at', models.DateTimeField(editable=False, null=True)),
                ('call', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to='calls.call')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='team_memberships', to=settings.AUTH_USER_MODEL)),
                ('team', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to='calls.team')),
            ],
            options={
                'ordering': ['joined_at', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail address')),
                ('code_hash', models.CharField(editable=False, max_length=64, unique=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('expires_at', models.DateTimeField()),
                ('recalled_at', models.DateTimeField(editable=False, null=True)),
                ('used_at', models.DateTimeField(editable=False, null=True)),
                ('invited_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('used_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('team', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='invitations', to='calls.team')),
            ],
            options={
                'ordering': ['created_at', 'id'],
            },
        ),
        migrations.AddField(
            model_name='entry',
            name='team',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='calls.team'),
        ),
        migrations.CreateModel(
            name='Track',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('applicant', models.CharField(choices=[('citizen', 'Citizens'), ('company', 'Companies'), ('expert', 'Experts')], max_length=20, verbose_name='for whom')),
                ('call', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tracks', to='calls.call')),
            ],
            options={
                'verbose_name': 'track',
                'verbose_name_plural': 'tracks',
                'ordering': ['applicant'],
            },
        ),
        migrations.AddField(
            model_name='team',
            name='track',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='teams', to='calls.track'),
        ),
        migrations.AddField(
            model_name='prize',
            name='track',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='prizes', to='calls.track'),
        ),
        migrations.AddField(
            model_name='juror',
            name='track',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='jurors', to='calls.track'),
        ),
        migrations.AddField(
            model_name='entry',
            name='track',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='calls.track'),
        ),
        migrations.CreateModel(
            name='Weight',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('month', models.DateField()),
                ('slot', models.PositiveSmallIntegerField()),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('problem', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='weights', to='calls.problem')),
            ],
        ),
        migrations.AddIndex(
            model_name='call',
            index=models.Index(fields=['-closes_at', '-id'], name='calls_by_close'),
        ),
        migrations.AddIndex(
            model_name='call',
            index=models.Index(fields=['changed_at'], name='call_changed'),
        ),
        migrations.AddConstraint(
            model_name='call',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'announced', 'open', 'judging', 'published', 'closed', 'cancelled'])), name='call_state_known'),
        ),
        migrations.AddConstraint(
            model_name='call',
            constraint=models.CheckConstraint(condition=models.Q(('closes_at__gt', models.F('opens_at')), ('results_by__gte', models.F('judged_by'))), name='dates_of_a_call_follow_each_other'),
        ),
        migrations.AddConstraint(
            model_name='call',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ['ideathon', 'hackathon']), _negated=True), models.Q(('event_ends_on__gte', models.F('event_on')), ('event_ends_on__lte', django.db.models.expressions.CombinedExpression(models.F('event_on'), '+', models.Value(datetime.timedelta(days=1)))), ('event_on__isnull', False)), _connector='OR'), name='events_last_two_days_at_most'),
        ),
        migrations.AddConstraint(
            model_name='call',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'topic'), _negated=True), models.Q(('topic', ''), _negated=True), _connector='OR'), name='calls_on_a_topic_name_it'),
        ),
        migrations.AddConstraint(
            model_name='call',
            constraint=models.CheckConstraint(condition=models.Q(('feasibility', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.Value(100), '-', models.F('originality')), '-', models.F('effect')), '-', models.F('scope')), '-', models.F('continuity')))), name='weights_sum_to_one_hundred'),
        ),
        migrations.AddConstraint(
            model_name='call',
            constraint=models.CheckConstraint(condition=models.Q(('team_size__range', (1, 50))), name='teams_have_a_size'),
        ),
        migrations.AddConstraint(
            model_name='call',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'cancelled'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='cancelled_calls_have_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='call',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['published', 'closed']), _negated=True), models.Q(models.Q(('results', ''), _negated=True), ('published_at__isnull', False)), _connector='OR'), name='published_calls_have_results'),
        ),
        migrations.AddIndex(
            model_name='problem',
            index=models.Index(fields=['-created_at', '-id'], name='problems_by_time'),
        ),
        migrations.AddIndex(
            model_name='problem',
            index=models.Index(fields=['-vote_count', '-me_too_count', '-id'], name='problems_by_weight'),
        ),
        migrations.AddIndex(
            model_name='problem',
            index=models.Index(fields=['changed_at'], name='problem_changed'),
        ),
        migrations.AddConstraint(
            model_name='problem',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['received', 'shared', 'handled', 'solved', 'not_solved'])), name='problem_state_known'),
        ),
        migrations.AddConstraint(
            model_name='problem',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('place', ''), _negated=True), ('district__isnull', False), ('latitude__isnull', False), _connector='OR'), name='problems_are_somewhere'),
        ),
        migrations.AddConstraint(
            model_name='problem',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('latitude', None), ('longitude', None)), models.Q(('latitude__isnull', False), ('latitude__range', (-90, 90)), ('longitude__isnull', False), ('longitude__range', (-180, 180))), _connector='OR'), name='problem_points_lie_on_the_globe'),
        ),
        migrations.AddConstraint(
            model_name='problem',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'received'), models.Q(('reason', ''), _negated=True), _connector='OR'), name='steps_of_problems_have_reasons'),
        ),
        migrations.AddConstraint(
            model_name='problem',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['shared', 'handled', 'solved']), _negated=True), models.Q(('shared_at__isnull', False), ('department__isnull', False)), _connector='OR'), name='shared_problems_have_a_department'),
        ),
        migrations.AddConstraint(
            model_name='problem',
            constraint=models.CheckConstraint(condition=models.Q(('photo', ''), models.Q(('photo_shows', ''), _negated=True), _connector='OR'), name='photos_say_what_they_show'),
        ),
        migrations.AddConstraint(
            model_name='metoo',
            constraint=models.UniqueConstraint(fields=('problem', 'person'), name='one_me_too_each'),
        ),
        migrations.AddConstraint(
            model_name='recusal',
            constraint=models.UniqueConstraint(fields=('juror', 'entry'), name='nobody_stands_back_twice'),
        ),
        migrations.AddConstraint(
            model_name='recusal',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='jurors_say_why_they_stand_back'),
        ),
        migrations.AddConstraint(
            model_name='score',
            constraint=models.UniqueConstraint(fields=('juror', 'entry'), name='one_score_for_each_juror'),
        ),
        migrations.AddConstraint(
            model_name='score',
            constraint=models.CheckConstraint(condition=models.Q(('feasibility__range', (1, 10))), name='feasibility_from_one_to_ten'),
        ),
        migrations.AddConstraint(
            model_name='score',
            constraint=models.CheckConstraint(condition=models.Q(('originality__range', (1, 10))), name='originality_from_one_to_ten'),
        ),
        migrations.AddConstraint(
            model_name='score',
            constraint=models.CheckConstraint(condition=models.Q(('effect__range', (1, 10))), name='effect_from_one_to_ten'),
        ),
        migrations.AddConstraint(
            model_name='score',
            constraint=models.CheckConstraint(condition=models.Q(('scope__range', (1, 10))), name='scope_from_one_to_ten'),
        ),
        migrations.AddConstraint(
            model_name='score',
            constraint=models.CheckConstraint(condition=models.Q(('continuity__range', (1, 10))), name='continuity_from_one_to_ten'),
        ),
        migrations.AddConstraint(
            model_name='solution',
            constraint=models.CheckConstraint(condition=models.Q(('company', ''), _negated=True), name='solutions_name_their_company'),
        ),
        migrations.AddConstraint(
            model_name='solution',
            constraint=models.UniqueConstraint(condition=models.Q(('withdrawn_at', None)), fields=('problem', 'author'), name='one_solution_each_for_a_problem'),
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.UniqueConstraint(condition=models.Q(('left_at', None)), fields=('call', 'person'), name='one_team_each_in_a_call'),
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.CheckConstraint(condition=models.Q(('share', None), ('share__lte', 100), _connector='OR'), name='shares_are_percent'),
        ),
        migrations.AddConstraint(
            model_name='track',
            constraint=models.UniqueConstraint(fields=('call', 'applicant'), name='one_track_for_each_applicant'),
        ),
        migrations.AddConstraint(
            model_name='team',
            constraint=models.UniqueConstraint(fields=('track', 'name'), name='team_names_differ_in_a_track'),
        ),
        migrations.AddConstraint(
            model_name='prize',
            constraint=models.UniqueConstraint(fields=('track', 'place'), name='one_prize_for_each_place'),
        ),
        migrations.AddConstraint(
            model_name='prize',
            constraint=models.CheckConstraint(condition=models.Q(('amount__gte', 1), ('place__gte', 1)), name='prizes_are_worth_something'),
        ),
        migrations.AddConstraint(
            model_name='juror',
            constraint=models.UniqueConstraint(fields=('track', 'person'), name='nobody_judges_a_track_twice'),
        ),
        migrations.AddConstraint(
            model_name='entry',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['submitted', 'withdrawn'])), name='entry_state_known'),
        ),
        migrations.AddConstraint(
            model_name='entry',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'submitted'), ('team__isnull', False)), fields=('team',), name='one_entry_for_each_team'),
        ),
        migrations.AddConstraint(
            model_name='entry',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'submitted')), fields=('track', 'author'), name='one_entry_for_each_person'),
        ),
        migrations.AddConstraint(
            model_name='entry',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('form', 'proposal'), ('proposal__isnull', False)), models.Q(models.Q(('form', 'proposal'), _negated=True), ('proposal', None)), _connector='OR'), name='entries_that_are_proposals_have_one'),
        ),
        migrations.AddConstraint(
            model_name='entry',
            constraint=models.CheckConstraint(condition=models.Q(('use', ''), models.Q(('used_in', ''), _negated=True), _connector='OR'), name='uses_are_told_in_words'),
        ),
        migrations.AddConstraint(
            model_name='weight',
            constraint=models.UniqueConstraint(fields=('problem', 'person', 'month'), name='one_vote_each_for_a_problem'),
        ),
        migrations.AddConstraint(
            model_name='weight',
            constraint=models.UniqueConstraint(fields=('person', 'month', 'slot'), name='votes_of_a_month_are_numbered'),
        ),
    ]
