"""Addresses of the work lists."""

from django.urls import path

from portal.desk import views

app_name = "desk"

# /desk/
urlpatterns = [
    path("", views.show, name="show"),
    path("<slug:key>/", views.whole, name="whole"),
]
