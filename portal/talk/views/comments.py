"""Pages of the talk about a proposal: read the request, call the domain, choose a page."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from portal.access import SignedInRequest, get_allowed
from portal.asking import attempt, done, form_page, posted
from portal.paging import first_page, next_page
from portal.proposals.models import Proposal, ProposalState
from portal.talk.domain import comments, threads
from portal.talk.forms import CommentForm
from portal.talk.models import Comment

PROPOSALS = Proposal.objects.exclude(state=ProposalState.DRAFT).select_related("author")
COMMENTS = Comment.objects.with_writer().select_related("proposal__author")


@require_GET
def listing(request: HttpRequest, pk: int) -> HttpResponse:
    proposal = get_allowed(request.user, "proposals.view_proposal", PROPOSALS, pk=pk)
    given = request.GET
    talk = threads.page(
        proposal, user=request.user, order=given.get("order", ""), after=given.get("after", "")
    )
    context = {
        "proposal": proposal,
        "talk": talk,
        "orders": threads.ORDERS.items(),
        "first": first_page(request),
        "next": next_page(request, talk.page),
    }
    return render(request, "talk/comment_list.html", context)


@require_GET
def branch(request: HttpRequest, pk: int, comment: int) -> HttpResponse:
    """One comment with all the answers to it: where a link to a comment leads."""
    root = get_object_or_404(
        COMMENTS.visible_to(request.user).roots().filter(proposal=pk), pk=comment
    )
    found, after = threads.branch(root, user=request.user, after=request.GET.get("after", ""))
    context = {"proposal": root.proposal, "branch": found, "next": after}
    return render(request, "talk/comment_branch.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def write(request: SignedInRequest, pk: int) -> HttpResponse:
    proposal = get_allowed(request.user, "proposals.view_proposal", PROPOSALS, pk=pk)
    form = CommentForm(posted(request))
    if comment := attempt(
        form, lambda: comments.write(proposal, by=request.user, **form.cleaned_data)
    ):
        return done(request, comment, _("Your comment is public."))
    return _page(request, form, _("Write a comment"), proposal=proposal)


@login_required
@require_http_methods(["GET", "POST"])
def answer(request: SignedInRequest, pk: int) -> HttpResponse:
    parent = get_object_or_404(COMMENTS.visible_to(request.user), pk=pk)
    form = CommentForm(posted(request), people=threads.people_in(parent, but=request.user))
    if comment := attempt(
        form, lambda: comments.answer(parent, by=request.user, **form.cleaned_data)
    ):
        return done(request, comment, _("Your answer is public."))
    return _page(request, form, _("Reply to a comment"), proposal=parent.proposal, parent=parent)


@login_required
@require_http_methods(["GET", "POST"])
def edit(request: SignedInRequest, pk: int) -> HttpResponse:
    comment = get_allowed(request.user, "talk.edit_comment", COMMENTS, pk=pk)
    now = {"text": comment.text, "stance": comment.stance}
    form = CommentForm(posted(request), initial=now)
    if attempt(form, lambda: comments.edit(comment, by=request.user, **form.cleaned_data)):
        return done(request, comment, _("Your comment is changed. It says that it was."))
    return _page(request, form, _("Change my comment"), proposal=comment.proposal, comment=comment)


@login_required
@require_http_methods(["GET", "POST"])
def delete(request: SignedInRequest, pk: int) -> HttpResponse:
    comment = get_allowed(request.user, "talk.delete_comment", COMMENTS, pk=pk)
    if request.method == "POST":
        comments.delete(comment, by=request.user)
        said = _("Your comment is deleted. The answers to it stay.")
        return done(request, "talk:list", said, pk=comment.proposal_id)
    return render(request, "talk/comment_delete.html", {"comment": comment})


@login_required
@require_POST
def mark(request: SignedInRequest, pk: int) -> HttpResponse:
    comment = get_allowed(request.user, "talk.mark_comment", COMMENTS, pk=pk)
    comments.mark(comment, by=request.user)
    return done(request, comment, _("You marked the comment as helpful."))


@login_required
@require_POST
def unmark(request: SignedInRequest, pk: int) -> HttpResponse:
    comment = get_allowed(request.user, "talk.mark_comment", COMMENTS, pk=pk)
    comments.unmark(comment, by=request.user)
    return done(request, comment, _("Your mark is taken back."))


def _page(request: SignedInRequest, form: CommentForm, title: str, **context: Any) -> HttpResponse:
    return form_page(request, "talk/comment_write.html", form, title=title, **context)
