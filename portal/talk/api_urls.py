"""Addresses of comments for programs."""

from rest_framework.routers import SimpleRouter

from portal.talk.api import CommentViewSet

router = SimpleRouter()
router.register("comments", CommentViewSet, basename="comment")

urlpatterns = router.urls
