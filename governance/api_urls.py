"""Addresses of councils for programs."""

from rest_framework.routers import SimpleRouter

from governance.api import CouncilViewSet, MeetingViewSet, MotionViewSet

router = SimpleRouter()
router.register("councils", CouncilViewSet, basename="council")
router.register("meetings", MeetingViewSet, basename="meeting")
router.register("motions", MotionViewSet, basename="motion")

urlpatterns = router.urls
