"""Where on paper is a point of the globe?

A region is drawn in Lambert's azimuthal equal-area projection about its middle, the whole world in
Equal Earth (B. Šavrič, T. Patterson, B. Jenny, Int. J. Geogr. Inf. Sci. 33, 2019): both keep areas
true, so that a dot of war is as large as it is. On the sphere of mean radius, in kilometers; a
picture shows no difference to the ellipsoid.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from geoevents.maps.sheets import Region

__all__ = ["Azimuthal", "EqualEarth", "Projection", "projection_for"]

EARTH_KM = 6371.0088
# Past this width or height a disc about the middle bends what should look straight.
_WORLD_DEG = 140.0
_A1, _A2, _A3, _A4 = 1.340264, -0.081106, 0.000893, 0.003796
_ROOT = math.sqrt(3) / 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Azimuthal:
    """Lambert's azimuthal equal-area projection about one point.

    >>> Azimuthal(lat=48.0, lon=37.0).point(37.0, 48.0)
    (0.0, 0.0)
    """

    lat: float
    lon: float

    def point(self, lon: float, lat: float) -> tuple[float, float] | None:
        """Return kilometers east and north of the middle, `None` near the far side of the globe."""
        phi, turn = math.radians(lat), math.radians(lon - self.lon)
        sin0, cos0 = math.sin(math.radians(self.lat)), math.cos(math.radians(self.lat))
        inner = 1 + sin0 * math.sin(phi) + cos0 * math.cos(phi) * math.cos(turn)
        if inner < 0.05:
            return None
        scale = EARTH_KM * math.sqrt(2 / inner)
        x = scale * math.cos(phi) * math.sin(turn)
        y = scale * (cos0 * math.sin(phi) - sin0 * math.cos(phi) * math.cos(turn))
        return x, y

    def inverse(self, x: float, y: float) -> tuple[float, float]:
        """Return longitude and latitude of a point on paper."""
        rho = math.hypot(x, y)
        if rho == 0:
            return self.lon, self.lat
        angle = 2 * math.asin(min(1.0, rho / (2 * EARTH_KM)))
        sin0, cos0 = math.sin(math.radians(self.lat)), math.cos(math.radians(self.lat))
        phi = math.asin(math.cos(angle) * sin0 + y * math.sin(angle) * cos0 / rho)
        turn = math.atan2(x * math.sin(angle), rho * cos0 * math.cos(angle) - y * sin0 * math.sin(angle))
        return self.lon + math.degrees(turn), math.degrees(phi)


@dataclass(frozen=True, slots=True, kw_only=True)
class EqualEarth:
    """The Equal Earth projection about one meridian.

    >>> EqualEarth(lon=0.0).point(0.0, 0.0)
    (0.0, 0.0)
    """

    lon: float

    def point(self, lon: float, lat: float) -> tuple[float, float]:
        """Return kilometers east of the meridian and north of the equator."""
        theta = math.asin(_ROOT * math.sin(math.radians(lat)))
        squared = theta * theta
        sixth = squared**3
        turn = math.radians((lon - self.lon + 180) % 360 - 180)
        slope = _A1 + 3 * _A2 * squared + sixth * (7 * _A3 + 9 * _A4 * squared)
        x = turn * math.cos(theta) / (_ROOT * slope)
        y = theta * (_A1 + _A2 * squared + sixth * (_A3 + _A4 * squared))
        return EARTH_KM * x, EARTH_KM * y


Projection = Azimuthal | EqualEarth


def projection_for(region: Region | None) -> Projection:
    """Return the projection that fits a region; of the whole world where there is none."""
    if region is None:
        return EqualEarth(lon=10.0)
    lon = (region.west + region.east) / 2
    if region.east - region.west > _WORLD_DEG or region.north - region.south > _WORLD_DEG:
        return EqualEarth(lon=10.0 if region.east - region.west > 300 else lon)
    return Azimuthal(lat=(region.south + region.north) / 2, lon=lon)
