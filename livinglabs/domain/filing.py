"""Turning a checked upload into the columns that keep it."""

from collections.abc import Mapping
from typing import Any

from livinglabs.models import BudgetLine, Evidence
from portal.accounts.models import User
from portal.quarantine.domain import files
from portal.uploads import check_upload


def filed(substance: Mapping[str, Any]) -> dict[str, Any]:
    """Give the columns of ``Filed`` for a ``file`` in ``substance``, beside the other columns.

    Raises ``ValidationError`` where the file is not one that is taken.
    """
    columns = {key: value for key, value in substance.items() if key != "file"}
    if file := substance.get("file"):
        checked = check_upload(file)
        columns |= {
            "file": file,
            "file_name": checked.name,
            "content_type": checked.content_type,
            "size": checked.size,
            "sha256": checked.sha256,
        }
    return columns


def keep_apart(row: Evidence | BudgetLine, *, by: User) -> None:
    """Keep the file of a row that was just made apart until its content is checked."""
    if row.file:
        files.hold(row.file, by=by, name=row.file_name, url=row.lab.get_absolute_url())
