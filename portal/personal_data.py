"""What in a text is somebody's personal data: numbers and addresses that name one person.

Pure functions, without Django. A find is a place in the text as it was typed; full-width
digits, spaces and the usual separators are read as people mean them. Precision comes first:
dates, prices, years, numbers of laws and reference codes are nobody's.

Sources: resident registration numbers, 주민등록법 시행규칙 제2조 (birth date, sex, and until
October 2020 a check digit); foreigners' numbers, 출입국관리법 시행규칙 제49조의2, with a check
digit of their own; unique identifiers, 개인정보 보호법 시행령 제19조 (resident, passport,
driving licence and foreigners' numbers); cards, ISO/IEC 7812 (Luhn).
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

DAYS_IN = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
WEIGHTS = (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5)
DIGITS_OF_ACCOUNT = range(10, 15)
DIGITS_OF_CARD = range(14, 17)
NEAR = 30

# One character for one, so that places in the read text are places in the typed one.
AS_READ = str.maketrans(
    "０１２３４５６７８９－‐‑‒–—―−．＠＋（）\u3000\u00a0\t",
    "0123456789--------.@+()" + " " * 3,
)
SEP = r"(?: ?[-.·] ?| )"
ALONE_BEFORE = r"(?<![0-9A-Za-z])(?<![0-9][-.,:/])"
ALONE_AFTER = r"(?![0-9])(?![-.,:/][0-9])"


class Kind(StrEnum):
    """What a find is."""

    RESIDENT = "resident"
    FOREIGNER = "foreigner"
    PASSPORT = "passport"
    LICENCE = "licence"
    CARD = "card"
    MOBILE = "mobile"
    LANDLINE = "landline"
    ACCOUNT = "account"
    EMAIL = "email"
    PLATE = "plate"


# Nobody may publish these, not even their own: 개인정보 보호법 제24조의2.
REFUSED = frozenset({Kind.RESIDENT, Kind.FOREIGNER})


@dataclass(frozen=True, order=True)
class Find:
    """Personal data at ``text[start:end]``."""

    start: int
    end: int
    kind: Kind


def found_in(text: str) -> list[Find]:
    """Find personal data in ``text``, in order and without overlaps.

    Where two kinds fit the same place, the graver one counts: the kinds are looked for in
    the order in which ``SEARCHES`` has them.
    """
    read = text.translate(AS_READ)
    found: list[Find] = []
    for kind, search in SEARCHES:
        for start, end in search(read):
            if not any(start < other.end and other.start < end for other in found):
                found.append(Find(start, end, kind))
    return sorted(found)


def masked(text: str, finds: Iterable[Find]) -> str:
    """Cover the finds with stars; separators, and what tells the kind of a number, stay."""
    letters = list(text)
    for find in finds:
        kept = _kept(text[find.start : find.end], find.kind)
        for place in range(find.start + kept, find.end):
            if letters[place].isalnum() or letters[place] == "_":
                letters[place] = "*"
    return "".join(letters)


def _kept(number: str, kind: Kind) -> int:
    """How many characters at the start of a find tell nobody's name: ``010``, ``032``."""
    if kind not in {Kind.MOBILE, Kind.LANDLINE}:
        return 0
    prefix = re.match(r"[^0-9０-９]*[0-9０-９]{2,3}(?=[^0-9０-９])", number)
    return prefix.end() if prefix else 0


# --- Numbers that the state gives ---------------------------------------------------------

RESIDENT = re.compile(
    rf"{ALONE_BEFORE}(\d\d)(\d\d)(\d\d)( ?[-.~] ?| )?([1-8])(\d{{6}})(?![0-9])", re.ASCII
)
RESIDENT_CUE = re.compile(r"주민|외국인|등록번호|resident", re.IGNORECASE)
PASSPORT = re.compile(
    r"(?<![0-9A-Za-z-])[MSRODGP](?:\d{8}|\d{3}[A-Z]\d{4})(?![0-9A-Za-z])", re.ASCII
)
PASSPORT_CUE = re.compile(r"여권|passport", re.IGNORECASE)
LICENCE = re.compile(
    rf"{ALONE_BEFORE}(?:1[1-9]|2[0-8])([- ]?)\d\d([- ]?)\d{{6}}([- ]?)\d\d{ALONE_AFTER}", re.ASCII
)
LICENCE_CUE = re.compile(r"면허|licen[cs]e", re.IGNORECASE)


