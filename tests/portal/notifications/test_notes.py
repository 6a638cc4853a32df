"""Notes: left with the fact that they tell, and mailed once, as their reader wishes."""

import smtplib
from datetime import UTC, date, datetime

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from portal.notifications import tasks
from portal.notifications.domain import notes
from portal.notifications.models import Note, Preference
from portal.registry import NoteKind, note_kinds
from tests.at_once import at_once
from tests.factories.portal import UserFactory

R = Preference.Rhythm


@pytest.fixture(autouse=True)
def kinds():
    """Two kinds of notes that exist in these tests alone."""
    note_kinds.add(
        NoteKind("greeting", "Hello {title}", "About {title}, by {person}"),
        NoteKind("translated", _("Notifications"), _("Stop mail")),
    )
    yield
    for key in ("greeting", "translated"):
        note_kinds._items.pop(key)


class Outage(EmailBackend):
    """A mail server that does not answer."""

    def send_messages(self, messages):
        raise smtplib.SMTPServerDisconnected


class Picky(EmailBackend):
    """A mail server that does not know ana."""

    def send_messages(self, messages):
        if messages[0].to == ["ana@example.org"]:
            raise smtplib.SMTPRecipientsRefused({})
        return super().send_messages(messages)


def subjects():
    return [message.subject for message in mail.outbox]


def test_leave_fills_the_texts_of_the_kind(ana):
    note = notes.leave(ana, "greeting", url="/x/", title="Trees", person=7)

    assert (note.subject, note.body, note.url) == ("Hello Trees", "About Trees, by 7", "/x/")
    assert list(ana.notes.unread()) == [note]


def test_a_note_is_lost_with_what_it_tells(ana):
    with transaction.atomic():
        notes.leave(ana, "greeting", title="Trees")
        transaction.set_rollback(True)

    assert not Note.objects.exists()


def test_leave_for_all_tells_each_person_once(ana, zoe):
    notes.leave_for_all([ana, zoe, ana], "greeting", title="Trees")

    assert [note.recipient for note in Note.objects.order_by("recipient_id")] == [ana, zoe]


def test_a_note_of_an_unknown_kind_breaks_nothing(ana):
    note = notes.leave(ana, "forgotten", title="Trees")

    assert (note.subject, note.body) == ("forgotten", "forgotten")
    assert notes.deliver_waiting() == 1


def test_a_placeholder_without_a_word_breaks_nothing(ana):
    note = notes.leave(ana, "greeting")

    assert note.subject == "Hello {title}"


def test_words_of_people_are_not_read_as_placeholders(ana):
    note = notes.leave(ana, "greeting", title="{person.__class__} {0}", person="")

    assert note.subject == "Hello {person.__class__} {0}"


def test_deliver_mails_at_once_where_nothing_was_chosen(ana):
    notes.leave(ana, "greeting", url="/proposals/1/", title="Trees", person="Zoe")

    sent = tasks.deliver_waiting()

    message = mail.outbox[0]
    assert (sent, message.to, message.subject) == (1, ["ana@example.org"], "Hello Trees")
    assert "http://localhost:8000/proposals/1/" in message.body
    assert Note.objects.get().mailed_at
    assert tasks.deliver_waiting() == 0


@pytest.mark.parametrize(
    ("rhythm", "at_once", "by_digest"), [(R.AT_ONCE, 2, 0), (R.DAILY, 0, 1), (R.NEVER, 0, 0)]
)
def test_mail_comes_as_its_reader_wishes(ana, rhythm, at_once, by_digest):
    notes.choose(ana, rhythm)
    notes.leave(ana, "greeting", title="Trees")
    notes.leave(ana, "greeting", title="Benches")

    assert tasks.deliver_waiting() == at_once
    assert tasks.send_digests() == by_digest
    assert not Note.objects.waiting().exists()


def test_a_digest_tells_all_in_one_mail(ana, zoe):
    for person in (ana, zoe):
        notes.choose(person, R.DAILY)
    notes.leave(ana, "greeting", title="Trees")
    notes.leave(zoe, "greeting", title="Lamps")
    notes.leave(ana, "greeting", title="Benches")
    ana.language = "en"
    ana.save()

    tasks.send_digests()

    to_ana = next(message for message in mail.outbox if message.to == ["ana@example.org"])
    assert len(mail.outbox) == 2
    assert to_ana.subject == "2 pieces of news from Hamkke"
    assert "Hello Trees" in to_ana.body
    assert "Hello Benches" in to_ana.body
    assert "Lamps" not in to_ana.body


