"""Steps, the duties that they raise, and a note of each proposal whose count moves."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from portal.audit.governed import GovernTable

NOTE_WHAT_MOVES = """
CREATE FUNCTION thresholds_note_what_moves() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO thresholds_touched (proposal_id)
  SELECT fresh.proposal_id FROM fresh JOIN former USING (proposal_id)
   WHERE fresh.support_count > former.support_count
         OR (fresh.visible AND NOT former.visible);
  RETURN NULL;
END $$;
CREATE TRIGGER note_what_moves AFTER UPDATE ON proposals_proposalstat
  REFERENCING OLD TABLE AS former NEW TABLE AS fresh
  FOR EACH STATEMENT EXECUTE FUNCTION thresholds_note_what_moves();
"""
FORGET = """
DROP TRIGGER note_what_moves ON proposals_proposalstat;
DROP FUNCTION thresholds_note_what_moves();
"""


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_initial'),
        ('proposals', '0008_answer_with_four_eyes'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Touched',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('proposal_id', models.BigIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name='Step',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('channel', models.CharField(blank=True, choices=[('web', 'This portal'), ('counter', 'At the counter'), ('phone', 'By telephone'), ('post', 'By post'), ('paper', 'On paper'), ('call', 'In a call for ideas'), ('import', 'From an earlier system')], max_length=10)),
                ('call', models.CharField(blank=True, max_length=100)),
                ('order', models.PositiveSmallIntegerField()),
                ('supports', models.PositiveIntegerField()),
                ('days', models.PositiveIntegerField(null=True)),
                ('districts', models.PositiveSmallIntegerField(default=0)),
                ('effect', models.CharField(choices=[('answer', 'The department answers'), ('discussion', 'A public discussion is held'), ('council', 'The proposal is referred to the council'), ('mayor', 'The mayor answers')], max_length=20)),
                ('valid_from', models.DateField()),
                ('valid_until', models.DateField(null=True)),
                ('department', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.department')),
            ],
            options={
                'ordering': ['channel', 'call', 'valid_from', 'order'],
            },
        ),
        migrations.CreateModel(
            name='Duty',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(choices=[('supports', 'Enough people support it'), ('panel', 'Lifted by the panel drawn by lot')], max_length=10)),
                ('supports', models.PositiveIntegerField()),
                ('raised_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('due_on', models.DateField()),
                ('done_at', models.DateTimeField(null=True)),
                ('outcome', models.CharField(blank=True, choices=[('fulfilled', 'Done'), ('answered', 'Answered'), ('referred', 'Referred to the council'), ('ended', 'Ended with the proposal')], max_length=10)),
                ('what', models.TextField(blank=True)),
                ('department', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='duties', to='accounts.department')),
                ('done_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='duties', to='proposals.proposal')),
                ('step', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='duties', to='thresholds.step')),
            ],
            options={
                'ordering': ['due_on', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Closing',
            fields=[
                ('proposal', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='closing', serialize=False, to='proposals.proposal')),
                ('supports', models.PositiveIntegerField()),
                ('closed_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('step', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='thresholds.step')),
            ],
        ),
        migrations.AddConstraint(
            model_name='step',
            constraint=models.CheckConstraint(condition=models.Q(('effect__in', ['answer', 'discussion', 'council', 'mayor'])), name='effect_known'),
        ),
        migrations.AddConstraint(
            model_name='step',
            constraint=models.CheckConstraint(condition=models.Q(('supports__gte', 1)), name='steps_need_support'),
        ),
        migrations.AddConstraint(
            model_name='step',
            constraint=models.CheckConstraint(condition=models.Q(('days', None), ('days__gte', 1), _connector='OR'), name='step_windows_last_a_day'),
        ),
        migrations.AddConstraint(
            model_name='step',
            constraint=models.CheckConstraint(condition=models.Q(('valid_until', None), ('valid_until__gte', models.F('valid_from')), _connector='OR'), name='step_ends_after_it_starts'),
        ),
        migrations.AddConstraint(
            model_name='step',
            constraint=models.UniqueConstraint(fields=('channel', 'call', 'valid_from', 'order'), name='one_step_each_place'),
        ),
        migrations.AddIndex(
            model_name='duty',
            index=models.Index(condition=models.Q(('done_at', None)), fields=['due_on', 'id'], name='duty_open'),
        ),
        migrations.AddIndex(
            model_name='duty',
            index=models.Index(fields=['-done_at'], name='duty_done'),
        ),
        migrations.AddConstraint(
            model_name='duty',
            constraint=models.UniqueConstraint(fields=('proposal', 'step'), name='one_duty_each_step'),
        ),
        migrations.AddConstraint(
            model_name='duty',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('done_at', None), ('outcome', '')), models.Q(('done_at__isnull', False), models.Q(('outcome', ''), _negated=True)), _connector='OR'), name='done_duties_have_an_outcome'),
        ),
        GovernTable("thresholds_step", "thresholds.step"),
        GovernTable("thresholds_duty", "thresholds.duty"),
        migrations.RunSQL(NOTE_WHAT_MOVES, FORGET),
    ]
