"""The ways to be verified: the register, codes, and the life of every code."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from portal.audit.models import Act
from portal.identity.domain import codes, hashes, levels, own, register, verifications
from portal.identity.domain.hashes import Facts
from portal.identity.models import (
    Level,
    RegisterEntry,
    Tries,
    Verification,
    VerificationCode,
)
from portal.identity.tasks import remind_of_end
from portal.notifications.models import Note
from portal.refusals import Refused
from tests.portal.identity.conftest import ANA

FACTS = Facts("아나연", date(1980, 1, 2), "wonmi")
WRONG = Facts("아나연", date(1980, 1, 3), "wonmi")


def test_the_register_verifies_who_is_in_it(stranger, known_people):
    made = verifications.verify_by_register(stranger, by=stranger, facts=FACTS)

    assert levels.level_of(stranger) == Level.RESIDENT
    assert (made.provider, made.district) == ("register", "wonmi")
    assert bytes(made.person_hash) == hashes.person(FACTS)


def test_no_name_and_no_birth_date_stays_anywhere(stranger, known_people):
    verifications.verify_by_register(stranger, by=stranger, facts=FACTS)

    kept = [*RegisterEntry.objects.values_list(), *Verification.objects.values_list()]
    acts = Act.objects.filter(verb__startswith="identity.").values_list("leaf_data", flat=True)
    assert "아나연" not in f"{kept}{list(acts)}"
    assert not re.search(r"(?<![\w.])1980", f"{kept}{list(acts)}")


def test_who_is_verified_is_told_once_before_it_ends(stranger, ana, zoe):
    Verification.objects.all().delete()
    now = timezone.now()
    for user, days in ((stranger, 13), (ana, 15), (zoe, -1)):
        Verification.objects.create(
            user=user,
            provider="code",
            person_hash=b"x" * 32,
            verified_at=now - timedelta(days=700),
            expires_at=now + timedelta(days=days),
        )

    assert (remind_of_end(), remind_of_end()) == (1, 0)

    [note] = Note.objects.filter(kind="verification_ends")
    assert note.recipient == stranger
    assert "verify again" in note.body
    assert note.url == reverse("identity:overview")


def test_a_name_is_the_same_however_it_is_spaced_or_cased():
    spaced = Facts(" 아 나연 ", FACTS.birth_date, "wonmi")

    assert hashes.person(spaced) == hashes.person(FACTS)


def test_another_key_makes_other_hashes(settings):
    before = hashes.person(FACTS)
    settings.IDENTITY_KEY = "another"

    assert hashes.person(FACTS) != before


def test_five_wrong_tries_lock_for_a_time_that_doubles(stranger, known_people):
    for _try in range(5):
        with pytest.raises(Refused, match="Nobody with this name"):
            verifications.verify_by_register(stranger, by=stranger, facts=WRONG)

    with pytest.raises(Refused, match="Too many wrong tries"):
        verifications.verify_by_register(stranger, by=stranger, facts=FACTS)
    wait = Tries.objects.get().locked_until - timezone.now()
    assert timedelta(minutes=31) < wait <= timedelta(minutes=32)

    Tries.objects.update(locked_until=timezone.now() - timedelta(seconds=1))
    with pytest.raises(Refused, match="Nobody"):
        verifications.verify_by_register(stranger, by=stranger, facts=WRONG)
    wait = Tries.objects.get().locked_until - timezone.now()
    assert timedelta(minutes=63) < wait <= timedelta(minutes=64)


def test_a_right_try_clears_the_count(stranger, known_people):
    with pytest.raises(Refused):
        verifications.verify_by_register(stranger, by=stranger, facts=WRONG)

    verifications.verify_by_register(stranger, by=stranger, facts=FACTS)

    assert not Tries.objects.exists()


def test_reading_the_register_reports_each_bad_line_and_takes_the_others(olga):
    lines = ["A,1980-01-02,wonmi", ",1980-01-02,wonmi", "B,1980-13-02,wonmi", "C,1980-01-02,Mars"]
    file = "\n".join(["name,birth_date,district", *lines])

    reading = register.load(file.encode(), by=olga, replaces=False)

    assert (reading.load.taken, reading.load.refused) == (1, 3)
    assert [line.number for line in reading.bad] == [3, 4, 5]
    assert "name is missing" in reading.bad[0].why
    assert "cannot be read" in reading.bad[1].why
    assert "Mars" in reading.bad[2].why


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"name,birth_date\nA,1980-01-02\n", "three columns"),
        (b"name,birth_date,district\nA,never,wonmi\n", "No line"),
        (b"name,birth_date,district\nA,800102-1234567,wonmi\n", "registration numbers"),
        (b"\xff\xfe\x00", "neither"),
        (b"", "three columns"),
    ],
)
def test_a_file_that_cannot_be_taken_is_refused_whole(olga, content, sentence):
    with pytest.raises(Refused, match=sentence):
        register.load(content, by=olga, replaces=True)

    assert not RegisterEntry.objects.exists()


def test_a_register_in_cp949_is_read(olga):
    file = "이름,생년월일,지역\n똠방,19800102,소사구\n"

    reading = register.load(file.encode("cp949"), by=olga, replaces=False)

    assert reading.load.taken == 1


def test_a_new_register_replaces_the_old_where_it_says_so(olga, known_people):
    file = b"name,birth_date,district\nZ,1980-01-02,wonmi\n"

    register.load(file, by=olga, replaces=True)

    assert RegisterEntry.objects.count() == 1


def test_a_code_verifies_once(stranger, zoe, clara):
    _record, words = codes.issue(FACTS, by=clara, way="counter")

    made = codes.redeem(stranger, by=stranger, typed=words.lower().replace("-", " "))

    assert (made.provider, made.district) == ("code", "wonmi")
    with pytest.raises(Refused, match="used already"):
        codes.redeem(zoe, by=zoe, typed=words)


def test_only_a_hash_of_the_code_is_kept(clara):
    _record, words = codes.issue(FACTS, by=clara, way="post")

    kept = str(list(VerificationCode.objects.values_list()))
    assert words not in kept
    assert hashes.plain(words) not in kept


def expired(code, words, _people):
    VerificationCode.objects.update(expires_at=timezone.now())
    return words


def used(code, words, people):
    codes.redeem(people["zoe"], by=people["zoe"], typed=words)
    return words


def of_another_purpose(code, words, _people):
    VerificationCode.objects.update(code_hash=hashes.code("receipt", words))
    return words


def of_another_person(code, words, people):
    VerificationCode.objects.update(account=people["zoe"])
    return words


def invented(code, words, _people):
    return hashes.fresh_code()


def empty(code, words, _people):
    return "-"


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (expired, "expired"),
        (used, "used already"),
        (of_another_purpose, "not known"),
        (of_another_person, "not known"),
        (invented, "not known"),
        (empty, "not known"),
    ],
)
def test_the_life_of_a_code(stranger, zoe, clara, spoil, sentence):
    code, words = codes.issue(FACTS, by=clara, way="counter")

    typed = spoil(code, words, {"zoe": zoe})

    with pytest.raises(Refused, match=sentence):
        codes.redeem(stranger, by=stranger, typed=typed)
    assert not Verification.objects.filter(user=stranger).exists()


def test_a_code_lasts_thirty_days(clara):
    code, _words = codes.issue(FACTS, by=clara, way="post")

    assert timedelta(days=29) < code.expires_at - timezone.now() <= timedelta(days=30)


def test_a_person_verifies_on_the_page_and_is_led_back(client, stranger, known_people):
    client.force_login(stranger)
    client.get(reverse("identity:overview"), {"next": "/proposals/"})

    answer = client.post(reverse("identity:register"), ANA)

    assert answer.url == "/proposals/"
    page = client.get(reverse("identity:overview"))
    assert "in force" in page.text
    assert "the city&#x27;s register" in page.text


def test_nobody_is_led_out_of_the_portal(client, stranger, known_people):
    client.force_login(stranger)
    client.get(reverse("identity:overview"), {"next": "https://evil.example/"})

    answer = client.post(reverse("identity:register"), ANA)

    assert answer.url == reverse("identity:overview")


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"birth_date": "yesterday"}, "cannot be read"),
        ({"district": "Mars"}, "Select a valid choice"),
        ({"name": "800102-1234567"}, "Do not type"),
        ({"name": "모르는이"}, "Nobody with this name"),
        ({"name": "!!"}, "Give the name"),
    ],
)
def test_bad_input_gets_a_sentence_and_keeps_what_was_typed(
    client, stranger, known_people, changes, sentence
):
    client.force_login(stranger)

    page = client.post(reverse("identity:register"), ANA | changes)

    assert not page.context["form"].is_valid()
    assert sentence in page.text
    assert "1980-01-02" in page.text or "birth_date" in changes


def test_a_person_types_a_code_on_the_page(client, stranger, clara):
    _code, words = codes.issue(FACTS, by=clara, way="counter")
    client.force_login(stranger)

    wrong = client.post(reverse("identity:code"), {"code": "AAAA-BBBB"})
    right = client.post(reverse("identity:code"), {"code": words})

    assert "not known" in wrong.text
    assert right.url == reverse("identity:overview")


def test_only_the_register_that_is_there_is_offered(client, stranger, olga):
    client.force_login(stranger)
    before = client.get(reverse("identity:overview")).text
    register.load(b"name,birth_date,district\nZ,1980-01-02,wonmi\n", by=olga, replaces=True)

    after = client.get(reverse("identity:overview")).text

    assert "By the city&#x27;s register" not in before
    assert "By the city&#x27;s register" in after


def test_a_person_sees_their_own_history_alone(client, stranger, zoe, olga):
    verifications.grant(stranger, provider="counter", person_hash=b"1" * 32)
    verifications.revoke(
        Verification.objects.get(user=stranger), by=olga, reason="A wrong district."
    )
    client.force_login(stranger)
    mine = client.get(reverse("identity:overview")).text
    client.force_login(zoe)

    hers = client.get(reverse("identity:overview")).text

    assert "A wrong district." in mine
    assert "A wrong district." not in hers


WHO = ["stranger", "zoe", "omar", "petra", "clara", "sam", "audrey", "olga", "eric"]
PAGES = {
    "identity:overview": set(WHO),
    "identity:register": set(WHO),
    "identity:code": set(WHO),
    "identity:load_register": {"olga"},
    "identity:revoke": {"olga"},
}


@pytest.mark.parametrize("page", list(PAGES))
def test_who_may_open_which_page(client, request, page):
    allowed = set()
    for name in WHO:
        client.force_login(request.getfixturevalue(name))
        if client.get(reverse(page)).status_code == 200:
            allowed.add(name)

    assert allowed == PAGES[page]


@pytest.mark.parametrize("page", list(PAGES))
def test_strangers_are_asked_to_sign_in(client, db, page):
    assert reverse("account_login") in client.get(reverse(page)).url


def test_the_operator_reads_the_register_and_revokes_on_the_pages(client, olga, zoe):
    from django.core.files.uploadedfile import SimpleUploadedFile

    client.force_login(olga)
    file = SimpleUploadedFile("r.csv", b"name,birth_date,district\nA,1980-01-02,wonmi\nB,x,y\n")

    read = client.post(reverse("identity:load_register"), {"file": file})
    ended = client.post(
        reverse("identity:revoke"), {"account": zoe.email, "reason": "Two people in one."}
    )
    unknown = client.post(
        reverse("identity:revoke"), {"account": "no@example.org", "reason": "None."}
    )
    again = client.post(reverse("identity:revoke"), {"account": zoe.email, "reason": "Again."})

    assert "1 line was taken" in read.text
    assert "Line 3" in read.text
    assert ended.status_code == 302
    assert Verification.objects.get(user=zoe).reason == "Two people in one."
    assert "no account" in unknown.text
    assert "not verified" in again.text


def test_my_data_holds_the_verifications_and_closing_erases_them(stranger):
    verifications.grant(stranger, provider="counter", person_hash=b"1" * 32, district="sosa")

    rows = list(own.verifications(stranger))
    own.forget(stranger)

    assert [(row["way"], row["district"]) for row in rows] == [("counter", "sosa")]
    assert not Verification.objects.filter(user=stranger).exists()


def test_the_overview_costs_the_same_for_any_history(client, stranger):
    client.force_login(stranger)
    found = []
    for _time in range(3):
        verifications.grant(stranger, provider="counter", person_hash=b"1" * 32)
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("identity:overview"))
        found.append(len(queries))

    assert found[1] == found[2]  # the first visit fills what is kept between visits
