"""The search for programs: the same question, the same findings, as JSON."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from portal.search import shown
from portal.search.domain.find import find
from portal.search.forms import kinds
from portal.search.highlights import excerpt
from portal.search.terms import MOST_LETTERS


class QuestionSerializer(serializers.Serializer):
    """What is asked."""

    q = serializers.CharField(max_length=MOST_LETTERS)
    kind = serializers.CharField(required=False, default="")
    after = serializers.CharField(required=False, default="")

    def validate_kind(self, kind: str) -> list[str]:
        """Accept what is registered, everything where nothing is said."""
        serializers.ChoiceField(choices=kinds()).run_validation(kind)
        return [kind] if kind else []


class HitSerializer(serializers.Serializer):
    """One thing that was found."""

    kind = serializers.CharField()
    id = serializers.CharField()
    title = serializers.CharField()
    excerpt = serializers.CharField()
    url = serializers.URLField()
    created_at = serializers.DateTimeField()


class KindSerializer(serializers.Serializer):
    """A kind of thing and how many of it were found."""

    key = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # its own word
    count = serializers.IntegerField()


class FindingsSerializer(serializers.Serializer):
    """A page of findings; ``next`` is the value of ``after`` for the following page."""

    count = serializers.IntegerField()
    is_capped = serializers.BooleanField(help_text="Counting stopped: there are at least so many.")
    is_loose = serializers.BooleanField(help_text="Nothing matched every word.")
    kinds = KindSerializer(many=True)
    results = HitSerializer(many=True)
    next = serializers.CharField(allow_null=True)


class SearchView(APIView):
    """Everything public, by its words."""

    @extend_schema(
        operation_id="search", parameters=[QuestionSerializer], responses=FindingsSerializer
    )
    def get(self, request: Request) -> Response:
        question = QuestionSerializer(data=request.query_params)
        question.is_valid(raise_exception=True)
        asked = question.validated_data
        findings = find(asked["q"], kinds=asked["kind"], after=asked["after"])
        sought = shown.words_of(findings)
        answer = {
            "count": findings.total,
            "is_capped": findings.is_capped,
            "is_loose": findings.loose,
            "kinds": shown.kinds(findings),
            "results": [
                {
                    "kind": row.kind,
                    "id": row.object_id,
                    "title": row.title,
                    "excerpt": excerpt(row.body, sought),
                    "url": request.build_absolute_uri(row.url),
                    "created_at": row.created_at,
                }
                for row in findings.rows
            ],
            "next": findings.next or None,
        }
        return Response(FindingsSerializer(answer).data)