def residents(read: str, *, foreign: bool) -> Iterator[tuple[int, int]]:
    """Where a resident's (or a foreigner's) number stands.

    Thirteen digits in one piece count only with a right check digit or a word beside them
    that says so; numbers given since October 2020 have no check digit.
    """
    for match in RESIDENT.finditer(read):
        _year, month, day, separator, sex, _rest = match.groups()
        if (sex in "5678") != foreign or not is_day(int(month), int(day)):
            continue
        digits = "".join(c for c in match[0] if c.isdigit())
        if separator or checks_out(digits) or _near(RESIDENT_CUE, read, match):
            yield match.span()


def is_day(month: int, day: int) -> bool:
    """Whether such a day exists in some year."""
    return 1 <= month <= len(DAYS_IN) and 1 <= day <= DAYS_IN[month - 1]


def checks_out(digits: str) -> bool:
    """Whether the last of thirteen digits is the check digit of the others."""
    total = sum(weight * int(digit) for weight, digit in zip(WEIGHTS, digits, strict=False))
    more = 2 if digits[6] in "5678" else 0
    return (11 - total % 11 + more) % 10 == int(digits[12])


def passports(read: str) -> Iterator[tuple[int, int]]:
    """Where a passport's number stands, beside a word that says so."""
    return (m.span() for m in PASSPORT.finditer(read) if _near(PASSPORT_CUE, read, m))


def licences(read: str) -> Iterator[tuple[int, int]]:
    """Where a driving licence's number stands: with its hyphens, or beside the word."""
    for match in LICENCE.finditer(read):
        if all(sep == "-" for sep in match.groups()) or _near(LICENCE_CUE, read, match):
            yield match.span()


# --- Telephones, accounts, cards ----------------------------------------------------------

MOBILE = re.compile(
    rf"{ALONE_BEFORE}(?:\+?82{SEP}?(?:\(0\))?0?|0)1[016789]\)?{SEP}?(\d{{3,4}}){SEP}?(\d{{4}}){ALONE_AFTER}",
    re.ASCII,
)
AREA = r"(?:2|3[1-3]|4[1-4]|5[1-5]|6[1-4]|70)"
LANDLINE = re.compile(
    rf"{ALONE_BEFORE}(?:\(0{AREA}\) ?|(?:\+?82{SEP}?|0){AREA}(?: ?\) ?|{SEP})?)"
    rf"(?=[1-9])(\d{{3,4}})({SEP}?)(\d{{4}}){ALONE_AFTER}",
    re.ASCII,
)
ACCOUNT = re.compile(
    rf"{ALONE_BEFORE}\d{{2,14}}(?:-\d{{1,7}}){{0,4}}(?![0-9])(?! ?[-,]?\d)"
    r"(?! ?(?:원|won|명|건|년|번지|호))",
    re.ASCII,
)
BANK = re.compile(r"은행|뱅크|농협|신협|수협|우체국|새마을금고|계좌|통장|예금주|입금|송금")
DATE_FIRST = re.compile(r"(?:19|20)\d\d-?(?:0[1-9]|1[0-2])-?(?:0[1-9]|[12]\d|3[01])")
FOURS = r"\d{3}([- ])\d{4}\1\d{4}\1\d{4}"
FOUR_SIX_FIVE = r"\d{3}([- ])\d{6}\2\d{5}"
CARD = re.compile(
    rf"{ALONE_BEFORE}[3-69](?:\d{{13,15}}|{FOURS}|{FOUR_SIX_FIVE}){ALONE_AFTER}", re.ASCII
)


