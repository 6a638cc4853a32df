"""Addresses of a person's own pages."""

from django.urls import path

from portal.desk import me_views as views

app_name = "accounts"

# /me/
urlpatterns = [
    path("", views.me, name="me"),
    path("profile/", views.profile, name="profile"),
    path("close/", views.close, name="close"),
    path("sign-ins/", views.sign_ins, name="sign_ins"),
]
