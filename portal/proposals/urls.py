"""Addresses of the pages about proposals."""

from django.urls import include, path

from portal.proposals import feeds, list_views, step_views, views

app_name = "proposals"

# /proposals/<pk>/
proposal_urls = [
    path("", views.detail, name="detail"),
    path("edit/", views.revise, name="revise"),
    path("autosave/", views.autosave, name="autosave"),
    path("check/", views.check, name="check"),
    path("published/", views.published, name="published"),
    path("discard/", views.discard, name="discard"),
    path("files/", views.attach, name="attach"),
    path("files/<int:attachment>/", views.attachment, name="attachment"),
    path("files/<int:attachment>/remove/", views.detach, name="detach"),
    path("support/", views.support, name="support"),
    path("support/take-back/", views.take_back, name="take_back"),
    path("follow/", views.follow, name="follow"),
    path("unfollow/", views.unfollow, name="unfollow"),
    path("withdraw/", step_views.withdraw, name="withdraw"),
    path("supplement/ask/", step_views.ask_supplement, name="ask_supplement"),
    path("supplement/", step_views.supply, name="supply"),
    path("review/", step_views.review, name="review"),
    path("departments/", step_views.ask_departments, name="ask_departments"),
    path("opinion/", step_views.give_opinion, name="give_opinion"),
    path("refer/", step_views.refer, name="refer"),
    path("decide/", step_views.decide, name="decide"),
    path("transfer/", step_views.transfer, name="transfer"),
]

# /proposals/
urlpatterns = [
    path("", list_views.list_public, name="list"),
    path("new/", views.write, name="write"),
    path("similar/", views.resembling, name="similar"),
    path("points/", list_views.points, name="points"),
    path("feed/", feeds.NewProposals(), name="feed"),
    path("<int:pk>/", include(proposal_urls)),
]
