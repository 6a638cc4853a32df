"""Real files of real cities, and files broken on purpose: a table or a sentence, never a crash."""

import contextlib

import pytest

from datahub.domain.intake import profile
from datahub.domain.sheets import open_table
from portal.refusals import Refused
from tests.real_input import ROOT, real_input

FOLDER = "05_kr_open_data"
FILES = sorted(
    str(path.relative_to(ROOT))
    for path in (ROOT / FOLDER).rglob("*")
    if path.is_file() and path.suffix not in {".json", ".md"}
)
SHAPES = {
    "osan/10.오산시_학교위치정보.csv": ("utf-8", 41, 4),
    "osan/12_19_child.csv": ("cp949", 934, 15),
    "osan/12_19_stt.csv": ("cp949", 9147, 10),
    "osan/13.오산시_어린이집_유치원현황.csv": ("utf-8", 307, 5),
    "osan/14.오산시_기상데이터(2010~2019).csv": ("utf-8", 3652, 10),
    "osan/16.오산시_도로안전표지표준데이터.csv": ("utf-8", 831, 4),
    "osan/17_19_lg.csv": ("cp949", 1977, 15),
    "osan/25.평일_전일_오산시_혼잡빈도강도_Level6.csv": ("utf-8-sig", 3032, 10),
    "osan/9.오산시_어린이보호구역.csv": ("utf-8-sig", 91, 7),
    "osan/경기도_오산시_어린이보호구역_20200916_1605839121035_14173.csv": ("cp949", 91, 12),
    "osan/스쿨존내어린이사고다발지현황.csv": ("cp949", 51, 19),
    "osan/어린이보호구역현황(개방표준).csv": ("cp949", 2822, 12),
    "seoul/01. CCTV_in_Seoul.csv": ("utf-8-sig", 25, 6),
    "seoul/02. crime_in_Seoul.csv": ("cp949", 31, 11),
    "seoul/bike_rent_station.csv": ("utf-8", 1463, 5),
    "seoul/지역_위치별(주유소).xls": ("", 46, 10),
    "messy/messytables_horror/utf-16le_encoded.csv": ("utf-16", 327, 19),
    "messy/csv-spectrum/csvs/newlines_crlf.csv": ("utf-8", 3, 3),
    "messy/csvlint/cr-line-endings.csv": ("utf-8", 2, 3),
    "messy/csvlint/title-row.csv": ("utf-8", 2, 3),
}
REFUSED = {
    "html_disguised_as_xls/2007_b.xls": "web page",
    "osan/17.오산시_횡단보도.geojson": "GeoJSON",
    "messy/csvlint/invalid_many_rows.csv": "Line 4",
    "messy/csvlint/invalid-byte-sequence.csv": "0xF3 at position 33 (line 1)",
    "messy/messytables_horror/spanish_chars.csv": "0xF3 at position 52 (line 1)",
    "messy/messytables_horror/encrypted_no_password.xls": "cannot be opened",
    "messy/messytables_horror/simple.unknown": "is empty",
}


@pytest.mark.parametrize("name", FILES or ["absent"])
def test_every_real_file_is_a_table_or_a_sentence(name):
    path = real_input(name)

    with path.open("rb") as file, contextlib.suppress(Refused):
        reading = profile(open_table(file, path.name))
        assert reading.rows > 0
        names = {column.name.casefold() for column in reading.columns}
        assert len(names) == len(reading.columns)


@pytest.mark.parametrize("name", SHAPES)
def test_known_files_have_all_their_rows_and_columns(name):
    path = real_input(f"{FOLDER}/{name}")

    with path.open("rb") as file:
        table = open_table(file, path.name)
        reading = profile(table)

    assert (table.encoding, reading.rows, len(reading.columns)) == SHAPES[name]


@pytest.mark.parametrize("name", REFUSED)
def test_known_broken_files_are_refused_by_the_right_sentence(name):
    path = real_input(f"{FOLDER}/{name}")

    with path.open("rb") as file, pytest.raises(Refused) as caught:
        profile(open_table(file, path.name))

    assert REFUSED[name] in str(caught.value)
