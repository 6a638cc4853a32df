"""Addresses of the pages, of RDF, and of CKAN's API."""

from django.urls import path, re_path

from datahub import ckan, feeds, rdf, views

app_name = "datahub"

RDF = r"(?P<ending>jsonld|ttl|rdf)"
SHAPE = r"(?P<shape>original|csv|excel|json|xlsx)"
NAME = r"(?P<name>[a-z0-9][a-z0-9_-]+)"

# /data/
list_urls = [
    path("data/", views.list_datasets, name="list"),
    path("data/new/", views.add, name="add"),
    path("data/feed/", feeds.NewData(), name="feed"),
]

# /data/<name>/
dataset_urls = [
    re_path(rf"^data/{NAME}\.{RDF}$", rdf.dataset, name="dataset_rdf"),
    re_path(rf"^data/{NAME}/$", views.detail, name="detail"),
    path("data/<slug:name>/edit/", views.edit, name="edit"),
    path("data/<slug:name>/columns/", views.edit_columns, name="edit_columns"),
    path("data/<slug:name>/publish/", views.publish, name="publish"),
    path("data/<slug:name>/withdraw/", views.withdraw, name="withdraw"),
    re_path(rf"^data/{NAME}/download/{SHAPE}/$", views.download_newest, name="download"),
]

# /data/<name>/versions/
version_urls = [
    path("data/<slug:name>/versions/new/", views.add_version, name="add_version"),
    path("data/<slug:name>/versions/<int:number>/", views.version, name="version"),
    path("data/<slug:name>/versions/<int:number>/confirm/", views.confirm, name="confirm"),
    re_path(
        rf"^data/{NAME}/versions/(?P<number>\d{{1,9}})/{SHAPE}/$",
        views.download,
        name="version_download",
    ),
]

# For programs
program_urls = [
    path("catalog", rdf.catalogue, name="catalogue"),
    re_path(rf"^catalog\.{RDF}$", rdf.catalogue, name="catalogue_rdf"),
    path("api/3/action/<str:name>", ckan.action, name="ckan_action"),
    path("api/action/<str:name>", ckan.action, name="ckan_action_short"),
]

urlpatterns = list_urls + dataset_urls + version_urls + program_urls
