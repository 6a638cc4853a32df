"""The nightly files of public data as datasets of the catalogue."""

import pytest
from django.core.management import call_command
from django.utils import timezone

from datahub.models import Dataset, DatasetState
from datahub.tasks import register_exports
from portal.accounts.models import Department, Role
from portal.exports.tasks import make_release
from tests.factories.portal import ProposalFactory, UserFactory, appoint


@pytest.fixture(autouse=True)
def city(settings, tmp_path, db):
    settings.MEDIA_ROOT = tmp_path
    call_command("load_reference")


@pytest.fixture
def steward(city):
    smart = Department.objects.get(code="smart-city")
    return appoint(UserFactory(name="류공개"), Role.OFFICIAL, smart)


def test_the_night_publishes_each_table_with_its_columns(steward, ana):
    ProposalFactory(author=ana, title="그늘막을 놓아 주세요")
    make_release()

    register_exports()

    dataset = Dataset.objects.get(name="hamkke-proposals")
    column = dataset.current.columns.get(name="supports")
    assert dataset.state == DatasetState.PUBLISHED
    assert (dataset.licence.code, dataset.current.rows) == ("kogl-1", 1)
    assert (dataset.title_en, dataset.publisher.code) == ("Proposals of citizens", "smart-city")
    assert column.description


def test_what_has_not_changed_is_no_new_version(steward, ana):
    ProposalFactory(author=ana)
    make_release()
    register_exports()
    make_release()

    assert register_exports() == 0
    assert Dataset.objects.get(name="hamkke-proposals").versions.count() == 1


def test_what_has_changed_is_the_next_version(steward, ana):
    ProposalFactory(author=ana)
    make_release()
    register_exports()
    ProposalFactory(author=ana)
    make_release()
    register_exports()

    dataset = Dataset.objects.get(name="hamkke-proposals")
    assert dataset.versions.count() == 2
    assert dataset.current.rows == 2
    assert dataset.current.note == timezone.localdate().isoformat()


def test_without_anybody_to_publish_nothing_is_registered(ana):
    ProposalFactory(author=ana)
    make_release()

    assert register_exports() == 0
    assert not Dataset.objects.exists()


def test_an_empty_table_is_not_registered(steward):
    make_release()
    register_exports()

    assert not Dataset.objects.filter(name="hamkke-proposals").exists()
