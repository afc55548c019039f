"""How does a feature collection become one HTML file that asks nobody for anything?

A `folium.Map` in a figure of its own. Stock folium compiles the output of each macro as a template
again, so that `{{ ... }}` from a text runs as Python, and loads ten files from five hosts; here a
macro's output goes into the page as it is, Leaflet alone is inlined, and a content security policy
names every script by its hash.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from functools import cache
from importlib.resources import files
from typing import Any

import folium
from branca.element import Element, Figure
from folium.template import Template

from geoevents.maps.blocks import data_block
from geoevents.maps.leaflet import leaflet_css, leaflet_icons, leaflet_js
from geoevents.maps.markup import _safe, in_attribute
from geoevents.maps.tiles import Tiles, tile_hosts, tiles_named

__all__ = ["EventMap", "SafeMacro"]

STYLES = ("page.css", "map.css", "panel.css", "projector.css", "print.css")
# In order of dependency; each file answers one question and adds to the object `geoevents`.
SCRIPTS = (
    "inflate.js",
    "columns.js",
    "dom.js",
    "mercator.js",
    "geodesy.js",
    "theme.js",
    "store.js",
    "tolls.js",
    "facets.js",
    "scene.js",
    "basemap.js",
    "labels.js",
    "marks.js",
    "clusters.js",
    "events.js",
    "places.js",
    "claims.js",
    "axis.js",
    "cards.js",
    "detail.js",
    "evidence.js",
    "table.js",
    "legend.js",
    "timeline.js",
    "actions.js",
    "page.js",
)
_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)
# Files that a layer of folium's loads, by addresses that nobody but the caller wrote.
_LOADED_SCRIPT = re.compile(r"""<script src="(https://[^"'\s;,<>]{1,300})"></script>""")
_LOADED_STYLE = re.compile(r"""<link rel="stylesheet" href="(https://[^"'\s;,<>]{1,300})"\s?/>""")
_MAX_ZOOM = 16


class _Raw(Element):
    """Text that is put into the page as it is."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text

    def render(self, **_: object) -> str:
        return self._text


class SafeMacro(Element):
    """A macro element whose output is not compiled again as a template."""

    def render(self, **kwargs: object) -> str:
        """Put the output of the macros into the figure, and render what hangs on this element."""
        figure = self.get_root()
        macros = self._template.module.__dict__
        for part in ("header", "html", "script"):
            if part in macros:
                getattr(figure, part).add_child(_Raw(macros[part](self, kwargs)), name=self.get_name())
        for child in list(self._children.values()):
            child.render(**kwargs)
        return ""


class _Page(Figure):
    """The document around the map: head, policy, skeleton, data blocks, scripts."""

    def __init__(self, title: str, tiles: Tiles | None = None) -> None:
        super().__init__()
        self.page_title = title
        self.tiles = tiles
        self.header.add_child(_Raw(""), name="meta_http")

    def render(self, **kwargs: object) -> str:
        """Return the whole document. Elements are numbered in order, so that nothing in it is random."""
        for number, element in enumerate(_descendants(self), start=1):
            element._id = str(number)  # noqa: SLF001 -- branca's own field, and there is no setter
        for child in list(self._children.values()):
            child.render(**kwargs)
        layers = [child for child in _descendants(self) if not isinstance(child, EventMap)]
        extra = _for_folium() if layers else ""
        body = _parts(self.html, kwargs) + f"<script>\n{_parts(self.script, kwargs)}\n</script>"
        head = "".join(f"<style>\n{text}\n</style>\n" for text in (leaflet_css(), *map(_asset, STYLES)))
        scripts = (leaflet_js(), *map(_asset, SCRIPTS))
        head += "".join(f"<script>\n{text}\n</script>\n" for text in scripts)
        head += extra + _parts(self.header, kwargs)
        urls = [layer.tiles for layer in layers if isinstance(layer, folium.TileLayer)]
        hosts = [tile_hosts(url) for url in [*([self.tiles.url] if self.tiles else []), *urls]]
        # A server of tiles may ask who shows them; a page without any tells nobody anything.
        referrer = "strict-origin-when-cross-origin" if hosts else "no-referrer"
        return (
            '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
            f"{_policy(head + body, hosts)}\n"
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            f'<meta name="referrer" content="{referrer}">\n<link rel="icon" href="data:,">\n'
            f"<title>{_ascii(_safe(self.page_title))}</title>\n{head}</head>\n<body>\n{body}\n</body>\n</html>\n"
        )

    def _repr_html_(self, **kwargs: object) -> str:
        document = in_attribute(self.render(**kwargs))
        return (
            f'<iframe srcdoc="{document}" sandbox="allow-scripts allow-downloads" '
            f'title="{_ascii(_safe(self.page_title))}" loading="lazy" '
            'style="width:100%;height:640px;border:1px solid #ccc"></iframe>'
        )


class EventMap(SafeMacro, folium.Map):
    """A `folium.Map` with the events, places and claims of a feature collection and their evidence.

    It can be extended like any folium map, at the price that folium asks: whatever is handed to
    its popups, tooltips and icons is compiled as a template and put into the page as script. Never
    hand text from a document to them, but to `geoevents.safe_popup` and `geoevents.safe_tooltip`.
    The page's policy lets no file be loaded from the network but those that an added layer names.
    """

    _template = Template(
        "{% macro html(this, kwargs) %}{{ this.skeleton() }}{% endmacro %}"
        "{% macro script(this, kwargs) %}"
        "var {{ this.get_name() }} = L.map({{ this.get_name()|tojson }}, {{ this.options|tojavascript }});\n"
        "geoevents.start({{ this.get_name() }}, {{ this.tiles|tojson }});"
        "{% endmacro %}"
    )

    def __init__(
        self,
        *,
        title: str,
        blocks: dict[str, str],
        tiles: str | None = None,
        picture: Callable[[], bytes | None] | None = None,
    ) -> None:
        super().__init__(tiles=None)
        self.options = {
            "center": [20.0, 10.0],
            "zoom": 2,
            "min_zoom": 1,
            "max_zoom": _MAX_ZOOM,
            "zoom_snap": 0.25,
            "zoom_delta": 0.5,
            "world_copy_jump": True,
            "attribution_control": False,
            "zoom_control": False,
        }
        self.default_js: list[tuple[str, str]] = []
        self.default_css: list[tuple[str, str]] = []
        self.blocks = blocks
        self.picture = picture
        background = None if tiles is None else tiles_named(tiles)
        self.tiles = None if background is None else asdict(background)
        _Page(title, background).add_child(self)

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        """Return the page in a frame, and a picture for where frames are not shown."""
        bundle = {"text/plain": repr(self), "text/html": self._repr_html_()}
        picture = None if self.picture is None else self.picture()
        if picture is not None:
            bundle["image/png"] = base64.b64encode(picture).decode("ascii")
        return bundle

    def skeleton(self) -> str:
        """Return the page's markup, without a word from any document, and the packed data."""
        page = _asset("page.html").replace("MAP_ID", self.get_name())
        return page + "".join(f"{data_block(name, block)}\n" for name, block in self.blocks.items())


