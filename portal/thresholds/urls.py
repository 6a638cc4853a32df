"""Addresses of steps and duties."""

from django.urls import path

from portal.thresholds import change_views, merge_views, panel_views, views

app_name = "thresholds"

# /thresholds/, /duties/ and /merges/
urlpatterns = [
    path("thresholds/", views.show, name="show"),
    path("duties/<int:pk>/", views.fulfil, name="fulfil"),
    path("thresholds/changes/<int:pk>/", change_views.show, name="change"),
    path("thresholds/changes/<int:pk>/decide/", change_views.decide, name="decide_change"),
    path("desk/simulator/", change_views.simulate, name="simulate"),
    path("desk/simulator/propose/", change_views.propose, name="propose_change"),
    path("panels/", panel_views.list_panels, name="panels"),
    path("panels/sortition.py", panel_views.program, name="panel_program"),
    path("panels/consent/", panel_views.consent, name="consent_to_panels"),
    path("panels/announce/", panel_views.announce, name="announce_panel"),
    path("panels/invitation/<str:token>/", panel_views.invitation, name="invitation"),
    path("panels/<int:pk>/", panel_views.show, name="panel"),
    path("panels/<int:pk>/pool/csv/", panel_views.pool, name="pool"),
    path("panels/<int:pk>/draw/", panel_views.draw, name="draw_panel"),
    path("panels/<int:pk>/marks/", panel_views.mark, name="mark_items"),
    path("merges/new/<int:pk>/", merge_views.propose, name="propose_merge"),
    path("merges/answer/<str:token>/", merge_views.answer, name="answer"),
    path("merges/<int:pk>/", merge_views.show, name="merge"),
    path("merges/<int:pk>/call-off/", merge_views.call_off, name="call_off_merge"),
    path("merges/<int:pk>/split/", merge_views.split, name="split_merge"),
]
