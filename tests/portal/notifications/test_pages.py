"""A person's notes on pages, and the way out of mail."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from portal.notifications.domain import notes
from portal.notifications.models import Note, Preference

LIST = reverse("notifications:list")


def way_out(token):
    return reverse("notifications:unsubscribe", args=[token])


def test_the_list_shows_own_notes_newest_first(client, ana, zoe):
    older = notes.leave(ana, "one")
    newer = notes.leave(ana, "two")
    notes.leave(zoe, "three")
    client.force_login(ana)

    page = client.get(LIST)

    assert list(page.context["page"]) == [newer, older]


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_list_opens_empty_too(client, ana, language):
    client.force_login(ana)
    client.cookies["django_language"] = language

    assert client.get(LIST).status_code == 200


def test_the_list_costs_the_same_for_any_number(client, ana, own_memory):
    client.force_login(ana)
    client.get(LIST)
    costs = []

    for count in (1, 2):
        notes.leave_for_all([ana], "one")
        notes.leave_for_all([ana] * (count - 1), "one")
        with CaptureQueriesContext(connection) as asked:
            page = client.get(LIST)
        costs.append(len(asked))

    assert len(page.context["page"]) == 3
    assert costs[0] == costs[1]


def test_the_list_goes_on_page_by_page(client, ana):
    left = [notes.leave(ana, "one") for _ in range(25)]
    client.force_login(ana)

    first = client.get(LIST).context["page"]
    second = client.get(LIST, {"after": first.next}).context["page"]

    assert [*first, *second] == left[::-1]
    assert second.next == ""


def test_a_forged_place_in_the_list_is_refused(client, ana):
    client.force_login(ana)

    assert client.get(LIST, {"after": "forged"}).status_code == 400


def test_the_number_of_unread_notes_is_in_the_head(client, ana):
    notes.leave(ana, "one")
    notes.leave(ana, "two")
    client.force_login(ana)

    assert client.get("/help/").context["unread_notes"]() == 2


def test_opening_a_note_marks_it_and_leads_on(client, ana):
    note = notes.leave(ana, "one", url="/help/")
    client.force_login(ana)

    answer = client.post(reverse("notifications:open", args=[note.pk]))

    assert answer.url == "/help/"
    assert not ana.notes.unread().exists()


def test_the_note_of_another_does_not_exist(client, ana, zoe):
    note = notes.leave(zoe, "one", url="/help/")
    client.force_login(ana)

    answer = client.post(reverse("notifications:open", args=[note.pk]))

    assert answer.status_code == 404
    assert zoe.notes.unread().exists()


def test_all_are_marked_at_once(client, ana, zoe):
    for person in (ana, ana, zoe):
        notes.leave(person, "one")
    client.force_login(ana)

    client.post(reverse("notifications:read_all"))

    assert Note.objects.unread().get().recipient == zoe


@pytest.mark.parametrize("rhythm", Preference.Rhythm.values)
def test_the_rhythm_of_mail_is_chosen(client, ana, rhythm):
    client.force_login(ana)

    answer = client.post(reverse("notifications:preference"), {"rhythm": rhythm})

    assert answer.url == LIST
    assert Preference.objects.get(user=ana).rhythm == rhythm


def test_an_unknown_rhythm_is_refused_with_a_sentence(client, ana):
    client.force_login(ana)

    page = client.post(reverse("notifications:preference"), {"rhythm": "hourly"})

    assert page.status_code == 422
    assert "rhythm" in page.context["form"].errors


def test_one_post_without_cookie_or_token_stops_mail(ana):
    mail_program = Client(enforce_csrf_checks=True)

    answer = mail_program.post(way_out(notes.token_of(ana)), {"List-Unsubscribe": "One-Click"})

    assert answer.status_code == 200
    assert not answer.cookies
    assert Preference.objects.get(user=ana).rhythm == Preference.Rhythm.NEVER


def test_looking_at_the_way_out_stops_nothing(client, ana):
    page = client.get(way_out(notes.token_of(ana)))

    assert page.status_code == 200
    assert not Preference.objects.exists()


def test_the_way_out_opens_nothing_else(client, ana):
    client.post(way_out(notes.token_of(ana)))

    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("change", ["forged", "cut", "nobody's"])
def test_a_forged_way_out_does_not_exist(client, ana, method, change):
    token = notes.token_of(ana)
    if change == "nobody's":
        ana.delete()
    forged = {"forged": "abc:def", "cut": token[:-2], "nobody's": token}[change]

    answer = getattr(client, method)(way_out(forged))

    assert answer.status_code == 404
    assert "copy the whole of it from the letter" in answer.text
