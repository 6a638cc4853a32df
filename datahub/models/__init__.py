"""Datasets, their versions and columns, and the licences and themes that they carry."""

from datahub.models.datasets import NAME, RESERVED_NAMES, Dataset, DatasetQuerySet
from datahub.models.reference import Licence, Theme
from datahub.models.states import DatasetState, Frequency, VersionStage
from datahub.models.versions import Column, Version, VersionQuerySet

__all__ = [
    "NAME",
    "RESERVED_NAMES",
    "Column",
    "Dataset",
    "DatasetQuerySet",
    "DatasetState",
    "Frequency",
    "Licence",
    "Theme",
    "Version",
    "VersionQuerySet",
    "VersionStage",
]
