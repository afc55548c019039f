"""How far do two places reach, and what does the map allow for the distance between them?

True distance: the geodesic d between the two points, each with a radius, lies in
[max(0, d - rA - rB), d + rA + rB].
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from geoevents.geodesy import bearing_deg, distance_km
from geoevents.model import Interval, Place, PlaceKind

__all__ = [
    "CIRCLE_SLACK",
    "Measurement",
    "extent_km",
    "hull",
    "is_measured_from",
    "measure",
    "missed_km",
    "shapeless",
    "too_wide",
]

CIRCLE_SLACK = 0.25
"""What a circle around an area's middle may miss of the area, as a share of its radius."""
# Their radius is mostly that of a disk as large: the Gaza Strip reaches 2 of them from its middle, Chile 4.4.
_DIVISION_SLACK, _COUNTRY_SLACK = 1.5, 4.0
_DIVISIONS = frozenset({PlaceKind.ADMIN1, PlaceKind.ADMIN2, PlaceKind.LAND})
# People per square kilometer of built-up land, and the largest radius that gives for a metropolis.
_DENSITY = 2500
_MAX_SETTLEMENT_RADIUS_KM = 20.0
# A hamlet of 500, what GeoNames' smallest listed settlements have.
_LEAST_POPULATION = 500
# A settlement of unknown size: a disk of 1 km, a large village.
_USUAL_POPULATION = 7_850
# A base, a camp or a crossing without a known extent.
_SITE_RADIUS_KM = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Measurement:
    """One reading of both ends: the geodesic between them and how far the two reach together."""

    subject: Place
    reference: Place
    distance_km: float
    extent_km: float
    bearing_deg: float

    @property
    def interval(self) -> Interval:
        """The distance that the extents of both allow."""
        return Interval(max(0.0, self.distance_km - self.extent_km), self.distance_km + self.extent_km)

    @property
    def widening_deg(self) -> float:
        """How far the bearing can turn within the extents: the angle that they span, seen from afar."""
        if self.distance_km <= self.extent_km:
            return 90.0
        return math.degrees(math.asin(self.extent_km / self.distance_km))


def extent_km(place: Place) -> float | None:
    """Return the radius of the place in kilometers, `None` for an area of unknown extent.

    A settlement without a radius is taken for a disk of 2,500 people per square kilometer, at most
    20 km in radius.

    >>> from geoevents.geodesy import LatLon
    >>> town = Place("t", "T", point=LatLon(lat=48, lon=37), kind=PlaceKind.SETTLEMENT, population=150_000)
    >>> round(extent_km(town), 2)
    4.37
    """
    if place.radius_km is not None:
        return place.radius_km
    if place.kind.is_area:
        return None
    if place.kind not in {PlaceKind.SETTLEMENT, PlaceKind.QUARTER}:
        return _SITE_RADIUS_KM
    people = max(place.population, _LEAST_POPULATION) if place.population else _USUAL_POPULATION
    return min(_MAX_SETTLEMENT_RADIUS_KM, math.sqrt(people / (math.pi * _DENSITY)))


def shapeless(place: Place) -> str:
    """Say why there is nothing to measure from, where there is not; else nothing.

    A river is not a disk around its middle, and an area may be of any size.
    """
    if place.kind is PlaceKind.WATER:
        return (
            f"where {place.name} runs is on no map here, and a river or a sea is not measured from its middle"
        )
    if extent_km(place) is None:
        return f"{place.name} is an area ({place.kind.value}) of unknown extent, not a point to measure from"
    return ""


def missed_km(place: Place) -> float:
    """Return how far an area may reach beyond the circle that stands for it."""
    if not place.kind.is_area:
        return 0.0
    slack = _DIVISION_SLACK if place.kind in _DIVISIONS else _COUNTRY_SLACK
    return slack * (extent_km(place) or 0.0)


def too_wide(place: Place, claimed: Interval) -> str:
    """Say why an area is too wide to tell whether the claim holds, where it is; else nothing.

    Where a province reaches farther from its middle than the claim speaks of, its outline would
    decide, and the disk that holds it allows anything.
    """
    reach = extent_km(place) or 0.0
    if not place.kind.is_area or reach <= (claimed.low if math.isinf(claimed.high) else claimed.high):
        return ""
    return (
        f"{place.name} ({place.kind.value}) reaches some {reach:,.0f} km from its middle, farther than the "
        "claim speaks of, and its outline is on no map here"
    )


def is_measured_from(place: Place, claimed: Interval) -> bool:
    """Say whether the place is a point with an extent as far as the claim is concerned."""
    return not (shapeless(place) or too_wide(place, claimed))


def measure(subject: Place, reference: Place) -> Measurement:
    """Measure from the reference to the subject."""
    return Measurement(
        subject=subject,
        reference=reference,
        distance_km=distance_km(subject.point, reference.point),
        extent_km=(extent_km(subject) or 0.0) + (extent_km(reference) or 0.0),
        bearing_deg=bearing_deg(reference.point, subject.point),
    )


def hull(intervals: Sequence[Interval]) -> Interval:
    """Return the smallest interval that holds all of them.

    >>> hull([Interval(1, 2), Interval(5, 6)])
    Interval(low=1, high=6)
    """
    return Interval(min(each.low for each in intervals), max(each.high for each in intervals))
