"""Proposals for programs: the same queries, rules and domain as the pages."""

from typing import Any

from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, viewsets
from rest_framework.decorators import action
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from portal.access import get_allowed
from portal.proposals.domain import supports
from portal.proposals.models import Area, District, Proposal, ProposalState
from portal.rest import KeysetPagination


class ProposalSerializer(serializers.ModelSerializer):
    """A public proposal; its author's name is masked as on the pages."""

    area: Any = serializers.SlugRelatedField("code", read_only=True)
    issue: Any = serializers.SlugRelatedField("code", read_only=True)
    district: Any = serializers.SlugRelatedField("code", read_only=True)
    department: Any = serializers.SlugRelatedField("code", read_only=True)
    author = serializers.CharField(source="author.public_name", read_only=True)
    support_count = serializers.IntegerField(source="stat.support_count", read_only=True)
    url = serializers.CharField(source="get_absolute_url", read_only=True)

    class Meta:
        model = Proposal
        fields = [
            "id",
            "url",
            "title",
            "problem",
            "solution",
            "effect",
            "area",
            "issue",
            "district",
            "place",
            "department",
            "author",
            "state",
            "state_since",
            "published_at",
            "due_on",
            "decided_at",
            "ground",
            "answer",
            "support_count",
        ]


class ProposalFilter(filters.FilterSet):
    """Which proposals a program asks for."""

    state = filters.ChoiceFilter(choices=ProposalState.choices)
    area = filters.ModelChoiceFilter(queryset=Area.objects.all(), to_field_name="code")
    district = filters.ModelChoiceFilter(queryset=District.objects.all(), to_field_name="code")
    published_after = filters.IsoDateTimeFilter(field_name="published_at", lookup_expr="gte")

    class Meta:
        model = Proposal
        fields = ["state", "area", "district", "published_after"]


class ProposalPages(KeysetPagination):
    ordering = ("-published_at", "-pk")


class ProposalViewSet(viewsets.ReadOnlyModelViewSet):
    """Public proposals, newest first."""

    serializer_class = ProposalSerializer
    filterset_class = ProposalFilter
    pagination_class = ProposalPages
    queryset = Proposal.objects.public()

    def get_queryset(self) -> Any:
        return Proposal.objects.public().select_related(
            "stat", "area", "issue", "district", "department", "author"
        )

    @extend_schema(request=None, responses={204: None, 409: None})
    @action(detail=True, methods=["post", "delete"], permission_classes=[IsAuthenticated])
    def support(self, request: Request, pk: str) -> Response:
        """Support the proposal (POST), or take the support back (DELETE)."""
        proposal = get_allowed(request.user, "proposals.view_proposal", Proposal.objects, pk=pk)
        act = supports.add if request.method == "POST" else supports.take_back
        person: Any = request.user  # signed in: the permission above lets nobody else come here
        act(proposal, by=person)
        return Response(status=204)
