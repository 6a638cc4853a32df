"""Changes of steps for one way in or for one call, beside those for all proposals."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('thresholds', '0006_seal_what_panels_draw_from'),
    ]

    operations = [
        migrations.AddField(
            model_name='rulechange',
            name='call',
            field=models.CharField(blank=True, default='', max_length=100),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='rulechange',
            name='channel',
            field=models.CharField(blank=True, choices=[('web', 'This portal'), ('counter', 'At the counter'), ('phone', 'By telephone'), ('post', 'By post'), ('paper', 'On paper'), ('call', 'In a call for ideas'), ('import', 'From an earlier system')], default='', max_length=10),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            model_name='rulechange',
            constraint=models.CheckConstraint(condition=models.Q(('channel', ''), ('call', ''), _connector='OR'), name='changes_are_of_a_way_in_or_a_call'),
        ),
        migrations.AddConstraint(
            model_name='step',
            constraint=models.CheckConstraint(condition=models.Q(('channel', ''), ('call', ''), _connector='OR'), name='steps_are_of_a_way_in_or_a_call'),
        ),
    ]
