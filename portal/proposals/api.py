"""Proposals for programs: the same queries, rules and domain as the pages."""

from typing import Any

from django import forms
from django.db.models import BigIntegerField, Prefetch
from django.shortcuts import get_object_or_404
from django_filters import rest_framework as filters
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import serializers, viewsets
from rest_framework.decorators import action
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from portal.access import get_allowed, require
from portal.accounts.models import Department
from portal.proposals.domain import supports
from portal.proposals.models import (
    Answer,
    Area,
    Decision,
    District,
    Proposal,
    ProposalState,
)
from portal.rest import KeysetPagination, MomentFilter
from portal.search.domain.matches import matching


class AnswerSerializer(serializers.ModelSerializer):
    """A published answer: the conclusion, why, what is done with it, when, and by which office."""

    office: Any = serializers.SlugRelatedField("code", read_only=True)
    official = serializers.CharField(source="drafted_by.name", read_only=True)

    class Meta:
        model = Answer
        fields = [
            "round",
            "decision",
            "ground",
            "reason",
            "agency",
            "reflection",
            "reflected_in",
            "reflected_ref",
            "cost_won",
            "period_from",
            "period_to",
            "planned_on",
            "office",
            "official",
            "phone",
            "published_at",
        ]


class ProposalSerializer(serializers.ModelSerializer):
    """A public proposal; its author's name is masked as on the pages."""

    area: Any = serializers.SlugRelatedField("code", read_only=True)
    issue: Any = serializers.SlugRelatedField("code", read_only=True, allow_null=True)
    district: Any = serializers.SlugRelatedField("code", read_only=True, allow_null=True)
    department: Any = serializers.SlugRelatedField("code", read_only=True, allow_null=True)
    call = serializers.IntegerField(source="call_id", read_only=True, allow_null=True)
    author = serializers.CharField(source="author.public_name", read_only=True)
    support_count = serializers.IntegerField(source="stat.support_count", read_only=True)
    url = serializers.CharField(source="get_absolute_url", read_only=True)
    # Empty until it is decided.
    decision = serializers.ChoiceField(Decision.choices, allow_blank=True, read_only=True)
    answers = AnswerSerializer(source="published_answers", many=True, read_only=True)

    class Meta:
        model = Proposal
        fields = [
            "id",
            "url",
            "reference",
            "title",
            "problem",
            "solution",
            "effect",
            "area",
            "issue",
            "district",
            "place",
            "latitude",
            "longitude",
            "department",
            "call",
            "author",
            "state",
            "state_since",
            "changed_at",
            "published_at",
            "due_on",
            "decided_at",
            "ground",
            "answer",
            "decision",
            "round",
            "answers",
            "support_count",
        ]


class NumberedFilter(filters.Filter):
    """Keep what bears a number that the database can hold."""

    field_class = forms.IntegerField

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, min_value=1, max_value=BigIntegerField.MAX_BIGINT, **kwargs)


class ProposalFilter(filters.FilterSet):
    """Which proposals a program asks for; what is not named here changes nothing."""

    state = filters.ChoiceFilter(choices=ProposalState.choices)
    decision = filters.ChoiceFilter(choices=Decision.choices)
    area = filters.ModelChoiceFilter(queryset=Area.objects.all(), to_field_name="code")
    district = filters.ModelChoiceFilter(queryset=District.objects.all(), to_field_name="code")
    department = filters.ModelChoiceFilter(queryset=Department.objects.all(), to_field_name="code")
    call = NumberedFilter(field_name="call_id", label="Number of the call that it answers")
    reference = filters.CharFilter(max_length=60)
    published_after = MomentFilter(field_name="published_at", lookup_expr="gte")
    published_before = MomentFilter(field_name="published_at", lookup_expr="lt")
    changed_after = MomentFilter(field_name="changed_at", lookup_expr="gte")
    due_before = filters.DateFilter(field_name="due_on", lookup_expr="lt")
    q = filters.CharFilter(method="with_words", max_length=200, label="Words in the text")

    class Meta:
        model = Proposal
        fields = ["state", "decision", "area", "district", "department", "call", "reference"]

    def with_words(self, queryset: Any, _name: str, words: str) -> Any:
        """Keep what matches the words, the 5,000 first of it where they are common."""
        found = matching(words, kind="proposal")
        return queryset.filter(pk__in=found.some())


class ProposalPages(KeysetPagination):
    """Pages in one of three orders; another word for an order means the usual one."""

    ORDERS = {
        "newest": ("-stat__published_at", "-pk"),
        "supported": ("-stat__support_count", "-pk"),
        "changed": ("-changed_at", "-pk"),
    }
    ordering = ORDERS["newest"]

    def get_ordering(self, request: Request, queryset: Any, view: Any) -> tuple[str, ...]:
        """The order asked for, if it is one of ours."""
        return self.ORDERS.get(request.query_params.get("ordering", ""), self.ORDERS["newest"])

    def _get_position_from_instance(self, instance: Any, ordering: Any) -> str:
        """Read the place of a row through its relations."""
        found: Any = instance
        for part in ordering[0].lstrip("-").split("__"):
            found = getattr(found, part)
        return str(found)


@extend_schema_view(
    list=extend_schema(
        parameters=[
            OpenApiParameter("ordering", str, enum=list(ProposalPages.ORDERS), default="newest")
        ]
    )
)
class ProposalViewSet(viewsets.ReadOnlyModelViewSet):
    """Public proposals. Whoever sends back an ``ETag`` gets 304 while nothing has changed."""

    serializer_class = ProposalSerializer
    filterset_class = ProposalFilter
    pagination_class = ProposalPages
    queryset = Proposal.objects.public()
    lookup_value_regex = "[0-9]{1,18}"

    def get_queryset(self) -> Any:
        published = Answer.objects.published().select_related("office", "drafted_by")
        return (
            Proposal.objects.public()
            .select_related("stat", "area", "issue", "district", "department", "author")
            .prefetch_related(Prefetch("answers", published, to_attr="published_answers"))
        )

    @extend_schema(request=None, responses={204: None, 409: None})
    @action(detail=True, methods=["post", "delete"], permission_classes=[IsAuthenticated])
    def support(self, request: Request, pk: str) -> Response:
        """Support the proposal (POST), or take the support back (DELETE)."""
        person: Any = request.user  # signed in: the permission above lets nobody else come here
        if request.method == "POST":
            found = get_allowed(person, "proposals.view_proposal", Proposal.objects, pk=pk)
            supports.add(found, by=person)
        else:
            kept = get_object_or_404(Proposal.objects.within_reach_of(person), pk=pk)
            require(person, "proposals.take_back_support", kept)
            supports.take_back(kept, by=person)
        return Response(status=204)
