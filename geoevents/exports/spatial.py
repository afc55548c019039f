"""How do findings reach a GIS: GeoJSON, GeoPackage, GeoParquet, a GeoDataFrame, Parquet?

geopandas, pyogrio and pyarrow come with the extra `gis` and are imported when first needed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geoevents.errors import OptionError
from geoevents.exports.files import write_text, write_whole
from geoevents.exports.layers import Findings, Layer, collection_of, features_of, flat_frame, layer_features

if TYPE_CHECKING:
    import geopandas as gpd

__all__ = ["geo_frame", "write_geojson", "write_geopackage", "write_geoparquet", "write_parquet"]

_WGS84 = "EPSG:4326"  # GeoPackage's own; every library stores it longitude first
_CRS84 = "OGC:CRS84"  # the same with the order of its axes said, GeoParquet's default
# A GeoPackage says when it was last changed; a fixed day makes the same findings the same bytes.
_FIXED_DAY = "2000-01-01T00:00:00.000Z"


def geo_frame(findings: Findings, *, layer: Layer = Layer.EVENTS) -> gpd.GeoDataFrame:
    """Return one layer as a GeoDataFrame in WGS84 (EPSG:4326); findings without a place have no geometry.

    Raises `OptionError` for what is no collection, and without the extra `gis`.
    """
    return _geo_frame(features_of(collection_of(findings), layer), layer)


def write_geojson(findings: Findings, path: Path | str) -> Path:
    """Write all layers as one GeoJSON feature collection (RFC 7946), the areas among them.

    `properties.layer` is "place", "event", "claim" or "area"; positions are longitude, latitude, with seven
    decimals. Returns the path. Raises `OptionError` for what is no collection, and where it cannot be written.
    """
    collection = collection_of(findings)
    features = [feature for layer in layer_features(collection).values() for feature in layer]
    whole = {**collection, "features": features}
    text = json.dumps(whole, ensure_ascii=False, allow_nan=False)
    return write_text(path, text)


def write_geopackage(findings: Findings, path: Path | str) -> Path:
    """Write a GeoPackage with the layers places, events, claims and areas, empty ones too.

    Returns the path. Raises `OptionError` for what is no collection, and where it cannot be written, also without
    the extra `gis`.
    """
    layers = layer_features(collection_of(findings))
    frames = {layer: _geo_frame(features, layer) for layer, features in layers.items()}

    def write(beside: Path) -> None:
        _require("pyogrio").set_gdal_config_options({"OGR_CURRENT_DATE": _FIXED_DAY})
        for layer, frame in frames.items():
            frame.to_file(
                beside,
                layer=layer.value,
                driver="GPKG",
                engine="pyogrio",
                geometry_type=_GEOMETRY[layer],
                promote_to_multi=False,
            )

    return write_whole(path, write)


# Claims and areas are cut at the antimeridian, so that a layer may hold parts as well as wholes.
_GEOMETRY = {Layer.PLACES: "Point", Layer.EVENTS: "Point", Layer.CLAIMS: "Unknown", Layer.AREAS: "Unknown"}


def write_geoparquet(findings: Findings, path: Path | str, *, layer: Layer = Layer.EVENTS) -> Path:
    """Write one layer as GeoParquet 1.1 with WKB geometries, longitude before latitude.

    Returns the path. Raises `OptionError` for what is no collection, and where it cannot be written, also without
    the extra `gis`.
    """
    frame = _geo_frame(features_of(collection_of(findings), layer), layer).to_crs(_CRS84)
    return write_whole(path, lambda beside: frame.to_parquet(beside, index=False, schema_version="1.1.0"))


def write_parquet(findings: Findings, path: Path | str, *, layer: Layer = Layer.EVENTS) -> Path:
    """Write the flat rows of one layer as Parquet.

    Returns the path. Raises `OptionError` for what is no collection, and where it cannot be written, also without
    the extra `gis`.
    """
    _require("pyarrow")
    frame = flat_frame(features_of(collection_of(findings), layer), layer)
    return write_whole(path, lambda beside: frame.to_parquet(beside, index=False, engine="pyarrow"))


def _geo_frame(features: Sequence[Mapping[str, Any]], layer: Layer) -> gpd.GeoDataFrame:
    geopandas = _require("geopandas")
    from shapely.geometry import shape  # late: start-up time

    shapes = [None if f["geometry"] is None else shape(f["geometry"]) for f in features]
    return geopandas.GeoDataFrame(flat_frame(features, layer), geometry=shapes, crs=_WGS84)


def _require(library: str) -> Any:
    try:
        return import_module(library)
    except ImportError:
        raise OptionError(
            f"this format needs {library}, which is not installed: pip install 'geoevents[gis]'"
        ) from None
