"""Reports for programs: what was published, with the hashes of its files."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers, viewsets
from rest_framework.request import Request
from rest_framework.response import Response

from portal.reports.models import Artefact, Run


class ArtefactSerializer(serializers.ModelSerializer):
    """One file: where it is, its size in bytes, its SHA-256."""

    url = serializers.CharField(source="get_absolute_url", read_only=True)

    class Meta:
        model = Artefact
        fields = ["format", "name", "size", "sha256", "url"]


class RunSerializer(serializers.ModelSerializer):
    """One edition of one report."""

    title = serializers.CharField(read_only=True)
    url = serializers.CharField(source="get_absolute_url", read_only=True)
    artefacts = ArtefactSerializer(many=True, read_only=True)

    class Meta:
        model = Run
        fields = [
            "id", "kind", "title", "period", "period_start", "period_end", "edition", "state",
            "error", "done_at", "manifest_sha256", "serial", "url", "artefacts",
        ]  # fmt: skip


class RunWithContentSerializer(RunSerializer):
    """One edition with the frozen figures."""

    content = serializers.SerializerMethodField()

    class Meta(RunSerializer.Meta):
        fields = [*RunSerializer.Meta.fields, "content"]

    @extend_schema_field({"type": "object", "additionalProperties": True})
    def get_content(self, run: Run) -> dict[str, Any]:
        return run.content


class RunViewSet(viewsets.ReadOnlyModelViewSet):
    """Published reports and those on their way, newest first."""

    queryset = Run.objects.none()
    serializer_class = RunSerializer
    filterset_fields = ["kind", "period", "state"]

    def get_queryset(self) -> Any:
        return Run.objects.visible_to(self.request.user).for_lists()

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Answer with the figures, too."""
        return Response(RunWithContentSerializer(self.get_object()).data)
