"""Files stay apart until their content is checked; the refused ones are kept, told and deleted."""

import socket
import struct
import threading
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from portal.audit.models import Act
from portal.notifications.models import Note
from portal.proposals.domain import files as attachments
from portal.quarantine import tasks
from portal.quarantine.domain import files, own, scanners
from portal.quarantine.models import HeldFile
from portal.uploads import check_upload
from tests.factories.portal import ProposalFactory
from tests.portal.quarantine.samples import PLAIN, pdf

SCRIPT = pdf(b"<< /S /JavaScript >>")


@pytest.fixture
def draft(ana):
    return ProposalFactory(author=ana, state="draft", published_at=None)


def attach(proposal, content, name="계획.pdf"):
    file = SimpleUploadedFile(name, content)
    return attachments.attach(proposal, by=proposal.author, file=file, checked=check_upload(file))


@pytest.fixture
def attached(draft):
    """A file of a published proposal that waits for its check."""
    made = attach(draft, PLAIN)
    type(draft).objects.filter(pk=draft.pk).update(state="submitted", published_at=timezone.now())
    return made


@pytest.fixture
def refused(draft):
    made = attach(draft, SCRIPT)
    files.check_waiting()
    return HeldFile.objects.get(path=made.file.name)


def test_a_file_lies_apart_and_only_its_owner_gets_it_until_it_has_passed(client, ana, attached):
    address = attached.get_absolute_url()
    page = attached.proposal.get_absolute_url()

    assert not default_storage.exists(attached.file.name)
    assert client.get(address).status_code == 409
    assert "Being checked" in client.get(page).text
    client.force_login(ana)
    assert b"".join(client.get(address).streaming_content) == PLAIN

    assert tasks.check_waiting() == 1
    client.logout()
    answer = client.get(address)
    assert b"".join(answer.streaming_content) == PLAIN
    assert answer["Content-Type"] == "application/pdf"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert "Being checked" not in client.get(page).text
    assert tasks.check_waiting() == 0


def test_who_looks_after_files_is_led_to_their_page_unless_it_is_a_draft(client, olga, refused):
    client.force_login(olga)
    where = reverse("quarantine:origin", args=[refused.pk])
    listed = client.get(reverse("quarantine:refused")).text

    draft = client.get(where, follow=True)
    type(refused.owner.proposals.get()).objects.update(
        state="submitted", published_at=timezone.now()
    )
    public = client.get(where)

    assert where in listed
    assert draft.redirect_chain == [(reverse("quarantine:refused"), 302)]
    assert "That page is a draft or not public yet." in draft.text
    assert public.url == refused.url


def test_a_refused_file_is_handed_to_nobody_and_its_owner_is_told(client, ana, refused):
    attachment = ana.proposals.get().attachments.get()
    client.force_login(ana)

    answer = client.get(attachment.get_absolute_url())

    assert answer.status_code == 409
    assert "It holds a script" in answer.text
    note = Note.objects.get(recipient=ana, kind="file_refused")
    assert "계획.pdf" in note.subject
    assert "It holds a script" in note.body
    assert Act.objects.about(f"quarantine.heldfile:{refused.pk}").count() == 1


def test_operators_see_refused_files_with_reason_and_leave_a_trace(client, olga, refused):
    client.force_login(olga)

    page = client.get(reverse("quarantine:refused"))
    file = client.get(reverse("quarantine:download", args=[refused.pk]))

    assert "계획.pdf" in page.text
    assert "It holds a script" in page.text
    assert b"".join(file.streaming_content) == SCRIPT
    assert file["Content-Type"] == "application/octet-stream"
    assert Act.objects.about(f"quarantine.heldfile:{refused.pk}").count() == 2


@pytest.mark.parametrize("who", ["ana", "zoe", "omar", "audrey", "clara"])
def test_nobody_else_sees_refused_files(client, request, who, refused):
    client.force_login(request.getfixturevalue(who))

    assert client.get(reverse("quarantine:refused")).status_code == 403
    for page in ("download", "origin"):
        found = client.get(reverse(f"quarantine:{page}", args=[refused.pk]))
        assert found.status_code in {403, 404}


def test_the_list_asks_as_much_for_three_as_for_one(client, olga, draft, refused):
    client.force_login(olga)
    client.get(reverse("quarantine:refused"))
    with CaptureQueriesContext(connection) as one:
        client.get(reverse("quarantine:refused"))
    attach(draft, SCRIPT)
    attach(draft, SCRIPT)
    files.check_waiting()

    with CaptureQueriesContext(connection) as three:
        client.get(reverse("quarantine:refused"))

    assert len(three) == len(one)


