"""Addresses of proposals for programs."""

from rest_framework.routers import SimpleRouter

from portal.proposals.api import ProposalViewSet

router = SimpleRouter()
router.register("proposals", ProposalViewSet, basename="proposal")

urlpatterns = router.urls
