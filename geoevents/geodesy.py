"""How far, in which direction, and where is the point at that distance and bearing?

Everything is on the WGS84 ellipsoid, in degrees and kilometers, by Karney's algorithms
(C. F. F. Karney, "Algorithms for geodesics", J. Geodesy 87, 2013) as geographiclib carries them,
which is what geopy measures with too; calling it directly spares the 0.2 seconds that importing
geopy takes for its geocoders. Only this module imports geographiclib or geopy, when first needed:
many commands never measure anything.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from geographiclib.geodesic import Geodesic

__all__ = [
    "LatLon",
    "angle_between_deg",
    "bearing_deg",
    "compass_point",
    "destination",
    "distance_km",
    "great_circle",
    "parse_point",
    "ring",
]

_WINDS = ("N", "NNE", "NE", "ENE", "E", "ESE", "SE", "SSE", "S", "SSW", "SW", "WSW", "W", "WNW", "NW", "NNW")


@dataclass(frozen=True, slots=True, kw_only=True)
class LatLon:
    """A point on WGS84, in degrees. Keyword-only, so that nobody has to remember an order.

    Raises `ValueError` for a latitude beyond 90 or a longitude beyond 180 degrees.

    >>> LatLon(lat=33.506, lon=38.618)
    LatLon(lat=33.506, lon=38.618)
    """

    lat: float
    lon: float

    def __post_init__(self) -> None:
        if not -90 <= self.lat <= 90:
            raise ValueError(f"latitude must be from -90 to 90 degrees, got {self.lat!r}")
        if not -180 <= self.lon <= 180:
            raise ValueError(f"longitude must be from -180 to 180 degrees, got {self.lon!r}")


def parse_point(text: str) -> LatLon | None:
    """Return the point that a notation of coordinates names, `None` where it names none.

    Decimal degrees and degrees, minutes and seconds, latitude first, with or without hemispheres.

    >>> parse_point("33°30′36″N 38°37′12″E")
    LatLon(lat=33.51, lon=38.62)
    >>> parse_point("Aleppo") is None
    True
    """
    from geopy.point import Point  # late: start-up time

    try:
        point = Point.from_string(text)
    except ValueError:
        return None
    return LatLon(lat=round(point.latitude, 7), lon=round(point.longitude, 7))


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
    line = _wgs84().Direct(origin.lat, origin.lon, bearing_deg, distance_km * 1000)
    lon = (float(line["lon2"]) + 180.0) % 360.0 - 180.0
    return LatLon(lat=round(float(line["lat2"]), 7), lon=round(lon, 7))


def ring(center: LatLon, *, radius_km: float, points: int = 180) -> tuple[LatLon, ...]:
    """Return a closed ring of `points` + 1 points at `radius_km` from `center`, counter-clockwise."""
    step = 360.0 / points
    open_ring = tuple(
        destination(center, bearing_deg=-step * i, distance_km=radius_km) for i in range(points)
    )
    return (*open_ring, open_ring[0])


def great_circle(a: LatLon, b: LatLon, *, step_km: float = 50.0) -> tuple[LatLon, ...]:
    """Return points along the geodesic from `a` to `b`, both included, at most `step_km` apart."""
    line = _wgs84().InverseLine(a.lat, a.lon, b.lat, b.lon)
    pieces = max(1, min(512, math.ceil(line.s13 / 1000 / step_km)))
    inner = (line.Position(line.s13 * i / pieces) for i in range(1, pieces))
    middle = tuple(LatLon(lat=float(p["lat2"]), lon=(float(p["lon2"]) + 180) % 360 - 180) for p in inner)
    return (a, *middle, b)


def angle_between_deg(first_deg: float, second_deg: float) -> float:
    """Return the smaller angle between two bearings, in [0, 180].

    >>> angle_between_deg(350, 10)
    20.0
    """
    return abs((first_deg - second_deg + 180.0) % 360.0 - 180.0)


def compass_point(bearing_deg: float, *, winds: Sequence[str] = _WINDS) -> str:
    """Name the nearest of the sixteen winds.

    >>> compass_point(225)
    'SW'
    """
    return winds[round(bearing_deg / (360.0 / len(winds))) % len(winds)]
