"""Reading tables in whatever encoding and shape they are handed in."""

import contextlib
import io
import tracemalloc
import zipfile

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from datahub.domain import decode, layout
from datahub.domain.sheets import open_table
from portal.refusals import Refused


def opened(data, name="table.csv"):
    return open_table(io.BytesIO(data if isinstance(data, bytes) else data.encode()), name)


def cells(data, name="table.csv"):
    return [row for _line, row in opened(data, name).rows()]


def refusal(data, name="table.csv"):
    with pytest.raises(Refused) as caught:
        list(opened(data, name).rows())
    return str(caught.value)


OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
BOOK = {
    "[Content_Types].xml": "<Types/>",
    "_rels/.rels": f'<Relationships><Relationship Id="r1" Type="{OFFICE}/officeDocument" '
    'Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns:r="{OFFICE}"><sheets><sheet name="표" sheetId="1" '
    'r:id="r1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships><Relationship Id="r1" '
    f'Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
}


def workbook(**values):
    """A workbook with one sheet: texts and numbers by the names of their cells."""
    memory, kinds = io.BytesIO(), {float: "n", str: "str"}
    rows = "".join(
        f'<row><c r="{at}" t="{kinds[type(value)]}"><v>{value}</v></c></row>'
        for at, value in values.items()
    )
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as made:
        for name, text in BOOK.items():
            made.writestr(name, text)
        sheet = f"<worksheet><sheetData>{rows}</sheetData></worksheet>"
        made.writestr("xl/worksheets/sheet1.xml", sheet)
    return memory.getvalue()


KOREAN = "이름,동네\n똠방각하,상살미마을\n김하늘,소사동\n"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (KOREAN.encode("utf-8"), "utf-8"),
        (KOREAN.encode("utf-8-sig"), "utf-8-sig"),
        (KOREAN.encode("cp949"), "cp949"),
        (KOREAN.replace("똠", "돔").encode("euc-kr"), "cp949"),
        (KOREAN.encode("utf-16"), "utf-16"),
        (b"\xfe\xff" + KOREAN.encode("utf-16-be"), "utf-16"),
        (KOREAN.encode("utf-32"), "utf-32"),
    ],
)
def test_each_encoding_is_found_and_read(data, encoding):
    table = opened(data)

    assert table.encoding == encoding
    assert table.layout.names == ["이름", "동네"]
    assert cells(data)[1] == ["김하늘", "소사동"]


def test_a_letter_cut_by_the_edge_of_a_block_is_read(monkeypatch):
    monkeypatch.setattr(decode, "BLOCK", 7)

    assert decode.find_encoding(io.BytesIO(KOREAN.encode())).name == "utf-8"
    assert decode.find_encoding(io.BytesIO(KOREAN.encode("cp949"))).name == "cp949"


@pytest.mark.parametrize("block", [3, 1 << 20])
def test_the_byte_that_breaks_is_named_with_its_place_and_line(monkeypatch, block):
    monkeypatch.setattr(decode, "BLOCK", block)
    good = "이름,수\r\n가,1\r\n".encode()

    sentence = refusal(good + b"\xff\xff,2\r\n")

    assert "0xFF" in sentence
    assert f"position {len(good)}" in sentence
    assert "(line 3)" in sentence


def test_korean_that_begins_late_in_the_file_is_not_mistaken():
    data = ("a,b\n" + "1,2\n" * 400_000 + "가,나\n").encode("cp949")

    assert decode.find_encoding(io.BytesIO(data)).name == "cp949"


def test_latin_letters_are_refused_instead_of_garbled():
    assert "fits none of: UTF-8, CP949" in refusal("Größe,Maß\nfünf,übrig\n".encode("latin-1"))


def test_letters_that_look_unlike_korean_are_remarked_upon():
    table = opened(("漢字,文字\n" + "國家,學校\n" * 30).encode("cp949"))

    assert any("unlike Korean" in remark for remark in table.layout.remarks)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "is empty"),
        (b" \r\n\r\n", "is empty"),
        (b",,,\n,,\n", "no row with a value"),
        (b"a,b,c\n", "no rows under it"),
        (b"a,b\n1,\x002\n", "NUL"),
        ("a,b\n1,2\n".encode("utf-16-le"), "NUL"),
        (b"<html><table><tr><td>1</td></tr></table>", "web page"),
        (b"\n\n  <!-- saved --><!DOCTYPE html><html>", "web page"),
        (b'{"type": "FeatureCollection", "features": []}', "GeoJSON"),
        (b"%PDF-1.7\n", "PDF"),
        (b"PK\x03\x04....", "packed file"),
        (b'a,b\n1,"open\n2,3\n', "quotation marks"),
        (b'a,b\n1,2\n3,"x"y\n', "Line 3: the quotation marks"),
        (b"a,b\n1,2\n3,4,5\n", "Line 3 has 3 cells, but there are 2 columns"),
        (b"\xea\xb0\x80,b\n1,\xea\xb0", "0xEA at position 8 (line 2)"),
    ],
)
def test_what_is_no_table_is_refused_with_a_sentence(data, words):
    assert words in refusal(data)


