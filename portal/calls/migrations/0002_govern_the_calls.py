"""No change of a call, an entry, a score, a problem or a solution without an act."""

from django.db import migrations

from portal.audit.governed import GovernTable


class Migration(migrations.Migration):
    dependencies = [
        ("calls", "0001_open_the_calls"),
        ("audit", "0001_open_the_trail"),
    ]

    operations = [
        GovernTable("calls_call", "calls.call"),
        GovernTable("calls_entry", "calls.entry"),
        GovernTable("calls_score", "calls.score"),
        GovernTable("calls_problem", "calls.problem", free=["me_too_count", "vote_count"]),
        GovernTable("calls_solution", "calls.solution"),
    ]
