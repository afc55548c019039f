"""How far, in which direction, and where is the point at that distance and bearing?

On the ellipsoid of WGS84, by Karney's algorithms (C. F. F. Karney, "Algorithms for geodesics", J.
Geodesy 87, 2013) as geographiclib carries them.
"""

from __future__ import annotations

import math
from functools import cache
from typing import TYPE_CHECKING

from geoevents.geodesy.points import LatLon

if TYPE_CHECKING:
    from geographiclib.geodesic import Geodesic
    from geographiclib.geodesicline import GeodesicLine

__all__ = [
    "MEAN_RADIUS_KM",
    "SPHERE_ERROR",
    "bearing_deg",
    "destination",
    "distance_km",
    "great_circle",
    "lie_within",
    "ring",
    "sector",
    "sphere_km",
]

# Points per full turn of an arc, as of a ring.
_ARC_POINTS = 180


@cache
def _wgs84() -> Geodesic:
    from geographiclib.geodesic import Geodesic  # late: start-up time

    return Geodesic.WGS84


def distance_km(a: LatLon, b: LatLon) -> float:
    """Return the length of the geodesic between two points, in kilometers.

    >>> round(distance_km(LatLon(lat=33.506, lon=38.618), LatLon(lat=36.2021, lon=37.1343)), 1)
    328.4
    """
    from geographiclib.geodesic import Geodesic  # late: start-up time

    line = _wgs84().Inverse(a.lat, a.lon, b.lat, b.lon, outmask=Geodesic.DISTANCE)
    return float(line["s12"]) / 1000.0


MEAN_RADIUS_KM = 6371.0088  # IUGG's mean radius of the Earth.
# The sphere of that radius is off by at most 0.56 % from WGS84 on any line.
SPHERE_ERROR = 0.006


def sphere_km(a: LatLon, b: LatLon) -> float:
    """Return the distance on a sphere, in kilometers: fast, and within `SPHERE_ERROR` of the geodesic.

    The haversine formula (R. W. Sinnott, Sky & Telescope 68, 1984).

    >>> round(sphere_km(LatLon(lat=33.506, lon=38.618), LatLon(lat=36.2021, lon=37.1343)), 1)
    328.9
    """
    phi, psi = math.radians(a.lat), math.radians(b.lat)
    chord = math.sin((psi - phi) / 2) ** 2
    chord += math.cos(phi) * math.cos(psi) * math.sin(math.radians(b.lon - a.lon) / 2) ** 2
    return 2 * MEAN_RADIUS_KM * math.asin(min(1.0, math.sqrt(chord)))


def lie_within(a: LatLon, b: LatLon, *, km: float) -> bool:
    """Say whether two points are at most so far apart; a geodesic is measured where a sphere leaves doubt.

    >>> lie_within(LatLon(lat=33.506, lon=38.618), LatLon(lat=36.2021, lon=37.1343), km=100)
    False
    """
    # Twice the error, which is a share of the true length, and that may be the longer of the two.
    away = sphere_km(a, b)
    if away * (1 + 2 * SPHERE_ERROR) <= km:
        return True
    return away * (1 - 2 * SPHERE_ERROR) <= km and distance_km(a, b) <= km


def bearing_deg(origin: LatLon, target: LatLon) -> float:
    """Return the initial bearing from `origin` to `target`, clockwise from north, in [0, 360).

    The bearing of a point from itself is 0.

    >>> bearing_deg(LatLon(lat=0, lon=0), LatLon(lat=0, lon=1))
    90.0
    """
    from geographiclib.geodesic import Geodesic  # late: start-up time

    line = _wgs84().Inverse(origin.lat, origin.lon, target.lat, target.lon, outmask=Geodesic.AZIMUTH)
    return float(line["azi1"]) % 360.0


def destination(origin: LatLon, *, bearing_deg: float, distance_km: float) -> LatLon:
    """Return the point `distance_km` from `origin` along the geodesic that leaves at `bearing_deg`.

    >>> destination(LatLon(lat=0, lon=0), bearing_deg=90, distance_km=111.31949)
    LatLon(lat=0.0, lon=1.0)
    """
    return _along(_wgs84().Line(origin.lat, origin.lon, bearing_deg), distance_km)


def ring(center: LatLon, *, radius_km: float, points: int = 180) -> tuple[LatLon, ...]:
    """Return a closed ring of `points` + 1 points at `radius_km` from `center`, counter-clockwise."""
    step = 360.0 / points
    open_ring = tuple(
        destination(center, bearing_deg=-step * i, distance_km=radius_km) for i in range(points)
    )
    return (*open_ring, open_ring[0])


def sector(
    center: LatLon, *, low_km: float, high_km: float, bearing_deg: float, spread_deg: float
) -> tuple[LatLon, ...]:
    """Return the closed ring around what lies between two distances and `spread_deg` off a bearing.

    Counter-clockwise. Where `low_km` is 0 the center is the inner corner.

    >>> len(sector(LatLon(lat=0, lon=0), low_km=0, high_km=10, bearing_deg=90, spread_deg=45))
    48
    """
    pieces = max(1, round(_ARC_POINTS * spread_deg / 180.0))
    turns = [bearing_deg - spread_deg + 2 * spread_deg * i / pieces for i in range(pieces + 1)]
    rays = [_wgs84().Line(center.lat, center.lon, turn) for turn in turns]
    inner = [_along(ray, low_km) for ray in rays] if low_km > 0 else [center]
    outer = [_along(ray, high_km) for ray in reversed(rays)]
    return (*inner, *outer, inner[0])


def _along(ray: GeodesicLine, distance_km: float) -> LatLon:
    """Return the point so far along a geodesic from where it begins."""
    end = ray.Position(distance_km * 1000)
    lon = (float(end["lon2"]) + 180.0) % 360.0 - 180.0
    return LatLon(lat=round(float(end["lat2"]), 7), lon=round(lon, 7))


def great_circle(a: LatLon, b: LatLon, *, step_km: float = 50.0) -> tuple[LatLon, ...]:
    """Return points along the geodesic from `a` to `b`, both included, at most `step_km` apart."""
    line = _wgs84().InverseLine(a.lat, a.lon, b.lat, b.lon)
    pieces = max(1, min(512, math.ceil(line.s13 / 1000 / step_km)))
    inner = (line.Position(line.s13 * i / pieces) for i in range(1, pieces))
    middle = tuple(LatLon(lat=float(p["lat2"]), lon=(float(p["lon2"]) + 180) % 360 - 180) for p in inner)
    return (a, *middle, b)
