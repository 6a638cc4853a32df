"""Addresses of what the city carries out, of marks, and of the scoreboard."""

from django.urls import URLPattern, URLResolver, include, path

from portal.delivery.views import desk, keeping, marks, pages, scoreboard, wordings

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
delivery_urls: list[URLPattern | URLResolver] = [
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

# /desk/, beside the work list
desk_urls = [
    path("matters/", desk.table, name="matters"),
    path("matters/give/", desk.give, name="give"),
    path("filters/", desk.save, name="save_filter"),
    path("filters/<int:pk>/forget/", desk.forget, name="forget_filter"),
    path("workload/", desk.workload, name="workload"),
    path("notes/<int:proposal>/", desk.notes, name="remarks"),
    path("notes/<int:proposal>/<int:pk>/remove/", desk.remove_note, name="remove_remark"),
    path("templates/", wordings.index, name="wordings"),
    path("templates/new/", wordings.new, name="new_wording"),
    path("templates/<int:pk>/", wordings.change, name="wording"),
    path("templates/<int:pk>/remove/", wordings.remove, name="remove_wording"),
    path("templates/for/<int:proposal>/", wordings.use, name="use_wording"),
]

urlpatterns = [
    path("desk/", include(desk_urls)),
    path("delivery/", include(delivery_urls)),
    path("scoreboard/", include(scoreboard_urls)),
]
