"""Q1 to Q5 and D1: searching a million texts, beside reading all of them."""

import random
import re
import statistics
import time
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from itertools import combinations
from typing import Any

from django.db import connection, connections
from django.utils import timezone

from bench import found
from bench.table import Table
from bench.texts import Texts
from portal.search.domain import numbers, probe
from portal.search.domain.find import Scope, find, similar_titles
from portal.search.domain.matches import MOST, matching
from portal.search.models import CommonWord, Document
from portal.search.terms import parse, stems_vector
from portal.search.text import codes, morphemes, similarity, words

TIMES = 5
HIDDEN = 200
PAGE = 10
SUGGESTED = 5
ALIKE_BODIES = 0.7
SHINGLE = 3
COMMON_SHINGLE = 60

READ_ALL = (
    "SELECT count(*) FROM search_document WHERE title {like} %(like)s OR body {like} %(like)s"
)
BY_READING = """SET enable_indexscan = off; SET enable_bitmapscan = off;
SET enable_indexonlyscan = off; SET max_parallel_workers_per_gather = 0"""
LIVE_FACETS = """
SELECT stat.state, stat.area_id, stat.district_id, count(*)
  FROM proposals_proposalstat stat
  JOIN search_entry entry ON entry.kind = 'proposal' AND entry.thing = stat.proposal_id
  {document}
 WHERE {conditions}
 GROUP BY GROUPING SETS ((stat.state), (stat.area_id), (stat.district_id))"""
NEAREST = """SELECT title FROM search_document WHERE kind = %(kind)s
  ORDER BY title <-> %(title)s LIMIT 5"""


def measure(table: Table, texts: Texts) -> None:
    """Add the rows Q1 to Q5 and D1."""
    asked = questions(texts)
    print("asked:", ", ".join(f"{word} ({n:,})" for word, n in asked.items()), flush=True)
    with connections["migrator"].cursor() as cursor:
        reading = {like: _read_all(cursor, like, list(asked)) for like in ("ILIKE", "LIKE")}
    newest(table, list(asked), reading)
    best(table, [*asked, *(title for _place, title in texts.hidden(20))], reading)
    known_items(table, texts)
    facets(table, asked)
    indexes(table)
    suggestions(table, texts)


def questions(texts: Texts) -> dict[str, int]:
    """Twenty questions from frequent to absent, of one word, two and a phrase, with their hits."""
    pool = Counter(
        word
        for sentence in texts.sentences
        for word in set(words(sentence))
        if re.fullmatch(r"[가-힣]{2,3}", word)
    )
    ranks = {2: (0, 3, 20, 90, 400, 1500, 4000), 3: (0, 5, 40, 200, 900, 3000)}
    chosen: list[str] = []
    for length, places in ranks.items():
        known = [word for word, _n in pool.most_common() if len(word) == length]
        chosen += [known[min(place, len(known) - 1)] for place in places]
    two = [" ".join(chosen[place : place + 2]) for place in (1, 3, 8)]
    phrase = next(" ".join(s.split()[:2]) for s in texts.sentences if len(s.split()) > SHINGLE)
    chosen += [*two, f'"{phrase}"', "쾅퓨릿", "궯", "cctv"]
    return {word: sum(matching(word, kind="proposal").numbers().values()) for word in chosen}


def newest(table: Table, asked: Sequence[str], reading: dict[str, float]) -> None:
    """Q1: the newest twenty, the slowest of all questions."""
    scope = Scope(newest=True)
    slowest = {
        word: _time(lambda w=word: find(w, kinds=["proposal"], scope=scope)) for word in asked
    }
    worst = max(slowest, key=lambda word: slowest[word])
    for like, target in (("ILIKE", 0.005), ("LIKE", 0.015)):
        table.beside("Q1", f"newest 20, worst of 20 questions, beside reading all ({like})",
            slowest[worst], reading[like], f"<= {target}",
        )  # fmt: skip


def best(table: Table, asked: Sequence[str], reading: dict[str, float]) -> None:
    """Q2: the best first, at the 95th of a hundred."""
    times = sorted(_time(lambda w=word: find(w, kinds=["proposal"])) for word in asked)
    p95 = times[int(len(times) * 0.95)]
    table.beside(
        "Q2", "ranked search p95 beside reading all (ILIKE)", p95, reading["ILIKE"], "<= 0.006"
    )


