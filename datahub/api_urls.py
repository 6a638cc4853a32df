"""Addresses for programs."""

from rest_framework.routers import SimpleRouter

from datahub.api import DatasetViewSet

router = SimpleRouter()
router.register("datasets", DatasetViewSet, basename="dataset")

urlpatterns = router.urls
