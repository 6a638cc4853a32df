"""My data as a download: complete, checked by its manifest, and nobody else's."""

import csv
import hashlib
import io
import json
import zipfile
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from portal import registry
from portal.audit.models import Act
from portal.notifications.domain import notes
from portal.notifications.models import Note
from portal.proposals.domain import supports
from portal.proposals.models import Attachment, Proposal, ProposalState, Support, Visibility
from portal.refusals import Refused
from portal.rights.domain import downloads, readme, retention
from portal.rights.models import Download, DownloadState
from portal.rights.tasks import make_download
from tests.factories.portal import ProposalFactory, UserFactory

PASSWORD = "walk-the-street-2026"


@pytest.fixture
def ana(db):
    """A citizen with a password, who has done one of each thing."""
    ana = UserFactory(name="아나연", email="ana@example.org", password=PASSWORD, phone="032-1")
    own = ProposalFactory(author=ana, title="=SUM(A1)")
    ProposalFactory(author=ana, state=ProposalState.DRAFT, title="아직 초안")
    Attachment.objects.create(
        proposal=own,
        file=ContentFile("현장 사진".encode(), "x"),
        name="현장 사진.txt",
        content_type="text/plain",
        size=13,
        sha256="0" * 64,
    )
    supports.add(ProposalFactory(), by=ana)
    supports.fold()
    notes.leave(ana, "own_data_failed")
    return ana


def made(person):
    download = downloads.make(downloads.ask(person))
    return zipfile.ZipFile(io.BytesIO(download.file.read()))


def table(archive, key):
    return json.loads(archive.read(f"data/{key}.json"))


def test_make_writes_every_kind_twice_and_says_what_it_is(ana):
    archive = made(ana)

    names = set(archive.namelist())
    for key in registry.own_data._items:
        assert {f"data/{key}.json", f"data/{key}.csv"} <= names
    assert {"README.ko.txt", "README.en.txt", "manifest.json"} <= names
    assert table(archive, "account")[0]["email"] == "ana@example.org"
    assert [row["title"] for row in table(archive, "proposals")] == ["=SUM(A1)", "아직 초안"]
    assert len(table(archive, "supports")) == 1
    assert archive.read("files/attachments/0001-현장 사진.txt") == "현장 사진".encode()


def test_titles_hidden_from_all_are_not_handed_out_with_supports(ana):
    hidden = Support.objects.get(person=ana).proposal
    Proposal.objects.filter(pk=hidden.pk).update(visibility=Visibility.HIDDEN)

    archive = made(ana)

    assert [row["title"] for row in table(archive, "supports")] == [""]


def test_manifest_names_each_member_with_its_digest(ana):
    archive = made(ana)

    manifest = json.loads(archive.read("manifest.json"))

    assert manifest["person"] == str(ana.uuid)
    found = {m["path"]: m["sha256"] for m in manifest["members"]}
    assert set(found) == set(archive.namelist()) - {"manifest.json"}
    for path, digest in found.items():
        assert hashlib.sha256(archive.read(path)).hexdigest() == digest


def test_csv_says_the_same_as_json_and_no_text_is_a_formula(ana):
    archive = made(ana)

    rows = list(csv.DictReader(io.StringIO(archive.read("data/proposals.csv").decode("utf-8-sig"))))

    assert [row["title"] for row in rows] == ["'=SUM(A1)", "아직 초안"]
    assert [int(row["id"]) for row in rows] == [r["id"] for r in table(archive, "proposals")]


def test_acts_are_told_with_their_values(ana):
    archive = made(ana)

    acts = table(archive, "acts")

    assert all(act["values"]["actor"] == f"user:{ana.uuid}" for act in acts)
    assert "rights.download:asked" in {act["verb"] for act in acts}


def test_secrets_stay_behind(ana):
    archive = made(ana)

    everything = b"".join(archive.read(name) for name in archive.namelist())

    assert ana.password.encode() not in everything
    assert bytes(ana.person_key.key).hex().encode() not in everything


def test_each_column_has_a_meaning_in_both_languages(ana):
    archive = made(ana)
    unsaid = [
        f"{key}.{column}"
        for key in registry.own_data._items
        for column in (table(archive, key) or [{}])[0]
        if not readme.meaning(key, column)
    ]

    assert unsaid == []
    assert "account.json" in archive.read("README.ko.txt").decode("utf-8-sig")
    assert "E-mail addresses" in archive.read("README.en.txt").decode("utf-8-sig")


def test_ask_is_refused_while_one_is_being_made(ana):
    downloads.ask(ana)

    with pytest.raises(Refused, match="being made"):
        downloads.ask(ana)


def test_ask_is_refused_after_too_many_in_a_day(ana, settings):
    settings.OWN_DATA_A_DAY = 1
    downloads.make(downloads.ask(ana))

    with pytest.raises(Refused, match="tomorrow"):
        downloads.ask(ana)