def known_items(table: Table, texts: Texts) -> None:
    """Q3: whether a petition is found again by what somebody remembers of its title."""
    hidden = [title for _place, title in texts.hidden(HIDDEN)]
    rare = Counter(word for sentence in texts.sentences for word in words(sentence))
    ways: dict[str, tuple[float, Callable[[str], str]]] = {
        "full title": (0.88, str),
        "three rarest words": (0.82, lambda title: _rarest(title, rare)),
        "one vowel wrong": (0.80, _mistyped),
        "no spaces": (0.85, lambda title: "".join(words(title))),
    }
    for name, (target, changed) in ways.items():
        places = [_place(title, changed(title)) for title in hidden]
        rank = statistics.mean(1 / place if place else 0 for place in places)
        hits = sum(bool(place) for place in places)
        what = f"known item, {name}: mean reciprocal rank of the first ten ({HIDDEN} titles)"
        table.add("Q3", what, f"{hits} found", rank, f">= {target}", holds=rank >= target)


def _place(title: str, asked: str) -> int:
    shown = [row.title for row in find(asked, kinds=["proposal"], limit=PAGE).rows]
    return shown.index(title) + 1 if title in shown else 0


def _rarest(title: str, known: Counter[str]) -> str:
    return " ".join(sorted(words(title), key=lambda word: known[word])[:3])


def _mistyped(title: str) -> str:
    """One vowel of the longest word wrong, the same one each time."""
    word = max(words(title), key=len)
    chance = random.Random(title)
    letters = [unicodedata.normalize("NFD", letter) for letter in word]
    syllables = [n for n, parts in enumerate(letters) if len(parts) > 1]
    if not syllables:
        return title
    place = chance.choice(syllables)
    parts = letters[place]
    vowel = chr(0x1161 + (ord(parts[1]) - 0x1161 + chance.randrange(1, 21)) % 21)
    letters[place] = unicodedata.normalize("NFC", parts[0] + vowel + parts[2:])
    return title.replace(word, "".join(letters))


def facets(table: Table, asked: dict[str, int]) -> None:
    """Q4: exact numbers beside a join that counts them; both must say the same."""
    kept = [word for word in asked if CommonWord.objects.filter(word=word).exists()]
    if not kept:
        return
    most = max(kept, key=lambda word: asked[word])
    ratio, value = _facets_of(most)
    what = f"numbers kept of a word with {asked[most]:,} hits beside a GROUP BY over the join"
    table.add("Q4", what, value, ratio, "<= 0.01", holds=ratio <= 0.01)
    # Where fewer match, the list counts the proposals themselves.
    others = [word for word, n in asked.items() if word not in kept and n > MOST]
    for told, some in (
        ("told by pairs alone", [w for w in others if not probe.document_of(parse(w))]),
        ("looked for in the texts", [w for w in others if probe.document_of(parse(w))]),
    ):
        if not some:
            continue
        (ratio, value), word = max((_facets_of(word), word) for word in some)
        what = f"numbers counted per cell, {told}: slowest of {len(some)} ({asked[word]:,} hits)"
        table.add("Q4", what, value, ratio, "<= 0.3", holds=ratio <= 0.3)


def _facets_of(word: str) -> tuple[float, str]:
    """Return the ratio and both times; stop where the sums differ."""
    wanted, values = probe.conditions(parse(word))
    live = LIVE_FACETS.format(conditions=wanted, document=probe.document_of(parse(word)))
    with connection.cursor() as cursor:

        def ask() -> int:
            cursor.execute("SET LOCAL work_mem = '64MB';" + live, values)
            return sum(n for state, *_rest, n in cursor.fetchall() if state)

        mine = sum(numbers.per_cell(parse(word), "proposal").values())
        if mine != ask():
            raise SystemExit(f"the numbers of {word} differ: {mine:,} and {ask():,}")
        yardstick = _time(ask)
    value = _time(lambda: numbers.per_cell(parse(word), "proposal"))
    return value / yardstick, f"{value:.2f} / {yardstick:.1f} ms"


def indexes(table: Table) -> None:
    """Q5: how large the indexes are beside one of trigrams over the same texts."""
    with connections["migrator"].cursor() as cursor:
        sizes = found.sizes(cursor)
        cursor.execute("SET maintenance_work_mem = '1GB'")
        cursor.execute(
            "CREATE INDEX IF NOT EXISTS bench_trigrams ON search_document USING gin "
            "((title || ' ' || body) gin_trgm_ops)"
        )
        cursor.execute("SELECT pg_relation_size('bench_trigrams')")
        trigrams = cursor.fetchone()[0]
        cursor.execute("DROP INDEX bench_trigrams")
    mine = sizes["entry_pairs"] + sizes["document_morphemes"]
    for what, size in (
        ("indexes of pairs and stems beside one of trigrams", mine),
        ("the same with that of titles for suggestions", sum(sizes.values())),
    ):
        value = f"{size / 2**20:,.0f} / {trigrams / 2**20:,.0f} MB"
        target = "<= 0.7" if size == mine else "—"
        holds = size != mine or size / trigrams <= 0.7
        table.add("Q5", what, value, size / trigrams, target, holds=holds)


