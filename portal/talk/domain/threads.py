"""A page of the talk: comments in their order, each with the first answers to it.

However many comments there are, a page takes the same number of queries.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import F, Q, QuerySet, Window, prefetch_related_objects
from django.db.models.functions import RowNumber
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import User
from portal.paging import Page, cursor_at, place_in
from portal.proposals.domain.traces import lacks
from portal.proposals.models import Proposal
from portal.talk.domain import fairness
from portal.talk.links import linked
from portal.talk.models import Case, Comment, CommentState, Helpful, TalkCount

PAGE_SIZE = 20
REPLIES_SHOWN = 6
BRANCH_SIZE = 100
DRAWN = 2
FEW_MARKS = 3
NEWEST_DRAWN_FROM = 200
ORDERS = {"fair": _("Fairest first"), "newest": _("Newest first"), "oldest": _("Oldest first")}
KEYS = {"fair": ("place", "pk"), "newest": ("created_at", "pk"), "oldest": ("created_at", "pk")}


@dataclass
class Branch:
    """A comment as one visitor sees it, with the answers below it."""

    comment: Comment
    case: Case | None = None
    is_marked: bool = False
    is_drawn: bool = False
    may: dict[str, bool] = field(default_factory=dict)
    replies: list["Branch"] = field(default_factory=list)
    more: int = 0

    @property
    def reads_text(self) -> bool:
        """Whether the visitor reads the words: all do, or the author and moderators alone."""
        return self.comment.is_public or self.may.get("read_hidden", False)

    @property
    def text(self) -> SafeString:
        return linked(self.comment.text)


@dataclass(frozen=True)
class Talk:
    """One page of the talk about a proposal."""

    branches: list[Branch]
    counts: TalkCount
    order: str
    next: str = ""

    def __len__(self) -> int:
        return len(self.branches)

    @property
    def page(self) -> Page:
        """The rows and the cursor behind them, as lists know them."""
        return Page(list(self.branches), self.next)


def counts_of(proposal: Proposal) -> TalkCount:
    """How many comments and marks the talk has; zeros before the first."""
    found = None if lacks(proposal, TalkCount) else TalkCount.objects.filter(pk=proposal.pk).first()
    return found or TalkCount(proposal=proposal)


def page(
    proposal: Proposal,
    *,
    user: User | AnonymousUser,
    order: str = "fair",
    after: str = "",
    size: int = PAGE_SIZE,
) -> Talk:
    """Cut one page of the talk. Raises ``BadRequest`` where the cursor was not made here."""
    order = order if order in ORDERS else "fair"
    counts = counts_of(proposal)
    if lacks(proposal, Comment):
        return Talk([], counts, order)
    drawn = _drawn(proposal) if order == "fair" else []
    found, marks = (
        _roots(proposal, counts.marks).exclude(pk__in=[c.pk for c in drawn]),
        counts.marks,
    )
    if order == "fair" and after:
        marks = place_in(after, ("marks", *KEYS[order]))[0]
        found = _roots(proposal, marks).exclude(pk__in=[c.pk for c in drawn])
    rows = _cut(found, order, after=after, size=size, marks=marks)
    shown = [*(drawn if not after else []), *rows.rows]
    branches = _branches(shown, user, drawn={c.pk for c in drawn})
    return Talk(branches, counts, order, rows.next)


def branch(root: Comment, *, user: User | AnonymousUser, after: str = "") -> tuple[Branch, str]:
    """One comment with up to a hundred of its answers, and the cursor of the next."""
    order = ("created_at", "pk")
    replies = Comment.objects.filter(root=root).with_writer()
    if after:
        moment, pk = place_in(after, ("branch", *order))[1:]
        replies = replies.filter(Q(created_at__gt=moment) | Q(created_at=moment, pk__gt=pk))
    rows = list(replies.order_by("created_at", "pk")[: BRANCH_SIZE + 1])
    more = len(rows) > BRANCH_SIZE
    rows = rows[:BRANCH_SIZE]
    last = rows[-1] if more else None
    cursor = cursor_at(["", last.created_at, last.pk], ("branch", *order)) if last else ""
    return _tree([root], rows, user, drawn=set())[0], cursor


def _roots(proposal: Proposal, marks: int) -> QuerySet[Comment]:
    return Comment.objects.on(proposal).roots().annotate(place=fairness.place(marks)).with_writer()


def _drawn(proposal: Proposal) -> list[Comment]:
    """Two comments that few have judged, drawn for the day by lot: anybody can draw again."""
    public = Comment.objects.on(proposal).roots().filter(state=CommentState.PUBLIC)
    fresh = public.filter(helpful_count__lt=FEW_MARKS).order_by("-created_at")[:NEWEST_DRAWN_FROM]
    day = timezone.localdate().isoformat()

    def lot(pk: int) -> bytes:
        return hashlib.sha256(f"{day}:{pk}".encode()).digest()

    chosen = sorted(fresh.values_list("pk", flat=True), key=lot)[:DRAWN]
    return sorted(_roots(proposal, 0).filter(pk__in=chosen), key=lambda c: lot(c.pk))


def _cut(found: Any, order: str, *, after: str, size: int, marks: int) -> Page:
    """Cut the rows behind the cursor; the first value of a cursor is the marks it counted with."""
    key, signed = KEYS[order][0], (order if order != "fair" else "marks", *KEYS[order])
    step = "gt" if order == "oldest" else "lt"
    if after:
        value, pk = place_in(after, signed)[1:]
        behind = Q(**{f"{key}__{step}": value}) | Q(**{key: value, f"pk__{step}": pk})
        found = found.filter(behind)
    sign = "" if order == "oldest" else "-"
    rows = list(found.order_by(f"{sign}{key}", f"{sign}pk")[: size + 1])
    more = len(rows) > size
    rows = rows[:size]
    last = rows[-1] if more else None
    cursor = cursor_at([marks, getattr(last, key), last.pk], signed) if last else ""
    return Page(rows, cursor)


def _branches(
    roots: Sequence[Comment], user: User | AnonymousUser, *, drawn: set[int]
) -> list[Branch]:
    """Give each comment the first of its answers, oldest first."""
    ranked = Comment.objects.filter(root__in=[c.pk for c in roots]).annotate(
        turn=Window(
            RowNumber(), partition_by=F("root_id"), order_by=[F("created_at").asc(), F("pk").asc()]
        )
    )
    first = ranked.filter(turn__lte=REPLIES_SHOWN).with_writer()
    return _tree(roots, list(first), user, drawn=drawn)


def _tree(
    roots: Sequence[Comment],
    replies: list[Comment],
    user: User | AnonymousUser,
    *,
    drawn: set[int],
) -> list[Branch]:
    """Hang the answers under what they answer; one whose parent is not here, under the root."""
    everything = [*roots, *replies]
    prefetch_related_objects(everything, "mentions__person")
    marked, cases = _marked(everything, user), _cases(everything)
    made = {
        comment.pk: Branch(
            comment,
            case=cases.get(comment.pk),
            is_marked=comment.pk in marked,
            is_drawn=comment.pk in drawn,
            may=_may(comment, user),
        )
        for comment in everything
    }
    under: dict[int, int] = defaultdict(int)
    for reply in sorted(replies, key=lambda c: (c.created_at, c.pk)):
        parent = made.get(reply.parent_id or 0) or made[reply.root_id or 0]
        parent.replies.append(made[reply.pk])
        under[reply.root_id or 0] += 1
    for root in roots:
        made[root.pk].more = max(0, root.reply_count - under[root.pk])
    return [made[root.pk] for root in roots]


def _may(comment: Comment, user: User | AnonymousUser) -> dict[str, bool]:
    """What the visitor may do to the comment; asks the database nothing."""
    if not user.is_authenticated:
        return {}
    acts = ("answer", "edit", "delete", "mark", "report", "read_hidden")
    return {act: user.has_perm(f"talk.{act}_comment", comment) for act in acts}


def _marked(comments: Iterable[Comment], user: User | AnonymousUser) -> set[int]:
    if not user.is_authenticated:
        return set()
    mine = Helpful.objects.filter(comment__in=[c.pk for c in comments], person_id=user.pk)
    return set(mine.values_list("comment_id", flat=True))


def _cases(comments: Iterable[Comment]) -> dict[int, Case]:
    """The cases by which comments are out of sight."""
    cloaked = [c.pk for c in comments if c.state in {CommentState.HELD, CommentState.HIDDEN}]
    found = Case.objects.cloaking().filter(comment__in=cloaked).order_by("pk")
    return {case.comment_id or 0: case for case in found}


def people_in(comment: Comment, *, but: User) -> QuerySet[User]:
    """To whom an answer to ``comment`` may turn: who wrote in the same branch."""
    root = comment.root_id or comment.pk
    wrote = Comment.objects.filter(Q(pk=root) | Q(root=root), state=CommentState.PUBLIC)
    writers = wrote.exclude(author=None).values("author")
    return User.objects.filter(pk__in=writers, is_active=True).exclude(pk=but.pk).order_by("pk")
