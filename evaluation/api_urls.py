"""Addresses for programs."""

from rest_framework.routers import SimpleRouter

from evaluation.api import IndicatorViewSet, MeasurementViewSet

router = SimpleRouter()
router.register("indicators", IndicatorViewSet, basename="indicator")
router.register("measurements", MeasurementViewSet, basename="measurement")
urlpatterns = router.urls