def suggestions(table: Table, texts: Texts) -> None:
    """D1: titles like a title, beside the nearest by an index of distances."""
    asked = [title for _place, title in texts.hidden(HIDDEN)][:50]
    with connections["migrator"].cursor() as cursor:
        cursor.execute(
            "CREATE INDEX IF NOT EXISTS bench_nearest ON search_document USING gist (title gist_trgm_ops)"
        )

        def nearest(title: str, kind: str = "proposal") -> list[str]:
            cursor.execute(NEAREST, {"title": title, "kind": kind})
            return [row[0] for row in cursor.fetchall()]

        mine = _p95([_time(lambda t=title: similar_titles(t)) for title in asked])
        yardstick = _p95([_time(lambda t=title: nearest(t), times=1) for title in asked])
        table.beside(
            "D1", "titles like a title p95 beside the nearest (GiST)", mine, yardstick, "<= 0.15"
        )
        _recall(table, texts, nearest)
        cursor.execute("DROP INDEX bench_nearest")


def _recall(table: Table, texts: Texts, nearest: Callable[[str, str], list[str]]) -> None:
    """Doubles among the real titles: the same title apart from spaces, and the same matter."""
    now = timezone.now()
    Document.objects.bulk_create(
        Document(
            kind="bench", object_id=str(n), title=title, url="/", title_pairs=codes(title),
            m=stems_vector(stem.form for stem in morphemes(f"{title}\n{' '.join(text)}")),
            created_at=now, updated_at=now,
        )
        for n, (title, text) in enumerate(texts.petitions)
    )  # fmt: skip
    pairs = list(doubles(texts))
    mine = _share(
        pairs, lambda title: [row.title for row in similar_titles(title, kind="bench", limit=6)]
    )
    theirs = _share(pairs, lambda title: nearest(title, "bench"))
    Document.objects.filter(kind="bench").delete()
    what = f"doubles among real titles in the first five, {len(pairs)} with the same matter"
    table.add("D1", what, f"{mine:.2f} / {theirs:.2f}", mine / theirs, ">= 1", holds=mine >= theirs)


def _share(pairs: Sequence[tuple[str, str]], suggest: Callable[[str], list[str]]) -> float:
    found_again = [
        other in [title for title in suggest(one) if title != one][:SUGGESTED]
        for one, other in pairs
    ]
    return statistics.mean(found_again) if found_again else 0.0


def doubles(texts: Texts) -> Iterable[tuple[str, str]]:
    """Titles of petitions whose texts are alike: they share most of their letters in threes."""
    bodies = {title: "".join(words(" ".join(text))) for title, text in texts.petitions}
    holders: dict[str, list[str]] = defaultdict(list)
    for title, body in bodies.items():
        for shingle in {body[n : n + 12] for n in range(0, len(body) - 12, 4)}:
            holders[shingle].append(title)
    couples = {
        couple
        for titles in holders.values()
        if 1 < len(titles) <= COMMON_SHINGLE
        for couple in combinations(titles, 2)
    }
    for one, other in sorted(couples):
        if similarity(bodies[one], bodies[other]) > ALIKE_BODIES:
            yield one, other
            yield other, one


def _read_all(cursor: Any, like: str, asked: Sequence[str]) -> float:
    """Milliseconds of reading all texts for one word, in one process and without an index."""
    word = next(word for word in asked if len(word) == 2)
    cursor.execute(BY_READING)
    statement = READ_ALL.replace("{like}", like)
    took = _time(lambda: cursor.execute(statement, {"like": f"%{word}%"}), times=1)
    cursor.execute("RESET ALL")
    return took


def _time(ask: Callable[[], Any], *, times: int = TIMES) -> float:
    """The median time of ``ask``, in milliseconds."""
    took = []
    for _turn in range(times):
        began = time.perf_counter()
        ask()
        took.append((time.perf_counter() - began) * 1000)
    return statistics.median(took)


def _p95(times: Sequence[float]) -> float:
    return sorted(times)[int(len(times) * 0.95)]
