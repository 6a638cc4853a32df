"""Following: begin, change, pause, go on, stop."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.following.models import Watch
from portal.refusals import Refused
from portal.search.terms import parse

# More than anybody reads; it bounds what one person can ask of each piece of news.
MOST_OF_A_PERSON = 50


@transaction.atomic
def begin(*, by: User, asked: dict[str, Any]) -> Watch:
    """Let ``by`` follow what ``asked`` describes. Raises ``Refused`` beyond 50 of them."""
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    if Watch.objects.filter(person=by).count() >= MOST_OF_A_PERSON:
        raise Refused(
            _("You follow %(n)s things already. Stop one before you add another.")
            % {"n": MOST_OF_A_PERSON}
        )
    return Watch.objects.create(person=by, **_complete(asked))


@transaction.atomic
def change(watch: Watch, *, by: User, asked: dict[str, Any]) -> Watch:
    """Let the one who follows ask for something else, or be told in another way."""
    fields = _complete(asked)
    for name, value in fields.items():
        setattr(watch, name, value)
    watch.save(update_fields=list(fields))
    return watch


def pause(watch: Watch, *, by: User) -> Watch:
    """Tell nothing for the time being; twice changes nothing."""
    Watch.objects.filter(pk=watch.pk, paused_at=None).update(paused_at=timezone.now())
    watch.refresh_from_db(fields=["paused_at"])
    return watch


def resume(watch: Watch, *, by: User) -> Watch:
    """Tell again; what happened meanwhile is not told."""
    Watch.objects.filter(pk=watch.pk).update(paused_at=None)
    watch.paused_at = None
    return watch


def stop(watch: Watch, *, by: User) -> None:
    """Follow no longer."""
    watch.delete()


def _complete(asked: dict[str, Any]) -> dict[str, Any]:
    """Add what follows from what was asked: what a text must have to hold its words."""
    query = parse(asked.get("words", ""))
    return {**asked, "pairs": query.codes, "patterns": query.patterns}
