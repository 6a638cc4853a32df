"""Who may change what somebody follows."""

from portal.following.models import Watch
from portal.proposals.models import Follow
from tests.permission_tables import ALWAYS, AUTHOR, Table


def a_watch(people):
    return Watch(person=people["author"]), {}


def a_follow(people):
    return Follow(person=people["author"]), {}


TABLES = [
    Table(Watch, a_watch, {"following.change_watch": {AUTHOR: ALWAYS}}, axes=()),
    Table(Follow, a_follow, {"following.change_follow": {AUTHOR: ALWAYS}}, axes=()),
]