def _descendants(element: Any) -> Iterator[Any]:
    for child in element._children.values():  # noqa: SLF001 -- branca offers no other way down
        yield child
        yield from _descendants(child)


def _parts(element: Any, kwargs: dict[str, object]) -> str:
    return "\n".join(child.render(**kwargs) for child in element._children.values())  # noqa: SLF001


def _policy(markup: str, hosts: Iterable[str]) -> str:
    """Return the policy: the scripts and styles that stand in the page, and what added layers name."""
    scripts = " ".join([*_hashes(_SCRIPT, markup), *dict.fromkeys(_LOADED_SCRIPT.findall(markup))])
    styles = " ".join([*_hashes(_STYLE, markup), *dict.fromkeys(_LOADED_STYLE.findall(markup))])
    pictures = " ".join(["data:", "blob:", *dict.fromkeys(hosts)])
    return (
        '<meta http-equiv="Content-Security-Policy" content="'
        f"default-src 'none'; script-src {scripts}; style-src {styles}; "
        f"img-src {pictures}; base-uri 'none'; form-action 'none'\">"
    )


def _for_folium() -> str:
    """Return what folium's own popups and markers expect of a page, which ours do without."""
    icons = json.dumps(leaflet_icons())
    return f"<script>\n{_asset('folium.js').replace('ICONS', icons)}\n</script>\n"


def _hashes(pattern: re.Pattern[str], markup: str) -> list[str]:
    digests = (hashlib.sha256(found[1].encode("utf-8")).digest() for found in pattern.finditer(markup))
    return list(dict.fromkeys(f"'sha256-{base64.b64encode(digest).decode('ascii')}'" for digest in digests))


def _ascii(markup: str) -> str:
    return markup.encode("ascii", "xmlcharrefreplace").decode("ascii")


@cache
def _asset(name: str) -> str:
    """Return a file of ours in ASCII: the policy's hashes hold in whatever encoding the page is read."""
    text = (files("geoevents.maps") / "assets" / name).read_text(encoding="utf-8")
    if name.endswith(".js"):
        return text.encode("ascii", "backslashreplace").decode("ascii")
    return text
