"""The plainest valid datasets."""

import factory
from django.core.files.base import ContentFile
from factory.django import DjangoModelFactory

from datahub.domain import datasets
from datahub.models import Dataset, DatasetState, Licence, Theme, Version
from portal.accounts.models import Department
from portal.audit.domain import log
from tests.factories.portal import UserFactory

PLAIN_CSV = "이름,수\n가,1\n나,2\n"


def csv_file(text=PLAIN_CSV, name="표.csv", encoding="utf-8"):
    """A file as a form hands it over."""
    return ContentFile(text.encode(encoding) if isinstance(text, str) else text, name=name)


class DatasetFactory(DjangoModelFactory):
    """A dataset of the traffic department; a draft unless ``state`` says otherwise.

    With ``data`` (a file, or ``True`` for the plainest table) it has a version; a published
    one always has.
    """

    class Meta:
        model = Dataset

    name = factory.Sequence(lambda n: f"dataset-{n}")
    title_ko = factory.Sequence(lambda n: f"주차장 현황 {n}")
    title_en = factory.Sequence(lambda n: f"Car parks {n}")
    notes_ko = "시의 주차장입니다."
    notes_en = "The city's car parks."
    publisher = factory.LazyFunction(lambda: Department.objects.get(code="traffic"))
    licence = factory.LazyFunction(lambda: Licence.objects.get(code="kogl-1"))
    theme = factory.LazyFunction(lambda: Theme.objects.get(code="transport"))
    created_by = factory.SubFactory(UserFactory)

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        state = kwargs.pop("state", DatasetState.DRAFT)
        data = kwargs.pop("data", state != DatasetState.DRAFT)
        dataset = model_class.objects.create(**kwargs)
        log.record("staged", dataset, by=None)
        if data:
            file = csv_file() if data is True else data
            datasets.add_version(dataset, file, by=dataset.created_by)
        if state != DatasetState.DRAFT:
            datasets.publish(dataset, by=dataset.created_by)
        if state == DatasetState.WITHDRAWN:
            datasets.withdraw(dataset, by=dataset.created_by, reason="The rows were wrong.")
        return Dataset.objects.get(pk=dataset.pk)


def version_of(dataset, text=PLAIN_CSV, **options):
    """Hand in one more file."""
    made = datasets.add_version(dataset, csv_file(text, **options), by=dataset.created_by)
    return Version.objects.get(pk=made.pk)