@pytest.mark.parametrize(
    ("language", "subject", "greeting"), [("ko", "알림", "님"), ("en", "Notifications", "Dear")]
)
def test_mail_speaks_the_language_of_its_reader(db, language, subject, greeting):
    person = UserFactory(language=language)
    notes.leave(person, "translated")

    notes.deliver_waiting()

    assert subject in mail.outbox[0].subject
    assert greeting in mail.outbox[0].body


BOTH = {
    "ko": ("교통정책과, 알림, 2026. 11. 22.", "Trees 2026. 11. 22. 05:30"),
    "en": (
        "Traffic Policy Division, Notifications, 22 November 2026",
        "Trees 22 November 2026 05:30",
    ),
}


@pytest.fixture
def leave_in_both(transport):
    """Leave a note whose words are a department, a translation, a day, a moment and a title."""
    note_kinds.add(NoteKind("in_both", "{who}, {what}, {day}", "{title} {at}"))
    yield lambda *people: notes.leave_for_all(
        people,
        "in_both",
        who=transport,
        what=_("Notifications"),
        day=date(2026, 11, 22),
        at=datetime(2026, 11, 21, 20, 30, tzinfo=UTC),
        title="Trees",
    )
    note_kinds._items.pop("in_both")


@pytest.mark.parametrize("left_in", ["ko", "en"])
@pytest.mark.parametrize("read_in", ["ko", "en"])
def test_a_note_reads_wholly_in_the_language_of_the_page(
    client, ana, leave_in_both, left_in, read_in
):
    with translation.override(left_in):
        leave_in_both(ana)
    client.force_login(ana)
    client.cookies["django_language"] = read_in

    page = client.get("/me/notes/").text

    subject, body = BOTH[read_in]
    assert subject in page
    assert body in page


@pytest.mark.parametrize("left_in", ["ko", "en"])
def test_one_note_is_mailed_to_each_wholly_in_their_language(db, leave_in_both, left_in):
    readers = [UserFactory(email=f"{language}@example.org", language=language) for language in BOTH]
    with translation.override(left_in):
        leave_in_both(*readers)

    notes.deliver_waiting()

    mails = {message.to[0][:2]: message for message in mail.outbox}
    assert {language: mails[language].subject for language in BOTH} == {
        language: subject for language, (subject, _body) in BOTH.items()
    }
    assert all(body in mails[language].body for language, (_subject, body) in BOTH.items())


def test_what_people_wrote_is_kept_once_as_it_is_written(ana):
    note = notes.leave(ana, "greeting", title="나무 {ko}", person="Zoe")

    assert note.context == {"title": "나무 {ko}", "person": "Zoe"}


@pytest.mark.parametrize("evil", ["Trees\nBcc: all@example.org", "Trees\r\nX-Evil: yes"])
def test_a_title_cannot_add_lines_to_the_head_of_a_mail(ana, evil):
    notes.leave(ana, "greeting", title=evil)

    notes.deliver_waiting()

    sent = mail.outbox[0].message()
    assert "\n" not in mail.outbox[0].subject
    assert sent["Bcc"] is None
    assert sent["X-Evil"] is None


def test_mail_offers_a_way_out_by_one_click(ana):
    notes.leave(ana, "greeting", title="Trees")

    notes.deliver_waiting()

    head = mail.outbox[0].message()
    assert head["List-Unsubscribe"].startswith("<http://localhost:8000/me/notes/unsubscribe/")
    assert head["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_someone_shut_out_gets_no_mail(db):
    notes.leave(UserFactory(is_active=False), "greeting", title="Trees")

    assert notes.deliver_waiting() == 0
    assert not mail.outbox


def test_mail_waits_while_the_server_does_not_answer(ana, settings):
    notes.leave(ana, "greeting", title="Trees")
    working, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, f"{__name__}.Outage"
    while_out = notes.deliver_waiting()
    settings.EMAIL_BACKEND = working

    afterwards = notes.deliver_waiting()

    assert (while_out, afterwards, subjects()) == (0, 1, ["Hello Trees"])


def test_an_address_that_is_refused_holds_nobody_up(ana, zoe, settings):
    settings.EMAIL_BACKEND = f"{__name__}.Picky"
    notes.leave(ana, "greeting", title="Trees")
    notes.leave(zoe, "greeting", title="Benches")

    assert notes.deliver_waiting() == 1
    assert subjects() == ["Hello Benches"]
    assert not Note.objects.waiting().exists()


@pytest.mark.own_database
def test_two_workers_at_once_send_each_mail_once(own_database):
    person = UserFactory()
    for n in range(5):
        notes.leave(person, "greeting", title=n)

    sent = at_once(notes.deliver_waiting, notes.deliver_waiting)

    assert sum(sent) == 5
    assert sorted(subjects()) == [f"Hello {n}" for n in range(5)]
