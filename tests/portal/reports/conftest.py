import pytest

from portal import registry
from portal.registry import Shelf
from portal.reports.domain import runs
from tests.factories import reports


@pytest.fixture(autouse=True)
def only_kind(monkeypatch):
    """The one report that exists in these tests; changed by putting another in its place."""
    shelf = Shelf()
    shelf.add(reports.kind())
    monkeypatch.setattr(registry, "report_kinds", shelf)
    return shelf


@pytest.fixture
def published(db):
    """A report on October, published."""
    return runs.build(runs.request(reports.KIND, "2026-10"))


@pytest.fixture
def files(published, tmp_path):
    """Its files, downloaded: paths by format."""
    paths = {}
    for artefact in published.artefacts.all():
        paths[artefact.format] = tmp_path / artefact.name
        paths[artefact.format].write_bytes(artefact.file.open("rb").read())
    return paths
