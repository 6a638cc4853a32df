"""Councils, meetings and motions for programs, to read."""

from typing import Any

from django.db.models import Prefetch
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers, viewsets

from governance.models import Council, Meeting, Motion, MotionState, Seat, Vote
from portal.rest import KeysetPagination


class SeatSerializer(serializers.ModelSerializer):
    """A member: name, sector and term are public."""

    member = serializers.CharField(source="member.name", read_only=True)
    sector = serializers.CharField(source="sector.code", read_only=True)

    class Meta:
        model = Seat
        fields = ["id", "member", "sector", "is_chair", "is_ex_officio", "starts_on", "ends_on"]


class CouncilSerializer(serializers.ModelSerializer):
    """A council with its rule and the seats of today."""

    body = serializers.CharField(source="body.code", read_only=True)
    seats = SeatSerializer(source="seats_today", many=True, read_only=True)
    url = serializers.CharField(source="get_absolute_url", read_only=True)

    class Meta:
        model = Council
        fields = [
            "code",
            "url",
            "name_ko",
            "name_en",
            "body",
            "purpose_ko",
            "purpose_en",
            "rule",
            "notice_days",
            "is_standing",
            "seats",
        ]


class MeetingSerializer(serializers.ModelSerializer):
    """An announced meeting with its agenda."""

    council = serializers.CharField(source="council.code", read_only=True)
    agenda: Any = serializers.SlugRelatedField("title", source="items", many=True, read_only=True)
    url = serializers.CharField(source="get_absolute_url", read_only=True)

    class Meta:
        model = Meeting
        fields = [
            "id",
            "url",
            "council",
            "number",
            "starts_at",
            "place",
            "is_online",
            "state",
            "noticed_at",
            "emergency_reason",
            "opened_at",
            "closed_at",
            "agenda",
        ]


class MotionSerializer(serializers.ModelSerializer):
    """A motion with its rule and, after the vote, its outcome and each member's vote."""

    council = serializers.CharField(source="council.code", read_only=True)
    votes = serializers.SerializerMethodField()
    url = serializers.CharField(source="get_absolute_url", read_only=True)

    class Meta:
        model = Motion
        fields = [
            "id",
            "url",
            "council",
            "proposal",
            "meeting",
            "title",
            "text",
            "state",
            "state_since",
            "created_at",
            "opened_at",
            "closed_at",
            "rule",
            "outcome",
            "votes",
        ]

    @extend_schema_field(serializers.ListField(child=serializers.DictField()))
    def get_votes(self, motion: Motion) -> list[dict[str, Any]]:
        """The votes that count, once the vote is decided."""
        if not motion.is_decided:
            return []
        final = {vote.seat_id: vote for vote in motion.votes.all()}
        return [{"seat": seat, "choice": vote.choice} for seat, vote in sorted(final.items())]


class ByCode(KeysetPagination):
    ordering = "code"


class BySoonest(KeysetPagination):
    ordering: Any = ("-starts_at", "-pk")


class ByNewest(KeysetPagination):
    ordering: Any = ("-created_at", "-pk")


class MeetingFilter(filters.FilterSet):
    council = filters.CharFilter(field_name="council__code")

    class Meta:
        model = Meeting
        fields = ["council", "state"]


class MotionFilter(filters.FilterSet):
    council = filters.CharFilter(field_name="council__code")
    state = filters.ChoiceFilter(choices=MotionState.choices)

    class Meta:
        model = Motion
        fields = ["council", "state", "proposal"]


class CouncilViewSet(viewsets.ReadOnlyModelViewSet):
    """Councils with their members of today."""

    serializer_class = CouncilSerializer
    pagination_class = ByCode
    lookup_field = "code"
    queryset = Council.objects.all()

    def get_queryset(self) -> Any:
        return Council.objects.visible_to(self.request.user).with_seats()


class MeetingViewSet(viewsets.ReadOnlyModelViewSet):
    """Announced meetings, latest first."""

    serializer_class = MeetingSerializer
    pagination_class = BySoonest
    filterset_class = MeetingFilter
    queryset = Meeting.objects.noticed()

    def get_queryset(self) -> Any:
        return Meeting.objects.noticed().select_related("council").prefetch_related("items")


class MotionViewSet(viewsets.ReadOnlyModelViewSet):
    """Motions, newest first."""

    serializer_class = MotionSerializer
    pagination_class = ByNewest
    filterset_class = MotionFilter
    queryset = Motion.objects.all()

    def get_queryset(self) -> Any:
        votes = Prefetch("votes", Vote.objects.order_by("seat_id", "seq"))
        found = Motion.objects.visible_to(self.request.user).select_related("council")
        return found.prefetch_related(votes)
