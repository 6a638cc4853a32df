"""Addresses for programs."""

from rest_framework.routers import SimpleRouter

from portal.reports.api import RunViewSet

router = SimpleRouter()
router.register("reports", RunViewSet, basename="report")
urlpatterns = router.urls