def test_a_million_columns_are_refused_quickly():
    assert "1000000 columns" in refusal(b",".join([b"c"] * 10**6) + b"\n1,2\n")


def test_a_line_that_never_ends_is_refused(monkeypatch):
    monkeypatch.setattr(decode, "MAX_LINE", 100)

    assert "Line 2 does not end" in refusal("a,b\n" + "x" * 500)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_line_end_and_newlines_inside_cells_are_read(end):
    data = end.join(["a,b", f'"one{end}two",3', "4,5", ""])

    assert cells(data) == [[f"one{end}two", "3"], ["4", "5"]]


@pytest.mark.parametrize("separator", [",", "\t", ";", "|"])
def test_each_separator_is_found(separator):
    data = "\n".join(separator.join(row) for row in [["a, b", "c"], ["1", "2"], ["3", "4"]])
    data = data.replace("a, b", "a")

    assert opened(data).separator == separator
    assert cells(data) == [["1", "2"], ["3", "4"]]


def test_titles_blank_lines_and_empty_columns_are_left_out_with_a_remark():
    data = (
        "주차장 현황,,,,\n기준일: 2026-11-01,,,,\n\n구분,이름,면수,,\n공영,가,10,,\n공유,나,5,,\n"
    )

    table = opened(data)

    assert table.layout.names == ["구분", "이름", "면수"]
    assert cells(data) == [["공영", "가", "10"], ["공유", "나", "5"]]
    assert any("주차장 현황" in remark for remark in table.layout.remarks)


def test_names_that_repeat_or_are_missing_get_a_name():
    assert layout.unique_names(["a", "A", "", "a", "a_2"]) == [
        "a",
        "A_2",
        "column 3",
        "a_3",
        "a_2_2",
    ]


def test_a_table_without_a_header_gets_numbered_columns():
    table = opened("1,2\n3,4\n5,6\n")

    assert table.layout.names == ["column 1", "column 2"]
    assert len(cells("1,2\n3,4\n5,6\n")) == 3


def test_years_are_a_header():
    assert opened("구분,2024,2025\n가,1,2\n나,3,4\n").layout.names == ["구분", "2024", "2025"]


def test_short_rows_are_filled_and_remarked_upon_with_their_line():
    table = opened("a,b,c\n1,2,3\n4,5\n6\n")

    rows = [row for _line, row in table.rows()]

    assert rows == [["1", "2", "3"], ["4", "5", ""], ["6", "", ""]]
    assert "2 rows are shorter than the header (first on line 3)" in table.layout.remarks[0]


def test_a_workbook_is_read_with_the_numbers_of_its_rows():
    table = opened(workbook(B3="동네", C3="수", B5=" 소사동 ", C5=1.0), "t.xlsx")

    assert table.layout.names == ["동네", "수"]
    assert list(table.rows()) == [(5, ["소사동", "1"])]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (workbook(A1="a", XFD1048576=1.0), "unfolds to more than can be read"),
        (workbook(A1="a")[:300], "cannot be opened"),
        (workbook(), "holds no row with a value"),
    ],
    ids=["it claims the last cell", "it is cut short", "it is empty"],
)
def test_a_workbook_that_cannot_be_laid_out_is_refused(data, sentence):
    assert sentence in refusal(data, "t.xlsx")


def test_spaces_that_do_not_break_are_stripped_around_cells():
    assert cells("a,b\n\u00a0가\u3000, 나 \n") == [["가", "나"]]


def test_a_large_file_is_read_without_keeping_it():
    data = io.BytesIO(b"a,b\n" + b"1,2\n" * 100_000)
    tracemalloc.start()

    count = sum(1 for _row in open_table(data, "t.csv").rows())

    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 100_000
    assert peak < 5 * 1024 * 1024


@given(st.binary(max_size=300))
@example(b"-")
def test_any_bytes_are_a_table_or_a_refusal(data):
    with contextlib.suppress(Refused):
        list(opened(data).rows())


@given(
    st.lists(
        st.lists(
            st.text(st.characters(codec="cp949", exclude_categories=["C", "Z"]), min_size=1),
            min_size=3,
            max_size=3,
        ),
        min_size=1,
        max_size=20,
    )
)
def test_any_cells_come_back_from_either_encoding(rows):
    import csv

    text = io.StringIO()
    csv.writer(text).writerows([["가나", "다라", "마바"], *rows])

    for encoding in ("utf-8", "cp949"):
        assert cells(text.getvalue().encode(encoding)) == rows
