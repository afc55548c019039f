"""How does Sphinx make the pages of docs/ into a site that asks nobody for anything?

    sphinx-build -W --keep-going docs site

makes it, without a network; a warning is an error, and so is a page that would load a file from elsewhere.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from sphinx.errors import ExtensionError

from geoevents import __version__

project = "geoevents"
author = "geoevents"
copyright = "the geoevents authors, MIT licence"  # noqa: A001 - Sphinx calls it so
version = release = __version__

extensions = ["myst_nb", "sphinx.ext.autodoc", "sphinx.ext.viewcode"]
exclude_patterns = ["pictures/README.md"]
nitpicky = False

# Docstrings write names of code in single backticks.
default_role = "code"
autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_typehints_format = "short"
autodoc_preserve_defaults = True
maximum_signature_line_length = 130

myst_heading_anchors = 4
# Stored outputs are shown; tests/test_tutorial.py runs the notebook and compares.
nb_execution_mode = "off"

html_theme = "furo"
html_title = f"geoevents {release}"
html_copy_source = False
html_show_sphinx = False
html_static_path = ["pictures"]

_OUTSIDE = re.compile(r"\[([^\]]{1,200})\]\(\.\./[^)]{1,200}\)")
_LOADS = re.compile(
    r"""<(?:script|img|iframe|source|link)\b[^>]{0,400}?\b(?:src|href)="((?:https?:)?//[^"]{1,300})"""
)
_STYLES = re.compile(r"""(?:@import|url\()\s?["']?((?:https?:)?//[^"')\s]{1,300})""")


def _loads_from_elsewhere(folder: Path) -> list[str]:
    """Return what a page or a style sheet of the site would load from another server."""
    found = []
    for path in sorted(folder.rglob("*")):
        pattern = {".html": _LOADS, ".css": _STYLES}.get(path.suffix)
        if pattern is not None:
            text = path.read_text(encoding="utf-8")
            found += [f"{path.relative_to(folder)}: {match[1]}" for match in pattern.finditer(text)]
    return found


def _refuse_foreign_files(app: Any, error: Exception | None) -> None:
    if error is None and app.builder.format == "html":
        found = _loads_from_elsewhere(Path(app.outdir))
        if found:
            raise ExtensionError("the site would load from elsewhere: " + "; ".join(found))


def _name_what_is_not_here(_app: Any, _name: str, source: list[str]) -> None:
    """Turn links to files outside docs/, which the site has not, into plain words."""
    source[0] = _OUTSIDE.sub(r"\1", source[0])


def setup(app: Any) -> None:
    """Keep to what the site has, and look through it when it is finished."""
    app.connect("source-read", _name_what_is_not_here)
    app.connect("build-finished", _refuse_foreign_files)