def test_a_refused_file_is_deleted_after_its_days_and_the_finding_stays(
    settings, refused, django_capture_on_commit_callbacks
):
    day = timedelta(days=1)
    HeldFile.objects.update(checked_at=timezone.now() - settings.REFUSED_FILE_DAYS * day + day)
    assert tasks.delete_refused() == 0
    HeldFile.objects.update(checked_at=timezone.now() - settings.REFUSED_FILE_DAYS * day - day)

    with django_capture_on_commit_callbacks(execute=True):
        assert tasks.delete_refused() == 1

    refused.refresh_from_db()
    assert (refused.state, refused.finding) == ("deleted", "script")
    assert not default_storage.exists(refused.apart)
    assert tasks.delete_refused() == 0


@pytest.mark.parametrize("checked", [False, True])
def test_what_is_taken_away_is_gone_wherever_it_lies(
    ana, attached, checked, django_capture_on_commit_callbacks
):
    held = HeldFile.objects.get()
    if checked:
        files.check_waiting()

    with django_capture_on_commit_callbacks(execute=True):
        files.drop([attached.file])

    assert not default_storage.exists(held.path)
    assert not default_storage.exists(held.apart)
    assert not HeldFile.objects.exists()


def test_a_download_of_own_data_finds_a_file_wherever_it_lies(attached, refused):
    assert files.place_of(attached.file).open().read() == PLAIN
    HeldFile.objects.filter(pk=refused.pk).update(state="deleted")

    assert (
        files.place_of(refused.owner.proposals.get().attachments.get(file=refused.path).file)
        is None
    )
    assert [row["state"] for row in own.held_files(refused.owner)] == ["passed", "deleted"]


def test_a_closed_account_leaves_the_finding_without_a_name(ana, refused):
    own.forget(ana)

    refused.refresh_from_db()
    assert (refused.owner, refused.name, refused.finding) == (None, "", "script")


# --- The scanner beside our own check ----------------------------------------------------


@pytest.fixture
def clamd(tmp_path, settings):
    """A daemon that speaks the protocol of clamd once: give what it is to answer."""
    place, got = tmp_path / "clamd.sock", bytearray()
    server = socket.socket(socket.AF_UNIX)
    server.bind(str(place))
    server.listen()
    server.settimeout(60)
    settings.UPLOAD_SCANNER = f"clamd://{place}"

    def answer(verdict):
        connection, _address = server.accept()
        with connection, connection.makefile("rb") as incoming:
            assert incoming.read(10) == b"zINSTREAM\0"
            while size := struct.unpack("!L", incoming.read(4))[0]:
                got.extend(incoming.read(size))
            connection.sendall(verdict)

    def run(verdict):
        thread = threading.Thread(target=answer, args=[verdict])
        thread.start()
        checked = files.check_waiting()
        thread.join()
        return checked, bytes(got)

    yield run
    server.close()


def test_the_scanner_is_given_the_whole_file_and_lets_it_pass(clamd, attached):
    assert clamd(b"stream: OK\0") == (1, PLAIN)
    assert HeldFile.objects.get().state == "passed"


def test_what_the_scanner_finds_is_not_taken_and_named(clamd, attached):
    clamd(b"stream: Win.Test.EICAR_HDB-1 FOUND\0")

    held = HeldFile.objects.get()
    assert (held.state, held.finding) == ("refused", "malware")
    assert held.detail == "Win.Test.EICAR_HDB-1"


@pytest.mark.parametrize("verdict", [b"INSTREAM size limit exceeded. ERROR\0", b""])
def test_without_a_verdict_the_file_goes_on_waiting(clamd, attached, verdict, caplog):
    assert clamd(verdict)[0] == 0

    assert HeldFile.objects.get().state == "waiting"
    assert "gives no verdict" in caplog.text


def test_a_scanner_that_is_away_lets_nothing_through(settings, attached, tmp_path, caplog):
    settings.UPLOAD_SCANNER = f"clamd://{tmp_path}/nobody.sock"

    assert files.check_waiting() == 0

    assert HeldFile.objects.get().state == "waiting"
    with (
        pytest.raises(scanners.Unavailable),
        default_storage.open(HeldFile.objects.get().apart) as f,
    ):
        scanners.scan(f)


def test_an_address_that_nobody_speaks_to_stops_the_start(monkeypatch):
    from django.core.exceptions import ImproperlyConfigured

    from portal.settings.reading import scanner

    monkeypatch.setenv("UPLOAD_SCANNER", "http://scanner")

    with pytest.raises(ImproperlyConfigured, match="UPLOAD_SCANNER must be empty or begin with"):
        scanner("UPLOAD_SCANNER")
