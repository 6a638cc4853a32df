"""Addresses of this room; see ``portal.urls``."""

from django.urls import include, path

from portal.calls import feeds
from portal.calls.views import calls, problems, running, taking_part

app_name = "calls"

# /calls/<pk>/
call_urls = [
    path("", calls.detail, name="detail"),
    path("revise/", running.revise, name="revise"),
    path("drop/", running.drop, name="drop"),
    path("tracks/<int:track>/prizes/", running.prizes, name="prizes"),
    path("tracks/<int:track>/enter/", taking_part.enter, name="enter"),
    path("announce/", running.announce, name="announce"),
    path("days/", running.redate, name="redate"),
    path("cancel/", running.cancel, name="cancel"),
    path("jury/", calls.show_jury, name="jury"),
    path("jurors/new/", running.seat, name="seat"),
    path("jurors/<int:juror>/remove/", running.unseat, name="unseat"),
    path("judge/", running.judge, name="judge"),
    path("publish/", running.publish, name="publish"),
    path("close/", running.close, name="close"),
    path("teams/new/", taking_part.found, name="found"),
]

# /calls/entries/<pk>/
entry_urls = [
    path("", calls.entry, name="entry"),
    path("file/", calls.entry_file, name="entry_file"),
    path("revise/", taking_part.revise, name="entry_revise"),
    path("withdraw/", taking_part.withdraw, name="entry_withdraw"),
    path("score/", taking_part.score, name="score"),
    path("stand-back/", taking_part.stand_back, name="stand_back"),
    path("use/", running.use, name="use"),
    path("award/", running.award, name="award"),
]

# /calls/teams/<pk>/
team_urls = [
    path("", taking_part.team, name="team"),
    path("invite/", taking_part.invite, name="invite"),
    path("invitations/<int:invitation>/recall/", taking_part.recall, name="recall"),
    path("shares/", taking_part.share, name="share"),
    path("leave/", taking_part.leave, name="leave"),
]

# /problems/<pk>/
problem_urls = [
    path("", problems.detail, name="problem"),
    path("photo/", problems.photo, name="photo"),
    path("me-too/", problems.back, name="back"),
    path("me-too/take-back/", problems.unback, name="unback"),
    path("vote/", problems.weigh, name="weigh"),
    path("vote/take-back/", problems.unweigh, name="unweigh"),
    path("share/", problems.share, name="problem_share"),
    path("handle/", problems.handle, name="handle"),
    path("solve/", problems.solve, name="solve"),
    path("drop/", problems.drop, name="drop"),
    path("solutions/new/", problems.offer, name="offer"),
    path("solutions/<int:solution>/withdraw/", problems.withdraw_offer, name="withdraw_offer"),
    path("propose/", problems.propose, name="propose"),
]

urlpatterns = [
    path("calls/", calls.index, name="list"),
    path("calls/new/", running.plan, name="plan"),
    path("calls/feed/", feeds.NewCalls(), name="feed"),
    path("calls/dates.ics", feeds.calendar, name="calendar"),
    path("calls/join/<str:code>/", taking_part.join, name="join"),
    path("calls/entries/<int:pk>/", include(entry_urls)),
    path("calls/teams/<int:pk>/", include(team_urls)),
    path("calls/<int:pk>/", include(call_urls)),
    path("problems/", problems.index, name="problems"),
    path("problems/map/", problems.show_map, name="problem_map"),
    path("problems/new/", problems.report, name="report"),
    path("problems/feed/", feeds.NewProblems(), name="problem_feed"),
    path("problems/begin/", problems.begin, name="begin"),
    path("problems/<int:pk>/", include(problem_urls)),
]
