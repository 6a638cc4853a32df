"""A synthetic city of any size for benchmarks: streamed, and the same for the same seed.

The rows go in as the owner of the tables, with the triggers that ask for acts at
rest, and one act tells of it. A city in use never runs this.
"""

import random
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from io import RawIOBase
from itertools import islice
from typing import Any

from django.db import connections, transaction

from portal.audit.domain import log
from portal.page_cache import forget_pages
from portal.proposals.models import Proposal

PLACES = [
    "골목",
    "공원",
    "시장",
    "학교",
    "도서관",
    "정류장",
    "하천",
    "경로당",
    "놀이터",
    "주차장",
    "횡단보도",
    "체육관",
    "광장",
    "산책로",
    "복지관",
]
THINGS = [
    "가로등",
    "쓰레기통",
    "그늘막",
    "신호등",
    "안내판",
    "의자",
    "화장실",
    "자전거길",
    "충전기",
    "감지기",
    "텃밭",
    "쉼터",
    "난간",
    "방음벽",
    "수도",
]
ASKS = ["놓아", "고쳐", "늘려", "옮겨", "알려", "열어", "밝혀", "이어", "나누어", "바꾸어"]
WHYS = [
    "저녁이면 어두워 지나기가 겁납니다.",
    "비가 오면 물이 고여 아이들이 돌아갑니다.",
    "어르신들이 쉬어 갈 곳이 없습니다.",
    "주말이면 사람이 몰려 차례를 기다립니다.",
    "고장 난 지 오래되었는데 표시가 없습니다.",
    "휠체어와 유모차가 지나지 못합니다.",
    "밤늦게 소리가 커서 잠을 이루지 못합니다.",
]
STATES = ["submitted"] * 6 + ["answer_due"] * 2 + ["adopted", "not_adopted"]
START = datetime(2026, 1, 1, tzinfo=UTC)
PEOPLE_PER_PROPOSAL = 5
FEWEST_PEOPLE = 1000

PEOPLE = """
INSERT INTO accounts_user (password, is_superuser, uuid, email, name, shows_name, language, phone,
                           is_active, is_staff, date_joined)
SELECT '!bulk', false, md5('{seed}:' || n)::uuid, 'bulk' || n || '@bulk.invalid', '홍길동', false,
       'ko', '', true, false, now() FROM generate_series(1, {people}) n
ON CONFLICT DO NOTHING;
INSERT INTO accounts_personkey (user_id, key)
SELECT id, sha256(uuid::text::bytea) FROM accounts_user WHERE email LIKE 'bulk%%@bulk.invalid'
ON CONFLICT DO NOTHING;
INSERT INTO identity_verification (user_id, level, provider, person_hash, district, verified_at,
                                   expires_at, ending, reason)
SELECT id, 'resident', 'register', sha256(uuid::text::bytea), '', now(), now() + interval '2 years',
       '', ''
  FROM accounts_user WHERE email LIKE 'bulk%%@bulk.invalid'
ON CONFLICT DO NOTHING;
CREATE TEMP TABLE bulk_people ON COMMIT DROP AS
  SELECT id, sha256(uuid::text::bytea) AS hash, row_number() OVER (ORDER BY id) - 1 AS place
    FROM accounts_user WHERE email LIKE 'bulk%%@bulk.invalid';
CREATE INDEX ON bulk_people (place);
"""
COPY = """COPY bulk_proposals (n, title, problem, solution, area, district, state, published_at)
  FROM STDIN"""
TABLE = """CREATE TEMP TABLE bulk_proposals (n bigint, title text, problem text, solution text,
  area int, district int, state text, published_at timestamptz) ON COMMIT DROP"""
