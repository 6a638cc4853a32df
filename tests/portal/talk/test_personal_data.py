"""Personal data in Korean text: what is found, what is left alone, what a mask covers."""

import json
from collections import Counter
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.personal_data import AS_READ, REFUSED, WEIGHTS, Find, Kind, found_in, masked
from tests.real_input import real_input

PERSONAL = [
    ("제 번호는 010-1234-5678입니다", Kind.MOBILE, "010-1234-5678"),
    ("연락처 01012345678로 주세요", Kind.MOBILE, "01012345678"),
    ("010 1234 5678", Kind.MOBILE, "010 1234 5678"),
    ("010.1234.5678", Kind.MOBILE, "010.1234.5678"),
    ("０１０－１２３４－５６７８", Kind.MOBILE, "０１０－１２３４－５６７８"),
    ("+82 10-1234-5678", Kind.MOBILE, "+82 10-1234-5678"),
    ("011-234-5678", Kind.MOBILE, "011-234-5678"),
    ("010 – 1234 – 5678 연락", Kind.MOBILE, "010 – 1234 – 5678"),
    ("집 전화 032-345-6789", Kind.LANDLINE, "032-345-6789"),
    ("(02) 2345-6789", Kind.LANDLINE, "(02) 2345-6789"),
    ("02)345-6789", Kind.LANDLINE, "02)345-6789"),
    ("070-8123-4567", Kind.LANDLINE, "070-8123-4567"),
    ("주민번호 900101-1234567", Kind.RESIDENT, "900101-1234567"),
    ("９００１０１－１２３４５６７", Kind.RESIDENT, "９００１０１－１２３４５６７"),
    ("210203 - 3123456", Kind.RESIDENT, "210203 - 3123456"),
    ("9001011234568", Kind.RESIDENT, "9001011234568"),
    ("주민등록번호는 9001011234567", Kind.RESIDENT, "9001011234567"),
    ("외국인등록번호 850615-5123456", Kind.FOREIGNER, "850615-5123456"),
    ("여권번호 M12345678", Kind.PASSPORT, "M12345678"),
    ("passport: M123A4567", Kind.PASSPORT, "M123A4567"),
    ("11-12-345678-90", Kind.LICENCE, "11-12-345678-90"),
    ("운전면허 281234567890", Kind.LICENCE, "281234567890"),
    ("국민은행 123456-04-123456", Kind.ACCOUNT, "123456-04-123456"),
    ("농협 302-1234-5678-91 예금주 홍길동", Kind.ACCOUNT, "302-1234-5678-91"),
    ("카카오뱅크 3333012345678", Kind.ACCOUNT, "3333012345678"),
    ("110-234-567890으로 입금해 주세요", Kind.ACCOUNT, "110-234-567890"),
    ("카드 4111-1111-1111-1111", Kind.CARD, "4111-1111-1111-1111"),
    ("4111 1111 1111 1111", Kind.CARD, "4111 1111 1111 1111"),
    ("378282246310005", Kind.CARD, "378282246310005"),
    ("hong.gildong@example.co.kr로 보내세요", Kind.EMAIL, "hong.gildong@example.co.kr"),
    ("ｈ@x 말고 me＠example.org", Kind.EMAIL, "me＠example.org"),
    ("12가3456 차량", Kind.PLATE, "12가3456"),
    ("흰 차 123너 4567", Kind.PLATE, "123너 4567"),
    ("주차된 차 서울 20하 1234", Kind.PLATE, "20하 1234"),
]

NOBODYS = [
    "2026-주거교통-00123",
    "CONSUL-2026-06-123, 제안 번호 20261122-0001",
    "2026-11-22 14:30:05",
    "2026. 11. 22. 14:30",
    "20190501123000",
    "1,234,567,890원",
    "1000000000원을 계좌에서",
    "예산 12,000,000,000 원",
    "법률 제12345호, 대통령령 제35811호",
    "제13조 2019년 개정, 20조 3000억",
    "30도 1000명, 12호 2024",
    "1990-2020 사이, 2015~2019년",
    "대법원 98다1234 판결, 2018도12345",
    "문의 1588-1234, 112, 119, 120",
    "연락처 010-0000-0000",
    "010-****-5678",
    "900101-1******",
    "901301-1234567",
    "1234567890123",
    "4111-1111-1111-1112",
    "ISBN 978-89-01234-56-7",
    "A12345678 모델과 M12345678 규격",
    "192.168.10.1 3.14.15",
    "우편번호 14547, 지번 123-45",
    "@홍길동 반갑습니다 a@b",
    "2019년 12월 31일까지 30명 1234세대",
    "은행에서 2019-05-01에",
]


@pytest.mark.parametrize(("text", "kind", "part"), PERSONAL, ids=[p[2] for p in PERSONAL])
def test_personal_data_is_found_where_it_stands(text, kind, part):
    assert [(f.kind, text[f.start : f.end]) for f in found_in(text)] == [(kind, part)]


@pytest.mark.parametrize("text", NOBODYS)
def test_what_is_nobodys_is_left_alone(text):
    assert found_in(text) == []


