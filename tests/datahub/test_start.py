"""What the web does not carry from its start."""

import subprocess
import sys

HEAVY = ("duckdb", "pyarrow", "rdflib", "python_calamine")
SCRIPT = """
import sys, django
django.setup()
from django.urls import get_resolver
get_resolver().url_patterns
print([name for name in %r if name in sys.modules])
"""


def test_heavy_libraries_are_not_loaded_at_the_start():
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT % (HEAVY,)], capture_output=True, text=True, check=True
    )

    assert done.stdout.strip() == "[]"
