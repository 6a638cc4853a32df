"""Large files: kept at once, read by the worker."""

import pytest

from datahub import tasks
from datahub.domain import datasets, intake, versions
from datahub.models import Dataset, DatasetState, Version, VersionStage
from portal.notifications.models import Note
from portal.quarantine.models import HeldFile, HeldState
from tests.factories.datahub import DatasetFactory, csv_file
from tests.portal.quarantine.samples import package


@pytest.fixture
def large(settings, omar):
    """A published dataset; from now on every file counts as large."""
    dataset = DatasetFactory(state=DatasetState.PUBLISHED, created_by=omar)
    settings.DATASET_INLINE_BYTES = 1
    return dataset


def test_a_large_file_waits_and_the_worker_reads_it(large, omar):
    version = datasets.add_version(large, csv_file("이름,수\n가,1\n나,2\n다,3\n"), by=omar)

    assert version.stage == VersionStage.WAITING
    assert tasks.read_version(version.pk)
    version.refresh_from_db()
    assert (version.stage, version.rows, version.rows_read) == (VersionStage.READY, 3, 3)
    assert Dataset.objects.get(pk=large.pk).current == version


def test_a_file_that_cannot_be_read_leaves_a_sentence_and_not_itself(
    large, omar, django_capture_on_commit_callbacks
):
    omar.language = "en"
    omar.save()
    version = datasets.add_version(large, csv_file("a,b\n1,2,3\n"), by=omar)
    kept = version.original.path

    with django_capture_on_commit_callbacks(execute=True):
        assert not tasks.read_version(version.pk)

    version.refresh_from_db()
    assert version.stage == VersionStage.FAILED
    assert "Line 2 has 3 cells" in version.error
    assert not version.original
    with pytest.raises(FileNotFoundError):
        open(kept, "rb")  # noqa: PTH123, SIM115
    assert HeldFile.objects.count() == 1  # of the version before
    assert Note.objects.get().kind == "version_failed"
    assert Dataset.objects.get(pk=large.pk).current.number == 1


@pytest.mark.parametrize(
    ("language", "sentence"), [("ko", "2번째 줄"), ("en", "Line 2 has 3 cells")]
)
def test_the_worker_speaks_the_language_of_who_handed_in(large, omar, language, sentence):
    omar.language = language
    omar.save()
    version = datasets.add_version(large, csv_file("a,b\n1,2,3\n"), by=omar)

    tasks.read_version(version.pk)

    assert sentence in Note.objects.get().body


@pytest.mark.parametrize("inline", [1, 1024 * 1024])
def test_a_table_with_harmful_content_is_not_read_and_its_version_says_why(
    large, omar, client, settings, inline
):
    settings.DATASET_INLINE_BYTES = inline
    omar.language = "en"
    omar.save()
    macro = package(("xl/vbaProject.bin", b"x"), folder="xl/")

    version = datasets.add_version(large, csv_file(macro, name="표.xlsx"), by=omar)
    tasks.read_version(version.pk)

    version.refresh_from_db()
    assert (version.stage, version.original.name) == (VersionStage.FAILED, "")
    assert HeldFile.objects.exclude(state=HeldState.PASSED).get().is_refused
    assert Note.objects.get().kind == "file_refused"
    client.force_login(omar)
    page = client.get(version.get_absolute_url()).text
    assert "The file was not taken" in page
    assert "It holds macros." in page


def test_where_a_scanner_is_asked_a_file_waits_until_it_answers(large, omar, client, settings):
    settings.DATASET_INLINE_BYTES = 1024 * 1024
    settings.UPLOAD_SCANNER = "clamd:///nowhere/clamd.ctl"
    version = datasets.add_version(large, csv_file("이름\n가\n"), by=omar)
    client.force_login(omar)

    assert not tasks.read_version(version.pk)
    page = client.get(version.get_absolute_url()).text
    settings.UPLOAD_SCANNER = ""

    assert "The file is being checked" in page
    assert tasks.read_waiting() == 1
    assert not HeldFile.objects.waiting().exists()


def test_read_waiting_sweeps_what_no_worker_was_told_of(large, omar):
    datasets.add_version(large, csv_file("이름\n가\n"), by=omar)
    datasets.add_version(large, csv_file("이름\n나\n"), by=omar)

    assert tasks.read_waiting() == 2
    assert tasks.read_waiting() == 0


def test_two_workers_do_not_read_the_same_file(large, omar):
    version = datasets.add_version(large, csv_file("이름\n가\n"), by=omar)
    Version.objects.filter(pk=version.pk).update(stage=VersionStage.READING)

    assert not versions.read_one(version)


def test_a_task_for_a_version_that_is_gone_does_nothing(db):
    assert not tasks.read_version(0)


def test_progress_is_shown_while_reading(large, omar, monkeypatch):
    monkeypatch.setattr(intake, "BLOCK_ROWS", 2)
    version = datasets.add_version(large, csv_file("이름\n" + "가\n" * 5), by=omar)
    seen = []
    monkeypatch.setattr(versions, "_show_progress", lambda _pk, count: seen.append(count))

    versions.read_one(version)

    assert seen == [2, 4, 5]