def test_several_are_found_in_order():
    text = "010-1234-5678 또는 me@example.org, 차는 12가3456"

    assert [find.kind for find in found_in(text)] == [Kind.MOBILE, Kind.EMAIL, Kind.PLATE]


def test_only_numbers_of_residents_are_refused_outright():
    assert set(REFUSED) == {Kind.RESIDENT, Kind.FOREIGNER}


@pytest.mark.parametrize(
    ("text", "covered"),
    [
        ("전화 010-1234-5678.", "전화 010-****-****."),
        ("(02) 2345-6789", "(02) ****-****"),
        ("농협 302-1234-5678-91", "농협 ***-****-****-**"),
        ("me.too@example.org", "**.***@*******.***"),
        ("01012345678", "***********"),
    ],
)
def test_a_mask_covers_what_names_somebody(text, covered):
    assert masked(text, found_in(text)) == covered


plain = st.text("가나다라 마바사.,!?\n", max_size=30)
four, three = (
    st.from_regex(r"[1-9][0-9]{3}", fullmatch=True),
    st.from_regex(r"[1-9][0-9][0-9]", fullmatch=True),
)
separators = st.sampled_from(["-", " ", ".", " - ", "－", "–"])
pairs = st.tuples(four, four).filter(lambda pair: len(set("".join(pair))) > 1)
mobile = st.builds(lambda pair, s: f"010{s}{pair[0]}{s}{pair[1]}", pairs, separators)
landline = st.builds(
    lambda a, b: f"032-{a}-{b}9", three, st.from_regex(r"[1-8]{3}", fullmatch=True)
)
email = st.from_regex(r"[a-z]{3,10}@[a-z]{3,10}\.(com|kr|org)", fullmatch=True)


@st.composite
def residents(draw):
    born = draw(st.dates(date(1920, 1, 1), date(2020, 9, 30)))
    sex = draw(st.sampled_from("12" if born.year < 2000 else "34"))
    body = f"{born:%y%m%d}{sex}{draw(st.from_regex(r'[0-9]{5}', fullmatch=True))}"
    total = sum(w * int(d) for w, d in zip(WEIGHTS, body, strict=True))
    return f"{body}{(11 - total % 11) % 10}"


@given(plain, st.one_of(mobile, landline, email), plain)
def test_whatever_stands_around_it_is_found(before, number, after):
    text = f"{before} {number} {after}"

    assert [text[f.start : f.end] for f in found_in(text)] == [number]


@given(plain, residents(), plain)
def test_a_right_check_digit_gives_a_resident_away(before, number, after):
    assert [f.kind for f in found_in(f"{before} {number} {after}")] == [Kind.RESIDENT]


@given(residents(), st.integers(1, 9))
def test_a_wrong_check_digit_in_one_piece_is_just_a_number(number, off):
    wrong = number[:12] + str((int(number[12]) + off) % 10)

    assert Kind.RESIDENT not in {f.kind for f in found_in(f"관리 {wrong}")}


@given(st.lists(st.one_of(plain, mobile, landline, email, residents()), max_size=8))
def test_a_masked_text_is_as_long_and_clean(parts):
    text = " ".join(parts)
    finds = found_in(text)
    covered = masked(text, finds)

    assert found_in(covered) == []
    assert len(covered) == len(text)
    inside = {place for f in finds for place in range(f.start, f.end)}
    assert all(
        a == b
        for place, (a, b) in enumerate(zip(text, covered, strict=True))
        if place not in inside
    )


@given(st.text(max_size=200))
def test_any_text_can_be_read(text):
    finds = found_in(text)

    assert finds == sorted(finds)
    assert all(0 <= a.end <= b.start for a, b in pairwise(finds))
    assert len(masked(text, finds)) == len(text)


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(0, 10**9))
def test_dates_prices_and_codes_are_nobodys(day, amount):
    text = (
        f"{day} {day:%Y.%m.%d} {day:%Y%m%d} {amount:,}원 {amount}원 {day.year}-주거교통-{amount:05}"
    )

    assert found_in(text) == []


def test_places_stay_the_same_when_full_width_signs_are_read():
    assert all(
        len(chr(a)) == len(str(b) if isinstance(b, str) else chr(b)) for a, b in AS_READ.items()
    )


def test_long_texts_of_digits_and_separators_do_not_take_long():
    assert found_in("1-" * 20_000) == []
    assert found_in("a." * 20_000 + "@") == []


def test_the_petition_files_hold_few_and_they_are_real():
    folder = real_input("01_kr_petitions")
    counts = Counter()
    for file in sorted(folder.rglob("*.jsonl")):
        for line in file.read_text().splitlines():
            counts.update(find.kind for find in found_in(json.loads(line)["content"]))
    for file in folder.rglob("*.tsv"):
        counts.update(find.kind for find in found_in(file.read_text()))

    assert counts == {Kind.EMAIL: 5, Kind.LANDLINE: 2}
    assert not set(counts) & REFUSED


def test_a_find_knows_its_place():
    assert found_in("me@example.org") == [Find(0, 14, Kind.EMAIL)]
