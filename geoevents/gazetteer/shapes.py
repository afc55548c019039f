"""Which place is a feature of GeoJSON: what is it called, where is its middle, how far does it reach?

Names, ids and countries are taken from the first property that is there, in the order of the tables
below: those of geoBoundaries, Who's On First, OCHA, Natural Earth, and plain ones.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeAlias

from geoevents.errors import GazetteerError
from geoevents.gazetteer.countries import COUNTRY_CODES, ISO3_CODES
from geoevents.gazetteer.layers import LayerRow
from geoevents.gazetteer.rows import WorldRow
from geoevents.gazetteer.sources import Listener
from geoevents.geodesy import LatLon, distance_km
from geoevents.model import PlaceKind

__all__ = ["middle", "read_geojson"]

_MOST_BYTES = 1 << 28  # it is parsed whole, at some eight times its size in memory
_NAMES = ("shapeName", "wof:name", "OCHA name", "NAME_EN", "name_en", "NAME", "name", "Name")
_IDS = ("shapeID", "wof:id", "OCHA code", "iso_3166_2", "ISO_3166_2", "ne_id", "NE_ID", "shapeISO", "id")
_CODES = ("OCHA code", "iso_3166_2", "ISO_3166_2", "shapeISO")  # of these, users know places by
_SUFFIXES = frozenset({".json", ".geojson"})
_COUNTRIES = ("country", "wof:country", "ISO_A2", "iso_a2", "shapeGroup", "ISO_A3", "iso_a3", "ADM0_PCODE")
_ALTERNATES = ("aliases", "NAME_LONG", "name_long", "NAME_ALT", "name_alt", "NAME_LOCAL", "name_local")
_DIVISIONS = ("admin1", "ADM1_EN", "adm1_name", "adm1_name1")
# OCHA's common operational datasets: ADM2_EN with ADM2_PCODE, since 2025 adm2_name with adm2_pcode.
_OCHA_NAME = re.compile(r"ADM([0-5])_(?:EN|FR|ES|NAME)|adm([0-5])_(?:en|name)")
_OCHA_CODE = "adm{}_pcode"
_LEVELS = (PlaceKind.COUNTRY, PlaceKind.ADMIN1, PlaceKind.ADMIN2, PlaceKind.REGION)
_KIND_WORDS = {
    **{kind.value: kind for kind in PlaceKind},
    "adm0": PlaceKind.COUNTRY,
    "adm1": PlaceKind.ADMIN1,
    "adm2": PlaceKind.ADMIN2,
    "adm3": PlaceKind.REGION,
    "adm4": PlaceKind.REGION,
    "admin-0 country": PlaceKind.COUNTRY,
    "admin-1 states provinces": PlaceKind.ADMIN1,
    "populated place": PlaceKind.SETTLEMENT,
    "admin-0 capital": PlaceKind.SETTLEMENT,
    "admin-1 capital": PlaceKind.SETTLEMENT,
    "county": PlaceKind.ADMIN2,
    "localadmin": PlaceKind.ADMIN2,
    "locality": PlaceKind.SETTLEMENT,
    "borough": PlaceKind.QUARTER,
    "macrohood": PlaceKind.QUARTER,
    "neighbourhood": PlaceKind.QUARTER,
    "microhood": PlaceKind.QUARTER,
    "campus": PlaceKind.FACILITY,
    "ocean": PlaceKind.WATER,
    "marinearea": PlaceKind.WATER,
    "lake": PlaceKind.WATER,
}
_KINDS = ("kind", "shapeType", "wof:placetype", "featurecla", "FEATURECLA")

_Ring: TypeAlias = Sequence[Sequence[float]]


def read_geojson(
    path: Path, *, layer: str, kind: PlaceKind | None = None, listener: Listener
) -> Iterator[LayerRow]:
    """Yield the places of a feature collection, a feature, or a folder of files of these.

    `kind` overrides what the features say they are. A feature that cannot be used is told to
    `listener`, its number for a line. Ids are prefixed with the name of the layer. Raises
    `GazetteerError` for a file that is neither.
    """
    number = 0
    paths = _files(path)
    for done, file in enumerate(paths):
        listener.on_progress(done, len(paths))
        for feature in _features(file):
            number += 1
            try:
                yield _row(feature, number, layer=layer, kind=kind)
            except (ValueError, TypeError, KeyError, IndexError, AttributeError) as error:
                message = f"feature {number} cannot be used: {error}"
                listener.on_problem(GazetteerError(message, path=file))
    listener.on_progress(len(paths), len(paths))


def _files(path: Path) -> list[Path]:
    """Return a file, or those of a folder: Who's On First has one for each place, and alternates beside it."""
    if not path.is_dir():
        return [path]
    files = sorted(file for file in path.rglob("*") if file.suffix.lower() in _SUFFIXES)
    return [file for file in files if "-alt-" not in file.name]


