"""Which part of the world does a map open on?

Where most of the events and measured claims are. What lies far off (the capital that spoke, a
dateline, the middle of a country) is on the map, but must not shrink a war to a dot: the rest joins
the view only where it does not stretch it.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from geoevents.maps.shapes import claim_shapes
from geoevents.maps.sheets import Region

__all__ = ["first_view"]

# An outlier is this many times farther from the middle than most points are, and past a distance
# at which no two towns share a region.
FAR_TIMES = 4.0
FAR_DEG = 13.0
# No more than these few are outliers; more of them are a second theater, and the text is about both.
MOST = 0.85
# A ring or a country's middle may make the view this much larger, or fill a view of this many
# degrees; a place that nothing happened in may do so less.
STRETCH = {"ring": (3.0, 10.0), "aside": (1.5, 5.0), "place": (1.4, 5.0)}
# A ring takes a millisecond to work out; so many tell where the claims are.
MOST_RINGS = 100
# What is drawn as an area or stands for something else is no pin: see `assets/places.js`.
_AREAS = frozenset({"continent", "region", "country", "admin1", "admin2", "water", "land", "institution"})
_UNPINNED = frozenset({"institution", "metonym", "demonym", "embedded", "dateline"})
# Precision 3 stands for a province or a country (the codes of ACLED).
_VAGUE = 3
_TALKS = "Political activity"

_Point = tuple[float, float]


def first_view(collection: Mapping[str, Any]) -> Region | None:
    """Return the rectangle to open on, `east` beyond 180 where it spans the antimeridian.

    `None` where nothing is on the map.
    """
    features = collection["features"]
    asides, rings, places = list(_asides(features)), list(_rings(features)), list(_places(features))
    core = list(_core(features)) or asides or [point for ring in rings for point in ring] or places
    core = core or list(_located(features, "place"))
    if not core:
        return None
    view = _hull(_without_outliers(core))
    view = _joined(view, rings, kind="ring")
    view = _joined(view, [[point] for point in dict.fromkeys(asides)], kind="aside")
    return _joined(view, [[point] for point in dict.fromkeys([*places, *_what_if(features)])], kind="place")


def _core(features: Iterable[Mapping[str, Any]]) -> Iterator[_Point]:
    """Yield where something happened on the ground, and both ends of what was measured."""
    for feature in features:
        row = feature["properties"]
        is_event = row.get("layer") == "event" and not _is_aside(row)
        if is_event or (row.get("layer") == "claim" and row.get("distance_km") is not None):
            yield from _points(feature)


def _asides(features: Iterable[Mapping[str, Any]]) -> Iterator[_Point]:
    for feature in features:
        row = feature["properties"]
        if row.get("layer") == "event" and _is_aside(row):
            yield from _points(feature)


def _is_aside(row: Mapping[str, Any]) -> bool:
    """Say whether an event has no place of its own, or is what capitals do about the others."""
    return row.get("geo_precision") == _VAGUE or row.get("type") == _TALKS


def _rings(features: Iterable[Mapping[str, Any]]) -> Iterator[list[_Point]]:
    """Yield the ring that a claim with one end draws."""
    single = (f["properties"] for f in features if _has_one_end(f["properties"]))
    for row in itertools.islice(single, MOST_RINGS):
        shapes = claim_shapes(row)
        flat = shapes.get("inner") or shapes.get("outer") or []
        if flat:
            yield list(zip(flat[::2], flat[1::2], strict=True))


def _has_one_end(row: Mapping[str, Any]) -> bool:
    ends = bool(row.get("subject_point")) + bool(row.get("reference_point"))
    return row.get("layer") == "claim" and ends == 1


def _what_if(features: Iterable[Mapping[str, Any]]) -> Iterator[_Point]:
    """Yield the places that the other end of such a claim could be."""
    for feature in features:
        yield from ((row["lon"], row["lat"]) for row in feature["properties"].get("what_if") or ())


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
    most = sorted(off)[math.ceil(MOST * (len(off) - 1))]
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


def _joined(view: Region, groups: Iterable[Sequence[_Point]], *, kind: str) -> Region:
    """Return the view with each group of points in it that does not stretch it too far."""
    times, room_deg = STRETCH[kind]
    most = max(times * _size(view), room_deg)
    for points in groups:
        near = [_near(point, ((view.west + view.east) / 2, 0.0)) for point in points]
        # Most points lie inside: what costs is spared for the few that do not.
        if not all(view.west <= lon <= view.east and view.south <= lat <= view.north for lon, lat in near):
            larger = _hull([(view.west, view.south), (view.east, view.north), *near])
            view = larger if _size(larger) <= most else view
    return view


def _size(view: Region) -> float:
    return max(view.east - view.west, view.north - view.south)
