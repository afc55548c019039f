"""What is a place of a gazetteer, and which sorts of places are there?

Part of the model, which hands it on: apart from it, because whoever only looks a place up need not
wait for the values of all the stages.
"""

from __future__ import annotations

import math
from dataclasses import KW_ONLY, dataclass
from enum import StrEnum

from geoevents.geodesy import LatLon

__all__ = ["Place", "PlaceKind"]


class PlaceKind(StrEnum):
    """What sort of place it is; the coarse classes that GeoNames' feature codes fall into."""

    CONTINENT = "continent"
    REGION = "region"
    COUNTRY = "country"
    ADMIN1 = "admin1"
    ADMIN2 = "admin2"
    SETTLEMENT = "settlement"
    QUARTER = "quarter"
    MILITARY = "military"
    AIRPORT = "airport"
    CROSSING = "crossing"
    CAMP = "camp"
    FRONT = "front"
    FACILITY = "facility"
    WATER = "water"
    LAND = "land"
    INSTITUTION = "institution"

    @property
    def is_area(self) -> bool:
        """Whether the point merely stands for a whole country, division, region or sea."""
        return self in _AREAS

    @property
    def is_pinned(self) -> bool:
        """Whether an event can be put there: an institution named for its seat is no place of war."""
        return self is not PlaceKind.INSTITUTION


_AREAS = frozenset(
    {
        PlaceKind.CONTINENT,
        PlaceKind.REGION,
        PlaceKind.COUNTRY,
        PlaceKind.ADMIN1,
        PlaceKind.ADMIN2,
        PlaceKind.WATER,
        PlaceKind.LAND,
    }
)


@dataclass(frozen=True, slots=True)
class Place:
    """One gazetteer entry.

    `country` is ISO 3166-1 alpha-2, or `None` on the high seas and for what spans countries;
    `admin1` is the name of the first-order division. `radius_km` is the radius of the circle
    around `point` that holds the place, `None` where nothing is known of its extent. `geonameid` is
    GeoNames' number for it. `disputed` says who holds it and who claims it, in words.
    """

    id: str
    name: str
    _: KW_ONLY
    point: LatLon
    kind: PlaceKind
    country: str | None = None
    admin1: str | None = None
    population: int | None = None
    radius_km: float | None = None
    geonameid: int | None = None
    alternate_names: tuple[str, ...] = ()
    disputed: str | None = None
    source: str = ""

    def __post_init__(self) -> None:
        if not self.id or not self.name:
            raise ValueError(f"a place needs an id and a name, got {self.id!r} and {self.name!r}")
        if self.radius_km is not None and not (math.isfinite(self.radius_km) and self.radius_km >= 0):
            raise ValueError(f"radius_km must be finite and not negative, got {self.radius_km!r}")
