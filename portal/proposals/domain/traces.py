"""What a proposal has: asked once of every table that names it, so that empty rooms cost nothing.

Most proposals have no motion, no plan, no merge and no lab. The page of a proposal asks every
room what it has to show, and each room would ask the database in vain. One prepared statement
tells of all tables at once whether they hold anything; those that do not are never asked.
"""

from functools import cache
from typing import Any

from django.db import connection
from django.db.models import Model

from portal.prepared import Statement
from portal.proposals.models import Proposal

KEPT = "tables_without_it"
EXISTS = 'EXISTS (SELECT FROM "{table}" WHERE "{column}" = %(proposal)s)'


def look(proposal: Proposal) -> None:
    """Note on ``proposal`` which tables hold nothing on it; its empty relations ask no more.

    What is added to the proposal later is seen by a proposal that is fetched anew.
    """
    with connection.cursor() as cursor:
        _statement().run(cursor, {"proposal": proposal.pk})
        holds = dict(zip(_relations(), cursor.fetchone(), strict=True))
    full = {relation.related_model for relation, some in holds.items() if some}
    proposal.__dict__[KEPT] = frozenset(relation.related_model for relation in holds) - full
    for relation, some in holds.items():
        if not some:
            _remember_none(proposal, relation)


def lacks(proposal: Proposal, *models: type[Model]) -> bool:
    """Whether a look at ``proposal`` found nothing of ``models``; ``False`` where none was had."""
    return proposal.__dict__.get(KEPT, frozenset()).issuperset(models)


def _remember_none(proposal: Proposal, relation: Any) -> None:
    """Let the relation answer as if it had been fetched and were empty."""
    if relation.one_to_one:
        relation.set_cached_value(proposal, None)
        return
    none = relation.related_model._default_manager.none()
    none._result_cache, none._prefetch_done = [], True  # noqa: SLF001  as a prefetch does
    fetched = proposal.__dict__.setdefault("_prefetched_objects_cache", {})
    fetched[relation.cache_name] = none


@cache
def _relations() -> list[Any]:
    return list(Proposal._meta.related_objects)


@cache
def _statement() -> Statement:
    asked = [
        EXISTS.format(table=relation.related_model._meta.db_table, column=relation.field.column)
        for relation in _relations()
    ]
    return Statement(f"SELECT {', '.join(asked)}")
