"""Telling those who follow: what is new is matched with all watches at once, and told once.

What happened is gathered from the proposals themselves, so no way of publishing or answering can
be missed; a few news are matched with all watches in one statement; those to tell are rows, and
notes are made of them in batches, at once or together once a day or a week.
"""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone, translation

from portal.following.models import News, Told, Watch
from portal.notifications.models import Note
from portal.proposals.models import HeldNote

# How far back to look: a worker may have been down for a weekend. Older news are no news.
LOOK_BACK = timedelta(days=3)
# The index of words follows within a minute; nobody waits longer for it than this.
INDEX_PATIENCE = timedelta(minutes=30)
KEPT = timedelta(days=90)
NEWS_AT_ONCE = 100
NOTES_AT_ONCE = 1_000
TITLES_IN_DIGEST = 10
KM_PER_DEGREE = 111.32

GATHER = """
INSERT INTO following_news (proposal_id, event, happened_at)
SELECT stat.proposal_id, 'published', stat.published_at FROM proposals_proposalstat stat
 WHERE stat.visible AND stat.published_at BETWEEN %(since)s AND %(now)s
UNION ALL
SELECT proposal.id, 'answered', proposal.decided_at FROM proposals_proposal proposal
 WHERE proposal.decided_at IS NOT NULL AND proposal.visibility = 'public'
   AND proposal.decided_at BETWEEN %(since)s AND %(now)s
   AND proposal.state IN ('adopted', 'not_adopted')
ON CONFLICT DO NOTHING
"""
MATCH = f"""
WITH fresh AS (
  SELECT news.id, news.event, news.happened_at, news.proposal_id, proposal.author_id,
         proposal.area_id, proposal.district_id, proposal.department_id, proposal.call_id,
         proposal.latitude, proposal.longitude, entry.pairs,
         lower(document.title || ' ' || document.body) AS text
    FROM following_news news
    JOIN proposals_proposal proposal ON proposal.id = news.proposal_id
    LEFT JOIN search_document document
      ON document.kind = 'proposal' AND document.object_id = news.proposal_id::text
    LEFT JOIN search_entry entry ON entry.document_id = document.id
   WHERE news.id = ANY(%(news)s) AND proposal.visibility = 'public'),
matched AS (
  SELECT DISTINCT ON (watch.person_id, fresh.id) fresh.id, watch.person_id, watch.id AS watch_id,
         watch.tells
    FROM fresh JOIN following_watch watch
      ON watch.paused_at IS NULL AND watch.tells <> 'kept'
     AND watch.created_at <= fresh.happened_at AND watch.person_id <> fresh.author_id
     AND (watch.area_id IS NULL OR watch.area_id = fresh.area_id)
     AND (watch.district_id IS NULL OR watch.district_id = fresh.district_id)
     AND (watch.department_id IS NULL OR watch.department_id = fresh.department_id)
     AND (watch.call_id IS NULL OR watch.call_id = fresh.call_id)
     AND (watch.radius IS NULL OR
          sqrt(power((fresh.latitude - watch.latitude) * {KM_PER_DEGREE}, 2)
               + power((fresh.longitude - watch.longitude) * {KM_PER_DEGREE}
                       * cos(radians(watch.latitude)), 2)) * 1000 <= watch.radius)
     AND (watch.words = '' OR (watch.patterns <> '{{}}' AND fresh.pairs @> watch.pairs
                               AND fresh.text ~ ALL(watch.patterns)))
    JOIN accounts_user person ON person.id = watch.person_id AND person.is_active
   WHERE NOT (fresh.event = 'answered' AND EXISTS (
     SELECT FROM proposals_follow follow
      WHERE follow.proposal_id = fresh.proposal_id AND follow.person_id = watch.person_id))
   ORDER BY watch.person_id, fresh.id,
            array_position(ARRAY['mail', 'portal', 'daily', 'weekly'], watch.tells::text), watch.id)
INSERT INTO following_told (person_id, news_id, watch_id, tells)
SELECT person_id, id, watch_id, tells FROM matched
ON CONFLICT DO NOTHING
"""  # noqa: S608  a constant of this module
# Whom a digest is for: each with the first titles, their proposals and the number of all.
DIGESTS = """
WITH waiting AS (
  SELECT told.person_id, proposal.id AS proposal, proposal.title, news.happened_at,
         told.id AS told, NULL::bigint AS held
    FROM following_told told
    JOIN following_news news ON news.id = told.news_id
    JOIN proposals_proposal proposal ON proposal.id = news.proposal_id
   WHERE told.noted_at IS NULL AND told.tells = %(rhythm)s AND proposal.visibility = 'public'
  UNION ALL
  SELECT held.person_id, proposal.id, proposal.title, held.held_at, NULL, held.id
    FROM proposals_heldnote held
    JOIN proposals_proposal proposal ON proposal.id = held.proposal_id
   WHERE held.tells = %(rhythm)s AND proposal.visibility = 'public')
SELECT person_id, count(*),
       (array_agg(title ORDER BY happened_at DESC))[1:%(titles)s],
       (array_agg(held ORDER BY happened_at DESC))[1:%(titles)s],
       (array_agg(proposal ORDER BY happened_at DESC))[1:%(titles)s],
       array_remove(array_agg(told), NULL), array_remove(array_agg(held), NULL)
  FROM waiting GROUP BY 1 ORDER BY 1 LIMIT %(many)s
"""


