"""Addresses of what the city carries out, of marks, and of the scoreboard."""

from django.urls import include, path

from portal.delivery.views import keeping, marks, pages, scoreboard

app_name = "delivery"

# /delivery/<pk>/
plan_urls = [
    path("", pages.show, name="plan"),
    path("milestones/", keeping.rework, name="rework"),
    path("milestones/<int:milestone>/progress/", keeping.progress, name="progress"),
    path("milestones/<int:milestone>/put-off/", keeping.slip, name="slip"),
    path("money/", keeping.enter, name="enter"),
    path("money/<int:line>/", keeping.correct, name="correct"),
    path("evidence/", keeping.show, name="show"),
    path("evidence/<int:evidence>/file/", pages.evidence_file, name="evidence_file"),
    path("complete/", keeping.complete, name="complete"),
    path("give-up/", keeping.give_up, name="give_up"),
]

# /delivery/
delivery_urls = [
    path("", pages.index, name="list"),
    path("new/<int:proposal>/", keeping.begin, name="begin"),
    path("ratings/<int:proposal>/", marks.comments, name="comments"),
    path("ratings/<int:proposal>/<slug:kind>/", marks.rate, name="rate"),
    path("<int:pk>/", include(plan_urls)),
]

# /scoreboard/
scoreboard_urls = [
    path("", scoreboard.show, name="scoreboard"),
    path("csv/", scoreboard.as_csv, name="scoreboard_csv"),
    path("json/", scoreboard.as_json, name="scoreboard_json"),
]

urlpatterns = [
    path("delivery/", include(delivery_urls)),
    path("scoreboard/", include(scoreboard_urls)),
]
