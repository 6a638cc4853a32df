"""Addresses of the trail: pages for people, plain files for programs."""

from django.urls import path

from portal.audit import views

app_name = "audit"
urlpatterns = [
    path("", views.index, name="list"),
    path("act/<uuid:uid>/", views.act, name="act"),
    path("proof/<uuid:uid>.tlog-proof", views.proof, name="proof"),
    # /audit/checkpoint…
    path("checkpoint", views.checkpoint, name="checkpoint"),
    path("checkpoints.txt", views.checkpoints, name="checkpoints"),
    path("checkpoints.atom", views.feed, name="feed"),
    path("consistency/<int:old>/<int:new>", views.consistency, name="consistency"),
    path("key", views.key, name="key"),
    # /audit/export/
    path("export/", views.export, name="export"),
    path("verifier.zip", views.verifier, name="verifier"),
]
