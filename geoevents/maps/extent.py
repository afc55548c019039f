"""Which part of the world does a map open on?

Where most of the events and measured claims are. What lies far off (the capital that spoke, a
dateline, the middle of a country) is on the map, but must not shrink a war to a dot: the rest joins
the view only where it does not stretch it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from geoevents.maps.sheets import Region

__all__ = ["first_view"]

# An outlier is this many times farther from the middle than most points are, and past a distance
# at which no two towns share a region.
FAR_TIMES = 4.0
FAR_DEG = 13.0
MOST = 0.7
# A ring or a country's middle may make the view this much larger, or fill a view of this many
# degrees; a place that nothing happened in may do so less.
STRETCH = {"ring": (3.0, 10.0), "vague": (1.5, 5.0), "place": (1.4, 5.0)}
# What is drawn as an area or stands for something else is no pin: see `assets/places.js`.
_AREAS = frozenset({"continent", "region", "country", "admin1", "admin2", "water", "land", "institution"})
_UNPINNED = frozenset({"institution", "metonym", "demonym", "embedded", "dateline"})
# Precision 3 stands for a province or a country (the codes of ACLED).
_VAGUE = 3

_Point = tuple[float, float]


def first_view(collection: Mapping[str, Any]) -> Region | None:
    """Return the rectangle to open on, `east` beyond 180 where it spans the antimeridian.

    Takes features whose claims have their shapes; returns `None` where nothing is on the map.
    """
    features = collection["features"]
    vague, rings, places = list(_vague(features)), list(_rings(features)), list(_places(features))
    core = list(_core(features)) or vague or [point for ring in rings for point in ring] or places
    core = core or list(_located(features, "place"))
    if not core:
        return None
    view = _hull(_without_outliers(core))
    for ring in rings:
        view = _joined(view, ring, kind="ring")
    for kind, points in (("vague", vague), ("place", places)):
        for point in dict.fromkeys(points):
            view = _joined(view, [point], kind=kind)
    return view


def _core(features: Iterable[Mapping[str, Any]]) -> Iterator[_Point]:
    """Yield the events with a place of their own, and both ends of what was measured."""
    for feature in features:
        row = feature["properties"]
        is_event = row.get("layer") == "event" and row.get("geo_precision") != _VAGUE
        if is_event or (row.get("layer") == "claim" and row.get("distance_km") is not None):
            yield from _points(feature)


def _vague(features: Iterable[Mapping[str, Any]]) -> Iterator[_Point]:
    for feature in features:
        row = feature["properties"]
        if row.get("layer") == "event" and row.get("geo_precision") == _VAGUE:
            yield from _points(feature)


def _rings(features: Iterable[Mapping[str, Any]]) -> Iterator[list[_Point]]:
    """Yield the ring that a claim with one end draws."""
    for feature in features:
        shapes = feature.get("shapes", {})
        flat = shapes.get("inner") or shapes.get("outer") or []
        if flat and not shapes.get("line"):
            yield list(zip(flat[::2], flat[1::2], strict=True))


def _places(features: Iterable[Mapping[str, Any]]) -> Iterator[_Point]:
    for feature in features:
        row = feature["properties"]
        is_pin = row.get("kind") not in _AREAS and row.get("role") not in _UNPINNED
        if row.get("layer") == "place" and is_pin:
            yield from _points(feature)


def _located(features: Iterable[Mapping[str, Any]], layer: str) -> Iterator[_Point]:
    for feature in features:
        if feature["properties"].get("layer") == layer:
            yield from _points(feature)


def _points(feature: Mapping[str, Any]) -> Iterator[_Point]:
    geometry = feature.get("geometry")
    if geometry is not None:
        flat = [geometry["coordinates"]] if geometry["type"] == "Point" else geometry["coordinates"]
        yield from ((lon, lat) for lon, lat, *_ in flat)


def _without_outliers(points: Sequence[_Point]) -> list[_Point]:
    """Drop what is far from where most points are. Two points are never far from each other."""
    middle = (_median([lon for lon, _ in points]), _median([lat for _, lat in points]))
    unrolled = [_near(point, middle) for point in points]
    if len(points) < 3:
        return unrolled
    off = [_apart(point, middle) for point in unrolled]
    most = sorted(off)[int(MOST * (len(off) - 1))]
    limit = max(FAR_TIMES * most, FAR_DEG)
    return [point for point, away in zip(unrolled, off, strict=True) if away <= limit]


def _median(values: list[float]) -> float:
    return sorted(values)[(len(values) - 1) // 2]


def _near(point: _Point, middle: _Point) -> _Point:
    """Return the copy of the point that lies within half a turn of `middle`."""
    lon, lat = point
    return lon - 360.0 * round((lon - middle[0]) / 360.0), lat


def _apart(a: _Point, b: _Point) -> float:
    """Return about how many degrees of a great circle lie between two points."""
    narrowing = math.cos(math.radians((a[1] + b[1]) / 2))
    return math.hypot((a[0] - b[0]) * narrowing, a[1] - b[1])


def _hull(points: Sequence[_Point]) -> Region:
    lons, lats = [lon for lon, _ in points], [lat for _, lat in points]
    return Region(west=min(lons), south=min(lats), east=max(lons), north=max(lats))


def _joined(view: Region, points: Sequence[_Point], *, kind: str) -> Region:
    """Return the view with `points` in it, or as it was where they would stretch it."""
    times, room_deg = STRETCH[kind]
    middle = ((view.west + view.east) / 2, (view.south + view.north) / 2)
    corners = [(view.west, view.south), (view.east, view.north)]
    larger = _hull([*corners, *(_near(point, middle) for point in points)])
    return larger if _size(larger) <= max(times * _size(view), room_deg) else view


def _size(view: Region) -> float:
    return max(view.east - view.west, view.north - view.south)
