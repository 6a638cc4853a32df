"""One look at all tables tells what a proposal has, and a page asks only those that hold some."""

from django.db import connection

from portal.proposals.domain import traces
from portal.proposals.models import (
    Attachment,
    CountedSupport,
    Follow,
    Proposal,
    Review,
    Support,
    WaitingSupport,
)
from tests.factories.portal import ProposalFactory

# A view is read by way of the tables that it is made of.
BEHIND = {Support: (CountedSupport, WaitingSupport)}


def test_a_look_tells_what_there_is_and_empty_relations_ask_no_more(
    ana, zoe, django_assert_num_queries
):
    proposal = Proposal.objects.select_related("stat").get(pk=ProposalFactory(author=ana).pk)
    Follow.objects.get_or_create(proposal=proposal, person=zoe)

    with django_assert_num_queries(1):
        traces.look(proposal)
        unasked = [*proposal.attachments.all(), *proposal.reviews.select_related("author")]
        has_plan = hasattr(proposal, "plan")

    assert (unasked, has_plan) == ([], False)
    assert traces.lacks(proposal, Attachment, Review)
    assert not traces.lacks(proposal, Follow)
    assert proposal.follows.count() > 0
    assert proposal.stat.pk == proposal.pk


def test_without_a_look_everything_is_asked(ana):
    proposal = ProposalFactory(author=ana)

    assert not traces.lacks(proposal, Attachment)


def test_every_table_that_names_proposals_finds_them_by_an_index(db):
    """The look asks all of them, so a table without such an index would be read from end to end."""
    found = set()
    with connection.cursor() as cursor:
        for table, column in tables_that_name_proposals():
            cursor.execute(
                "SELECT count(*) FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid "
                "AND a.attnum = i.indkey[0] WHERE i.indpred IS NULL "
                "AND i.indrelid = %s::regclass AND a.attname = %s",
                [table, column],
            )
            if not cursor.fetchone()[0]:
                found.add(f"{table}.{column}")

    assert not found


def tables_that_name_proposals():
    for relation in Proposal._meta.related_objects:
        model = relation.related_model
        for behind in BEHIND.get(model, (model,)):
            yield behind._meta.db_table, relation.field.column
