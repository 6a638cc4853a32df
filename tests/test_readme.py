"""README and docs tell the truth: what they name is what the project has."""

import ast
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import get_commands
from django.db import connection

from portal.accounts.domain.cast import CAST
from portal.audit.governed import TRIGGER

ROOT = Path(settings.BASE_DIR)
README = (ROOT / "README.md").read_text()
ARCHITECTURE = (ROOT / "docs" / "architecture.md").read_text()
READERS = {"flag", "words", "number", "level", "scanner", "get"}
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


def variables_read_by(path):
    """The names that a module asks the environment for, by ``get`` or by a reader of settings."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Subscript) and ast.unparse(node.value) == "os.environ":
            found |= constant(node.slice)
        if isinstance(node, ast.Call) and called(node) and node.args:
            found |= constant(node.args[0])
    return found


def called(node):
    name = ast.unparse(node.func)
    return name in READERS or name == "os.environ.get"


def constant(node):
    return {node.value} if isinstance(node, ast.Constant) and isinstance(node.value, str) else set()


def table_of(name):
    """The first cells of the table between two marks of the README."""
    part = README.split(f"<!-- {name} -->")[1].split(f"<!-- end of {name} -->")[0]
    return re.findall(r"^\| `([A-Z_]+)` \|", part, re.MULTILINE)


def test_the_table_of_settings_names_what_the_settings_read():
    themes = (ROOT / "portal" / "settings").glob("*.py")
    read = set().union(*(variables_read_by(path) for path in themes))

    assert sorted(table_of("settings")) == sorted(read)


def test_the_table_of_tools_names_what_the_tools_read():
    read = set().union(*(variables_read_by(path) for path in (ROOT / "tools").glob("*.py")))
    of_tests = {"REQUIRE_BROWSER", "CHROMIUM", "REAL_INPUT"}

    assert set(table_of("tools")) == (read | of_tests) - set(table_of("settings")) - {"PATH"}


def test_every_command_that_is_named_exists():
    named = set(re.findall(r"manage\.py ([a-z_]+)", README))

    assert named - set(get_commands()) == set()


def test_every_target_of_make_is_named():
    targets = set(re.findall(r"^([a-z]+):.*## ", (ROOT / "Makefile").read_text(), re.MULTILINE))

    assert targets - {"help"} == set(re.findall(r"`make ([a-z]+)", README))


def test_everyone_of_the_cast_is_introduced():
    between = {f"member{n}" for n in range(3, 8)}

    assert [p.name for p in CAST if p.name not in README] == []
    assert [p.key for p in CAST if f"`{p.key}`" not in README and p.key not in between] == []


def test_the_table_of_tasks_names_the_schedule():
    scheduled = [
        entry["task"].removeprefix("portal.").replace(".tasks.", ".")
        for entry in settings.CELERY_BEAT_SCHEDULE.values()
    ]

    named = re.findall(r"^\| [^|]+ \| `([a-z]+\.[a-z_]+)` \|", ARCHITECTURE, re.MULTILINE)

    assert sorted(named) == sorted(scheduled)


def test_every_governed_table_is_named(db):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = %s", [TRIGGER]
        )
        governed = {row[0] for row in cursor.fetchall()}

    part = ARCHITECTURE.split("without an act on it:")[1].split("Acts are sealed")[0]
    assert set(re.findall(r"`([a-z_]+)`", part)) == governed


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_lead_to_files(document):
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)", document.read_text())

    assert [link for link in links if not (document.parent / link).exists()] == []
