"""Where is Leaflet, and what of it goes into the page?

XStatic-Leaflet is an old-style namespace package, which newer Pythons do not import; its files are
found through its metadata instead.
"""

from __future__ import annotations

import base64
import re
from functools import cache
from importlib.metadata import distribution
from pathlib import Path

__all__ = ["leaflet_css", "leaflet_icons", "leaflet_js"]

_FOLDER = "xstatic/pkg/leaflet/data/"
_IMAGE = re.compile(r"url\((images/[a-z0-9-]{1,40}\.png)\)")
_SOURCE_MAP = re.compile(r"\n//# sourceMappingURL=[^\n]{1,100}")


@cache
def leaflet_js() -> str:
    """Return Leaflet's script, without the pointer to a file that a single page cannot have."""
    return _SOURCE_MAP.sub("", _file("leaflet.js").read_text(encoding="utf-8")).replace("\r\n", "\n")


@cache
def leaflet_css() -> str:
    """Return Leaflet's style sheet with its pictures inlined."""
    css = _file("leaflet.css").read_text(encoding="utf-8").replace("\r\n", "\n")
    return _IMAGE.sub(lambda found: f"url({_data_uri(found[1])})", css)


@cache
def leaflet_icons() -> dict[str, str]:
    """Return the pictures of Leaflet's own marker, which it would look for beside its script."""
    names = {"iconUrl": "marker-icon", "iconRetinaUrl": "marker-icon-2x", "shadowUrl": "marker-shadow"}
    return {option: _data_uri(f"images/{name}.png") for option, name in names.items()}


def _data_uri(name: str) -> str:
    return "data:image/png;base64," + base64.b64encode(_file(name).read_bytes()).decode("ascii")


def _file(name: str) -> Path:
    return Path(str(distribution("XStatic-Leaflet").locate_file(_FOLDER + name)))
