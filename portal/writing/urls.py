"""Addresses of versions, joint authors and suggestions."""

from django.urls import path

from portal.writing import views

app_name = "writing"
urlpatterns = [
    path("proposals/<int:pk>/versions/", views.version_list, name="versions"),
    path("proposals/<int:pk>/versions/<int:number>/", views.version_detail, name="version"),
    path("proposals/<int:pk>/amend/", views.amend, name="amend"),
    path("proposals/<int:pk>/authors/", views.invite, name="invite"),
    path("me/invitations/", views.invitations, name="invitations"),
    path("me/invitations/<int:pk>/", views.answer, name="answer"),
]
