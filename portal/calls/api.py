"""Calls and local problems for programs: the same queries as the pages."""

from typing import Any

from django_filters import rest_framework as filters
from rest_framework import serializers, viewsets

from portal.calls.models import (
    Applicant,
    Call,
    CallKind,
    CallState,
    Entry,
    Prize,
    Problem,
    ProblemState,
    Track,
)
from portal.proposals.models import Area, District
from portal.rest import KeysetPagination

RESULTS = (CallState.PUBLISHED, CallState.CLOSED)


class PrizeSerializer(serializers.ModelSerializer):
    """What the winner of a place gets, in won."""

    class Meta:
        model = Prize
        fields = ["place", "amount"]


class TrackSerializer(serializers.ModelSerializer):
    """The part of a call for one kind of applicants."""

    prizes = PrizeSerializer(many=True, read_only=True)

    class Meta:
        model = Track
        fields = ["id", "applicant", "prizes"]


class EntrySerializer(serializers.ModelSerializer):
    """An entry of a call with public results."""

    track = serializers.CharField(source="track.applicant", read_only=True)
    by = serializers.CharField(source="by_line", read_only=True)
    url = serializers.CharField(source="get_absolute_url", read_only=True)
    prize = serializers.IntegerField(source="prize.amount", read_only=True, default=None)

    class Meta:
        model = Entry
        fields = [
            "id",
            "url",
            "track",
            "form",
            "title",
            "by",
            "proposal",
            "points",
            "rank",
            "prize",
            "use",
            "used_in",
        ]


class CallSerializer(serializers.ModelSerializer):
    """A public call: what is asked of whom, until when, by whom."""

    area: Any = serializers.SlugRelatedField("code", read_only=True, allow_null=True)
    department: Any = serializers.SlugRelatedField("code", read_only=True)
    supporting: Any = serializers.SlugRelatedField("code", many=True, read_only=True)
    tracks = TrackSerializer(many=True, read_only=True)
    weights = serializers.DictField(child=serializers.IntegerField(), read_only=True)
    url = serializers.CharField(source="get_absolute_url", read_only=True)

    class Meta:
        model = Call
        fields = [
            "id",
            "url",
            "kind",
            "title",
            "topic",
            "text",
            "area",
            "department",
            "supporting",
            "state",
            "state_since",
            "opens_at",
            "closes_at",
            "judged_by",
            "results_by",
            "event_on",
            "event_ends_on",
            "place",
            "team_size",
            "weights",
            "tracks",
            "announced_at",
            "published_at",
            "results",
        ]


class CallDetailSerializer(CallSerializer):
    """A call with the entries that everyone may see, once its results are public."""

    entries = serializers.SerializerMethodField()

    class Meta(CallSerializer.Meta):
        fields = [*CallSerializer.Meta.fields, "entries"]

    def get_entries(self, call: Call) -> list[dict[str, Any]]:
        """Best first; none before the results are public."""
        if call.state not in RESULTS:
            return []
        found = Entry.objects.present().of_call(call).for_lists().order_by("track", "rank", "pk")
        return list(EntrySerializer(found, many=True).data)


class CallFilter(filters.FilterSet):
    """Which calls a program asks for."""

    state = filters.ChoiceFilter(choices=[c for c in CallState.choices if c[0] != CallState.DRAFT])
    kind = filters.ChoiceFilter(choices=CallKind.choices)
    applicant = filters.ChoiceFilter(field_name="tracks__applicant", choices=Applicant.choices)

    class Meta:
        model = Call
        fields = ["state", "kind", "applicant"]


class CallPages(KeysetPagination):
    ordering = ("-closes_at", "-pk")


class CallViewSet(viewsets.ReadOnlyModelViewSet):
    """Public calls for ideas, the last to close first."""

    filterset_class = CallFilter
    pagination_class = CallPages
    queryset = Call.objects.public()

    def get_queryset(self) -> Any:
        found = Call.objects.public().select_related("area", "department")
        return found.prefetch_related("supporting", "tracks__prizes")

    def get_serializer_class(self) -> Any:
        return CallDetailSerializer if self.action == "retrieve" else CallSerializer


class ProblemSerializer(serializers.ModelSerializer):
    """A shared problem, without who reported it."""

    area: Any = serializers.SlugRelatedField("code", read_only=True, allow_null=True)
    district: Any = serializers.SlugRelatedField("code", read_only=True, allow_null=True)
    department: Any = serializers.SlugRelatedField("code", read_only=True, allow_null=True)
    url = serializers.CharField(source="get_absolute_url", read_only=True)

    class Meta:
        model = Problem
        fields = [
            "id",
            "url",
            "title",
            "text",
            "area",
            "district",
            "place",
            "latitude",
            "longitude",
            "department",
            "state",
            "state_since",
            "reason",
            "shared_at",
            "me_too_count",
            "vote_count",
        ]


class ProblemFilter(filters.FilterSet):
    """Which problems a program asks for."""

    state = filters.ChoiceFilter(
        choices=[c for c in ProblemState.choices if c[0] != ProblemState.RECEIVED]
    )
    area = filters.ModelChoiceFilter(queryset=Area.objects.all(), to_field_name="code")
    district = filters.ModelChoiceFilter(queryset=District.objects.all(), to_field_name="code")

    class Meta:
        model = Problem
        fields = ["state", "area", "district"]


class ProblemPages(KeysetPagination):
    ordering = ("-shared_at", "-pk")


class ProblemViewSet(viewsets.ReadOnlyModelViewSet):
    """Shared local problems, newest first."""

    serializer_class = ProblemSerializer
    filterset_class = ProblemFilter
    pagination_class = ProblemPages
    queryset = Problem.objects.public()

    def get_queryset(self) -> Any:
        return Problem.objects.public().select_related("area", "district", "department")
