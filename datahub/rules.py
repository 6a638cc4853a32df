"""Who may do what to a dataset.

Officials answer for the data of their department. Whoever began a draft may work on it
too. Reading public data needs no permission at all.
"""

import rules

from datahub.models import Dataset, DatasetState
from portal.accounts.models import User
from portal.accounts.rules import is_auditor, is_official, is_operator
from portal.lifecycle import may_become


@rules.predicate
def is_of_publisher(user: User, dataset: Dataset | None) -> bool:
    return dataset is not None and dataset.publisher_id in user.departments


@rules.predicate
def is_own_draft(user: User, dataset: Dataset | None) -> bool:
    """Whether the person began this dataset and it is still a draft."""
    return (
        dataset is not None
        and dataset.state == DatasetState.DRAFT
        and dataset.created_by_id == user.pk
    )


@rules.predicate
def is_not_withdrawn(_user: User, dataset: Dataset | None) -> bool:
    return dataset is not None and dataset.state != DatasetState.WITHDRAWN


@rules.predicate
def is_public(_user: User, dataset: Dataset | None) -> bool:
    return dataset is not None and dataset.state != DatasetState.DRAFT


is_keeper = is_official & (is_of_publisher | is_own_draft)

rules.add_perm("datahub.add_dataset", is_official)
rules.add_perm("datahub.view_dataset", is_public | is_keeper | is_operator | is_auditor)
rules.add_perm("datahub.edit_dataset", is_keeper & is_not_withdrawn)
rules.add_perm("datahub.add_version", is_keeper & is_not_withdrawn)
rules.add_perm("datahub.confirm_version", is_official & is_of_publisher & is_not_withdrawn)
rules.add_perm(
    "datahub.publish_dataset", is_official & is_of_publisher & may_become(DatasetState.PUBLISHED)
)
rules.add_perm(
    "datahub.withdraw_dataset", is_official & is_of_publisher & may_become(DatasetState.WITHDRAWN)
)
