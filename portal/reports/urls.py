"""Addresses of the pages."""

from django.urls import path

from portal.reports import views

app_name = "reports"
urlpatterns = [
    path("verify/", views.verify, name="verify"),
    # /reports/
    path("reports/", views.reports, name="list"),
    path("reports/new/", views.new, name="new"),
    # /reports/<pk>/
    path("reports/<int:pk>/", views.detail, name="detail"),
    path("reports/<int:pk>/retry/", views.retry, name="retry"),
    path("reports/<int:pk>/correct/", views.correct, name="correct"),
    path("reports/<int:pk>/files/<slug:kind>/", views.download, name="download"),
]
