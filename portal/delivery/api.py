"""The doing for programs: plans with their milestones, and the scoreboard."""

from typing import Any, ClassVar

from django_filters import rest_framework as filters
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, viewsets
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from portal.accounts.models import Department
from portal.delivery.exports import answer_for
from portal.delivery.forms.scoreboard import PeriodForm, asked
from portal.delivery.models import BudgetLine, Evidence, Milestone, Plan, PlanState, Slip
from portal.rest import KeysetPagination, WholeNumberFilter


class MilestoneSerializer(serializers.ModelSerializer):
    class Meta:
        model = Milestone
        fields: ClassVar = [
            "id",
            "title",
            "weight",
            "planned_on",
            "due_on",
            "done_on",
            "percent",
            "is_late",
        ]


class SlipSerializer(serializers.ModelSerializer):
    class Meta:
        model = Slip
        fields: ClassVar = ["milestone", "was_due_on", "due_on", "reason", "at"]


class PlanMoneySerializer(serializers.ModelSerializer):
    class Meta:
        model = BudgetLine
        fields: ClassVar = ["source", "title", "planned", "spent", "remaining"]


class PlanEvidenceSerializer(serializers.ModelSerializer):
    class Meta:
        model = Evidence
        fields: ClassVar = ["title", "milestone", "url", "name", "size", "sha256", "at"]


class PlanSerializer(serializers.ModelSerializer):
    """A plan with its steps, slips, money and evidence; nobody's name."""

    department: Any = serializers.SlugRelatedField(
        "code", source="proposal.department", read_only=True
    )
    url = serializers.CharField(source="get_absolute_url", read_only=True)
    percent = serializers.IntegerField(read_only=True)
    milestones = MilestoneSerializer(many=True, read_only=True)
    slips = SlipSerializer(many=True, read_only=True)
    budget_lines = PlanMoneySerializer(many=True, read_only=True)
    evidence = PlanEvidenceSerializer(many=True, read_only=True)

    class Meta:
        model = Plan
        fields: ClassVar = [
            "id",
            "url",
            "proposal",
            "department",
            "state",
            "summary",
            "percent",
            "begun_at",
            "ended_at",
            "outcome",
            "milestones",
            "slips",
            "budget_lines",
            "evidence",
        ]


class PlanFilter(filters.FilterSet):
    """Which plans a program asks for."""

    state = filters.ChoiceFilter(choices=PlanState.choices)
    department = filters.ModelChoiceFilter(
        field_name="proposal__department",
        queryset=Department.objects.all(),
        to_field_name="code",
    )
    proposal = WholeNumberFilter(field_name="proposal_id", min_value=1, max_value=2**63 - 1)

    class Meta:
        model = Plan
        fields: ClassVar = ["state", "department", "proposal"]


class PlanPages(KeysetPagination):
    ordering = ("-begun_at", "-pk")


class PlanViewSet(viewsets.ReadOnlyModelViewSet):
    """What the city carries out, newest first."""

    serializer_class = PlanSerializer
    filterset_class = PlanFilter
    pagination_class = PlanPages
    queryset = Plan.objects.public()

    def get_queryset(self) -> Any:
        papers = ("slips", "budget_lines", "evidence")
        return Plan.objects.public().for_page().prefetch_related(*papers)


class ScoreboardView(APIView):
    """How the departments answer in one period, beside the period before; no ranking."""

    PERIOD: ClassVar = OpenApiParameter(
        "period", OpenApiTypes.STR, description="2026, 2026-Q4 or 2026-11; the quarter that runs"
    )

    @extend_schema(parameters=[PERIOD], responses=OpenApiTypes.OBJECT)
    def get(self, request: Request) -> Response:
        form = PeriodForm(asked(request.query_params))
        if not form.is_valid():
            return Response(form.errors, status=400)
        return Response(answer_for(form.span))
