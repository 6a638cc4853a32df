"""Addresses of the doing for programs."""

from django.urls import path
from rest_framework.routers import SimpleRouter

from portal.delivery.api import PlanViewSet, ScoreboardView

router = SimpleRouter()
router.register("plans", PlanViewSet, basename="plan")

urlpatterns = [path("scoreboard/", ScoreboardView.as_view(), name="scoreboard"), *router.urls]
