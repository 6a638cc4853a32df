"""Addresses of labs for programs."""

from rest_framework.routers import SimpleRouter

from livinglabs.api import LabViewSet, StageViewSet

router = SimpleRouter()
router.register("labs", LabViewSet, basename="lab")
router.register("lab-stages", StageViewSet, basename="lab-stage")

urlpatterns = router.urls
