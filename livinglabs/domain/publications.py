"""Data of a lab: handed to the catalogue, published there, and linked from the lab."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from datahub.domain import datasets
from datahub.models import Dataset, DatasetState, Licence
from livinglabs.domain.telling import tell_people_of
from livinglabs.models import Lab, LabDataset, LabState
from portal.accounts.models import User
from portal.audit.domain import log
from portal.refusals import Refused


@transaction.atomic
def publish(lab: Lab, *, by: User, file: Any, licence: Licence, **description: Any) -> LabDataset:
    """Hand a table to the catalogue under ``licence`` and link it to the lab.

    ``description`` holds the columns of the dataset (``name``, ``title_ko``,
    ``notes_ko`` …). A file that is still being read, or that may hold personal
    data, stays a draft that the department finishes in the catalogue.
    Raises ``Refused`` where the file cannot be read or the name is taken; then
    nothing is kept.
    """
    plan = {"publisher": lab.department, "licence": licence, "place": lab.place}
    dataset = datasets.draft(by=by, **{**plan, **description})
    version = datasets.add_version(dataset, file, by=by)
    if version.is_ready and not version.is_held:
        datasets.publish(dataset, by=by, licence=licence)
    return link(lab, dataset, by=by)


@transaction.atomic
def link(lab: Lab, dataset: Dataset, *, by: User) -> LabDataset:
    """Say that ``dataset`` came out of the lab.

    Raises ``Refused`` before the lab's start, after a stop, and where it is linked already.
    """
    if lab.state not in {LabState.RUNNING, LabState.COMPLETED}:
        raise Refused(_("Only a lab that runs or is completed publishes data."))
    try:
        with transaction.atomic():
            made = LabDataset.objects.create(lab=lab, dataset=dataset, linked_by=by)
    except IntegrityError as error:
        raise Refused(_("This dataset is linked to the lab already.")) from error
    log.record("dataset_linked", lab, by=by, dataset=dataset.name)
    if dataset.state == DatasetState.PUBLISHED:
        tell_people_of(lab, "lab_data_published", dataset=dataset)
    return made
