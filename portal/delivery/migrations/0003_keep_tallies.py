"""Tallies of the scoreboard, and a note of each proposal that moves what they count."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

NOTE_WHAT_MOVES = """
CREATE FUNCTION delivery_note_what_moves() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE moved bigint;
BEGIN
  IF TG_TABLE_NAME = 'proposals_proposal' THEN
    moved := coalesce(NEW.id, OLD.id);
  ELSE
    moved := coalesce(NEW.proposal_id, OLD.proposal_id);
  END IF;
  INSERT INTO delivery_tallywait (proposal_id) VALUES (moved);
  RETURN NULL;
END $$;
CREATE TRIGGER note_insert AFTER INSERT ON proposals_proposal
  FOR EACH ROW WHEN (NEW.due_on IS NOT NULL) EXECUTE FUNCTION delivery_note_what_moves();
CREATE TRIGGER note_delete AFTER DELETE ON proposals_proposal
  FOR EACH ROW WHEN (OLD.due_on IS NOT NULL) EXECUTE FUNCTION delivery_note_what_moves();
CREATE TRIGGER note_update AFTER UPDATE OF state, state_since, department_id, visibility, round,
    clock_started_on, due_on, decided_at ON proposals_proposal
  FOR EACH ROW WHEN (
    (OLD.due_on IS NOT NULL OR NEW.due_on IS NOT NULL)
    AND (OLD.state, OLD.state_since, OLD.department_id, OLD.visibility, OLD.round,
         OLD.clock_started_on, OLD.due_on, OLD.decided_at)
    IS DISTINCT FROM (NEW.state, NEW.state_since, NEW.department_id, NEW.visibility, NEW.round,
         NEW.clock_started_on, NEW.due_on, NEW.decided_at))
  EXECUTE FUNCTION delivery_note_what_moves();
CREATE TRIGGER note_what_moves AFTER INSERT OR UPDATE OR DELETE ON proposals_answer
  FOR EACH ROW EXECUTE FUNCTION delivery_note_what_moves();
CREATE TRIGGER note_what_moves AFTER INSERT OR UPDATE OR DELETE ON proposals_reexamination
  FOR EACH ROW EXECUTE FUNCTION delivery_note_what_moves();
CREATE TRIGGER note_what_moves AFTER INSERT OR UPDATE OR DELETE ON delivery_marksum
  FOR EACH ROW EXECUTE FUNCTION delivery_note_what_moves();
INSERT INTO delivery_tallywait (proposal_id)
  SELECT id FROM proposals_proposal WHERE due_on IS NOT NULL;
"""
FORGET = """
DROP TRIGGER note_insert ON proposals_proposal;
DROP TRIGGER note_delete ON proposals_proposal;
DROP TRIGGER note_update ON proposals_proposal;
DROP TRIGGER note_what_moves ON proposals_answer;
DROP TRIGGER note_what_moves ON proposals_reexamination;
DROP TRIGGER note_what_moves ON delivery_marksum;
DROP FUNCTION delivery_note_what_moves();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0002_know_moderators'),
        ('delivery', '0002_help_officials_work'),
        ('proposals', '0008_answer_with_four_eyes'),
    ]

    operations = [
        migrations.CreateModel(
            name='TallyPart',
            fields=[
                ('proposal_id', models.BigIntegerField(primary_key=True, serialize=False)),
                ('department_id', models.BigIntegerField()),
                ('standing', models.CharField(blank=True, max_length=10)),
                ('due_on', models.DateField(null=True)),
                ('answered_on', models.DateField(null=True)),
                ('took', models.IntegerField(null=True)),
                ('is_decided', models.BooleanField()),
                ('is_accepted', models.BooleanField()),
                ('marks', models.IntegerField()),
                ('marked', models.IntegerField()),
                ('reopened_on', django.contrib.postgres.fields.ArrayField(base_field=models.DateField(), size=None)),
            ],
        ),
        migrations.CreateModel(
            name='TallyWait',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('proposal_id', models.BigIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name='Tally',
            fields=[
                ('pk', models.CompositePrimaryKey('day', 'department_id', 'measure', 'took', blank=True, editable=False, primary_key=True, serialize=False)),
                ('day', models.DateField()),
                ('measure', models.CharField(max_length=10)),
                ('took', models.IntegerField(default=0)),
                ('n', models.BigIntegerField()),
                ('department', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.department')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('measure__in', ['open', 'stopped'])), fields=['department', 'day'], name='tally_owed')],
                'constraints': [models.CheckConstraint(condition=models.Q(('measure__in', ['open', 'stopped', 'due', 'in_time', 'answered', 'took', 'decided', 'accepted', 'marks', 'marked', 'reopened'])), name='tally_measure_known')],
            },
        ),
        migrations.RunSQL(NOTE_WHAT_MOVES, FORGET),
    ]
