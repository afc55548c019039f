"""How far, in which direction, where is the point at that distance and bearing, and how sure is that?

Everything is on the WGS84 ellipsoid, in degrees and kilometers. This package calls geographiclib
directly, which is what geopy measures with too: that spares the 0.2 seconds that importing geopy
takes for its geocoders. Only it imports geographiclib, when first needed, as many commands never
measure anything; geopy reads notations of points here, and asks geocoding services in
`gazetteer.online`.
"""

from __future__ import annotations

from geoevents.geodesy.earth import Nearest, earth_centered_km, nearest_on_path, surface_point
from geoevents.geodesy.grid import mgrs, parse_mgrs
from geoevents.geodesy.lines import (
    MEAN_RADIUS_KM,
    SPHERE_ERROR,
    bearing_deg,
    destination,
    distance_km,
    great_circle,
    lie_within,
    ring,
    sector,
    sphere_km,
)
from geoevents.geodesy.points import LatLon, angle_between_deg, compass_point, parse_point
from geoevents.geodesy.uncertainty import coordinates_km, point_radius_km

__all__ = [
    "MEAN_RADIUS_KM",
    "SPHERE_ERROR",
    "LatLon",
    "Nearest",
    "angle_between_deg",
    "bearing_deg",
    "compass_point",
    "coordinates_km",
    "destination",
    "distance_km",
    "earth_centered_km",
    "great_circle",
    "lie_within",
    "mgrs",
    "nearest_on_path",
    "parse_mgrs",
    "parse_point",
    "point_radius_km",
    "ring",
    "sector",
    "sphere_km",
    "surface_point",
]