def _features(path: Path) -> list[Any]:
    size = path.stat().st_size
    if size > _MOST_BYTES:
        raise GazetteerError(f"{size:,} bytes are more than the {_MOST_BYTES:,} that can be read", path=path)
    try:
        content = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise GazetteerError(f"cannot be read: {error}", path=path) from None
    except (ValueError, RecursionError) as error:
        raise GazetteerError(f"not JSON: {error}", path=path) from None
    if isinstance(content, dict) and content.get("type") == "Feature":
        return [content]
    if not isinstance(content, dict) or not isinstance(content.get("features"), list):
        raise GazetteerError("not a GeoJSON feature collection", path=path)
    features: list[Any] = content["features"]
    return features


def _row(feature: Mapping[str, Any], number: int, *, layer: str, kind: PlaceKind | None) -> LayerRow:
    properties, geometry = _properties(feature), feature["geometry"]
    if not isinstance(geometry, dict) or not geometry.get("coordinates"):
        raise ValueError("it has no geometry")
    parts = list(_polygons(geometry))
    point, radius_km = _extent(parts) if parts else (_point(geometry), None)
    name = _first(properties, _NAMES)
    if name is None:
        raise ValueError(f"none of the properties {', '.join(_NAMES)} names it")
    own_id = _first({**properties, "id": properties.get("id", feature.get("id"))}, _IDS) or str(number)
    alternates = (
        " ".join(a.split()) for key in _ALTERNATES for a in str(properties.get(key) or "").split("|")
    )
    code = _first(properties, _CODES)
    row = WorldRow(
        0,
        tuple(dict.fromkeys(filter(None, [name, *alternates, code]))),
        id=f"{layer}-{own_id}".lower().replace(" ", "-"),
        lat=point.lat,
        lon=point.lon,
        kind=kind or _kind(properties, has_extent=bool(parts)),
        country=_country(properties),
        division=_first(properties, _DIVISIONS) or "",
        radius_km=radius_km,
        has_chosen_names=True,
        lookup_only=frozenset(filter(None, [code])),
        source="",
    )
    return LayerRow(row, feature=_first(properties, _KINDS) or "")


def _properties(feature: Mapping[str, Any]) -> dict[str, Any]:
    """Return the properties, and as `OCHA name` and `OCHA code` those of the finest level there is."""
    properties = dict(feature.get("properties") or {})
    levels = [
        (m[1] or m[2], key) for key in properties if (m := _OCHA_NAME.fullmatch(key)) and properties[key]
    ]
    if levels:
        level, key = max(levels)
        by_lower = {key.lower(): value for key, value in properties.items()}
        properties |= {"OCHA name": properties[key], "OCHA code": by_lower.get(_OCHA_CODE.format(level))}
        properties.setdefault("kind", _LEVELS[min(int(level), 3)].value)
    return properties


def _first(properties: Mapping[str, Any], keys: Iterable[str]) -> str | None:
    """Return the first of the properties that says something."""
    for key in keys:
        value = properties.get(key)
        if isinstance(value, (str, int)) and not isinstance(value, bool):
            text = " ".join(str(value).split())
            if text and text not in {"None", "-99", "-1"}:  # how Natural Earth and geoBoundaries say nothing
                return text
    return None


