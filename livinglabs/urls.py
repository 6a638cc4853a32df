"""Addresses of the labs."""

from django.urls import path

from livinglabs.feeds import NewLabs
from livinglabs.views import data, people, reading, records, steps

app_name = "livinglabs"

# /labs/
reading_urls = [
    path("", reading.index, name="list"),
    path("about/", reading.about, name="about"),
    path("feed/", NewLabs(), name="feed"),
    path("prepare/<int:motion_pk>/", steps.prepare, name="prepare"),
    path("<int:pk>/", reading.detail, name="detail"),
]

# /labs/<pk>/ – steps of its life
step_urls = [
    path("<int:pk>/change/", steps.change, name="change"),
    path("<int:pk>/start/", steps.start, name="start"),
    path("<int:pk>/gate/", steps.pass_gate, name="pass_gate"),
    path("<int:pk>/complete/", steps.complete, name="complete"),
    path("<int:pk>/stop/", steps.stop, name="stop"),
]

# /labs/<pk>/ – people
people_urls = [
    path("<int:pk>/join/", people.join, name="join"),
    path("<int:pk>/leave/", people.leave, name="leave"),
    path("<int:pk>/participants/", people.roster, name="roster"),
    path("<int:pk>/participants/new/", people.register, name="register"),
    path(
        "<int:pk>/participants/<int:participation_pk>/end/",
        people.remove,
        name="remove",
    ),
]

# /labs/<pk>/ – records
record_urls = [
    path("<int:pk>/evidence/new/", records.add_evidence, name="add_evidence"),
    path(
        "<int:pk>/evidence/<int:evidence_pk>/withdraw/",
        records.withdraw_evidence,
        name="withdraw_evidence",
    ),
    path("<int:pk>/evidence/<int:evidence_pk>/file/", reading.evidence_file, name="evidence_file"),
    path("<int:pk>/budget/new/", records.add_line, name="add_line"),
    path("<int:pk>/budget/<int:line_pk>/", records.change_line, name="change_line"),
    path("<int:pk>/budget/<int:line_pk>/file/", reading.budget_file, name="budget_file"),
    path("<int:pk>/events/new/", records.add_event, name="add_event"),
    path("<int:pk>/conflicts/new/", records.add_conflict, name="add_conflict"),
    path("<int:pk>/conflicts/<int:conflict_pk>/", records.settle_conflict, name="settle_conflict"),
    path("<int:pk>/data/new/", data.publish, name="publish_data"),
    path("<int:pk>/data/link/", data.link, name="link_data"),
]

urlpatterns = [*reading_urls, *step_urls, *people_urls, *record_urls]
