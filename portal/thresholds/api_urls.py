"""Addresses of steps, duties and panels for programs."""

from rest_framework.routers import SimpleRouter

from portal.thresholds.api import DutyViewSet, PanelViewSet, StepViewSet

router = SimpleRouter()
router.register("steps", StepViewSet, basename="step")
router.register("duties", DutyViewSet, basename="duty")
router.register("panels", PanelViewSet, basename="panel")

urlpatterns = router.urls
