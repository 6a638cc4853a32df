"""Address of the work list."""

from django.urls import path

from portal.desk import views

app_name = "desk"

# /desk/
urlpatterns = [path("", views.show, name="show")]
