"""Font files for PDFs: Pretendard with every Hangul syllable, unpacked from its web form.

Run in the virtual environment: ``python -m tools.fonts NODE_MODULES FOLDER``.
"""

import sys
from pathlib import Path

from fontTools.ttLib import TTFont

WEIGHTS = {400: "Regular", 700: "Bold"}


def unpack(modules: Path, folder: Path) -> None:
    """Write ``Pretendard-Regular`` and ``-Bold`` as plain TrueType files, with their licence."""
    package = modules / "@fontsource" / "pretendard"
    folder.mkdir(parents=True, exist_ok=True)
    for weight, name in WEIGHTS.items():
        with TTFont(package / "files" / f"pretendard-latin-{weight}-normal.woff2") as font:
            font.flavor = None
            font.save(folder / f"Pretendard-{name}.ttf")
    (folder / "LICENSE.txt").write_bytes((package / "LICENSE").read_bytes())


if __name__ == "__main__":
    unpack(Path(sys.argv[1]), Path(sys.argv[2]))
