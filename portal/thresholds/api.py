"""Steps, duties and panels for programs: the same queries as the pages."""

from typing import Any

from django.db.models import Count
from django_filters import rest_framework as filters
from rest_framework import serializers, viewsets

from portal.accounts.models import Department
from portal.proposals.models import Channel
from portal.registry import known_calls
from portal.rest import KeysetPagination, MomentFilter, WholeNumberFilter
from portal.thresholds import scopes
from portal.thresholds.domain import panels
from portal.thresholds.domain.steps import Rulebook
from portal.thresholds.exports import days_between
from portal.thresholds.models import Duty, Effect, Panel, PanelItem, PanelState, Step

LARGEST = 2**63 - 1


class StepSerializer(serializers.ModelSerializer):
    """A step: how many supports, within how many days, oblige whom to what, and since when."""

    department: Any = serializers.SlugRelatedField("code", read_only=True, allow_null=True)

    class Meta:
        model = Step
        fields = [
            "id",
            "channel",
            "call",
            "order",
            "supports",
            "days",
            "districts",
            "effect",
            "department",
            "valid_from",
            "valid_until",
        ]


class StepFilter(filters.FilterSet):
    """Which steps a program asks for."""

    channel = filters.ChoiceFilter(choices=Channel.choices)
    call = filters.CharFilter(max_length=100)
    effect = filters.ChoiceFilter(choices=Effect.choices)
    in_force_on = filters.DateFilter(method="holding_on", label="Those that hold on this day")
    for_call = filters.CharFilter(
        method="holding_for",
        max_length=100,
        label="Those that hold for proposals to this call: its own, or those that it shares",
    )

    class Meta:
        model = Step
        fields = ["channel", "call", "effect"]

    def holding_for(self, queryset: Any, _name: str, call: str) -> Any:
        card = next((card for card in known_calls() if card.key == call and card.is_public), None)
        if card is None:
            return queryset.none()
        held = Rulebook.read().of_scope(scopes.of_call(card))
        return queryset.filter(pk__in=[step.pk for step in held])

    def holding_on(self, queryset: Any, _name: str, day: Any) -> Any:
        return queryset.in_force(day)


class StepPages(KeysetPagination):
    ordering = ("-valid_from", "-pk")


class StepViewSet(viewsets.ReadOnlyModelViewSet):
    """What supports oblige the city to, the newest rules first."""

    serializer_class = StepSerializer
    filterset_class = StepFilter
    pagination_class = StepPages
    queryset = Step.objects.select_related("department")

    def get_queryset(self) -> Any:
        return Step.objects.visible_to(self.request.user).select_related("department")


class DutySerializer(serializers.ModelSerializer):
    """A duty: who owes what since when and until when, and what came of it."""

    effect = serializers.ChoiceField(Effect.choices, source="step.effect", read_only=True)
    department: Any = serializers.SlugRelatedField("code", read_only=True)
    outcome = serializers.ChoiceField(Duty.Outcome.choices, allow_blank=True, read_only=True)
    due_on = serializers.DateField(source="owed_on", read_only=True)
    days = serializers.SerializerMethodField()
    stands_still = serializers.BooleanField(read_only=True)
    is_late = serializers.BooleanField(read_only=True)

    class Meta:
        model = Duty
        fields = [
            "id",
            "proposal",
            "step",
            "effect",
            "department",
            "reason",
            "supports",
            "raised_at",
            "due_on",
            "done_at",
            "outcome",
            "days",
            "stands_still",
            "is_late",
            "what",
        ]

    def get_days(self, duty: Duty) -> int | None:
        """Calendar days from when it arose until it was done; empty while it is owed."""
        return days_between(duty.raised_at, duty.done_at)


class DutyFilter(filters.FilterSet):
    """Which duties a program asks for."""

    proposal = WholeNumberFilter(field_name="proposal_id", max_value=LARGEST)
    department = filters.ModelChoiceFilter(queryset=Department.objects.all(), to_field_name="code")
    effect = filters.ChoiceFilter(field_name="step__effect", choices=Effect.choices)
    reason = filters.ChoiceFilter(choices=Duty.Reason.choices)
    outcome = filters.ChoiceFilter(choices=Duty.Outcome.choices)
    is_open = filters.BooleanFilter(field_name="done_at", lookup_expr="isnull")
    is_late = filters.BooleanFilter(method="late", label="Owed still, and the date has passed")
    due_before = filters.DateFilter(field_name="owed_until", lookup_expr="lt")
    raised_after = MomentFilter(field_name="raised_at", lookup_expr="gte")

    class Meta:
        model = Duty
        fields = ["proposal", "department", "effect", "reason", "outcome"]

    def late(self, queryset: Any, _name: str, wanted: bool) -> Any:  # noqa: FBT001  django-filter's
        late = Duty.objects.late().values("pk")
        return queryset.filter(pk__in=late) if wanted else queryset.exclude(pk__in=late)


class DutyPages(KeysetPagination):
    ordering = ("-raised_at", "-pk")


class DutyViewSet(viewsets.ReadOnlyModelViewSet):
    """What the city owes because enough people asked, or a panel did; the newest first."""

    serializer_class = DutySerializer
    filterset_class = DutyFilter
    pagination_class = DutyPages
    queryset = Duty.objects.public().dated()

    def get_queryset(self) -> Any:
        return Duty.objects.public().dated().select_related("step", "department", "proposal")


class PanelSerializer(serializers.ModelSerializer):
    """A panel with all that it takes to draw it again; its members are not named."""

    url = serializers.CharField(source="get_absolute_url", read_only=True)
    numbers = serializers.CharField(source="randomness", read_only=True)
    candidates = serializers.IntegerField(source="pool_size", read_only=True)

    class Meta:
        model = Panel
        fields = [
            "id",
            "url",
            "month",
            "state",
            "seats",
            "marks_each",
            "candidates",
            "announced_at",
            "draw_on",
            "source",
            "commitment",
            "pool_hash",
            "numbers",
            "secret",
            "seed",
            "closes_on",
        ]


class PanelItemSerializer(serializers.ModelSerializer):
    """A proposal before a panel, and the duty that arose where it was lifted."""

    class Meta:
        model = PanelItem
        fields = ["proposal", "why", "duty"]


class PanelDetailSerializer(PanelSerializer):
    """A panel with the codes that were drawn first, and what it looks at."""

    drawn = serializers.SerializerMethodField()
    items = PanelItemSerializer(many=True, read_only=True)

    class Meta(PanelSerializer.Meta):
        fields = [*PanelSerializer.Meta.fields, "drawn", "items"]

    def get_drawn(self, panel: Panel) -> list[str]:
        """The codes in the order of the lot; none before the draw."""
        return panels.drawn(panel)


class PanelFilter(filters.FilterSet):
    """Which panels a program asks for."""

    state = filters.ChoiceFilter(choices=PanelState.choices)
    month_after = filters.DateFilter(field_name="month", lookup_expr="gte")

    class Meta:
        model = Panel
        fields = ["state"]


class PanelPages(KeysetPagination):
    ordering = ("-month", "-pk")


class PanelViewSet(viewsets.ReadOnlyModelViewSet):
    """Panels drawn by lot, the newest first."""

    filterset_class = PanelFilter
    pagination_class = PanelPages
    queryset = Panel.objects.all()

    def get_queryset(self) -> Any:
        return Panel.objects.visible_to(self.request.user).annotate(pool_size=Count("candidates"))

    def get_serializer_class(self) -> Any:
        return PanelDetailSerializer if self.action == "retrieve" else PanelSerializer
