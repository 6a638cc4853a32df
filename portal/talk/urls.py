"""Addresses of comments and moderation; see ``portal.urls``."""

from django.urls import include, path

from portal.talk import feeds
from portal.talk.views import comments, moderation

app_name = "talk"

# /proposals/<pk>/comments/
talk_urls = [
    path("", comments.listing, name="list"),
    path("new/", comments.write, name="write"),
    path("feed/", feeds.Comments(), name="feed"),
    path("<int:comment>/", comments.branch, name="branch"),
]

# /comments/<pk>/
comment_urls = [
    path("answer/", comments.answer, name="answer"),
    path("edit/", comments.edit, name="edit"),
    path("delete/", comments.delete, name="delete"),
    path("helpful/", comments.mark, name="mark"),
    path("helpful/take-back/", comments.unmark, name="unmark"),
    path("report/", moderation.report_comment, name="report_comment"),
]

# /moderation/cases/<pk>/
case_urls = [
    path("", moderation.case, name="case"),
    path("appeal/", moderation.appeal, name="appeal"),
    path("appeal/decide/", moderation.decide_appeal, name="decide_appeal"),
]

urlpatterns = [
    path("proposals/<int:pk>/comments/", include(talk_urls)),
    path("proposals/<int:pk>/report/", moderation.report_proposal, name="report_proposal"),
    path("comments/<int:pk>/", include(comment_urls)),
    path("moderation/", moderation.figures, name="moderation"),
    path("moderation/csv/", moderation.figures_csv, name="moderation_csv"),
    path("moderation/cases/<int:pk>/", include(case_urls)),
]
