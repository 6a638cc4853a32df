"""Labs for programs: the same rows as the pages, to read."""

from typing import Any

from django.db.models import Prefetch
from django_filters import rest_framework as filters
from rest_framework import serializers, viewsets

from livinglabs.models import (
    BudgetLine,
    Conflict,
    Event,
    Evidence,
    Lab,
    LabDataset,
    LabState,
    Stage,
)
from portal.proposals.models import District
from portal.rest import KeysetPagination, WholeNumberFilter


class StageSerializer(serializers.ModelSerializer):
    """A stage and the codes of the evidence that its gate asks for."""

    asks: Any = serializers.SlugRelatedField("code", many=True, read_only=True)

    class Meta:
        model = Stage
        fields = ["code", "order", "name_ko", "name_en", "words_ko", "words_en", "asks"]


class LabSerializer(serializers.ModelSerializer):
    """A lab as lists show it; participants are a number, never names."""

    url = serializers.CharField(source="get_absolute_url", read_only=True)
    proposal = serializers.IntegerField(source="mandate.proposal_id", read_only=True)
    motion = serializers.IntegerField(source="mandate_id", read_only=True)
    stage: Any = serializers.SlugRelatedField("code", read_only=True)
    district: Any = serializers.SlugRelatedField("code", read_only=True)
    department: Any = serializers.SlugRelatedField("code", read_only=True)

    class Meta:
        model = Lab
        fields = [
            "id",
            "url",
            "title",
            "problem",
            "goal",
            "place",
            "district",
            "department",
            "proposal",
            "motion",
            "state",
            "state_since",
            "stage",
            "starts_on",
            "ends_on",
            "participant_count",
            "outcome",
            "learnings",
            "is_sample",
            "created_at",
            "changed_at",
        ]


class EvidenceSerializer(serializers.ModelSerializer):
    stage: Any = serializers.SlugRelatedField("code", read_only=True)
    kind: Any = serializers.SlugRelatedField("code", read_only=True)

    class Meta:
        model = Evidence
        fields = [
            "id",
            "stage",
            "kind",
            "title",
            "url",
            "text",
            "file_name",
            "size",
            "sha256",
            "at",
            "withdrawn_at",
            "withdrawn_reason",
        ]


class BudgetLineSerializer(serializers.ModelSerializer):
    """Amounts are in won."""

    source: Any = serializers.SlugRelatedField("code", read_only=True)  # the fund, by its code

    class Meta:
        model = BudgetLine
        fields = ["id", "source", "title", "planned", "spent"]


class EventSerializer(serializers.ModelSerializer):
    kind: Any = serializers.SlugRelatedField("code", read_only=True)

    class Meta:
        model = Event
        fields = ["id", "kind", "title", "held_on", "headcount", "notes"]


class ConflictSerializer(serializers.ModelSerializer):
    type: Any = serializers.SlugRelatedField("code", read_only=True)

    class Meta:
        model = Conflict
        fields = ["id", "type", "description", "done", "state", "state_since"]


class LabDetailSerializer(LabSerializer):
    """A lab with its records."""

    evidence = EvidenceSerializer(many=True, read_only=True)
    budget = BudgetLineSerializer(source="budget_lines", many=True, read_only=True)
    events = EventSerializer(many=True, read_only=True)
    conflicts = ConflictSerializer(many=True, read_only=True)
    datasets = serializers.SerializerMethodField()

    class Meta(LabSerializer.Meta):
        fields = [
            *LabSerializer.Meta.fields,
            "evidence",
            "budget",
            "events",
            "conflicts",
            "datasets",
        ]

    def get_datasets(self, lab: Lab) -> list[str]:
        """Names of the datasets in the catalogue."""
        # The view fetches them ahead under this name.
        links: list[LabDataset] = lab.public_links  # type: ignore[attr-defined]
        return [link.dataset.name for link in links]


class LabFilter(filters.FilterSet):
    """Which labs a program asks for."""

    state = filters.ChoiceFilter(choices=LabState.choices)
    stage = filters.ModelChoiceFilter(queryset=Stage.objects.all(), to_field_name="code")
    district = filters.ModelChoiceFilter(queryset=District.objects.all(), to_field_name="code")
    proposal = WholeNumberFilter(
        field_name="mandate__proposal_id", min_value=1, max_value=2**63 - 1
    )

    class Meta:
        model = Lab
        fields = ["state", "stage", "district", "proposal"]


class LabPages(KeysetPagination):
    ordering = ("-created_at", "-pk")


class LabViewSet(viewsets.ReadOnlyModelViewSet):
    """Living labs, newest first."""

    filterset_class = LabFilter
    pagination_class = LabPages
    queryset = Lab.objects.all()

    def get_serializer_class(self) -> type[LabSerializer]:
        return LabDetailSerializer if self.action == "retrieve" else LabSerializer

    def get_queryset(self) -> Any:
        found = Lab.objects.visible_to(self.request.user).for_cards().select_related("mandate")
        if self.action != "retrieve":
            return found
        links = LabDataset.objects.public().select_related("dataset")
        return found.prefetch_related(
            Prefetch("evidence", Evidence.objects.select_related("kind", "stage")),
            Prefetch("budget_lines", BudgetLine.objects.select_related("source")),
            Prefetch("events", Event.objects.select_related("kind")),
            Prefetch("conflicts", Conflict.objects.select_related("type")),
            Prefetch("lab_datasets", links, to_attr="public_links"),
        )


class StageViewSet(viewsets.ReadOnlyModelViewSet):
    """The stages of a lab, in order."""

    serializer_class = StageSerializer
    pagination_class = None
    filter_backends: list[Any] = []
    lookup_field = "code"
    queryset = Stage.objects.prefetch_related("asks")