def mobiles(read: str) -> Iterator[tuple[int, int]]:
    """Where a mobile number stands; a dummy of one repeated digit is nobody's."""
    return (m.span() for m in MOBILE.finditer(read) if len(set(m[1] + m[2])) > 1)


def landlines(read: str) -> Iterator[tuple[int, int]]:
    """Where the number of a line at home or in an office stands."""
    return (m.span() for m in LANDLINE.finditer(read) if len(set(m[1] + m[3])) > 1)


def accounts(read: str) -> Iterator[tuple[int, int]]:
    """Where an account's number stands: ten to fourteen digits beside a bank's word."""
    for match in ACCOUNT.finditer(read):
        digits = match[0].replace("-", "")
        if (
            len(digits) in DIGITS_OF_ACCOUNT
            and len(set(digits)) > 1
            and not DATE_FIRST.match(match[0])
            and _near(BANK, read, match)
        ):
            yield match.span()


def cards(read: str) -> Iterator[tuple[int, int]]:
    """Where a payment card's number stands: fourteen to sixteen digits that pass Luhn's test."""
    for match in CARD.finditer(read):
        digits = "".join(c for c in match[0] if c.isdigit())
        if len(digits) in DIGITS_OF_CARD and len(set(digits)) > 1 and passes_luhn(digits):
            yield match.span()


def passes_luhn(digits: str) -> bool:
    """Whether the digits add up as those of cards do."""
    doubled = [int(d) * (1 + place % 2) for place, d in enumerate(reversed(digits))]
    return sum(d - 9 if d > 9 else d for d in doubled) % 10 == 0  # noqa: PLR2004  two digits in one


# --- Addresses and plates -----------------------------------------------------------------

EMAIL = re.compile(
    r"(?<![\w.+%-])[a-z0-9][\w.+%-]{0,63}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,4}[a-z]{2,24}(?![a-z0-9-])",
    re.ASCII | re.IGNORECASE,
)
# 자동차 등록번호판 등의 기준에 관한 고시: two or three digits, a syllable for the use, four digits.
PLATE = re.compile(
    r"(?<![0-9,.])(?<!제)\d{2,3}( ?)"
    r"([가나다라마거너더러머버서어저고노도로모보소오조구누두루무부수우주바사아자배허하호])"
    r" ?\d{4}(?![0-9,])(?! ?(?:년|원|만|억|조|명|건|개|세대|가구|호|번지|㎡|m|k))"
)
# Syllables that also count or join things: 20조, 30도, 12호, 15주.
ALSO_WORDS = frozenset("조호도주부구자수사오고로하배두")
PLATE_CUE = re.compile(r"차량|번호판|차번호|자동차|승용차|택시|트럭|버스|주차")
COURT_CUE = re.compile(r"판결|선고|대법원|법원|사건|헌재|결정|판례")


def emails(read: str) -> Iterator[tuple[int, int]]:
    """Where an e-mail address stands."""
    return (match.span() for match in EMAIL.finditer(read))


def plates(read: str) -> Iterator[tuple[int, int]]:
    """Where a vehicle's plate stands; a case of a court looks alike and is not one."""
    for match in PLATE.finditer(read):
        if _near(COURT_CUE, read, match):
            continue
        if match[2] not in ALSO_WORDS or _near(PLATE_CUE, read, match):
            yield match.span()


def _near(cue: re.Pattern[str], read: str, match: re.Match[str]) -> bool:
    """Whether a word of ``cue`` stands within thirty characters of the match."""
    around = read[max(0, match.start() - NEAR) : match.start()], read[match.end() :][:NEAR]
    return any(cue.search(side) for side in around)


SEARCHES = (
    (Kind.RESIDENT, lambda read: residents(read, foreign=False)),
    (Kind.FOREIGNER, lambda read: residents(read, foreign=True)),
    (Kind.CARD, cards),
    (Kind.LICENCE, licences),
    (Kind.PASSPORT, passports),
    (Kind.EMAIL, emails),
    (Kind.MOBILE, mobiles),
    (Kind.LANDLINE, landlines),
    (Kind.ACCOUNT, accounts),
    (Kind.PLATE, plates),
)
