"""How do nested findings become flat layers with one type a column, as GIS and Parquet want them?

Four layers: places, events, claims, areas. An interval becomes two columns, `_low` and `_high`; lists
of names are joined by semicolons; what is nested deeper is JSON text. The columns and their types
are the same whatever was found, so that files can be appended to one another.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from geoevents.errors import OptionError
from geoevents.exports.areas import Feature, area_features, path
from geoevents.exports.geojson import feature_collection
from geoevents.exports.rows import EVENT_COLUMNS, PLACE_COLUMNS, VERDICT_COLUMNS
from geoevents.geodesy import LatLon
from geoevents.model import Analysis

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "INTERVAL_COLUMNS",
    "Findings",
    "Layer",
    "collection_of",
    "features_of",
    "flat_cells",
    "flat_columns",
    "flat_frame",
    "flat_row",
    "layer_features",
    "type_of",
    "typed_frame",
    "with_types",
]

Findings = Iterable[Analysis] | Analysis | Mapping[str, Any]
"""What a writer takes: analyses, one analysis, or a feature collection made of them."""


class Layer(StrEnum):
    """The layers of a file that holds several; the values name them there."""

    PLACES = "places"
    EVENTS = "events"
    CLAIMS = "claims"
    AREAS = "areas"


_COLUMNS: Mapping[Layer, Sequence[str]] = {
    Layer.PLACES: PLACE_COLUMNS,
    Layer.EVENTS: EVENT_COLUMNS,
    Layer.CLAIMS: VERDICT_COLUMNS,
    Layer.AREAS: ("of", "document", "start", "end", "meaning", "radius_km"),
}
_LAYER_OF = {"place": Layer.PLACES, "event": Layer.EVENTS, "claim": Layer.CLAIMS, "area": Layer.AREAS}
INTERVAL_COLUMNS = frozenset(
    {
        *("fatalities", "injured", "missing", "captured", "displaced"),
        *("deaths_a", "deaths_b", "deaths_civilians", "claimed_km", "measured_km", "duration_h"),
    }
)
_WHOLE = frozenset(
    {"start", "end", "time_precision", "geo_precision", "ucdp_violence", "ucdp_where_precision"}
)
_REAL = frozenset({"lat", "lon", "radius_km", "score", "distance_km", "bearing_deg"})
_DAYS = frozenset({"date", "date_end"})


def collection_of(findings: Findings) -> Mapping[str, Any]:
    """Return the feature collection of some findings, itself where it is one already.

    Raises `OptionError` for a mapping that is no feature collection, and for what is no analysis.
    """
    if isinstance(findings, Mapping):
        if findings.get("type") != "FeatureCollection" or "features" not in findings:
            raise OptionError(f"not a feature collection: {findings.get('type')!r}")
        return findings
    return feature_collection(findings)


def layer_features(collection: Mapping[str, Any]) -> dict[Layer, list[Feature]]:
    """Return the features of each layer, areas worked out, lines as geodesics cut at the antimeridian."""
    return {layer: features_of(collection, layer) for layer in Layer}


def features_of(collection: Mapping[str, Any], layer: Layer) -> list[Feature]:
    """Return the features of one layer as `layer_features` does, without the cost of the others."""
    features = collection["features"]
    own = (f for f in features if _LAYER_OF.get(f["properties"].get("layer")) is layer)
    drawn = [{**feature, "geometry": _drawn(feature["geometry"])} for feature in own]
    return [*drawn, *area_features(features)] if layer is Layer.AREAS else drawn


def _drawn(geometry: Mapping[str, Any] | None) -> dict[str, Any] | None:
    if geometry is None or geometry["type"] != "LineString" or len(geometry["coordinates"]) != 2:
        return None if geometry is None else dict(geometry)
    a, b = (LatLon(lat=lat, lon=lon) for lon, lat in geometry["coordinates"])
    return path(a, b)


def flat_columns(layer: Layer) -> tuple[str, ...]:
    """Return the columns of a layer's flat rows, in order.

    >>> flat_columns(Layer.AREAS)
    ('of', 'document', 'start', 'end', 'meaning', 'radius_km')
    """
    return tuple(name for column in _COLUMNS[layer] for name in _names_of(column))


def _names_of(column: str) -> tuple[str, ...]:
    return (f"{column}_low", f"{column}_high") if column in INTERVAL_COLUMNS else (column,)


def flat_row(feature: Mapping[str, Any], layer: Layer) -> dict[str, object]:
    """Return the properties of a feature as flat cells, the point's coordinates among them."""
    lon, lat = _point_of(feature)
    return flat_cells({**feature["properties"], "lat": lat, "lon": lon}, layer)


def flat_cells(row: Mapping[str, Any], layer: Layer) -> dict[str, object]:
    """Return a row of the findings as flat cells."""
    cells: dict[str, object] = {}
    for column in _COLUMNS[layer]:
        value = row.get(column)
        if column in INTERVAL_COLUMNS:
            low, high = value if isinstance(value, Sequence) else (None, None)
            cells[f"{column}_low"], cells[f"{column}_high"] = low, high
        else:
            cells[column] = _flat(value)
    return cells


def _point_of(feature: Mapping[str, Any]) -> tuple[float | None, float | None]:
    geometry = feature["geometry"]
    if geometry is None or geometry["type"] != "Point":
        return None, None
    lon, lat = geometry["coordinates"]
    return lon, lat


def _flat(value: object) -> object:
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return _encodable("; ".join(value))
    if isinstance(value, list | dict):
        return _encodable(json.dumps(value, ensure_ascii=False))
    return _encodable(value) if isinstance(value, str) else value


def _encodable(text: str) -> str:
    """Return the text without the lone surrogates of a damaged one, which UTF-8 cannot write."""
    return text.encode("utf-8", "replace").decode("utf-8")


def flat_frame(features: Iterable[Mapping[str, Any]], layer: Layer) -> pd.DataFrame:
    """Return the flat rows of a layer as a frame: strings, nullable numbers, days as timestamps."""
    return typed_frame([flat_row(feature, layer) for feature in features], layer)


def typed_frame(rows: Sequence[Mapping[str, object]], layer: Layer) -> pd.DataFrame:
    """Return flat cells as a frame with the types of the layer's columns."""
    import pandas as pd  # late: start-up time

    return with_types(pd.DataFrame(rows, columns=list(flat_columns(layer))))


def with_types(frame: pd.DataFrame, *, nested: Collection[str] = ()) -> pd.DataFrame:
    """Return the frame with the types of its columns, whatever its rows hold; `nested` stay objects."""
    import pandas as pd  # late: start-up time

    for column in frame.columns.difference(list(nested), sort=False):
        kind = type_of(column)
        if kind == "day":
            frame[column] = pd.to_datetime(frame[column]).astype("datetime64[ms]")
        else:
            frame[column] = frame[column].astype(_DTYPES[kind])  # type: ignore[call-overload]  # a name
    return frame


def type_of(column: str) -> str:
    """Return what a flat column holds: "day", "whole", "real" or "string".

    >>> type_of("fatalities_low"), type_of("date")
    ('real', 'day')
    """
    if column in _DAYS:
        return "day"
    if column in _WHOLE:
        return "whole"
    is_end = column.removesuffix("_low").removesuffix("_high") in INTERVAL_COLUMNS
    return "real" if column in _REAL or is_end else "string"


_DTYPES = {"whole": "Int64", "real": "Float64", "string": "string"}
