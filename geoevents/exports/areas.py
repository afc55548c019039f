"""Which ground do uncertain points and claims cover, as geometry that any GIS reads right?

Circles are geodesic: every corner lies at the radius on the ellipsoid. Rings and lines follow RFC
7946: longitude first, exterior rings counter-clockwise, at most seven decimals, and cut in two where
they cross the antimeridian (section 3.1.9), so that no line runs round the world.
"""

from __future__ import annotations

import math
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from geoevents.geodesy import LatLon, great_circle, ring

__all__ = ["Feature", "area_features", "circle", "path"]

Feature = dict[str, Any]

CORNERS = 90  # A circle of 90 corners is too small by 0.06 % of its radius at most: cos(2°).
# Past a quarter of the way round, a circle is the outside of a smaller one: no GIS draws what is meant.
LARGEST_RADIUS_KM = 10_000.0
SMALLEST_RADIUS_KM = 0.001
DECIMALS = 7


def area_features(features: Iterable[Mapping[str, Any]]) -> Iterator[Feature]:
    """Yield the uncertainty areas of a collection's features as features of the layer "area".

    For an event, the circle that holds where it happened. For a claim, the circle of each end, the
    disk, or ring, in which the claimed distance puts its subject (where the text names no reference,
    that reference), and where an end that the text does not name must lie. `properties.of` names the
    feature it belongs to: its layer, document and span; `properties.meaning` says what the area is.
    """
    for feature in features:
        properties = feature["properties"]
        if properties["layer"] == "event":
            yield from _of_event(feature)
        elif properties["layer"] == "claim":
            yield from _of_claim(properties)
        elif properties["layer"] == "implied":
            meaning = f"where the claim puts {properties['called']!r}"
            area = _right_handed(feature["geometry"])
            yield from _area(
                {**properties, "layer": "claim"}, area, meaning, radius_km=properties["radius_km"]
            )


def circle(center: LatLon, *, radius_km: float) -> dict[str, Any] | None:
    """Return the geodesic circle as a Polygon, or a MultiPolygon where it crosses the antimeridian.

    `None` for a radius below a meter or above 10,000 km.

    >>> circle(LatLon(lat=0, lon=180), radius_km=100)["type"]
    'MultiPolygon'
    """
    if not SMALLEST_RADIUS_KM <= radius_km <= LARGEST_RADIUS_KM:
        return None
    return _cut({"type": "Polygon", "coordinates": [_positions(_corners(center, radius_km))]})


def path(a: LatLon, b: LatLon) -> dict[str, Any]:
    """Return the geodesic from `a` to `b` as a LineString, or a MultiLineString in two parts."""
    positions = _positions(great_circle(a, b))
    for previous, position in pairwise(positions):
        # The antimeridian itself is written on the side that the line comes from.
        if abs(position[0]) == 180 and previous[0]:
            position[0] = math.copysign(180.0, previous[0])
    return _cut({"type": "LineString", "coordinates": positions})


def _of_event(feature: Mapping[str, Any]) -> Iterator[Feature]:
    properties, geometry = feature["properties"], feature["geometry"]
    radius_km = properties.get("radius_km")
    if geometry is not None and geometry["type"] == "Point" and radius_km:
        lon, lat = geometry["coordinates"]
        area = circle(LatLon(lat=lat, lon=lon), radius_km=radius_km)
        yield from _area(properties, area, "where the event happened", radius_km=radius_km)


def _of_claim(properties: Mapping[str, Any]) -> Iterator[Feature]:
    for end in ("subject", "reference"):
        center, radius_km = _point(properties.get(f"{end}_point")), properties.get(f"{end}_radius_km")
        if center is not None and radius_km:
            area = circle(center, radius_km=radius_km)
            yield from _area(properties, area, f"extent of the {end}", radius_km=radius_km)
    subject, reference = _point(properties.get("subject_point")), _point(properties.get("reference_point"))
    center, claimed = reference or subject, properties.get("claimed_km")
    if center is None or not claimed:
        return
    sought = "subject" if reference is not None else "reference"
    low, high = claimed
    if high is None:
        area, meaning = circle(center, radius_km=low), f"where the claim says that the {sought} is not"
    else:
        area, meaning = _band(center, low, high), f"where the claim says that the {sought} is"
    yield from _area(properties, area, meaning, radius_km=low if high is None else high)


