"""Which countries can this point be in, and how far is it from a border or a coast?

The outlines are right to a few kilometers (see README.md beside this file), so no answer is drawn
sharper than that: a point near a border is in either country, a distance is an interval, and in a
disputed area whoever holds it and whoever claims it are both answers. A border of such an area is
measured in both views, as held and as claimed, and the interval spans the two.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from geoevents.boundaries.outlines import Outlines, Passing, Sides
from geoevents.geodesy import LatLon, distance_km, earth_centered_km, surface_point
from geoevents.units import Interval

__all__ = ["Boundaries", "CountryAt"]

# Measured against other outlines and against GeoNames' country of 34,000 cities; README.md has the
# figures. Our own outlines of disputed areas follow tables and maps of the UN by eye.
TOLERANCE_KM = 3.0
NEIGHBOR_KM = 4.0
ROUGH_KM = 10.0

_SEA = 0


@dataclass(frozen=True, slots=True)
class CountryAt:
    """A country that a point can be in, by its ISO 3166-1 alpha-2 code (XK for Kosovo).

    `is_certain` says that no other country comes into question, `reason` why or why not.
    """

    country: str
    is_certain: bool
    reason: str = field(kw_only=True)


@dataclass(frozen=True, slots=True)
class _Area:
    """A country or a disputed part of one, none at all for the sea.

    `views` are the countries whose borders it bounds, as held and as claimed.
    """

    codes: tuple[str, ...]
    views: tuple[frozenset[str], frozenset[str]]
    name: str = field(kw_only=True)
    status: str = field(kw_only=True)

    @property
    def described(self) -> str:
        """Who holds and who claims it, after its name."""
        return f"{self.name}: {self.status[:1].lower()}{self.status[1:]}"


class Boundaries:
    """The outlines of all countries, to be asked about a point.

    >>> world = Boundaries.load()
    >>> [answer.country for answer in world.countries_at(LatLon(lat=33.506, lon=38.618))]
    ['SY']
    >>> world.border_km(LatLon(lat=33.506, lon=38.618), "SY", neighbor="FR") is None
    True
    """

    __slots__ = ("_areas", "_chosen", "_coast", "_outlines")

    def __init__(self, outlines: Outlines) -> None:
        self._outlines = outlines
        self._areas = [
            _Area(tuple(codes), (frozenset(views[0]), frozenset(views[1])), name=name, status=status)
            for codes, views, name, status in outlines.areas
        ]
        self._coast = [i for i, sides in enumerate(outlines.sides) if _SEA in (sides.left, sides.right)]
        self._chosen: dict[tuple[str, str | None, int, bool], tuple[int, ...]] = {}

    @classmethod
    def load(cls) -> Boundaries:
        """Return the outlines that come with the package, the same object every time."""
        return _loaded()

    def countries_at(self, point: LatLon) -> tuple[CountryAt, ...]:
        """Return the countries that the point can be in, likeliest first; none on the open sea.

        One certain answer, or one or more uncertain ones: within 4 km of a border the neighbor is
        an answer too; up to 10 km off a coast, where there are islands that the outlines lack, the
        country behind it; and within 10 km of a disputed area, whose outlines are rough, everyone
        who holds or claims it. On the land side a coast makes nothing uncertain: the water beyond
        it is of the same country.
        """
        passing = self._outlines.nearest(_position(point), reach_km=ROUGH_KM)
        own = self._side(passing[0])
        rivals = self._rivals(passing, own)
        area = self._areas[own]
        others = [(km, rival) for km, rival in rivals if rival.name or set(rival.codes) - set(area.codes)]
        if area.codes and not area.name and not others:
            return (CountryAt(area.codes[0], is_certain=True, reason="far from any other country"),)
        answers = {code: _uncertain(code, _own_reason(area, others)) for code in area.codes}
        for km, rival in others:
            for code in rival.codes:
                answers.setdefault(code, _uncertain(code, _rival_reason(km, rival, is_sea=own == _SEA)))
        return tuple(answers.values())

    def border_km(self, point: LatLon, country: str, *, neighbor: str | None = None) -> Interval | None:
        """Return how far the point is from the nearest land border of `country`, in kilometers.

        `None` where there is no such border. With `neighbor`, only the border with that country,
        the same whichever is named first. The interval spans the error of the outlines, and both
        views where a disputed area changes what the border is.
        """
        views = [self._line_km(point, (country, neighbor, view)) for view in (0, 1)]
        found = [interval for interval in views if interval is not None]
        if not found:
            return None
        return Interval(min(each.low for each in found), max(each.high for each in found))

    def coast_km(self, point: LatLon) -> Interval:
        """Return how far the point is from the nearest coast, the Caspian Sea's too, in kilometers."""
        passing = self._outlines.nearest(_position(point), sides=self._coast)
        return _interval(point, passing[0], TOLERANCE_KM)

    def _side(self, passing: Passing) -> int:
        sides = self._outlines.sides[passing.sides]
        return sides.left if passing.nearest.is_left else sides.right

    def _rivals(self, passing: list[Passing], own: int) -> list[tuple[float, _Area]]:
        """Return the other areas that the point may lie in, and the distance to each, by distance."""
        nearest: dict[int, float] = {}
        for each in passing:
            sides = self._outlines.sides[each.sides]
            for area in (sides.left, sides.right):
                reach_km = ROUGH_KM if own == _SEA else self._reach(sides, area)
                if area not in (own, _SEA) and each.nearest.km <= reach_km:
                    nearest.setdefault(area, each.nearest.km)
        return [(km, self._areas[area]) for area, km in nearest.items()]

    def _reach(self, sides: Sides, area: int) -> float:
        return ROUGH_KM if sides.is_rough or self._areas[area].name else NEIGHBOR_KM

    def _line_km(self, point: LatLon, which: tuple[str, str | None, int]) -> Interval | None:
        """Return the distance from a border in one view, of its firm and its rough lines together."""
        intervals = []
        for is_rough in (False, True):
            key = (*which, is_rough)
            if key not in self._chosen:
                sides = list(self._sides(*which, is_rough=is_rough))
                self._chosen[key] = self._outlines.pieces(sides)
            if self._chosen[key]:
                passing = self._outlines.nearest(_position(point), pieces=self._chosen[key])
                intervals.append(_interval(point, passing[0], ROUGH_KM if is_rough else TOLERANCE_KM))
        if not intervals:
            return None
        return Interval(min(each.low for each in intervals), min(each.high for each in intervals))

    def _sides(self, country: str, neighbor: str | None, view: int, *, is_rough: bool) -> Iterator[int]:
        for number, sides in enumerate(self._outlines.sides):
            left, right = self._areas[sides.left].views[view], self._areas[sides.right].views[view]
            if sides.is_rough == is_rough and _is_border(left, right, country, neighbor):
                yield number


