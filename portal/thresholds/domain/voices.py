"""What the supporters of a later proposal say to its merge, by a link that needs no sign-in.

The link in a note is signed, opens nothing but this one question and ends with it.
"""

from django.core import signing
from django.db import connection, transaction
from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.bilingual import in_each_language
from portal.notifications.models import Note
from portal.refusals import Refused
from portal.thresholds.models import Merge, MergeState, Voice

SALT = "thresholds.merge"
BATCH = 1_000
ASK = """
INSERT INTO thresholds_voice (merge_id, person_id, answer)
SELECT %(merge)s, person_id, '' FROM proposals_support WHERE proposal_id = %(later)s
ON CONFLICT DO NOTHING RETURNING person_id
"""


@transaction.atomic
def ask(merge: Merge) -> int:
    """Leave a note with the question for every supporter not yet asked; return how many."""
    with connection.cursor() as cursor:
        cursor.execute(ASK, {"merge": merge.pk, "later": merge.later_id})
        asked = [row[0] for row in cursor.fetchall()]
    words = {
        "title": merge.later.title_for_others,
        "earlier": merge.earlier.title_for_others,
        "until": timezone.localdate(merge.answer_by),
    }
    context = {name: in_each_language(value) for name, value in words.items()}
    kind = "merge_asked_silent" if merge.counts_silent else "merge_asked"
    for start in range(0, len(asked), BATCH):
        people = User.objects.filter(pk__in=asked[start : start + BATCH])
        Note.objects.bulk_create(
            Note(recipient=person, kind=kind, url=_address(merge, person), context=context)
            for person in people
        )
    return len(asked)


def token_for(merge: Merge, person: User) -> str:
    """The signed part of the link by which ``person`` answers."""
    return signing.dumps([merge.pk, str(person.uuid)], salt=SALT)


def of_token(token: str) -> Voice:
    """The voice that ``token`` opens. Raises ``BadSignature`` or ``Voice.DoesNotExist``."""
    merge, person = signing.loads(token, salt=SALT)
    found = Voice.objects.select_related("merge__later", "merge__earlier", "person")
    return found.get(merge=merge, person__uuid=person)


def is_open(merge: Merge) -> bool:
    """Whether answers are still taken."""
    return merge.state == MergeState.ASKING and timezone.now() < merge.answer_by


@transaction.atomic
def answer(voice: Voice, *, says: str) -> Voice:
    """Say yes or no; the last word before the end counts. Raises ``Refused`` after the end."""
    if says not in Voice.Answer.values:
        raise Refused(_("Choose one of the two answers."))
    merge = Merge.objects.select_for_update(no_key=True).get(pk=voice.merge_id)
    if not is_open(merge):
        raise Refused(_("The time to answer has ended."))
    voice.answer, voice.answered_at = says, timezone.now()
    voice.save(update_fields=["answer", "answered_at"])
    return voice


def tally(merge: Merge) -> dict[str, int]:
    """How many were asked, agree, object and have said nothing."""
    return merge.voices.aggregate(
        asked=Count("pk"),
        yes=Count("pk", filter=Q(answer="yes")),
        no=Count("pk", filter=Q(answer="no")),
        silent=Count("pk", filter=Q(answer="")),
    )


def _address(merge: Merge, person: User) -> str:
    return reverse("thresholds:answer", args=[token_for(merge, person)])
