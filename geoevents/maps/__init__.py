"""How do events, places and claims look on a map?

One feature collection in, one HTML file out: the map, the evidence beside it, and everything they
need, with no request to anybody when it is opened. This is the only package that imports folium,
and it does so when the first map is built: most commands never draw one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geoevents.errors import OptionError
from geoevents.exports import feature_collection
from geoevents.maps.blocks import packed, packed_json
from geoevents.maps.contents import data_blocks
from geoevents.maps.extent import first_view
from geoevents.maps.shapes import claim_shapes
from geoevents.maps.sheets import cell_sheets, city_rows, disputed_areas, names, world_sheet
from geoevents.model import Analysis

if TYPE_CHECKING:
    import folium

__all__ = ["build_map", "write_map"]


def build_map(collection: Mapping[str, Any], *, title: str | None = None) -> folium.Map:
    """Draw a feature collection as `geoevents.exports.feature_collection` makes it.

    The map is a `folium.Map` and can be extended with folium's own layers. Those run whatever is
    in the text that they are given: hand them no words of a document. `title` heads the page and
    defaults to the headline of a single document. Raises `OptionError` for what is no collection.
    """
    from geoevents.maps.page import EventMap  # late: start-up time

    if collection.get("type") != "FeatureCollection" or "features" not in collection:
        raise OptionError(f"not a feature collection: {collection.get('type')!r}")
    heading = title or _heading(collection)
    shaped = _with_shapes(collection)
    region = first_view(shaped)
    view = None if region is None else [region.west, region.south, region.east, region.north]
    bounds, cells = cell_sheets(region)
    return EventMap(
        title=heading,
        blocks=data_blocks(collection, title=heading, view=view)
        | {
            "ge-names": packed_json(
                names() | {"cities": city_rows(region), "disputed": disputed_areas(), "cells": bounds}
            ),
            "ge-110m": packed(world_sheet("110m")),
            "ge-50m": packed(world_sheet("50m")),
            "ge-10m": packed(cells),
        },
    )


def write_map(analyses: Iterable[Analysis], path: Path | str, *, title: str | None = None) -> Path:
    """Write the map of some analyses to one HTML file, making its folder, and return its path.

    Raises `OptionError` where the path is a folder or cannot be written.
    """
    target = Path(path)
    if target.is_dir():
        raise OptionError(f"the map needs the name of a file, got the folder {str(target)!r}")
    page = build_map(feature_collection(analyses), title=title).get_root().render()
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(page.encode("utf-8"))
    except OSError as error:
        raise OptionError(f"cannot write the map to {str(target)!r}: {error.strerror}") from error
    return target


def _heading(collection: Mapping[str, Any]) -> str:
    documents = collection.get("geoevents", {}).get("documents", [])
    if len(documents) == 1:
        return str(documents[0].get("title") or documents[0].get("id") or "Events")
    return f"Events in {len(documents):,} documents" if documents else "Events"


def _with_shapes(collection: Mapping[str, Any]) -> dict[str, Any]:
    features = [
        {**feature, "shapes": claim_shapes(feature["properties"])}
        if feature["properties"].get("layer") == "claim"
        else feature
        for feature in collection["features"]
    ]
    return {**collection, "features": features}
