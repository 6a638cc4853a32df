"""The catalogue in RDF, after the European application profile DCAT-AP 3.

Every thing that is referred to also says what it is, in the same graph: validators
otherwise cannot tell. Identifiers are the addresses of the pages.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import reverse

from datahub.models import Dataset, Frequency, Licence, Theme, Version
from portal.accounts.models import Department

if TYPE_CHECKING:
    from rdflib import Graph

FORMATS = {
    "jsonld": ("json-ld", "application/ld+json"),
    "ttl": ("turtle", "text/turtle"),
    "rdf": ("xml", "application/rdf+xml"),
}
EU = "http://publications.europa.eu/resource/authority"
IANA = "https://www.iana.org/assignments/media-types"
LANGUAGES = {"ko": f"{EU}/language/KOR", "en": f"{EU}/language/ENG"}
THEMES = f"{EU}/data-theme"
KOREA = f"{EU}/country/KOR"
# The shapes of a version that the graph offers: address, media type, European file type.
SHAPES = {
    "csv": ("text/csv", "CSV"),
    "json": ("application/json", "JSON"),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "XLSX"),
}


def dataset_graph(dataset: Dataset) -> "Graph":
    """Describe one dataset, loaded by ``with_versions``."""
    maker = _Maker()
    maker.dataset(dataset)
    return maker.graph


def catalogue_graph(datasets: Iterable[Dataset], *, here: str, further: str = "") -> "Graph":
    """Describe the catalogue and some of its datasets; ``further`` leads to the next page."""
    maker = _Maker()
    maker.catalogue(list(datasets), here, further)
    return maker.graph


def written(graph: "Graph", ending: str) -> bytes:
    """Write a graph as ``jsonld``, ``ttl`` or ``rdf``."""
    kind = FORMATS[ending][0]
    options: dict[str, Any] = {"auto_compact": True} if kind == "json-ld" else {}
    return graph.serialize(format=kind, encoding="utf-8", **options)


def address(name: str, *args: Any) -> str:
    return settings.SITE_URL + reverse(f"datahub:{name}", args=args)


class _Maker:
    """Puts things into one graph, each once."""

    def __init__(self) -> None:
        import rdflib  # noqa: PLC0415  heavy: loaded on first use
        from rdflib import namespace  # noqa: PLC0415  the same

        self.rdf = rdflib
        self.graph = rdflib.Graph(bind_namespaces="none")
        self.known: set[str] = set()
        self.dcat, self.dct, self.foaf = namespace.DCAT, namespace.DCTERMS, namespace.FOAF
        self.skos, self.xsd, self.type = namespace.SKOS, namespace.XSD, namespace.RDF.type
        self.vcard = rdflib.Namespace("http://www.w3.org/2006/vcard/ns#")
        self.spdx = rdflib.Namespace("http://spdx.org/rdf/terms#")
        self.hydra = rdflib.Namespace("http://www.w3.org/ns/hydra/core#")
        for prefix in ("dcat", "dct", "foaf", "skos", "vcard", "spdx", "hydra", "xsd"):
            self.graph.bind(prefix, str(getattr(self, prefix)))

    def thing(self, iri: str, kind: Any, **texts: str) -> Any:
        """Say of ``iri`` what it is, once; ``texts`` are names by language."""
        node = self.rdf.URIRef(iri)
        if iri not in self.known:
            self.known.add(iri)
            self.graph.add((node, self.type, kind))
            if kind == self.skos.Concept:
                self.words(node, self.skos.prefLabel, **texts)
        return node

    def words(self, node: Any, says: Any, **texts: str) -> None:
        for language, text in texts.items():
            if text:
                self.graph.add((node, says, self.rdf.Literal(text, lang=language)))

    def typed(self, node: Any, says: Any, value: Any, kind: Any = None) -> None:
        if value is not None:
            self.graph.add((node, says, self.rdf.Literal(value, datatype=kind)))

    def link(self, node: Any, says: Any, other: Any) -> None:
        self.graph.add((node, says, other))

    def catalogue(self, datasets: list[Dataset], here: str, further: str) -> None:
        node = self.thing(address("list"), self.dcat.Catalog)
        names = settings.SITE_NAME
        self.words(
            node, self.dct.title, ko=f"{names['ko']} 공개 데이터", en=f"Open data of {names['en']}"
        )
        self.words(
            node,
            self.dct.description,
            ko=f"{names['ko']}가 공개하는 데이터의 목록입니다.",
            en=f"The data that {names['en']} publishes.",
        )
        self.link(node, self.dct.publisher, self.city())
        self.link(
            node, self.foaf.homepage, self.thing(address("list") + "#page", self.foaf.Document)
        )
        self.link(node, self.dct.spatial, self.thing(KOREA, self.dct.Location))
        themes = self.thing(THEMES, self.skos.ConceptScheme)
        self.words(themes, self.dct.title, en="Data theme", ko="데이터 주제")
        self.link(node, self.dcat.themeTaxonomy, themes)
        self.languages(node)
        if datasets:
            newest = max(dataset.modified_at for dataset in datasets)
            self.typed(node, self.dct.modified, newest, self.xsd.dateTime)
        for dataset in datasets:
            self.link(node, self.dcat.dataset, self.dataset(dataset))
        self.pages(here, further)

    def pages(self, here: str, further: str) -> None:
        """Say how to reach the next page, as harvesters expect."""
        page = self.thing(here, self.hydra.PagedCollection)
        if further:
            self.link(page, self.hydra.next, self.rdf.URIRef(further))
            self.link(page, self.hydra.nextPage, self.rdf.Literal(further))

    def dataset(self, dataset: Dataset) -> Any:
        node = self.thing(address("detail", dataset.name), self.dcat.Dataset)
        self.words(node, self.dct.title, ko=dataset.title_ko, en=dataset.title_en)
        self.words(node, self.dct.description, ko=dataset.notes_ko, en=dataset.notes_en)
        self.typed(node, self.dct.identifier, str(dataset.uuid))
        self.typed(node, self.dct.issued, dataset.published_at, self.xsd.dateTime)
        self.typed(node, self.dct.modified, dataset.modified_at, self.xsd.dateTime)
        self.typed(node, self.rdf.URIRef(f"{self.dcat}version"), str(dataset.data.number))
        self.link(node, self.dct.publisher, self.agent(dataset.publisher))
        self.link(node, self.dcat.contactPoint, self.contact(dataset))
        self.link(node, self.dct.accrualPeriodicity, self.frequency(dataset.frequency))
        for word in dataset.keywords:
            self.words(node, self.dcat.keyword, ko=word)
        if dataset.theme:
            self.link(node, self.dcat.theme, self.theme(dataset.theme))
        self.languages(node)
        self.extent(node, dataset)
        for version in dataset.public_versions[:1]:
            for shape in SHAPES:
                self.link(node, self.dcat.distribution, self.distribution(dataset, version, shape))
        return node

    def extent(self, node: Any, dataset: Dataset) -> None:
        """Say which place and which time the data cover."""
        self.link(node, self.dct.spatial, self.thing(KOREA, self.dct.Location))
        if dataset.place:
            place = self.thing(f"{node}#place", self.dct.Location)
            self.words(place, self.skos.prefLabel, ko=dataset.place)
            self.link(node, self.dct.spatial, place)
        if dataset.covers_from or dataset.covers_until:
            period = self.thing(f"{node}#period", self.dct.PeriodOfTime)
            self.typed(period, self.dcat.startDate, dataset.covers_from, self.xsd.date)
            self.typed(period, self.dcat.endDate, dataset.covers_until, self.xsd.date)
            self.link(node, self.dct.temporal, period)

    def distribution(self, dataset: Dataset, version: Version, shape: str) -> Any:
        media, file_type = SHAPES[shape]
        link = address("version_download", dataset.name, version.number, shape)
        node = self.thing(f"{address('detail', dataset.name)}#{shape}", self.dcat.Distribution)
        self.words(
            node,
            self.dct.title,
            ko=f"{dataset.title_ko} ({file_type})",
            en=dataset.title_en and f"{dataset.title_en} ({file_type})",
        )
        self.words(node, self.dct.description, ko=f"{version.number}번째 판, {version.rows}행")
        for says in (self.dcat.accessURL, self.dcat.downloadURL):
            self.link(node, says, self.rdf.URIRef(link))
        self.link(node, self.dcat.mediaType, self.thing(f"{IANA}/{media}", self.dct.MediaType))
        kind = self.thing(f"{EU}/file-type/{file_type}", self.dct.MediaTypeOrExtent)
        self.link(node, self.dct["format"], kind)
        self.link(node, self.dct.license, self.licence(dataset.terms))
        stable = self.thing(f"{EU}/planned-availability/STABLE", self.skos.Concept, en="stable")
        availability = self.rdf.URIRef("http://data.europa.eu/r5r/availability")
        self.link(node, availability, stable)
        self.typed(node, self.dct.issued, version.released_at, self.xsd.dateTime)
        if shape == "csv":
            self.checksum(node, version)
        return node

    def checksum(self, node: Any, version: Version) -> None:
        self.typed(node, self.dcat.byteSize, version.text_size, self.xsd.nonNegativeInteger)
        sum_ = self.thing(f"{node}-sha256", self.spdx.Checksum)
        algorithm = self.thing(f"{self.spdx}checksumAlgorithm_sha256", self.spdx.ChecksumAlgorithm)
        self.link(sum_, self.spdx.algorithm, algorithm)
        self.typed(sum_, self.spdx.checksumValue, version.text_sha256, self.xsd.hexBinary)
        self.link(node, self.spdx.checksum, sum_)

    def licence(self, licence: Licence) -> Any:
        node = self.thing(licence.url, self.dct.LicenseDocument)
        self.words(node, self.dct.title, ko=licence.name_ko, en=licence.name_en)
        if licence.kind_url:
            kind = self.thing(
                licence.kind_url, self.skos.Concept, en=licence.kind_url.rpartition("/")[2]
            )
            self.link(node, self.dct.type, kind)
        return node

    def agent(self, department: Department) -> Any:
        node = self.thing(f"{settings.SITE_URL}/departments/{department.code}", self.foaf.Agent)
        self.words(node, self.foaf.name, ko=department.name_ko, en=department.name_en)
        self.local_authority(node)
        return node

    def city(self) -> Any:
        node = self.thing(f"{settings.SITE_URL}/#city", self.foaf.Agent)
        self.words(node, self.foaf.name, **settings.SITE_NAME)
        self.local_authority(node)
        return node

    def local_authority(self, node: Any) -> None:
        kind = "http://purl.org/adms/publishertype/LocalAuthority"
        self.link(node, self.dct.type, self.thing(kind, self.skos.Concept, en="Local authority"))

    def contact(self, dataset: Dataset) -> Any:
        node = self.thing(f"{address('detail', dataset.name)}#contact", self.vcard.Kind)
        name = dataset.contact or dataset.publisher.name_ko
        self.graph.add((node, self.vcard.fn, self.rdf.Literal(name)))
        if dataset.contact_email:
            mail = self.rdf.URIRef(f"mailto:{dataset.contact_email}")
            self.link(node, self.vcard.hasEmail, mail)
        return node

    def theme(self, theme: Theme) -> Any:
        node = self.thing(f"{THEMES}/{theme.eu_code}", self.skos.Concept)
        self.words(node, self.skos.prefLabel, ko=theme.name_ko, en=theme.name_en)
        return node

    def frequency(self, frequency: str) -> Any:
        code = Frequency(frequency).value.upper()
        return self.thing(f"{EU}/frequency/{code}", self.dct.Frequency)

    def languages(self, node: Any) -> None:
        for iri in LANGUAGES.values():
            self.link(node, self.dct.language, self.thing(iri, self.dct.LinguisticSystem))
