"""How do events, places and claims look on a map?

One feature collection in; out comes one HTML file (the map, the evidence beside it, and everything
they need, with no request to anybody when it is opened), a still picture, or TimeMap's JSON. This is
the only package that imports folium, and it does so when the first map is built: most commands never
draw one.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geoevents.errors import OptionError
from geoevents.exports.layers import Findings, collection_of
from geoevents.exports.timemap import timemap
from geoevents.maps.aggregate import MOST_EVENTS, aggregated, count_events
from geoevents.maps.blocks import packed, packed_json
from geoevents.maps.contents import data_blocks
from geoevents.maps.embedding import embed_snippets
from geoevents.maps.extent import first_view
from geoevents.maps.layout import Size
from geoevents.maps.sheets import cell_sheets, city_rows, disputed_areas, names, world_sheet
from geoevents.maps.stills import STILL_SUFFIXES, require_matplotlib, still
from geoevents.maps.wording import heading

if TYPE_CHECKING:
    import folium

__all__ = [
    "MAP_SUFFIXES",
    "MOST_EVENTS",
    "Size",
    "build_map",
    "check_map_target",
    "embed_snippets",
    "safe_popup",
    "safe_tooltip",
    "write_map",
]

MAP_SUFFIXES = frozenset({".html", ".htm", ".json"}) | STILL_SUFFIXES


def build_map(findings: Findings, *, title: str | None = None, tiles: str | None = None) -> folium.Map:
    """Draw analyses, or a feature collection of them, as a page; `title` defaults to the headline.

    What comes back is a `folium.Map`: add folium's own layers to it, and `render()` its root. What
    geoevents draws is safe whatever the texts say. What you add is as safe as folium is: folium
    compiles the output of each of its elements as a template once more, and puts popups and tooltips
    into the page as script, so that words of a document in them would run, as Python while the page is
    made and as JavaScript when it is opened. Hand such words only to `safe_popup` and `safe_tooltip`.

    The page asks nobody for anything unless you let it: `tiles` names an online background
    ("OpenStreetMap", "CartoDB Positron"; any that folium knows), and an added layer that loads files
    is allowed those files. More than `MOST_EVENTS` events are drawn together by cells and months.
    Raises `OptionError` for what is no collection and for unknown tiles.
    """
    from geoevents.maps.page import EventMap  # late: start-up time

    collection = collection_of(findings)
    head = title or heading(collection)
    if count_events(collection) > MOST_EVENTS:
        collection = aggregated(collection)
    region = first_view(collection)
    view = None if region is None else [region.west, region.south, region.east, region.north]
    bounds, cells = cell_sheets(region)
    named = names() | {"cities": city_rows(region), "disputed": disputed_areas(), "cells": bounds}
    blocks = data_blocks(collection, title=head, view=view) | {
        "ge-names": packed_json(named),
        "ge-110m": packed(world_sheet("110m")),
        "ge-50m": packed(world_sheet("50m")),
        "ge-10m": packed(cells),
    }
    return EventMap(title=head, blocks=blocks, tiles=tiles, picture=lambda: _picture(collection, head))


def write_map(
    findings: Findings,
    path: Path | str,
    *,
    title: str | None = None,
    tiles: str | None = None,
    size: Size | str = Size.SLIDE,
) -> Path:
    """Write the map of analyses, or of a feature collection, to one file, and return its path.

    The suffix says what it will be: `.html` the interactive page; `.png`, `.svg` or `.pdf` a still
    picture of the given `size` ("slide", "page", "column"), which needs the extra `stills`; `.json`
    the events for a TimeMap. Makes the folder. Raises `OptionError` where the path is a folder, cannot
    be written, or has another suffix.
    """
    target = check_map_target(path)
    return write_bytes(target, _rendered(collection_of(findings), target, title, tiles, _size(size)), "map")


def check_map_target(path: Path | str) -> Path:
    """Return the path if a map can be written there; raises `OptionError` if not.

    For who has long work to do first: the name of a file, with a suffix that is known, whose library
    is installed.
    """
    target = Path(path)
    if target.is_dir():
        raise OptionError(f"the map needs the name of a file, got the folder {str(target)!r}")
    suffix = target.suffix.lower()
    if suffix not in MAP_SUFFIXES:
        known = ", ".join(sorted(MAP_SUFFIXES))
        raise OptionError(f"a map is written as {known}; {str(target)!r} ends in none of them")
    if suffix in STILL_SUFFIXES:
        require_matplotlib()
    return target


def write_bytes(target: Path, data: bytes, noun: str) -> Path:
    """Write a finished file with its folder. Raises `OptionError` naming the path and the reason."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    except OSError as error:
        raise OptionError(f"cannot write the {noun} to {str(target)!r}: {error.strerror}") from error
    return target


def _rendered(
    collection: Mapping[str, Any], target: Path, title: str | None, tiles: str | None, size: Size
) -> bytes:
    suffix = target.suffix.lower()
    if suffix in STILL_SUFFIXES:
        return still(collection, suffix=suffix, title=title, size=size)
    if suffix == ".json":
        return json.dumps(timemap(collection), ensure_ascii=True, indent=1).encode("ascii")
    page: str = build_map(collection, title=title, tiles=tiles).get_root().render()
    return page.encode("utf-8")


def _size(size: Size | str) -> Size:
    try:
        return Size(size)
    except ValueError:
        sizes = ", ".join(one.value for one in Size)
        raise OptionError(f"a still picture has the size {sizes}, not {size!r}") from None


def safe_popup(text: str, *, max_width_px: int = 320) -> folium.Popup:
    """Return a popup for folium's layers that shows text as text, whatever is in it.

    It holds in any folium map, not only in ours: the words travel as base64 and reach the page by
    `textContent`, so that neither folium's templates nor the browser ever reads them as code.
    """
    from geoevents.maps.popups import SafePopup  # late: start-up time

    return SafePopup(text, max_width_px=max_width_px)


def safe_tooltip(text: str) -> folium.Tooltip:
    """Return a tooltip for folium's layers that shows text as text, as `safe_popup` does."""
    from geoevents.maps.popups import SafeTooltip  # late: start-up time

    return SafeTooltip(text)


def _picture(collection: Mapping[str, Any], title: str) -> bytes | None:
    """Return the still picture for a notebook, `None` where matplotlib is not installed."""
    try:
        return still(collection, suffix=".png", title=title, size=Size.PAGE)
    except OptionError:
        return None
