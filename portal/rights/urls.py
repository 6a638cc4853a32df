"""Addresses of people's rights over their own data."""

from django.urls import path

from portal.rights.views import consents, data, periods, reads, requests

app_name = "rights"
urlpatterns = [
    # /me/…
    path("me/data/", data.data, name="data"),
    path("me/data/<uuid:uuid>/file/", data.file, name="download_file"),
    path("me/consents/", consents.own, name="consents"),
    path("me/reads/", reads.own, name="reads"),
    path("me/requests/", requests.index, name="requests"),
    path("me/requests/new/", requests.ask, name="ask"),
    # /data-requests/
    path("data-requests/", requests.waiting, name="waiting"),
    path("data-requests/<int:pk>/", requests.detail, name="request"),
    path("data-requests/<int:pk>/withdraw/", requests.withdraw, name="withdraw"),
    path("data-requests/<int:pk>/answer/", requests.answer, name="answer"),
    # /privacy/…
    path("privacy/retention/", periods.index, name="periods"),
    path("privacy/retention/runs/", periods.runs, name="runs"),
]
