"""What does a claim draw on the ground?

The geodesic between its two ends, and the ring or band on which its subject would have to lie (or,
where the text names no reference, on which that reference would have to lie). Worked out here on
the ellipsoid, because a sphere would misplace a ring of 300 km by up to a kilometer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from geoevents.geodesy import LatLon, great_circle, ring

__all__ = ["claim_shapes"]

RING_POINTS = 120
# "More than 300 km" has no outer ring: the band fades out over this share of the figure.
OPEN_BAND = 0.12
# Past this a ring goes round the far side of the earth and says nothing that a reader could see.
LARGEST_RING_KM = 9000.0


def claim_shapes(properties: Mapping[str, Any]) -> dict[str, Any]:
    """Return `center`, `inner`, `outer`, `is_open`, `line` and `implied` of one claim, where there is one.

    `implied` is the area in which an end that the text does not name must lie.
    Paths are flat lists of longitude and latitude in degrees; a radius of zero has no ring. A claim
    with both ends on the map that nobody could measure draws nothing: a line would look measured.
    """
    subject, reference = _point(properties.get("subject_point")), _point(properties.get("reference_point"))
    if subject and reference and properties.get("distance_km") is None:
        return {"line": []}
    center = reference or subject
    shapes: dict[str, Any] = {
        "line": _flat(great_circle(reference, subject)) if subject and reference else []
    }
    implied = properties.get("implied")
    if implied:
        shapes["implied"] = _flat(LatLon(lat=lat, lon=lon) for lon, lat in implied["area"])
    claimed = properties.get("claimed_km")
    if center is None or not claimed:
        return shapes
    low, high = claimed[0], claimed[1]
    outer_km = low * (1 + OPEN_BAND) if high is None else high
    return shapes | {
        "center": [center.lon, center.lat],
        "inner": _ring(center, low),
        "outer": _ring(center, outer_km),
        "is_open": high is None,
    }


def _ring(center: LatLon, radius_km: float) -> list[float]:
    if not 0.01 <= radius_km <= LARGEST_RING_KM:
        return []
    return _flat(ring(center, radius_km=radius_km, points=RING_POINTS))


def _point(position: Sequence[float] | None) -> LatLon | None:
    return None if position is None else LatLon(lat=position[1], lon=position[0])


def _flat(points: Iterable[LatLon]) -> list[float]:
    return [round(value, 4) for point in points for value in (point.lon, point.lat)]
