"""What is a point on the ground, which wind does a bearing have, and how is a point written?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["LatLon", "angle_between_deg", "compass_point", "parse_point"]

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
