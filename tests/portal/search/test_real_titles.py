"""Real proposals as input: found again by parts of their titles, and their doubles suggested."""

import csv
import random
from collections import Counter

import pytest
from django.utils import timezone

from portal.search.domain.find import find, similar_titles
from portal.search.models import Cell, Document, Entry
from portal.search.text import codes, words
from tests.real_input import real_input

TITLE, BODY = 5, 6
SAMPLE = 60


def proposals():
    [path] = real_input("01_kr_petitions/gwanghwamun1st").glob("*.tsv")
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [(row[TITLE], row[BODY]) for row in rows if len(row) > BODY and row[TITLE]]


@pytest.fixture
def real_titles(own_database):
    """All real proposals as documents by their pairs; returns their titles."""
    rows = proposals()
    now = timezone.now()
    documents = Document.objects.bulk_create(
        Document(
            kind="proposal",
            object_id=str(number),
            title=title,
            body=body,
            url=f"/things/{number}/",
            m="",
            title_pairs=codes(title),
            created_at=now,
            updated_at=now,
        )
        for number, (title, body) in enumerate(rows)
    )
    cell = Cell.objects.create(kind="proposal")
    Entry.objects.bulk_create(
        Entry(
            document=made,
            kind=made.kind,
            cell=cell,
            created_at=now,
            pairs=codes(made.title, made.body),
        )
        for made in documents
    )
    with own_database.superuser().cursor() as cursor:
        cursor.execute("ANALYZE search_document, search_entry")
    return [title for title, _ in rows]


def sample_of(titles):
    once = [title for title, n in Counter(titles).items() if n == 1 and len(words(title)) >= 3]
    return random.Random(7).sample(sorted(once), SAMPLE)


def mean_reciprocal_rank(titles, question):
    """Return how near to the top the sought titles stand, 1 being always first."""
    total = 0.0
    for title in titles:
        found = [row.title for row in find(question(title), limit=10).rows]
        total += 1 / (found.index(title) + 1) if title in found else 0
    return total / len(titles)


def test_real_proposals_are_found_by_parts_of_their_titles(real_titles):
    sample = sample_of(real_titles)

    whole = mean_reciprocal_rank(sample, lambda title: title)
    three_words = mean_reciprocal_rank(
        sample, lambda title: " ".join(sorted(words(title), key=len)[-3:])
    )
    without_spaces = mean_reciprocal_rank(sample, lambda title: "".join(words(title)))
    beginning = mean_reciprocal_rank(sample, lambda title: title[: len(title) * 6 // 10])

    assert whole >= 0.95
    assert three_words >= 0.9
    assert without_spaces >= 0.85
    assert beginning >= 0.9


def test_real_doubles_are_suggested_first(real_titles):
    doubles = [t for t, n in Counter(real_titles).items() if n > 1 and len("".join(words(t))) >= 6]

    first = [words(similar_titles(title)[0].title) for title in doubles]

    assert first == [words(title) for title in doubles]