def test_ask_lets_go_of_one_that_a_worker_never_ended(ana):
    stuck = Download.objects.create(person=ana, asked_at=timezone.now() - timedelta(hours=2))

    fresh = downloads.ask(ana)

    stuck.refresh_from_db()
    assert (stuck.state, fresh.state) == (DownloadState.FAILED, DownloadState.WAITING)


def test_the_database_keeps_one_at_a_time(ana):
    Download.objects.create(person=ana)

    with pytest.raises(IntegrityError, match="one_download_at_a_time"), transaction.atomic():
        Download.objects.create(person=ana)


def test_make_tells_its_owner_and_nothing_is_made_twice(ana):
    download = downloads.ask(ana)

    make_download(download.pk)
    again = make_download(download.pk)

    assert again == DownloadState.READY
    assert Note.objects.filter(recipient=ana, kind="own_data_ready").count() == 1


def test_a_failure_is_told_and_frees_the_way(ana, monkeypatch):
    download = downloads.ask(ana)

    def break_down(*_args):
        raise ValidationError("broken")

    monkeypatch.setattr("portal.rights.domain.archive.write", break_down)
    with pytest.raises(ValidationError):
        make_download(download.pk)

    download.refresh_from_db()
    assert download.state == DownloadState.FAILED
    assert Note.objects.filter(recipient=ana, kind="own_data_failed").count() == 2


def test_the_file_is_erased_after_its_days(ana, django_capture_on_commit_callbacks):
    download = downloads.make(downloads.ask(ana))
    storage, name = download.file.storage, download.file.name
    early = timezone.now() + timedelta(days=6)
    assert download.expires_at > early
    Download.objects.update(expires_at=timezone.now())

    with django_capture_on_commit_callbacks(execute=True):
        run = retention.carry_out()

    download.refresh_from_db()
    assert run.counts["downloads"] == 1
    assert (download.state, download.file.name) == (DownloadState.ERASED, "")
    assert not storage.exists(name)


def confirmed(client, person, url):
    """Ask for ``url`` as ``person`` who shows the password once more."""
    client.force_login(person)
    asked = client.get(url)
    if asked.status_code == 302 and "reauthenticate" in asked.url:
        client.post(asked.url, {"password": PASSWORD})
        return client.get(url)
    return asked


def test_only_the_owner_opens_the_file_and_only_after_the_password(client, ana):
    download = downloads.make(downloads.ask(ana))
    url = download.get_absolute_url()
    client.force_login(ana)

    unproved = client.get(url)
    proved = confirmed(client, ana, url)

    assert "reauthenticate" in unproved.url
    assert proved.status_code == 200
    assert "no-store" in proved["Cache-Control"]
    assert b"".join(proved.streaming_content)[:2] == b"PK"
    assert Act.objects.of_verb("rights.download:fetched").count() == 1


def test_the_link_alone_opens_nothing(client, ana):
    url = downloads.make(downloads.ask(ana)).get_absolute_url()

    answer = client.get(url)

    assert answer.url == f"{reverse('account_login')}?next={url}"


@pytest.mark.parametrize("stranger", ["zoe", "olga", "audrey"])
def test_nobody_else_opens_it_whatever_their_office(client, ana, request, stranger):
    url = downloads.make(downloads.ask(ana)).get_absolute_url()
    other = request.getfixturevalue(stranger)
    other.set_password(PASSWORD)
    other.save()

    assert confirmed(client, other, url).status_code == 404


def test_the_file_lies_under_no_public_address(client, ana, settings):
    download = downloads.make(downloads.ask(ana))
    client.force_login(ana)

    assert client.get(f"{settings.MEDIA_URL}{download.file.name}").status_code == 404


def test_a_file_whose_days_are_over_is_refused(client, ana):
    download = downloads.make(downloads.ask(ana))
    Download.objects.update(expires_at=timezone.now() - timedelta(seconds=1))

    answer = confirmed(client, ana, download.get_absolute_url())

    assert answer.status_code == 409
    assert "This file has been erased. Ask for a new one." in answer.text
    assert f'action="{reverse("rights:data")}"' in answer.text


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_page_asks_for_a_file_and_lists_it(
    client, ana, language, django_capture_on_commit_callbacks
):
    client.force_login(ana)
    client.cookies["django_language"] = language

    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(reverse("rights:data"))
    page = client.get(answer.url)

    assert page.status_code == 200
    assert ana.downloads.get().get_absolute_url() in page.text
    assert "no-store" in page["Cache-Control"]


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_for_any_number(client, ana, count, django_assert_max_num_queries):
    for _ in range(count):
        Download.objects.create(person=ana, state=DownloadState.FAILED)
    client.force_login(ana)
    client.get(reverse("rights:data"))

    with django_assert_max_num_queries(9):
        client.get(reverse("rights:data"))