PROPOSALS = """
WITH areas AS (SELECT id, department_id, row_number() OVER (ORDER BY "order") - 1 AS place
                 FROM proposals_area),
     districts AS (SELECT id, row_number() OVER (ORDER BY id) - 1 AS place
                     FROM proposals_district)
INSERT INTO proposals_proposal (title, problem, solution, effect, place, area_id, district_id,
  author_id, department_id, state, state_since, created_at, changed_at, published_at,
  clock_started_on, due_on, decided_at, ground, answer)
SELECT b.title, b.problem, b.solution, '', '', a.id, d.id, p.id,
       CASE WHEN b.state <> 'submitted' THEN a.department_id END, b.state,
       b.published_at, b.published_at, b.published_at, b.published_at,
       CASE WHEN b.state <> 'submitted' THEN b.published_at::date END,
       CASE WHEN b.state <> 'submitted' THEN b.published_at::date + 30 END,
       CASE WHEN b.state IN ('adopted', 'not_adopted') THEN b.published_at + interval '20 days' END,
       CASE WHEN b.state = 'not_adopted' THEN 'already_done' ELSE '' END,
       CASE WHEN b.state IN ('adopted', 'not_adopted') THEN '표본 답변입니다.' ELSE '' END
  FROM bulk_proposals b
  JOIN areas a ON a.place = b.area %% (SELECT count(*) FROM areas)
  JOIN districts d ON d.place = b.district %% (SELECT count(*) FROM districts)
  JOIN bulk_people p ON p.place = b.n %% (SELECT count(*) FROM bulk_people)
 ORDER BY b.n RETURNING id
"""
SUPPORTS = """
WITH ranked AS (
  SELECT s.proposal_id, row_number() OVER (ORDER BY md5('{seed}:' || s.proposal_id)) AS rank
    FROM proposals_proposalstat s WHERE s.proposal_id > {before}),
shares AS (SELECT proposal_id, rank, power(rank, -0.7) AS weight FROM ranked),
counted AS (
  SELECT proposal_id, rank,
         least({people}, round({supports} * weight / (SELECT sum(weight) FROM shares)))::int AS n
    FROM shares)
INSERT INTO proposals_countedsupport (proposal_id, person_id, created_at, level, person_hash)
SELECT c.proposal_id, p.id, now(), 'resident', p.hash FROM counted c
  CROSS JOIN LATERAL generate_series(0, c.n - 1) g
  JOIN bulk_people p ON p.place = (c.rank * 7919 + g) %% {people}
"""
STATS = """
INSERT INTO proposals_proposalstat (proposal_id, district_id, area_id, state, published_at,
                                    support_count)
SELECT id, district_id, area_id, state, published_at, 0
  FROM proposals_proposal WHERE id > {before}
"""
COUNT = """
UPDATE proposals_proposalstat s SET support_count = c.n
  FROM (SELECT proposal_id, count(*) AS n
          FROM proposals_countedsupport WHERE proposal_id > {before} GROUP BY 1) c
 WHERE c.proposal_id = s.proposal_id;
TRUNCATE proposals_proposalcount;
INSERT INTO proposals_proposalcount (district_id, area_id, state, n)
SELECT coalesce(district_id, 0), coalesce(area_id, 0), state, count(*)
  FROM proposals_proposalstat GROUP BY 1, 2, 3;
SELECT proposals_recount_departments();
"""
# Ten million rows are looked at once when they are all there, not one by one as they come.
RULES = """
SELECT format('ALTER TABLE proposals_countedsupport DROP CONSTRAINT %I', conname),
       format('ALTER TABLE proposals_countedsupport ADD CONSTRAINT %I %s', conname,
              pg_get_constraintdef(oid))
  FROM pg_constraint WHERE conrelid = 'proposals_countedsupport'::regclass AND contype IN ('p', 'f')
UNION ALL
SELECT format('DROP INDEX %I', indexname), indexdef FROM pg_indexes
 WHERE tablename = 'proposals_countedsupport' AND indexname NOT IN (
   SELECT conname FROM pg_constraint WHERE conrelid = 'proposals_countedsupport'::regclass)
"""
AT_REST = "ALTER TABLE {table} {turn} TRIGGER USER"
TABLES = ("proposals_proposal", "proposals_proposalstat")
WAKE = "ALTER TABLE proposals_proposal ENABLE ALWAYS TRIGGER must_have_act"


