"""Whether a lab still takes entries."""

from django.utils.translation import gettext as _

from livinglabs.models import Lab
from portal.refusals import Refused


def refuse_ended(lab: Lab) -> None:
    """Hold the lab as it is until the transaction ends. Raises ``Refused`` where it has ended."""
    if not Lab.objects.open_to_people().select_for_update(of=("self",)).filter(pk=lab.pk).exists():
        raise Refused(_("This lab has ended; nothing more can be entered."))
    lab.refresh_from_db(fields=["state", "stage"])
