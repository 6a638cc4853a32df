"""The portal's addresses, and the yardsticks beside them."""

from django.urls import path

from bench import views
from portal.urls import urlpatterns as of_the_portal

handler404 = "portal.errors.not_found"

urlpatterns = [
    path("bench/hello", views.hello),
    path("bench/raw", views.raw),
    path("bench/insert", views.insert),
    path("bench/support", views.support),
    *of_the_portal,
]
