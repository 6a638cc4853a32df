"""What holds across all apps: who may move a state, what reaches a page, what a start loads."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models

from portal.lifecycle import Living

ROOT = Path(settings.BASE_DIR)
APPS = ("portal", "governance", "datahub", "livinglabs", "evaluation")
SOURCES = sorted(
    path for app in APPS for path in (ROOT / app).rglob("*.py") if "migrations" not in path.parts
)
SCRIPTS = sorted((ROOT / "static").rglob("*.js"))
HEAVY = {"kiwipiepy", "pyarrow", "duckdb", "typst", "rdflib", "fontTools", "pandas", "numpy"}
SIGNALS = ("django.db.models.signals", "django.dispatch")


def name_of(path):
    return str(path.relative_to(ROOT))


def calls(path):
    """The attribute calls of a module: ``proposal.move(…)`` gives ``("move", line)``."""
    tree = ast.parse(path.read_text())
    return [
        (node.func.attr, node.lineno)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    ]


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_a_module_says_first_what_it_knows(path):
    tree = ast.parse(path.read_text())

    small = path.name in {"__init__.py", "apps.py"} or not tree.body
    assert small or ast.get_docstring(tree)


def test_only_the_domain_moves_a_state():
    movers = {
        name_of(path)
        for path in SOURCES
        for name, _line in calls(path)
        if name == "move" and "domain" not in path.parts
    }

    assert movers == set()


def test_nothing_listens_to_signals():
    listeners = [name_of(path) for path in SOURCES if any(s in path.read_text() for s in SIGNALS)]

    assert listeners == []


def says_who_may_see(model):
    return hasattr(model._default_manager.all(), "visible_to")


def test_what_passes_through_states_or_its_parent_says_who_may_see_it():
    unsaid = [
        model._meta.label
        for model in apps.get_models()
        if issubclass(model, Living)
        and not says_who_may_see(model)
        and not any(
            says_who_may_see(field.related_model)
            for field in model._meta.fields
            if field.many_to_one and issubclass(field.related_model, Living)
        )
    ]

    assert unsaid == []


def test_what_get_allowed_fetches_says_who_may_see_it():
    unsaid = []
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text())):
            if not isinstance(node, ast.Call) or getattr(node.func, "id", "") != "get_allowed":
                continue
            source = ast.unparse(node.args[2])
            model = next(
                (m for m in apps.get_models() if source.startswith(f"{m.__name__}.objects")), None
            )
            if model and not says_who_may_see(model):
                unsaid.append(f"{name_of(path)}: {source}")

    assert unsaid == []


def test_every_constraint_and_index_has_a_name_that_reads():
    ours = [model for model in apps.get_models() if model.__module__.split(".")[0] in APPS]
    made_up = [
        (model._meta.label, thing.name)
        for model in ours
        for thing in [*model._meta.constraints, *model._meta.indexes]
        if isinstance(thing, (models.Index, models.BaseConstraint))
        and (not thing.name or thing.name.endswith(("_idx", "_uniq", "_check")))
    ]

    assert made_up == []


@pytest.mark.parametrize("script", SCRIPTS, ids=name_of)
def test_no_script_loads_from_elsewhere(script):
    text = script.read_text()

    assert "http://" not in text.replace("http://www.w3.org", "")
    assert "https://" not in text
    assert "eval(" not in text
    assert "innerHTML" not in text


def test_a_start_loads_no_heavy_library():
    ran = subprocess.run(
        [sys.executable, "-c", "import sys, portal.wsgi; print(*sys.modules, sep='\\n')"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )

    assert HEAVY & set(ran.stdout.split()) == set()


def test_the_storeys_hold():
    program = Path(sys.executable).with_name("lint-imports")

    ran = subprocess.run(
        [program, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert ran.returncode == 0, ran.stdout[-3000:]
