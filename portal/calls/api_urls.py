"""Addresses of calls and local problems for programs."""

from rest_framework.routers import SimpleRouter

from portal.calls.api import CallViewSet, ProblemViewSet

router = SimpleRouter()
router.register("calls", CallViewSet, basename="call")
router.register("problems", ProblemViewSet, basename="problem")

urlpatterns = router.urls
