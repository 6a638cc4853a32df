import csv
import io
import json
import re
import zipfile
from decimal import Decimal

import pypdf
import pytest
from python_calamine import CalamineWorkbook

from portal.reports.domain.formats import make_all
from tests.factories.reports import EMOJI, FIGURES

pytestmark = pytest.mark.django_db

NUMBERS = [[cell for cell in row[1:4] if cell is not None] for row in FIGURES]


@pytest.fixture
def document(files):
    return pypdf.PdfReader(files["pdf"])


def of_pdf(files):
    text = "\n".join(page.extract_text() for page in pypdf.PdfReader(files["pdf"]).pages)
    table = text.partition("비율")[2].partition("2. 리빙랩")[0].partition("날짜")[2]
    dateless = re.sub(r"\d{4}\.\s\d{1,2}\.\s\d{1,2}\.|=1\+1", "", table)
    return [Decimal(word.replace(",", "")) for word in re.findall(r"-?\d[\d,.]*", dateless)]


def of_xlsx(files):
    rows = CalamineWorkbook.from_path(str(files["xlsx"])).get_sheet_by_index(1).to_python()[1:]
    return [Decimal(str(cell)) for row in rows for cell in row[1:4] if cell != ""]


def of_csv(files):
    rows = csv_rows(files)[1:]
    return [Decimal(cell) for row in rows for cell in row[1:4] if cell]


def csv_rows(files):
    with zipfile.ZipFile(files["csv"]) as archive:
        text = archive.read("proposals.csv").decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


def of_json(files):
    rows = json.loads(files["json"].read_text())["sections"][0]["table"]["rows"]
    return [Decimal(cell) for row in rows for cell in row[1:4] if cell is not None]


@pytest.mark.parametrize("read", [of_pdf, of_xlsx, of_csv, of_json])
def test_every_format_gives_back_the_same_numbers(files, read):
    assert read(files) == [Decimal(cell) for row in NUMBERS for cell in row]


def test_pdf_is_for_the_archive_and_for_everyone(files, document):
    raw, root = files["pdf"].read_bytes(), document.trailer["/Root"]

    found = re.findall(rb"<(pdfaid:part|pdfaid:conformance|pdfuaid:part)>(\w+)<", raw)
    assert dict(found) == {
        b"pdfaid:part": b"2", b"pdfaid:conformance": b"A", b"pdfuaid:part": b"1",
    }  # fmt: skip
    assert root["/Lang"].lower().startswith("ko")
    assert root["/MarkInfo"]["/Marked"]
    assert root["/OutputIntents"]
    assert document.metadata.title.startswith("시험 보고서 □")


def test_pdf_has_headings_tables_and_embedded_fonts(document):
    tags = {node["/S"] for node in nodes_of(document.trailer["/Root"]["/StructTreeRoot"])}

    assert {"/H1", "/Table", "/TH", "/TD"} <= tags
    fonts = [font for page in document.pages for font in page["/Resources"]["/Font"].values()]
    assert fonts
    for font in fonts:
        descriptor = font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"]
        assert {"/FontFile2", "/FontFile3"} & set(descriptor.get_object())


def test_pdf_has_nothing_that_an_archive_refuses(files, document):
    raw, root = files["pdf"].read_bytes(), document.trailer["/Root"]

    # ISO 19005-2: nothing encrypted, nothing that runs, an identifier, each letter with its text.
    assert raw.startswith(b"%PDF-1.7\n")
    assert "/Encrypt" not in document.trailer
    assert len(document.trailer["/ID"]) == 2
    assert not {"/OpenAction", "/AA", "/AcroForm"} & set(root)
    assert not {"/JavaScript", "/EmbeddedFiles"} & set(root.get("/Names", {}))
    assert not re.search(rb"/(JavaScript|Launch|RichMedia|PostScript)\b", raw)
    for page in document.pages:
        assert page["/Tabs"] == "/S"
        for font in page["/Resources"]["/Font"].values():
            assert "/ToUnicode" in font.get_object()
    # ISO 14289-1: the window shows the title, each heading cell says what it heads.
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    heads = [cell for cell in nodes_of(root["/StructTreeRoot"]) if cell["/S"] == "/TH"]
    assert heads
    assert all(scope_of(cell) == "/Column" for cell in heads)


def nodes_of(node):
    node = node.get_object()
    if isinstance(node, dict):
        if "/S" in node:
            yield node
        children = node.get("/K", [])
        for child in children if isinstance(children, list) else [children]:
            yield from nodes_of(child)


def scope_of(cell):
    told = cell["/A"].get_object()
    rows = told if isinstance(told, list) else [told]
    return next(
        (row.get_object().get("/Scope") for row in rows if "/Scope" in row.get_object()), None
    )


def test_pdf_lists_the_characters_that_it_cannot_show(document):
    text = "\n".join(page.extract_text() for page in document.pages)

    assert "글꼴에 없는 글자" in text
    assert "U+1F4EE" in text
    assert "1 / " in text


def test_csv_keeps_the_emoji_and_defuses_formulas(files):
    rows = csv_rows(files)

    assert rows[0] == ["이름", "건수 (건)", "비율 (%)", "변화", "날짜"]
    assert rows[1][0] == "'=시민 제안"
    assert rows[2][0] == EMOJI
    assert rows[2][4] == ""


def test_csv_begins_with_the_mark_and_explains_its_columns(files):
    with zipfile.ZipFile(files["csv"]) as archive:
        assert archive.namelist() == ["README.txt", "proposals.csv", "labs.csv"]
        assert archive.read("proposals.csv").startswith(b"\xef\xbb\xbf")
        assert "건수 (건) [count]" in archive.read("README.txt").decode("utf-8-sig")


def test_xlsx_has_a_sheet_about_it_and_keeps_long_numbers(files):
    book = CalamineWorkbook.from_path(str(files["xlsx"]))

    assert book.sheet_names == ["이 보고서에 대하여", "제안 상태별 전체", "리빙랩"]
    rows = book.get_sheet_by_index(1).to_python()
    assert rows[1][0] == "=시민 제안"
    assert rows[3][1] == "12345678901234567890"


def test_the_same_snapshot_gives_the_same_bytes(published):
    one = make_all(published.slug, published.snapshot)
    two = make_all(published.slug, published.snapshot)

    assert [made.sha256 for made in one] == [made.sha256 for made in two]
    assert {made.sha256 for made in one} < {a.sha256 for a in published.artefacts.all()}
