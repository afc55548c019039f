"""How large is a place, what is it weighed like, and in which part of the map does it lie?"""

from __future__ import annotations

import math

from geoevents.geodesy import LatLon
from geoevents.model import Place, PlaceKind

__all__ = ["GROUPS", "around", "group_of", "people_of"]

_K = PlaceKind
_GROUP = {
    _K.COUNTRY: "country",
    _K.ADMIN1: "division",
    _K.ADMIN2: "county",
    _K.SETTLEMENT: "town",
    _K.QUARTER: "town",
    _K.CONTINENT: "area",
    _K.REGION: "area",
    _K.WATER: "area",
    _K.LAND: "area",
    _K.INSTITUTION: "institution",
}
# What stands in for a site that no gazetteer has, is weighed by nothing but how the text puts the two.
GROUPS = (*dict.fromkeys(_GROUP.values()), "site", "stand-in")


def group_of(kind: PlaceKind) -> str:
    """Return the group of a kind of place: what is weighed alike.

    >>> group_of(PlaceKind.QUARTER), group_of(PlaceKind.AIRPORT)
    ('town', 'site')
    """
    return _GROUP.get(kind, "site")


# Where the gazetteer gives no population, what a reader would take the place for. Areas and sites
# are named for what they are, however few people live there.
_ASSUMED_PEOPLE = {
    _K.SETTLEMENT: 500,
    _K.QUARTER: 5_000,
    _K.ADMIN2: 50_000,
    _K.ADMIN1: 1_000_000,
    _K.COUNTRY: 1_000_000,
    _K.CONTINENT: 10_000_000,
    _K.REGION: 1_000_000,
    _K.WATER: 1_000_000,
    _K.LAND: 100_000,
}
_SITE_PEOPLE = 20_000
# Of a town or quarter that somebody gave an extent, because news named it. A village that lies somewhere
# within a district has the extent of that, and nobody chose it.
_CHOSEN_PEOPLE = {_K.SETTLEMENT: 10_000, _K.QUARTER: 30_000}
_WIDEST_CHOSEN_KM = 12.0
_CHOSEN_KINDS = frozenset({_K.REGION, _K.WATER, _K.LAND, _K.FACILITY, _K.AIRPORT})
# How many people a square kilometer stands for: in divisions as many as live on one in the middle of all
# countries; regions and seas are known far beyond their people, but not in proportion to their size.
_PEOPLE_PER_KM2 = {_K.ADMIN1: 30, _K.ADMIN2: 30, _K.REGION: 5, _K.WATER: 5, _K.LAND: 5}
_DIVISIONS = frozenset({_K.ADMIN1, _K.ADMIN2})
_LEAST_OF_AREA, _MOST_OF_AREA = 20_000, 100_000_000
_LEAST = 100


def people_of(place: Place, *, per_km2: float | None = None) -> int:
    """Return the people of a place, or what a reader would take it for; at least 100.

    `per_km2` is how many live on a square kilometer of its country: as many do in its divisions.
    """
    if place.population:
        return max(_LEAST, place.population)
    if place.radius_km is None:
        # Areas and sites that somebody chose have an extent: one without is a feature of an imported
        # layer, more likely a brook than a sea, and a school than a base.
        return _LEAST if place.kind in _CHOSEN_KINDS else _ASSUMED_PEOPLE.get(place.kind, _SITE_PEOPLE)
    if place.kind in _CHOSEN_PEOPLE and place.radius_km < _WIDEST_CHOSEN_KM:
        return _CHOSEN_PEOPLE[place.kind]
    density: float | None = _PEOPLE_PER_KM2.get(place.kind)
    if per_km2 is not None and place.kind in _DIVISIONS:
        density = per_km2
    if density is None:
        return _ASSUMED_PEOPLE.get(place.kind, _SITE_PEOPLE)
    return min(_MOST_OF_AREA, max(_LEAST_OF_AREA, round(density * math.pi * place.radius_km**2)))


_CELL_DEG = 2
_CELLS_ROUND = 360 // _CELL_DEG


def around(point: LatLon) -> tuple[int, ...]:
    """Return the numbers of the cell of two degrees that holds a point and of the three that it is nearest to.

    The own cell comes first. Of two places within a degree of each other, the first lies in a cell around
    the second.
    """
    lat, lon = point.lat / _CELL_DEG, point.lon / _CELL_DEG
    row, column = math.floor(lat), math.floor(lon)
    next_row = row + (1 if lat - row >= 0.5 else -1)
    next_column = column + (1 if lon - column >= 0.5 else -1)
    south, north = row * _CELLS_ROUND, next_row * _CELLS_ROUND
    west, east = column % _CELLS_ROUND, next_column % _CELLS_ROUND
    return (south + west, south + east, north + west, north + east)