def load(
    proposals: int, supports: int, seed: int, texts: Iterable[Sequence[str]] | None = None
) -> int:
    """Add ``proposals`` proposals with about ``supports`` supports by a power law.

    ``texts`` gives title, problem and solution of each; without it they are made up. Returns the
    number of the first; the others follow it without a gap.
    """
    people = max(FEWEST_PEOPLE, proposals // PEOPLE_PER_PROPOSAL)
    with transaction.atomic("migrator"), connections["migrator"].cursor() as cursor:
        _turn(cursor, "DISABLE")
        cursor.execute("SELECT coalesce(max(id), 0) FROM proposals_proposal")
        facts = {
            "seed": seed,
            "people": people,
            "supports": supports,
            "before": cursor.fetchone()[0],
        }
        cursor.execute(PEOPLE.format(**facts).replace("%%", "%"))
        cursor.execute(TABLE)
        cursor.cursor.copy_expert(COPY, Lines(_rows(proposals, seed, texts)))
        for statement in (PROPOSALS, STATS):
            _run(cursor, statement, facts)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        with _without_rules(cursor):
            _run(cursor, SUPPORTS, facts)
        _run(cursor, COUNT, facts)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        _turn(cursor, "ENABLE")
        cursor.execute(WAKE)
    _analyse()
    log.record("bulk_loaded", "proposals.proposal:bulk", proposals=proposals, seed=seed)
    forget_pages()
    return (
        Proposal.objects.filter(pk__gt=facts["before"])
        .order_by("pk")
        .values_list("pk", flat=True)[0]
    )


def _run(cursor: Any, statement: str, facts: dict[str, Any]) -> None:
    text = statement.format(**facts) if "{" in statement else statement
    cursor.execute(text.replace("%%", "%"))


@contextmanager
def _without_rules(cursor: Any) -> Iterator[None]:
    """Drop indexes and constraints of the supports, and put them back at the end."""
    cursor.execute("SET LOCAL maintenance_work_mem = '512MB'")
    cursor.execute(RULES)
    rules = cursor.fetchall()
    for drop, _make in rules:
        cursor.execute(drop)
    yield
    for _drop, make in rules:
        cursor.execute(make)


def _turn(cursor: Any, turn: str) -> None:
    for table in TABLES:
        cursor.execute(AT_REST.format(table=table, turn=turn))


def _analyse() -> None:
    with connections["migrator"].cursor() as cursor:
        cursor.execute(
            "ANALYZE proposals_proposal, proposals_proposalstat, proposals_countedsupport"
        )


def _rows(count: int, seed: int, texts: Iterable[Sequence[str]] | None) -> Iterator[str]:
    """Lines of COPY's text format: number, texts, area, district, state, time of publication."""
    chance = random.Random(seed)  # noqa: S311  made to repeat, not to surprise
    for n, text in enumerate(islice(texts or _made_up(seed), count)):
        at = START + timedelta(seconds=n * 20 + chance.randint(0, 19))
        cells = (n, *text, chance.randrange(10), chance.randrange(3))
        yield "\t".join(map(str, (*cells, chance.choice(STATES), at.isoformat()))) + "\n"


def _made_up(seed: int) -> Iterator[Sequence[str]]:
    """Title, problem and solution of one proposal after the other."""
    chance = random.Random(seed)  # noqa: S311  the same
    while True:
        place, thing, ask = chance.choice(PLACES), chance.choice(THINGS), chance.choice(ASKS)
        title = f"{place} {chance.randint(1, 99)}번 {thing} {ask} 주세요"
        problem = " ".join(chance.choices(WHYS, k=4))
        solution = f"{place}에 {thing} 하나를 먼저 시험해 {ask} 주세요. " + chance.choice(WHYS)
        yield title, problem, solution


class Lines(RawIOBase):
    """A file made of lines as they are asked for, so that nothing large is held."""

    def __init__(self, lines: Iterator[str]) -> None:
        self.lines, self.left = lines, b""

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        while size < 0 or len(self.left) < size:
            line = next(self.lines, None)
            if line is None:
                break
            self.left += line.encode()
        given, self.left = (self.left, b"") if size < 0 else (self.left[:size], self.left[size:])
        return given
