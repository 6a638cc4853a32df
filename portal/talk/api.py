"""Comments for programs: the same queries, rules and domain as the pages."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, viewsets
from rest_framework.request import Request
from rest_framework.response import Response

from portal import discretion
from portal.proposals.models import Proposal, ProposalState
from portal.rest import KeysetPagination, MomentFilter, PlainTextField, WholeNumberFilter
from portal.talk.domain import comments
from portal.talk.models import Comment, Stance
from portal.talk.models.comments import LONGEST


class CommentSerializer(serializers.ModelSerializer):
    """A comment that everyone reads; its writer's name is masked as on the pages."""

    writer = serializers.CharField(read_only=True)
    office: Any = serializers.CharField(source="office.department.code", default="", read_only=True)
    url = serializers.CharField(source="get_absolute_url", read_only=True)

    class Meta:
        model = Comment
        fields = [
            "id",
            "url",
            "proposal",
            "parent",
            "level",
            "stance",
            "text",
            "writer",
            "office",
            "created_at",
            "edited_at",
            "helpful_count",
            "reply_count",
        ]


class WrittenSerializer(serializers.Serializer):
    """A comment to be written: on a proposal, or as an answer to another comment."""

    proposal = serializers.IntegerField(required=False, min_value=1, max_value=2**63 - 1)
    parent: Any = serializers.IntegerField(required=False, min_value=1, max_value=2**63 - 1)
    stance = serializers.ChoiceField(choices=Stance.choices, default=Stance.NEUTRAL)
    text = PlainTextField(max_length=LONGEST)
    personal = serializers.ChoiceField(
        choices=[discretion.MASK, discretion.KEEP],
        required=False,
        help_text="What to do with personal data in the text: cover it, or keep one's own.",
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if ("proposal" in attrs) == ("parent" in attrs):
            raise serializers.ValidationError(_("Name either a proposal or a parent."))
        found = discretion.look({"text": attrs["text"]}, attrs.pop("personal", ""))
        if found.is_to_be_masked:
            attrs["text"] = found.masked()["text"]
        elif found.is_refused:
            raise serializers.ValidationError({"text": discretion.refusal()})
        elif not found.passes:
            kinds = [str(sample.kind) for sample in found.samples]
            raise serializers.ValidationError({"text": discretion.question(), "personal": kinds})
        return attrs


class CommentFilter(filters.FilterSet):
    """Which comments a program asks for."""

    proposal = WholeNumberFilter(field_name="proposal_id", min_value=1, max_value=2**63 - 1)
    stance = filters.ChoiceFilter(choices=Stance.choices)
    written_after = MomentFilter(field_name="created_at", lookup_expr="gte")

    class Meta:
        model = Comment
        fields = ["proposal", "stance", "written_after"]


class CommentPages(KeysetPagination):
    ordering = ("-created_at", "-pk")


class CommentViewSet(viewsets.ReadOnlyModelViewSet):
    """Public comments, newest first; whoever has signed in may write one."""

    serializer_class = CommentSerializer
    filterset_class = CommentFilter
    pagination_class = CommentPages
    queryset = Comment.objects.public()

    def get_queryset(self) -> Any:
        return Comment.objects.public().with_writer()

    @extend_schema(request=WrittenSerializer, responses={201: CommentSerializer, 409: None})
    def create(self, request: Request) -> Response:
        """Write a comment (with ``proposal``) or answer one (with ``parent``)."""
        asked = WrittenSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        comment = _write(request.user, dict(asked.validated_data))
        return Response(CommentSerializer(comment).data, status=201)


def _write(person: Any, given: dict[str, Any]) -> Comment:
    """Write what was asked for on what the person may see; all else does not exist for them."""
    if "parent" in given:
        said = Comment.objects.visible_to(person).with_writer()
        return comments.answer(get_object_or_404(said, pk=given.pop("parent")), by=person, **given)
    shown = Proposal.objects.visible_to(person).exclude(state=ProposalState.DRAFT)
    return comments.write(get_object_or_404(shown, pk=given.pop("proposal")), by=person, **given)
