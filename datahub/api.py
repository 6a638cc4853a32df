"""The catalogue for programs: datasets with their versions and columns, and their rows."""

from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from datahub.domain import catalogue, tables
from datahub.models import Column, Dataset, Version
from portal.rest import KeysetPagination

MAX_ROWS = 1000


class VersionSerializer(serializers.ModelSerializer):
    """One public version."""

    class Meta:
        model = Version
        fields = (
            "number", "uuid", "note", "rows", "encoding", "format", "size", "sha256", "text_size",
            "text_sha256", "released_at", "remarks",
        )  # fmt: skip


class ColumnSerializer(serializers.ModelSerializer):
    class Meta:
        model = Column
        fields = (
            "name", "title", "kind", "nulls", "distinct", "lowest", "highest", "example", "unit",
            "description",
        )  # fmt: skip


class DatasetSerializer(serializers.ModelSerializer):
    """One dataset, as lists show it."""

    publisher: Any = serializers.SlugRelatedField("code", read_only=True)
    licence: Any = serializers.SlugRelatedField("code", read_only=True)
    theme: Any = serializers.SlugRelatedField("code", read_only=True)
    rows = serializers.IntegerField(source="current.rows", read_only=True)
    url = serializers.CharField(source="get_absolute_url", read_only=True)

    class Meta:
        model = Dataset
        fields: tuple[str, ...] = (
            "name", "uuid", "title_ko", "title_en", "notes_ko", "notes_en", "publisher", "licence",
            "theme", "keywords", "frequency", "place", "covers_from", "covers_until",
            "published_at", "modified_at", "download_count", "rows", "url",
        )  # fmt: skip


class WholeDatasetSerializer(DatasetSerializer):
    """One dataset with its columns and versions."""

    columns = ColumnSerializer(source="current.columns", many=True, read_only=True)
    versions = VersionSerializer(source="public_versions", many=True, read_only=True)

    class Meta(DatasetSerializer.Meta):
        fields = (*DatasetSerializer.Meta.fields, "columns", "versions")


class RowsQuery(serializers.Serializer):
    """What may be asked of the rows."""

    after = serializers.IntegerField(min_value=0, max_value=10**12, default=0)
    limit = serializers.IntegerField(min_value=1, max_value=MAX_ROWS, default=100)


class DatasetPagination(KeysetPagination):
    ordering: Any = ("-modified_at", "-pk")


class DatasetViewSet(viewsets.ReadOnlyModelViewSet):
    """Published datasets."""

    queryset = Dataset.objects.none()
    lookup_field = "name"
    lookup_value_regex = "[a-z0-9][a-z0-9_-]+"
    pagination_class = DatasetPagination

    def get_queryset(self) -> Any:
        found = Dataset.objects.published().with_versions()
        return catalogue.search(
            self.request.query_params.get("q", "").replace("\0", "")[:200], found
        )

    def get_serializer_class(self) -> Any:
        return DatasetSerializer if self.action == "list" else WholeDatasetSerializer

    @extend_schema(
        parameters=[OpenApiParameter("q", OpenApiTypes.STR, description="Words to look for")]
    )
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().list(request, *args, **kwargs)

    @extend_schema(parameters=[RowsQuery], responses={200: OpenApiTypes.OBJECT})
    @action(detail=True, pagination_class=None, filter_backends=[])
    def rows(self, request: Request, name: str) -> Response:
        """Rows of the current version after row number ``after``."""
        version = self.get_object().current
        wanted = RowsQuery(data=request.query_params)
        wanted.is_valid(raise_exception=True)
        columns = tuple(version.columns.all())
        question = tables.Question(columns, **wanted.validated_data)
        records = tables.records(columns, tables.rows(version, question))
        last = records[-1]["_id"] if records else version.rows
        further = last if last < version.rows else None
        return Response({"total": version.rows, "next_after": further, "records": records})
