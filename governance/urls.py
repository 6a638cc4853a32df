"""Addresses of the pages about councils."""

from django.urls import include, path

from governance import council_views, feeds, meeting_views, motion_views, views

app_name = "governance"

# /councils/meetings/<pk>/
meeting_urls = [
    path("", views.meeting, name="meeting"),
    path("revise/", meeting_views.revise, name="revise"),
    path("agenda/", meeting_views.add_item, name="add_item"),
    path("agenda/<int:item>/remove/", meeting_views.remove_item, name="remove_item"),
    path("notice/", meeting_views.notice, name="notice"),
    path("attendance/", meeting_views.mark, name="mark"),
    path("open/", meeting_views.open_meeting, name="open_meeting"),
    path("close/", meeting_views.close, name="close_meeting"),
    path("cancel/", meeting_views.cancel, name="cancel"),
    path("minutes/", meeting_views.write_minutes, name="write_minutes"),
    path("minutes/sign/", meeting_views.sign_minutes, name="sign_minutes"),
]

# /councils/motions/<pk>/
motion_urls = [
    path("", views.motion, name="motion"),
    path("vote/", motion_views.vote, name="vote"),
    path("recuse/", motion_views.recuse, name="recuse"),
    path("open/", motion_views.open_division, name="open_division"),
    path("close/", motion_views.close, name="close_division"),
    path("tie/", motion_views.decide_tie, name="decide_tie"),
    path("again/", motion_views.table_again, name="table_again"),
    path("withdraw/", motion_views.withdraw, name="withdraw"),
]

# /councils/<code>/
council_urls = [
    path("", views.council, name="council"),
    path("calendar.ics", feeds.council_calendar, name="council_calendar"),
    path("plan/", meeting_views.plan, name="plan"),
    path("seats/add/", council_views.seat, name="seat"),
    path("seats/<int:pk>/end/", council_views.unseat, name="unseat"),
]

# /councils/
urlpatterns = [
    path("", views.list_councils, name="list"),
    path("calendar.ics", feeds.calendar, name="calendar"),
    path("meetings/", views.list_meetings, name="meetings"),
    path("motions/", views.list_motions, name="motions"),
    path("motions/table/<int:proposal>/", motion_views.table, name="table"),
    path("meetings/<int:pk>/", include(meeting_urls)),
    path("motions/<int:pk>/", include(motion_urls)),
    path("<slug:code>/", include(council_urls)),
]