def _kind(properties: Mapping[str, Any], *, has_extent: bool) -> PlaceKind:
    for key in _KINDS:
        kind = _KIND_WORDS.get(str(properties.get(key)).lower())
        if kind is not None:
            return kind
    return PlaceKind.REGION if has_extent else PlaceKind.SETTLEMENT


def _country(properties: Mapping[str, Any]) -> str:
    for key in _COUNTRIES:
        code = str(properties.get(key) or "").upper()
        code = ISO3_CODES.get(code, code)
        if code in COUNTRY_CODES:
            return code
    return ""


def _point(geometry: Mapping[str, Any]) -> LatLon:
    if geometry["type"] != "Point":
        raise ValueError(f"a {geometry['type']!r} is neither a point nor a polygon")
    lon, lat, *_ = geometry["coordinates"]
    return LatLon(lat=float(lat), lon=float(lon))


def _polygons(geometry: Mapping[str, Any]) -> Iterator[Sequence[_Ring]]:
    if geometry["type"] == "Polygon":
        yield geometry["coordinates"]
    elif geometry["type"] == "MultiPolygon":
        yield from geometry["coordinates"]


def _extent(polygons: Sequence[Sequence[_Ring]]) -> tuple[LatLon, float]:
    """Return a point inside the largest polygon, and how far the farthest corner of all is from it."""
    largest = max(polygons, key=lambda rings: abs(_area(rings[0])))
    lon, lat = middle(largest)
    point = LatLon(lat=lat, lon=lon)
    corners = {(x, y) for rings in polygons for x, y, *_ in rings[0]}
    # The farthest on a plane with shortened degrees of longitude is as good as the farthest, and fast.
    shrink = math.cos(math.radians(lat))
    far = max(corners, key=lambda c: math.hypot((c[0] - lon) * shrink, c[1] - lat))
    return point, round(distance_km(point, LatLon(lat=far[1], lon=far[0])), 1)


def _area(ring: _Ring) -> float:
    """Return the area by the shoelace formula, in square degrees; its sign is the direction."""
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring)) / 2


def middle(rings: Sequence[_Ring]) -> tuple[float, float]:
    """Return longitude and latitude of a point that is inside a polygon of an outer ring and holes.

    The centroid where that is inside; else the middle of the widest stretch of the polygon on the
    centroid's parallel, as GIS programs choose a point on a surface.

    >>> middle([[(0, 0), (4, 0), (4, 1), (1, 1), (1, 3), (4, 3), (4, 4), (0, 4), (0, 0)]])
    (0.5, 2.0)
    """
    lon, lat = _centroid(rings[0])
    for level in (lat, lat + 1e-6):  # a parallel just through a corner or along an edge may miss it
        crossings = sorted(x for ring in rings for x in _crossings(ring, level))
        stretches = list(zip(crossings[::2], crossings[1::2], strict=False))
        if any(west <= lon <= east for west, east in stretches):
            return lon, level
        if stretches:
            west, east = max(stretches, key=lambda stretch: stretch[1] - stretch[0])
            return (west + east) / 2, level
    first = rings[0][0]
    return first[0], first[1]


def _centroid(ring: _Ring) -> tuple[float, float]:
    area = _area(ring)
    if area == 0:
        return ring[0][0], ring[0][1]
    crosses = [(a, b, a[0] * b[1] - b[0] * a[1]) for a, b in pairwise(ring)]
    lon = sum((a[0] + b[0]) * cross for a, b, cross in crosses) / (6 * area)
    lat = sum((a[1] + b[1]) * cross for a, b, cross in crosses) / (6 * area)
    return lon, lat


def _crossings(ring: _Ring, lat: float) -> Iterator[float]:
    for a, b in pairwise(ring):
        if (a[1] > lat) != (b[1] > lat):
            yield a[0] + (lat - a[1]) * (b[0] - a[0]) / (b[1] - a[1])