def _is_border(left: frozenset[str], right: frozenset[str], country: str, neighbor: str | None) -> bool:
    """Say whether a line bounds `country`, and against `neighbor` if that is given."""
    if not left or not right or country == neighbor:
        return False
    if neighbor is None:
        return (country in left) != (country in right)
    return left != right and (
        (country in left and neighbor in right) or (country in right and neighbor in left)
    )


def _position(point: LatLon) -> tuple[float, float, float]:
    return earth_centered_km(lat=point.lat, lon=point.lon)


def _interval(point: LatLon, passing: Passing, tolerance_km: float) -> Interval:
    km = distance_km(point, surface_point(*passing.nearest.position))
    return Interval(max(0.0, km - tolerance_km), km + tolerance_km)


def _uncertain(code: str, reason: str) -> CountryAt:
    return CountryAt(code, is_certain=False, reason=reason)


def _own_reason(area: _Area, others: list[tuple[float, _Area]]) -> str:
    if area.name:
        return area.described
    km, other = others[0]
    return f"{_away(km)} from {other.name or other.codes[0]}"


def _rival_reason(km: float, rival: _Area, *, is_sea: bool) -> str:
    if rival.name:
        return f"{_away(km)} from {rival.described}"
    return f"{_away(km)} from its {'coast' if is_sea else 'border'}"


def _away(km: float) -> str:
    return "less than 1 km" if km < 1 else f"about {km:.0f} km"


@cache
def _loaded() -> Boundaries:
    return Boundaries(Outlines((files("geoevents.boundaries") / "outlines.bin").read_bytes()))
