"""Sample data of the demo city: parking shared by neighbours, and residents' parking bays.

All rows are invented by a fixed rule and say so in their titles ("표본"). They are
written in CP949, as many city systems still do, and handed in as an official would.
"""

import csv
import io
from datetime import date, timedelta

from django.core.files.base import ContentFile

from datahub.domain import datasets, versions
from datahub.models import Dataset, Licence, Theme
from portal.accounts.domain.cast import person
from portal.accounts.models import Department, User

SHARED_PARKING = "sangsalmi-shared-parking"
RESIDENT_BAYS = "resident-parking-bays"
LOTS = (
    ("상살미 제1공유주차장", 18, 37.4861, 126.8021),
    ("상살미 제2공유주차장", 12, 37.4874, 126.8037),
    ("마을회관 앞", 6, 37.4868, 126.8049),
    ("교회 옆(평일)", 9, 37.4855, 126.8044),
)
START = date(2026, 8, 1)
DAYS = 92


def load() -> None:
    """Make the two datasets once."""
    official = person("official.smart")
    if not Dataset.objects.filter(name=SHARED_PARKING).exists():
        _shared_parking(official)
    if not Dataset.objects.filter(name=RESIDENT_BAYS).exists():
        _resident_bays(official)


def _shared_parking(official: User) -> None:
    dataset = datasets.draft(
        SHARED_PARKING,
        by=official,
        title_ko="상살미마을 공유주차 이용 현황(표본)",
        title_en="Use of shared parking in Sangsalmi village (sample)",
        notes_ko=(
            "상살미마을 공유주차장별 하루 이용 대수와 평균 이용 시간입니다. "
            "시연을 위해 만든 표본 자료이며 실제 측정값이 아닙니다."
        ),
        notes_en=(
            "Cars per day and mean minutes of use for each shared car park in Sangsalmi village. "
            "Sample data made for the demonstration; nothing was measured."
        ),
        keywords=["주차", "공유주차", "상살미마을", "표본"],
        frequency="monthly",
        place="상살미마을",
        covers_from=START,
        covers_until=START + timedelta(days=DAYS - 1),
        **_common(),
    )
    _hand_in(dataset, official, "공유주차_이용현황.csv", _usage())
    versions.describe_columns(
        dataset.data,
        by=official,
        texts={
            1: {"description": "이용한 날"},
            2: {"description": "공유주차장 이름"},
            3: {"description": "주차면 수", "unit": "면"},
            4: {"description": "하루 동안 이용한 차량", "unit": "대"},
            5: {"description": "차량 한 대가 머문 평균 시간", "unit": "분"},
            6: {"description": "주말이나 공휴일인지 여부"},
        },
    )
    datasets.publish(dataset, by=official)


def _resident_bays(official: User) -> None:
    dataset = datasets.draft(
        RESIDENT_BAYS,
        by=official,
        title_ko="거주자우선주차구획(표본)",
        title_en="Residents' priority parking bays (sample)",
        notes_ko=(
            "거주자우선주차구획의 위치와 면수, 공유 여부입니다. "
            "시연을 위해 만든 표본 자료이며 실제 구획이 아닙니다."
        ),
        notes_en=(
            "Where residents' priority bays are, how many, and whether they are shared by day. "
            "Sample data made for the demonstration; the bays do not exist."
        ),
        keywords=["주차", "거주자우선주차", "표본"],
        frequency="quarterly",
        place="상살미마을",
        **_common(),
    )
    _hand_in(dataset, official, "거주자우선주차구획.csv", _bays())
    datasets.publish(dataset, by=official)


def _common() -> dict[str, object]:
    return {
        "publisher": Department.objects.get(code="smart-city"),
        "contact": "스마트시티담당관 032-000-1000",
        "contact_email": "opendata@example.org",
        "licence": Licence.objects.get(code="kogl-1"),
        "theme": Theme.objects.get(code="transport"),
        "basis": "시연용 표본",
        "cautions": "표본 자료이므로 정책 판단이나 연구의 근거로 쓸 수 없습니다.",
    }


def _hand_in(dataset: Dataset, official: User, name: str, rows: list[list[object]]) -> None:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    file = ContentFile(text.getvalue().encode("cp949"), name=name)
    datasets.add_version(dataset, file, by=official, note="표본 자료")
    dataset.refresh_from_db()


def _usage() -> list[list[object]]:
    """A row for each day and car park; the numbers follow the weekday and the place."""
    rows: list[list[object]] = [
        ["이용일", "주차장명", "주차면수", "이용대수", "평균이용시간(분)", "휴일여부"]
    ]
    for n in range(DAYS):
        day = START + timedelta(days=n)
        weekend = day.weekday() >= 5  # noqa: PLR2004  Saturday and Sunday
        for place, (lot, bays, _lat, _lon) in enumerate(LOTS):
            cars = bays + (n * 7 + place * 5) % 9 + n // 15 - (4 if weekend else 0)
            minutes = 70 + (n * 13 + place * 29) % 60 + (35 if weekend else 0)
            rows.append(
                [day.isoformat(), lot, bays, max(cars, 0), minutes, "Y" if weekend else "N"]
            )
    return rows


def _bays() -> list[list[object]]:
    rows: list[list[object]] = [
        ["구획번호", "행정동코드", "위치", "면수", "공유여부", "위도", "경도"]
    ]
    for n in range(120):
        lot, _bays, lat, lon = LOTS[n % len(LOTS)]
        share = "Y" if n % 3 == 0 else "N"
        where = f"{lot} 인근 {n // len(LOTS) + 1}길"
        place = [f"{lat + n % 11 / 10000:.6f}", f"{lon + n % 13 / 10000:.6f}"]
        rows.append([f"{n + 1:04d}", "4119000000", where, 1 + n % 5, share, *place])
    return rows
