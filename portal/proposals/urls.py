"""Addresses of the pages about proposals."""

from django.urls import include, path

from portal.proposals import answer_views, feeds, list_views, point_views, views
from portal.proposals import step_views as steps
from portal.proposals import writing_views as writing

app_name = "proposals"

# /proposals/<pk>/
proposal_urls = [
    path("", views.detail, name="detail"),
    path("edit/", writing.revise, name="revise"),
    path("autosave/", writing.autosave, name="autosave"),
    path("check/", writing.check, name="check"),
    path("published/", writing.published, name="published"),
    path("discard/", writing.discard, name="discard"),
    path("files/", writing.attach, name="attach"),
    path("files/<int:attachment>/", views.attachment, name="attachment"),
    path("files/<int:attachment>/remove/", writing.detach, name="detach"),
    path("support/", views.support, name="support"),
    path("support/take-back/", views.take_back, name="take_back"),
    path("follow/", views.follow, name="follow"),
    path("unfollow/", views.unfollow, name="unfollow"),
    path("withdraw/", steps.take, {"step": steps.WITHDRAW}, name="withdraw"),
    path("supplement/ask/", steps.take, {"step": steps.ASK_SUPPLEMENT}, name="ask_supplement"),
    path("supplement/", steps.take, {"step": steps.SUPPLY}, name="supply"),
    path("supplement/put-off/", steps.take, {"step": steps.PUT_OFF}, name="put_off"),
    path("supplement/close/", steps.take, {"step": steps.CLOSE_LAPSED}, name="close_lapsed"),
    path("assign/", steps.take, {"step": steps.ASSIGN}, name="assign"),
    path("transfer/", steps.take, {"step": steps.TRANSFER}, name="transfer"),
    path("convert/", steps.take, {"step": steps.CONVERT}, name="convert"),
    path("review/", steps.take, {"step": steps.REVIEW}, name="review"),
    path("departments/", steps.take, {"step": steps.ASK_OPINIONS}, name="ask_departments"),
    path("opinions/<int:question>/", steps.give_opinion, name="give_opinion"),
    path("visits/plan/", steps.take, {"step": steps.PLAN_VISIT}, name="plan_visit"),
    path("visits/<int:visit>/", steps.tell_finding, name="tell_finding"),
    path("interim/", steps.take, {"step": steps.REPLY_MEANWHILE}, name="reply_meanwhile"),
    path("extend/", steps.take, {"step": steps.EXTEND}, name="extend"),
    path("reexamine/", steps.take, {"step": steps.REEXAMINE}, name="reexamine"),
    path("answer/", answer_views.answer, name="answer"),
    path("answer/approve/", answer_views.approve, name="approve"),
    path("answer/send-back/", answer_views.send_back, name="send_back"),
]

# /proposals/
urlpatterns = [
    path("", list_views.list_public, name="list"),
    path("new/", writing.write, name="write"),
    path("new/autosave/", writing.begin, name="begin"),
    path("similar/", views.resembling, name="similar"),
    path("suggestions/", views.suggestions, name="suggestions"),
    path("points/", list_views.points, name="points"),
    path("landmarks/", point_views.landmarks, name="landmarks"),
    path("district/", point_views.district_of_point, name="district_of_point"),
    path("feed/", feeds.NewProposals(), name="feed"),
    path("approvals/", answer_views.approvals, name="approvals"),
    path("<int:pk>/", include(proposal_urls)),
]
