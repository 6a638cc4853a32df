"""Answers drafted by one and approved by another, and all that examines a proposal before."""


from django.db import migrations, models

from portal.audit.governed import GovernTable


class Migration(migrations.Migration):

    dependencies = [
        ('proposals', '0007_draft_answers'),
    ]

    operations = [
        migrations.AlterField(
            model_name='proposal',
            name='channel',
            field=models.CharField(choices=[('web', 'This portal'), ('counter', 'At the counter'), ('phone', 'By telephone'), ('post', 'By post'), ('paper', 'On paper'), ('call', 'In a call for ideas'), ('import', 'From an earlier system')], db_default='web', default='web', max_length=10),
        ),
        GovernTable('proposals_answer', 'proposals.answer'),
    ]
