"""Erasure: a whole life in the portal, closed, and then looked for in every column there is."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import connections
from django.test import Client

from portal.accounts.models import PersonKey, SignIn, User
from portal.audit.domain import sealer
from portal.audit.domain.check import check_trail
from portal.audit.domain.signer import Signer
from portal.audit.models import ActPrivate
from portal.desk.domain import closing
from portal.notifications.domain import notes
from portal.proposals.domain import proposals, supports
from portal.proposals.models import Attachment, Proposal, ProposalState
from portal.rights.domain import consents, downloads, requests
from portal.rights.models import About, Channel, Download, Purpose, RequestKind
from portal.search.domain import index
from portal.talk.domain import comments
from portal.writing.domain import joint
from tests.factories.portal import ProposalFactory, UserFactory

NAME, EMAIL, PHONE = "홍단하늘", "unmistakable@walker.example", "010-7654-3210"
# Where the name may still stand, and why.
LEFT = {
    "proposals_proposal.problem": "the person wrote it into a public text",
    "search_document.body": "the same text, made findable",
    "search_document.m": "the same text, cut into the words of the search",
    "writing_proposalversion.problem": "the same text, as it was published",
}


@pytest.fixture
def life(own_database, django_capture_on_commit_callbacks, tmp_path):
    """A citizen who did one of everything, and a sealed trail of it."""
    person = UserFactory(name=NAME, email=EMAIL, phone=PHONE)
    zoe = UserFactory(name="조이선", email="zoe@example.org")
    other = ProposalFactory(author=zoe)
    own = ProposalFactory(
        author=person, state=ProposalState.DRAFT, problem=f"저는 {NAME}입니다. 길이 어둡습니다."
    )
    attach(own, "공개된 사진")
    proposals.publish(own, by=person)
    draft = ProposalFactory(author=person, state=ProposalState.DRAFT, problem=f"{NAME} 초안")
    attach(draft, "초안의 사진")
    supports.add(other, by=person)
    supports.fold()
    proposals.follow(other, by=person)
    comments.write(other, by=person, text="찬성합니다.")
    joint.invite(other, by=zoe, email=EMAIL, share=20)
    joint.answer(other.joint_authors.get(), by=person, accepts=True)
    notes.leave(person, "draft_goes", title=NAME, until="")
    SignIn.objects.create(user=person, succeeded=True, network="203.0.113.0", browser=NAME)
    consents.give(person, Purpose.objects.get(code="lot_panel"), channel=Channel.OWN_PAGE)
    wish = {"kind": RequestKind.CORRECTION, "about": About.NAME, "new_value": NAME, "wish": PHONE}
    requests.receive(person, asked=wish)
    downloads.make(downloads.ask(person))
    Client().force_login(person)
    sealer.seal_waiting(Signer("test.example/audit", tmp_path / "keys"))
    index.reindex_everything()
    return person


def attach(proposal, text):
    Attachment.objects.create(
        proposal=proposal,
        file=ContentFile(text.encode(), "x"),
        name="사진.txt",
        content_type="text/plain",
        size=len(text.encode()),
        sha256="0" * 64,
    )


def places_with(database, word):
    """``table.column`` of every column of every table whose text or bytes hold ``word``."""
    found = set()
    connection = database.superuser()
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT table_schema, table_name, column_name, data_type
                 FROM information_schema.columns JOIN information_schema.tables
                USING (table_schema, table_name)
                WHERE table_type = 'BASE TABLE'
                  AND table_schema NOT IN ('pg_catalog', 'information_schema')"""
        )
        for schema, table, column, kind in cursor.fetchall():
            told = f"encode(\"{column}\", 'hex')" if kind == "bytea" else f'"{column}"::text'
            sought = word.encode().hex() if kind == "bytea" else word
            rows = f'SELECT FROM "{schema}"."{table}" WHERE position(%s in {told}) > 0'
            cursor.execute(f"SELECT EXISTS ({rows})", [sought])
            if cursor.fetchone()[0]:
                found.add(f"{table}.{column}")
    connection.close()
    return found


def test_before_closing_the_person_is_found(life, own_database):
    assert {"accounts_user.name", "act_private.value"} <= places_with(own_database, NAME)
    assert {"accounts_user.email", "account_emailaddress.email"} <= places_with(own_database, EMAIL)


def test_closing_leaves_the_person_nowhere_but_in_their_own_public_words(life, own_database):
    closing.close(life)
    index.reindex_everything()

    assert places_with(own_database, EMAIL) == set()
    assert places_with(own_database, PHONE) == set()
    assert places_with(own_database, NAME) - set(LEFT) == set()
    connections["eraser"].close()


def test_closing_leaves_the_count_and_the_public_acts(life):
    closing.close(life)

    other = Proposal.objects.get(supports__person=life)
    own = Proposal.objects.get(author=life)
    assert supports.count_now(other) == 1
    assert own.state == ProposalState.SUBMITTED
    assert NAME not in own.author.public_name
    connections["eraser"].close()


def test_closing_leaves_a_trail_that_verifies_and_names_nobody(life, tmp_path):
    closing.close(life)
    sealer.seal_waiting(Signer("test.example/audit", tmp_path / "keys"))
    call_command("verify_audit", export=tmp_path / "trail.zip")

    with ZipFile(BytesIO((tmp_path / "trail.zip").read_bytes())) as export:
        everything = b"".join(export.read(name) for name in export.namelist())
    assert check_trail().findings == []
    assert not ActPrivate.objects.filter(person_ref=life.uuid).exists()
    assert not PersonKey.objects.filter(user=life).exists()
    assert all(word.encode() not in everything for word in (NAME, EMAIL, str(life.uuid)))
    connections["eraser"].close()


def test_closing_erases_the_files_that_were_the_persons_alone(life):
    own_data = Download.objects.get().file.name
    draft = Attachment.objects.get(proposal__state="draft").file.name
    public = Attachment.objects.get(proposal__state="submitted").file.name

    closing.close(life)

    kept = [(settings.MEDIA_ROOT / name).exists() for name in (own_data, draft, public)]
    assert kept == [False, False, True]
    connections["eraser"].close()


def test_closing_signs_the_person_out_everywhere(life, client):
    client.force_login(life)

    closing.close(life)

    assert client.get("/me/").status_code == 302
    assert not User.objects.get(pk=life.pk).is_active
    connections["eraser"].close()
