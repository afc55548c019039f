"""Which online background does a name mean, and whom must the page then be allowed to ask?"""

from __future__ import annotations

import html
import re
import warnings
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from geoevents.errors import OptionError

__all__ = ["Tiles", "tile_hosts", "tiles_named"]

_GOOD = "'OpenStreetMap' or 'OpenTopoMap'"
_OF_TILES = frozenset("xyzs")
_PLACEHOLDER = re.compile(r"\{(\w{1,20})\}")
_UNFILLED = re.compile(r"\{(?![xyzs]\})")
_MARKUP = re.compile(r"<[^<>]{0,300}>")


@dataclass(frozen=True, slots=True, kw_only=True)
class Tiles:
    """An online background: its address with placeholders, whom to credit, and how far it zooms."""

    url: str
    credit: str
    max_zoom: int


def tiles_named(name: str) -> Tiles:
    """Return the background that folium and its list of services know by this name.

    Raises `OptionError` for an unknown one and for one that wants a key.
    """
    import xyzservices.providers  # late: only who asks for tiles needs the list

    wanted = "OpenStreetMap Mapnik" if name.lower() == "openstreetmap" else name
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that a service has come to want a key is said below
        try:
            provider: Any = xyzservices.providers.query_name(wanted)
        except ValueError:
            raise OptionError(f"no online tiles are called {name!r}; try {_GOOD}") from None
        url = _PLACEHOLDER.sub(lambda found: _filled(found[1], provider), provider["url"])
        if provider.requires_token() or "key" in url.lower() or _UNFILLED.search(url):
            raise OptionError(f"the tiles {name!r} want a key of their server; try {_GOOD}")
    credit = _MARKUP.sub("", str(provider.get("html_attribution") or provider.get("attribution") or name))
    return Tiles(url=url, credit=html.unescape(credit), max_zoom=int(provider.get("max_zoom", 18)))


def _filled(key: str, provider: Any) -> str:
    """Return what stands for a placeholder; those of the tile itself stay, doubled resolution goes."""
    if key in _OF_TILES:
        return f"{{{key}}}"
    return "" if key == "r" else str(provider.get(key, f"{{{key}}}"))


def tile_hosts(url: str) -> str:
    """Return whom a page asks for tiles, as a content security policy names hosts.

    >>> tile_hosts("https://{s}.tile.example.org/{z}/{x}/{y}.png")
    'https://*.tile.example.org'
    """
    parts = urlsplit(url.replace("{s}", "*"))
    return f"{parts.scheme}://{parts.netloc}"