def spread() -> int:
    """Gather what happened, match it, and leave the notes that are due at once."""
    gather()
    while match():
        pass
    return note_at_once()


@transaction.atomic
def gather() -> int:
    """Take up what was published or answered lately; return how much of it is new."""
    now = timezone.now()
    with connection.cursor() as cursor:
        cursor.execute(GATHER, {"since": now - LOOK_BACK, "now": now})
        return cursor.rowcount


@transaction.atomic
def match() -> int:
    """Match some news with all watches in one statement; return how many news there were."""
    fresh = _ready()
    if fresh:
        with connection.cursor() as cursor:
            cursor.execute(MATCH, {"news": fresh})
        News.objects.filter(pk__in=fresh).update(spread_at=timezone.now())
    return len(fresh)


def _ready() -> list[int]:
    """News whose words can be found by now, or that have waited long enough for it."""
    statement = """
    SELECT news.id FROM following_news news
     WHERE news.spread_at IS NULL
       AND (news.happened_at < %(patience)s OR EXISTS (
         SELECT FROM search_document document
          WHERE document.kind = 'proposal' AND document.object_id = news.proposal_id::text))
     ORDER BY news.id LIMIT %(many)s FOR UPDATE SKIP LOCKED"""
    patience = timezone.now() - INDEX_PATIENCE
    with connection.cursor() as cursor:
        cursor.execute(statement, {"patience": patience, "many": NEWS_AT_ONCE})
        return [pk for (pk,) in cursor.fetchall()]


def note_at_once() -> int:
    """Leave a note for each who is told at once; return how many."""
    noted = 0
    while some := _note_some():
        noted += some
    return noted


@transaction.atomic
def _note_some() -> int:
    waiting = Told.objects.filter(noted_at=None, tells__in=["portal", "mail"])
    found = list(
        waiting.select_related("news__proposal", "watch")
        .order_by("pk")
        .select_for_update(of=["self"], skip_locked=True)[:NOTES_AT_ONCE]
    )
    Note.objects.bulk_create(_note(told) for told in found)
    _mark(told.pk for told in found)
    return len(found)


def _note(told: Told) -> Note:
    """The note of one piece of news; without a wish for mail it counts as mailed."""
    proposal = told.news.proposal
    return Note(
        recipient_id=told.person_id,
        kind=f"followed_{told.news.event}",
        url=proposal.get_absolute_url(),
        context={"title": proposal.title, "name": told.watch.name if told.watch else ""},
        mailed_at=None if told.tells == Watch.Tells.MAIL else timezone.now(),
    )


def send_digests(rhythm: str) -> int:
    """Leave one note each for all who are told ``daily`` or ``weekly``; return how many."""
    left = 0
    while some := _digest_some(rhythm):
        left += some
    return left


@transaction.atomic
def _digest_some(rhythm: str) -> int:
    asked: dict[str, Any] = {"rhythm": rhythm, "titles": TITLES_IN_DIGEST, "many": NOTES_AT_ONCE}
    with connection.cursor() as cursor:
        cursor.execute(DIGESTS, asked)
        found = cursor.fetchall()
    steps = HeldNote.objects.in_bulk([pk for row in found for pk in row[3] if pk])
    Note.objects.bulk_create(
        _digest(person, n, list(map(_line, titles, map(steps.get, held), proposals)))
        for person, n, titles, held, proposals, *_all in found
    )
    _mark(pk for *_row, told, _held in found for pk in told)
    HeldNote.objects.filter(pk__in=[pk for *_row, held in found for pk in held]).delete()
    return len(found)


def _line(title: str, step: HeldNote | None, proposal: int) -> dict[str, str]:
    """What a digest says of one piece of news in each language, and the address to read it at.

    That is the title of the proposal, or what happened to it.
    """
    address = settings.SITE_URL + reverse("proposals:detail", args=[proposal])
    said = Note(kind=step.kind, context=step.context) if step else None
    words = {}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            words[code] = f"- {said.subject if said else title}\n  {address}"
    return words


def _digest(person: int, n: int, lines: list[dict[str, str]]) -> Note:
    more = f"\n… (+{n - len(lines)})" if n > len(lines) else ""
    titles = {
        code: "\n".join(line[code] for line in lines) + more for code, _name in settings.LANGUAGES
    }
    return Note(
        recipient_id=person,
        kind="followed_digest",
        url=reverse("following:list"),
        context={"n": str(n), "titles": titles},
    )


def _mark(told: Iterable[Any]) -> None:
    Told.objects.filter(pk__in=list(told)).update(noted_at=timezone.now())


def forget_old() -> int:
    """Throw away news of more than 90 days ago, and who was told; return how many news."""
    old = News.objects.filter(happened_at__lt=timezone.now() - KEPT)
    count, _rows = old.delete()
    HeldNote.objects.filter(held_at__lt=timezone.now() - KEPT).delete()
    return count
