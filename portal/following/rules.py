"""Who may follow what, and change it."""

import rules

from portal.following.models import Watch
from portal.proposals.models import Follow


@rules.predicate
def is_signed_in(user):
    """Whoever has an account may follow, whatever office the person holds."""
    return user.is_authenticated and user.is_active


@rules.predicate
def is_owner(user, thing: Watch | Follow | None):
    return thing is not None and thing.person_id == user.pk


rules.add_perm("following.add_watch", is_signed_in)
rules.add_perm("following.change_follow", is_signed_in & is_owner)
rules.add_perm("following.change_watch", is_signed_in & is_owner)
