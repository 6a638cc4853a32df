"""Who may enter something for a citizen, and who may see it."""

from portal.assisted.models import Entry, Sheet
from portal.proposals.models import OPEN_STATES, Proposal, Visibility
from tests.factories.portal import UserFactory
from tests.permission_tables import (
    ALWAYS,
    AUDITOR,
    AUTHOR,
    CLERK,
    Table,
    crossed,
)
from tests.portal.proposals.permissions import OF_PROPOSALS, a_proposal


def an_entry(people):
    """What a clerk entered for the author."""
    return Entry(citizen=people["author"], clerk=UserFactory()), {}


def a_sheet(people):
    return Sheet(proposal=a_proposal(people)[0], clerk=UserFactory()), {}


TABLES = [
    Table(
        Proposal,
        a_proposal,
        {
            "assisted.enter_support": {CLERK: crossed(OPEN_STATES, [Visibility.PUBLIC])},
            "assisted.enter_sheet": {CLERK: crossed(OPEN_STATES, [Visibility.PUBLIC])},
        },
        OF_PROPOSALS,
    ),
    Table(Entry, an_entry, {"assisted.view_entry": {CLERK | AUDITOR | AUTHOR: ALWAYS}}, axes=()),
    Table(Sheet, a_sheet, {"assisted.enter_lines": {CLERK: ALWAYS}}, axes=()),
    # Whose proposal it is does not matter: sheets show what came of a line, and no name.
    Table(
        Sheet,
        a_sheet,
        {"assisted.view_sheet": {CLERK | AUDITOR: ALWAYS}},
        axes=(),
        is_owned=False,
    ),
]
