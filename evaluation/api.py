"""Indicators and measurements for programs: the same rows as the pages, to read."""

from typing import Any

from rest_framework import serializers, viewsets

from evaluation.domain.figures import figures_of
from evaluation.models import Evidence, Indicator, Measurement


class IndicatorSerializer(serializers.ModelSerializer):
    """An indicator and where it belongs."""

    group: Any = serializers.SlugRelatedField("code", read_only=True)
    framework = serializers.CharField(source="group.framework.code", read_only=True)
    url = serializers.CharField(source="get_absolute_url", read_only=True)

    class Meta:
        model = Indicator
        fields = [
            "code", "name_ko", "name_en", "framework", "group", "kind", "direction", "unit_ko",
            "unit_en", "url",
        ]  # fmt: skip


class MeasurementEvidenceSerializer(serializers.ModelSerializer):
    """A piece of evidence and the hash of its file."""

    class Meta:
        model = Evidence
        fields = ["title", "name", "size", "sha256", "url", "added_at"]


class MeasurementSerializer(serializers.ModelSerializer):
    """A measurement: the figures handed in, and those that follow from them."""

    indicator: Any = serializers.SlugRelatedField("code", read_only=True)
    evidence = MeasurementEvidenceSerializer(many=True, read_only=True)
    url = serializers.CharField(source="get_absolute_url", read_only=True)
    change = serializers.SerializerMethodField()
    percent = serializers.SerializerMethodField()
    ratio = serializers.SerializerMethodField()

    class Meta:
        model = Measurement
        fields = [
            "id", "indicator", "lab", "subject", "period_start", "period_end", "baseline", "result",
            "numerator", "denominator", "done", "change", "percent", "ratio", "reported", "state",
            "recorded_at", "verified_at", "is_sample", "evidence", "url",
        ]  # fmt: skip

    def get_change(self, measurement: Measurement) -> str | None:
        found = figures_of(measurement)
        return _text(found.change if found.points is None else found.points)

    def get_percent(self, measurement: Measurement) -> str | None:
        return _text(figures_of(measurement).percent)

    def get_ratio(self, measurement: Measurement) -> str | None:
        return _text(figures_of(measurement).ratio)


class IndicatorViewSet(viewsets.ReadOnlyModelViewSet):
    """What the city is measured by."""

    queryset = Indicator.objects.none()
    serializer_class = IndicatorSerializer
    lookup_field = "code"
    filterset_fields = {"group__framework__code": ["exact"], "kind": ["exact"]}

    def get_queryset(self) -> Any:
        return Indicator.objects.visible_to(self.request.user).with_place()


class MeasurementViewSet(viewsets.ReadOnlyModelViewSet):
    """What was measured, newest first."""

    queryset = Measurement.objects.none()
    serializer_class = MeasurementSerializer
    filterset_fields = {"indicator__code": ["exact"], "lab": ["exact"], "state": ["exact"]}

    def get_queryset(self) -> Any:
        found = Measurement.objects.visible_to(self.request.user).with_indicator()
        return found.prefetch_related("evidence")


def _text(value: Any) -> str | None:
    return None if value is None else f"{value:f}"
