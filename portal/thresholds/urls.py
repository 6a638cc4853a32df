"""Addresses of steps and duties."""

from django.urls import path

from portal.thresholds import change_views, merge_views, views

app_name = "thresholds"

# /thresholds/, /duties/ and /merges/
urlpatterns = [
    path("thresholds/", views.show, name="show"),
    path("duties/<int:pk>/", views.fulfil, name="fulfil"),
    path("thresholds/changes/<int:pk>/", change_views.show, name="change"),
    path("thresholds/changes/<int:pk>/decide/", change_views.decide, name="decide_change"),
    path("desk/simulator/", change_views.simulate, name="simulate"),
    path("desk/simulator/propose/", change_views.propose, name="propose_change"),
    path("merges/new/<int:pk>/", merge_views.propose, name="propose_merge"),
    path("merges/answer/<str:token>/", merge_views.answer, name="answer"),
    path("merges/<int:pk>/", merge_views.show, name="merge"),
    path("merges/<int:pk>/call-off/", merge_views.call_off, name="call_off_merge"),
    path("merges/<int:pk>/split/", merge_views.split, name="split_merge"),
]