def _area(
    properties: Mapping[str, Any], geometry: dict[str, Any] | None, meaning: str, *, radius_km: float
) -> Iterator[Feature]:
    if geometry is None:
        return
    cells = {
        "layer": "area",
        "of": properties["layer"],
        "document": properties.get("document"),
        "start": properties.get("start"),
        "end": properties.get("end"),
        "meaning": meaning,
        "radius_km": radius_km,
    }
    yield {"type": "Feature", "geometry": geometry, "properties": cells}


def _band(center: LatLon, low: float, high: float) -> dict[str, Any] | None:
    """Return the ring between two radii, the inner circle as a hole."""
    outer, inner = circle(center, radius_km=high), circle(center, radius_km=low)
    if outer is None or inner is None:
        return outer
    if outer["type"] == "Polygon" and not _touches_edge(outer):
        hole = _positions(reversed(_corners(center, low)))
        return {"type": "Polygon", "coordinates": [*outer["coordinates"], hole]}
    return _difference(outer, inner)


def _touches_edge(polygon: Mapping[str, Any]) -> bool:
    """Say whether a ring was closed along a pole or the antimeridian."""
    return any(abs(lon) == 180 for line in polygon["coordinates"] for lon, _ in line)


def _difference(outer: Mapping[str, Any], inner: Mapping[str, Any]) -> dict[str, Any]:
    from shapely import orient_polygons  # late: start-up time
    from shapely.geometry import mapping, shape

    rest = mapping(orient_polygons(shape(dict(outer)).difference(shape(dict(inner)))))
    return {"type": rest["type"], "coordinates": _rounded(rest["coordinates"])}


def _corners(center: LatLon, radius_km: float) -> Sequence[LatLon]:
    return ring(center, radius_km=radius_km, points=CORNERS)


def _positions(points: Iterable[LatLon]) -> list[list[float]]:
    return [[round(point.lon, DECIMALS), round(point.lat, DECIMALS)] for point in points]


def _right_handed(geometry: Mapping[str, Any]) -> dict[str, Any]:
    """Return a polygon cut at the antimeridian, its outer ring counter-clockwise."""
    from shapely import orient_polygons  # late: start-up time
    from shapely.geometry import mapping, shape

    cut = _cut(dict(geometry))
    turned = mapping(orient_polygons(shape(cut)))
    return {"type": turned["type"], "coordinates": _rounded(turned["coordinates"])}


def _cut(geometry: dict[str, Any]) -> dict[str, Any]:
    """Cut a geometry at the antimeridian; around a pole, close it along the pole."""
    if not _may_cross(geometry):
        return geometry
    from antimeridian import FixWindingWarning, fix_geojson  # late: start-up time

    with warnings.catch_warnings():
        # A ring around a pole looks wound the wrong way; closing it along the pole is what we want.
        warnings.simplefilter("ignore", FixWindingWarning)
        fixed = fix_geojson(geometry)
    return {"type": fixed["type"], "coordinates": _rounded(fixed["coordinates"])}


def _may_cross(geometry: Mapping[str, Any]) -> bool:
    coordinates = geometry["coordinates"]
    lines = coordinates if geometry["type"] == "Polygon" else [coordinates]
    return any(abs(a[0] - b[0]) > 180 for line in lines for a, b in pairwise(line))


def _rounded(nested: Any) -> Any:
    if isinstance(nested, list | tuple):
        return [_rounded(item) for item in nested]
    return round(float(nested), DECIMALS)


def _point(position: Sequence[float] | None) -> LatLon | None:
    return None if position is None else LatLon(lat=position[1], lon=position[0])
