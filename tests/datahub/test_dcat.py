"""The catalogue in RDF: its addresses, its structure, and the official shapes."""

import pytest
import rdflib
from rdflib.namespace import DCAT, DCTERMS, FOAF, RDF, SKOS

from datahub.models import DatasetState
from tests.factories.datahub import DatasetFactory
from tests.real_input import real_input

# The library's own reader of JSON-LD uses a class of its own that it calls old.
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")

PUBLISHED = DatasetState.PUBLISHED
FORMATS = {"jsonld": "json-ld", "ttl": "turtle", "rdf": "xml"}
SHAPES = "06_dcat/shacl/dcat-ap/3.0.1/html/shacl"


@pytest.fixture
def parking(db):
    return DatasetFactory(
        name="parking",
        state=PUBLISHED,
        keywords=["주차"],
        place="상살미마을",
        covers_from="2026-01-01",
        covers_until="2026-06-30",
        contact_email="data@example.org",
    )


def graph(client, url, **headers):
    response = client.get(url, headers=headers)
    assert response.status_code == 200
    kinds = {
        "application/ld+json": "json-ld",
        "text/turtle": "turtle",
        "application/rdf+xml": "xml",
    }
    return rdflib.Graph().parse(
        data=response.content, format=kinds[response["Content-Type"].partition(";")[0]]
    )


@pytest.mark.parametrize("ending", FORMATS)
def test_a_dataset_says_the_same_in_every_format(client, parking, ending):
    found = graph(client, f"/data/parking.{ending}")

    (node,) = found.subjects(RDF.type, DCAT.Dataset)
    assert str(node).endswith("/data/parking/")
    titles = {title.language: str(title) for title in found.objects(node, DCTERMS.title)}
    assert titles == {"ko": parking.title_ko, "en": parking.title_en}
    assert len(found) == len(graph(client, "/data/parking.ttl"))


@pytest.mark.parametrize("ending", FORMATS)
def test_the_catalogue_names_its_datasets_and_its_publisher(client, parking, ending):
    found = graph(client, f"/catalog.{ending}")

    (catalogue,) = found.subjects(RDF.type, DCAT.Catalog)
    assert len(list(found.objects(catalogue, DCAT.dataset))) == 1
    (publisher,) = found.objects(catalogue, DCTERMS.publisher)
    assert list(found.objects(publisher, FOAF.name))


def test_a_distribution_has_what_the_profile_wants(client, parking):
    found = graph(client, "/data/parking.ttl")

    for node in found.subjects(RDF.type, DCAT.Distribution):
        for says in (DCAT.accessURL, DCAT.downloadURL, DCAT.mediaType, DCTERMS["format"]):
            assert isinstance(found.value(node, says), rdflib.URIRef)
        licence = found.value(node, DCTERMS.license)
        assert str(licence) == "https://www.kogl.or.kr/info/licenseType1.do"
        assert (licence, RDF.type, DCTERMS.LicenseDocument) in found
    assert len(list(found.subjects(RDF.type, DCAT.Distribution))) == 3


def test_everything_that_is_referred_to_says_what_it_is(client, parking):
    found = graph(client, "/catalog.ttl")

    for says in (DCTERMS.publisher, DCAT.theme, DCTERMS.spatial, DCTERMS.language, DCAT.mediaType):
        for node in found.objects(None, says):
            assert found.value(node, RDF.type), (says, node)
    for node in found.subjects(RDF.type, SKOS.Concept):
        assert found.value(node, SKOS.prefLabel)


@pytest.mark.parametrize("media", ["text/turtle", "application/ld+json", "application/rdf+xml"])
@pytest.mark.parametrize("url", ["/data/parking/", "/catalog"])
def test_programs_get_rdf_where_they_ask_for_it(client, parking, url, media):
    response = client.get(url, headers={"Accept": media})

    assert response["Content-Type"].startswith(media)
    assert "Accept" in response["Vary"]


def test_browsers_get_the_page(client, parking):
    accept = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"

    assert client.get("/data/parking/", headers={"Accept": accept})["Content-Type"].startswith(
        "text/html"
    )


def test_the_catalogue_is_paged_by_place(client, db, monkeypatch):
    from datahub import rdf

    monkeypatch.setattr(rdf, "PAGE", 2)
    for _ in range(3):
        DatasetFactory(state=PUBLISHED)
    hydra = rdflib.Namespace("http://www.w3.org/ns/hydra/core#")

    first = graph(client, "/catalog.ttl")
    (further,) = first.objects(None, hydra.next)
    last = graph(
        client,
        str(further).partition("localhost:8000")[2]
        or str(further)[str(further).index("/catalog") :],
    )

    counts = [len(list(one.subjects(RDF.type, DCAT.Dataset))) for one in (first, last)]
    assert counts == [2, 1]
    assert not list(last.objects(None, hydra.next))


def test_the_kept_catalogue_follows_a_change(client, parking):
    graph(client, "/catalog.ttl")
    DatasetFactory(state=PUBLISHED)

    assert len(list(graph(client, "/catalog.ttl").subjects(RDF.type, DCAT.Dataset))) == 2


def test_a_forged_place_in_the_catalogue_is_refused(client, db):
    assert client.get("/catalog.ttl?after=forged").status_code == 400


def test_drafts_are_not_in_the_catalogue(client, db):
    dataset = DatasetFactory(data=True)

    assert not list(graph(client, "/catalog.ttl").subjects(RDF.type, DCAT.Dataset))
    assert client.get(f"/data/{dataset.name}.ttl").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_catalogue_costs_the_same_for_any_number(client, db, count, django_assert_num_queries):
    for _ in range(count):
        DatasetFactory(state=PUBLISHED)

    with django_assert_num_queries(4):
        client.get("/catalog.ttl")


@pytest.mark.parametrize("file", ["shapes.ttl", "shapes_recommended.ttl", "range.ttl"])
def test_the_catalogue_conforms_to_the_official_shapes(client, parking, file):
    import pyshacl

    shapes = real_input(f"{SHAPES}/{file}")
    DatasetFactory(state=PUBLISHED)

    conforms, _graph, text = pyshacl.validate(
        graph(client, "/catalog.ttl"),
        shacl_graph=rdflib.Graph().parse(shapes),
        allow_warnings=True,
        advanced=True,
    )

    assert conforms, text
