"""Tables for what the city carries out and how people judge it, and what guards them."""

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import portal.uploads
from django.conf import settings
from portal.audit.governed import GovernTable
from django.db import migrations, models


WEIGHTS = """
CREATE FUNCTION delivery_refuse_crooked_weights() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  the_plan bigint := coalesce(NEW.plan_id, OLD.plan_id);
  together int;
BEGIN
  SELECT sum(weight) INTO together FROM delivery_milestone WHERE plan_id = the_plan;
  IF together <> 100 THEN
    RAISE EXCEPTION 'the weights of plan % make %, not 100', the_plan, together
      USING ERRCODE = 'check_violation', CONSTRAINT = 'weights_of_a_plan_make_100';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER weights_of_a_plan_make_100
  AFTER INSERT OR UPDATE OF weight, plan_id OR DELETE ON delivery_milestone
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION delivery_refuse_crooked_weights();
"""
NO_WEIGHTS = """
DROP TRIGGER weights_of_a_plan_make_100 ON delivery_milestone;
DROP FUNCTION delivery_refuse_crooked_weights();
"""
SUMS = """
CREATE FUNCTION delivery_sum_marks() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP IN ('UPDATE', 'DELETE') THEN
    UPDATE delivery_marksum SET n = n - 1, total = total - OLD.score
      WHERE proposal_id = OLD.proposal_id AND kind = OLD.kind;
  END IF;
  IF TG_OP IN ('INSERT', 'UPDATE') THEN
    INSERT INTO delivery_marksum (proposal_id, kind, n, total)
      VALUES (NEW.proposal_id, NEW.kind, 1, NEW.score)
    ON CONFLICT (proposal_id, kind)
      DO UPDATE SET n = delivery_marksum.n + 1, total = delivery_marksum.total + NEW.score;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER sum_marks AFTER INSERT OR UPDATE OF score, proposal_id, kind OR DELETE
  ON delivery_mark FOR EACH ROW EXECUTE FUNCTION delivery_sum_marks();
"""
NO_SUMS = """
DROP TRIGGER sum_marks ON delivery_mark;
DROP FUNCTION delivery_sum_marks();
"""


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('proposals', '0006_longer_titles'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Plan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state_since', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('summary', models.TextField(max_length=3000, verbose_name='what is done')),
                ('state', models.CharField(choices=[('running', 'Being carried out'), ('completed', 'Carried out'), ('given_up', 'Cannot be carried out')], default='running', max_length=20)),
                ('begun_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('ended_at', models.DateTimeField(editable=False, null=True)),
                ('outcome', models.TextField(blank=True, editable=False)),
                ('proposal', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='plan', to='proposals.proposal')),
            ],
            options={
                'verbose_name': 'plan',
                'verbose_name_plural': 'plans',
            },
        ),
        migrations.CreateModel(
            name='Milestone',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=120, verbose_name='milestone')),
                ('weight', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(100)], verbose_name='share of the whole (%)')),
                ('planned_on', models.DateField(editable=False)),
                ('due_on', models.DateField(verbose_name='to be reached by')),
                ('done_on', models.DateField(blank=True, null=True, verbose_name='reached on')),
                ('percent', models.PositiveSmallIntegerField(default=0, validators=[django.core.validators.MaxValueValidator(100)], verbose_name='done (%)')),
                ('late_since', models.DateField(editable=False, null=True)),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='milestones', to='delivery.plan')),
            ],
            options={
                'verbose_name': 'milestone',
                'verbose_name_plural': 'milestones',
                'ordering': ['due_on', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Evidence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=120, verbose_name='what it shows')),
                ('url', models.URLField(blank=True, max_length=500, verbose_name='address on the web')),
                ('file', models.FileField(blank=True, max_length=120, upload_to=portal.uploads.RandomName('delivery'), verbose_name='file')),
                ('name', models.CharField(blank=True, editable=False, max_length=255)),
                ('content_type', models.CharField(blank=True, editable=False, max_length=120)),
                ('size', models.PositiveBigIntegerField(default=0, editable=False)),
                ('sha256', models.CharField(blank=True, editable=False, max_length=64)),
                ('at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('milestone', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='evidence', to='delivery.milestone', verbose_name='milestone')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='evidence', to='delivery.plan')),
            ],
            options={
                'verbose_name': 'evidence',
                'verbose_name_plural': 'evidence',
                'ordering': ['-at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='BudgetLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.CharField(choices=[('city', 'City budget'), ('residents', "Residents' participatory budget"), ('province', 'Provincial subsidy'), ('state', 'State subsidy'), ('private', 'Private money')], max_length=20, verbose_name='source of the money')),
                ('title', models.CharField(max_length=120, verbose_name='what for')),
                ('planned', models.BigIntegerField(verbose_name='planned')),
                ('spent', models.BigIntegerField(default=0, verbose_name='spent')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='budget_lines', to='delivery.plan')),
            ],
            options={
                'verbose_name': 'budget line',
                'verbose_name_plural': 'budget lines',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Slip',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('was_due_on', models.DateField()),
                ('due_on', models.DateField(verbose_name='new date')),
                ('reason', models.TextField(max_length=2000)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('milestone', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='slips', to='delivery.milestone')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='slips', to='delivery.plan')),
            ],
            options={
                'verbose_name': 'slip',
                'verbose_name_plural': 'slips',
                'ordering': ['-at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Mark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('answer', 'The answer'), ('result', 'The result')], max_length=10)),
                ('score', models.PositiveSmallIntegerField(choices=[(5, 'Very satisfied'), (4, 'Satisfied'), (3, 'Neither nor'), (2, 'Dissatisfied'), (1, 'Very dissatisfied')], verbose_name='your mark')),
                ('comment', models.TextField(blank=True, max_length=1000, verbose_name='why')),
                ('given_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='marks_given', to=settings.AUTH_USER_MODEL)),
                ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='marks', to='proposals.proposal')),
            ],
            options={
                'verbose_name': 'mark',
                'verbose_name_plural': 'marks',
                'ordering': ['-given_at', '-pk'],
                'constraints': [models.UniqueConstraint(fields=('proposal', 'person', 'kind'), name='one_mark_each_person_and_kind'), models.CheckConstraint(condition=models.Q(('score__gte', 1), ('score__lte', 5)), name='marks_go_from_one_to_five'), models.CheckConstraint(condition=models.Q(('kind__in', ['answer', 'result'])), name='mark_kind_known')],
            },
        ),
        migrations.CreateModel(
            name='MarkSum',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('answer', 'The answer'), ('result', 'The result')], max_length=10)),
                ('n', models.IntegerField(default=0)),
                ('total', models.IntegerField(default=0)),
                ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='mark_sums', to='proposals.proposal')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('proposal', 'kind'), name='one_sum_each_kind')],
            },
        ),
        migrations.AddIndex(
            model_name='plan',
            index=models.Index(fields=['-begun_at', '-id'], name='plan_newest'),
        ),
        migrations.AddConstraint(
            model_name='plan',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['running', 'completed', 'given_up'])), name='plan_state_known'),
        ),
        migrations.AddConstraint(
            model_name='plan',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_at', None), ('outcome', ''), ('state', 'running')), models.Q(('ended_at__isnull', False), models.Q(('state', 'running'), _negated=True), models.Q(('outcome', ''), _negated=True)), _connector='OR'), name='plans_end_with_a_reason'),
        ),
        migrations.AddIndex(
            model_name='milestone',
            index=models.Index(condition=models.Q(('done_on', None)), fields=['due_on'], name='milestone_to_reach'),
        ),
        migrations.AddConstraint(
            model_name='milestone',
            constraint=models.CheckConstraint(condition=models.Q(('weight__gte', 1), ('weight__lte', 100)), name='weight_is_a_share'),
        ),
        migrations.AddConstraint(
            model_name='milestone',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('done_on__isnull', False), ('percent', 100)), models.Q(('done_on', None), ('percent__lt', 100)), _connector='OR'), name='what_is_whole_was_reached_on_a_day'),
        ),
        migrations.AddConstraint(
            model_name='evidence',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('file', ''), _negated=True), models.Q(('url', ''), _negated=True), _connector='OR'), name='delivery_evidence_has_substance'),
        ),
        migrations.AddConstraint(
            model_name='budgetline',
            constraint=models.CheckConstraint(condition=models.Q(('planned__gte', 0), ('spent__gte', 0)), name='amounts_are_not_negative'),
        ),
        migrations.AddConstraint(
            model_name='budgetline',
            constraint=models.CheckConstraint(condition=models.Q(('source__in', ['city', 'residents', 'province', 'state', 'private'])), name='source_of_the_money_known'),
        ),
        migrations.AddConstraint(
            model_name='slip',
            constraint=models.CheckConstraint(condition=models.Q(('due_on__gt', models.F('was_due_on'))), name='slips_lead_to_a_later_day'),
        ),
        migrations.AddConstraint(
            model_name='slip',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='slips_have_a_reason'),
        ),
        migrations.RunSQL(WEIGHTS, NO_WEIGHTS),
        migrations.RunSQL(SUMS, NO_SUMS),
        GovernTable("delivery_plan", "delivery.plan"),
        GovernTable("delivery_milestone", "delivery.plan", pk="plan_id"),
        GovernTable("delivery_slip", "delivery.plan", pk="plan_id"),
        GovernTable("delivery_budgetline", "delivery.plan", pk="plan_id"),
        GovernTable("delivery_evidence", "delivery.plan", pk="plan_id"),
    ]
