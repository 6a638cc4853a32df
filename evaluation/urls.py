"""Addresses of the pages."""

from django.urls import path

from evaluation import views

app_name = "evaluation"
urlpatterns = [
    path("", views.framework, name="list"),
    path("frameworks/<slug:code>/", views.framework, name="framework"),
    # /evaluation/indicators/<code>/
    path("indicators/<slug:code>/", views.indicator, name="indicator"),
    path("indicators/<slug:code>/record/", views.record, name="record"),
    # /evaluation/measurements/<pk>/
    path("measurements/<int:pk>/", views.measurement, name="measurement"),
    path("measurements/<int:pk>/attach/", views.attach, name="attach"),
    path("measurements/<int:pk>/verify/", views.verify, name="verify"),
    path("measurements/<int:pk>/question/", views.question, name="question"),
    path("measurements/<int:pk>/correct/", views.correct, name="correct"),
    path("measurements/<int:pk>/evidence/<int:evidence_pk>/", views.evidence, name="evidence"),
]
