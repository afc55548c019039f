"""Does the map agree with what the text says about distance and direction?

A verdict is the relation between two intervals: what a careful reporter can mean by the claim
(`DistanceClaim.claimed`) and what the map allows, the geodesic between the two places give or take
their extents. Contained supports, overlap is consistent, separation refutes. A road is longer than
the straight line, so a claim that is too long for the line and short enough for a road is neither.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import Protocol

from geoevents.geodesy import LatLon, angle_between_deg, bearing_deg, compass_point, distance_km
from geoevents.lexicon.hedges import LINES, WIND_DEG
from geoevents.model import (
    Candidate,
    ClaimEnd,
    Distance,
    DistanceClaim,
    Hedge,
    Interval,
    Outcome,
    Place,
    PlaceKind,
    Resolution,
    ToponymRole,
    TravelMode,
    Unit,
    Verdict,
    WhatIf,
)
from geoevents.text import name_key
from geoevents.units import rounding_half_width

__all__ = ["GeodesicVerifier", "extent_km", "units_agree", "verify_distance"]

# Roads are 1.0 to 1.8 times as long as the straight line: the median circuity of country roads is
# 1.2 to 1.4, and 1.8 covers mountains (Ballou, Rahardja and Sakai, Transportation Research A, 2002).
_MAX_DETOUR = 1.8
# People per square kilometer of built-up land, and the largest radius that gives for a metropolis.
_DENSITY = 2500
_MAX_SETTLEMENT_RADIUS_KM = 20.0
# A hamlet of 500, what GeoNames' smallest listed settlements have.
_LEAST_POPULATION = 500
# A settlement of unknown size: a disk of 1 km, a large village.
_USUAL_POPULATION = 7_850
# A base, a camp or a crossing without a known extent.
_SITE_RADIUS_KM = 1.0
# How far a bearing may be off the wind named, by how fine the wind is; beyond the last no careful
# reporter would call it that. Near the place each is widened by the angle that the extents span.
_RIGHT_DEG = {1: 45.0, 2: 33.75, 3: 22.5}
_BORDERLINE_DEG = 67.5
# The opposite wind stays wrong however near the two places are.
_MAX_WIDENING_DEG = 45.0
# Candidates that score this near the best are what the name may mean as well ...
_NEAR_BEST = 0.85
# ... and those this near on the ground are one place in two readings (a garrison and its village).
_SAME_SPOT_KM = 25.0
_MAX_READINGS = 5
# What is looked at before a claim is refuted for good.
_MAX_CANDIDATES = 8
_FAINT_SCORE = 0.01
_SEVERAL = "the names fit several places, which give different answers"
# A village said to be 10 km from a city abroad and resolved 7,000 km off is another village, and a
# capital overseas is no candidate for an end that the text leaves unnamed.
_FAR = 5.0
_FAR_KM = 500.0
# A garrison is mostly called by the village beside it, and either may be meant.
_NAMESAKE_KM = 10.0
_SITES = frozenset({PlaceKind.MILITARY, PlaceKind.AIRPORT, PlaceKind.CAMP, PlaceKind.CROSSING})
# A town that scores less is out of the question, even where a province is what its name fits best.
_LEAST_SCORE = 0.05
# The table of what would have to be true: so many rows, from so many places that the document names,
# and larger places 30 km apart. They are ours: one screen, one row for each metropolis, and around a
# claim of up to 100 km towns, beyond it the cities of the country, as reporters give distances from.
_WHAT_IF_ROWS = 24
_MOST_NAMED = 60
_APART_KM = 30.0
_LARGE_POPULATION = 30_000
_TOWN = 2_000
_NEARBY_KM = 100.0

_SATISFIES = frozenset({Outcome.SUPPORTED, Outcome.CONSISTENT})
_RANK = {Outcome.SUPPORTED: 3, Outcome.CONSISTENT: 2, Outcome.ROAD_ONLY: 1, Outcome.REFUTED: 0}


class PlaceIndex(Protocol):
    """What verification asks of a gazetteer: the larger places of a country, and around a point."""

    def in_country(self, country: str, *, min_population: int) -> Iterable[Place]:
        """Return the places of the country with at least so many people."""
        ...

    def near(self, point: LatLon, *, radius_km: float, min_population: int) -> Iterable[Place]:
        """Return the places around the point with at least so many people."""
        ...


class _DirectionFit(IntEnum):
    WRONG = 0
    BORDERLINE = 1
    RIGHT = 2
    UNSTATED = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class _Measurement:
    """One reading of both ends: the geodesic between them and the interval their extents make."""

    subject: Place
    reference: Place
    distance_km: float
    extent_km: float
    bearing_deg: float

    @property
    def interval(self) -> Interval:
        return Interval(max(0.0, self.distance_km - self.extent_km), self.distance_km + self.extent_km)


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


def units_agree(first: Distance, second: Distance) -> bool:
    """Say whether two figures can be one length, each rounded as its digits and wire habit allow.

    >>> units_agree(Distance(300), Distance(186, Unit.MILE)), units_agree(Distance(22), Distance(11, Unit.MILE))
    (True, False)
    """
    return _as_rounded(first).overlaps(_as_rounded(second))


def _as_rounded(length: Distance) -> Interval:
    # Wires round a converted figure to 5 or 10 as readily as to 1 ("75 kilometers (45 miles)"), but
    # nobody turns 162 miles into 300 kilometers: not by more than 5, or a twentieth.
    half = rounding_half_width(length.value)
    if length.value >= 15 and length.value % 5 == 0:
        half = max(half, 2.5)
    half = min(half, max(0.5, min(0.15 * length.value, max(5.0, 0.05 * length.value))))
    return Interval(max(0.0, length.value - half) * length.unit.km, (length.value + half) * length.unit.km)


def verify_distance(subject: Place, reference: Place, *, claim: DistanceClaim) -> Verdict:
    """Judge a claim about two known places; the ends that the claim itself names are not looked at.

    `geoevents.claims.parse_claim` makes the claim from a phrase.
    """
    obstacle = _obstacle(claim, subject, reference)
    if obstacle is not None:
        return _unchecked(claim, obstacle)
    return _verdict(claim, [_measure(subject, reference)])


class GeodesicVerifier:
    """Measures on the WGS84 ellipsoid, over every plausible reading of both ends.

    For an end that the text does not name, the verdict says what would have to be true: the
    document's other places, and the larger places of the known end's country in `gazetteer`.
    """

    def __init__(self, gazetteer: PlaceIndex | None = None) -> None:
        self._gazetteer = gazetteer

    def __call__(
        self, claims: tuple[DistanceClaim, ...], resolutions: tuple[Resolution, ...], /
    ) -> tuple[Verdict, ...]:
        """Return one verdict per claim, in the same order."""
        named = _named_points(resolutions)
        return tuple(self._verify(claim, named) for claim in claims)

    def _verify(self, claim: DistanceClaim, named: Sequence[Place]) -> Verdict:
        unnamed = [
            (role, end)
            for role, end in (("subject", claim.subject), ("reference", claim.reference))
            if not _readings(end)
        ]
        if not unnamed:
            return self._verify_readings(claim)
        reason = "; ".join(_why_unnamed(role, end) for role, end in unnamed)
        rows = self._what_if(claim, named) if len(unnamed) == 1 else ()
        return _unchecked(claim, reason, rows)

    def _verify_readings(self, claim: DistanceClaim) -> Verdict:
        verdicts: list[Verdict] = []
        obstacle = None
        for subjects in _spots(self._readings(claim.subject)):
            for references in _spots(self._readings(claim.reference)):
                found = _obstacle(claim, subjects[0], references[0])
                obstacle = obstacle or found
                if found is None:
                    pairs = [
                        _measure(s, r) for s in subjects for r in references if _obstacle(claim, s, r) is None
                    ]
                    verdicts.append(_verdict(claim, pairs))
        if not verdicts:
            return _unchecked(claim, obstacle or "neither end can be measured")
        verdict = _settle(claim, verdicts)
        return _doubted(claim, verdict) if verdict.outcome is Outcome.REFUTED else verdict

    def _readings(self, end: ClaimEnd) -> list[Place]:
        """List what the end may be: its candidates, and beside a site the village of that name."""
        places = _readings(end)
        return _distinct([*places, *self._namesakes(places[0])]) if places else []

    def _namesakes(self, site: Place) -> list[Place]:
        if self._gazetteer is None or site.kind not in _SITES:
            return []
        around = self._gazetteer.near(site.point, radius_km=_NAMESAKE_KM, min_population=0)
        keys = _name_keys(site)
        return [p for p in around if p.kind is PlaceKind.SETTLEMENT and not keys.isdisjoint(_name_keys(p))]

    def _what_if(self, claim: DistanceClaim, named: Sequence[Place]) -> tuple[WhatIf, ...]:
        if claim.claimed is None or _names_line(claim.subject) or _names_line(claim.reference):
            return ()
        subjects, references = self._readings(claim.subject), self._readings(claim.reference)
        known = _one_spot(subjects or references)
        others = self._alternatives(known, claim.claimed, named)
        rows = [
            _what_if_row(
                claim,
                place,
                subjects=known if subjects else [place],
                references=known if references else [place],
            )
            for place in others
        ]
        rows.sort(key=lambda row: (row.outcome not in _SATISFIES, row.measured.low, row.place.id))
        return tuple(rows)

    def _alternatives(self, known: Sequence[Place], claimed: Interval, named: Sequence[Place]) -> list[Place]:
        """List what the unnamed end could be: the document's other places, then the larger ones."""
        by_size = sorted(self._larger(known[0], claimed), key=lambda p: (-(p.population or 0), p.id))
        known_ids = {place.id for place in known}
        return _spread(
            [p for p in named if p.id not in known_ids and not _is_out_of_reach(p, known[0], claimed)],
            (p for p in by_size if _is_point(p) and p.id not in known_ids),
        )

    def _larger(self, known: Place, claimed: Interval) -> Iterable[Place]:
        if self._gazetteer is None:
            return ()
        if claimed.high <= _NEARBY_KM:
            return self._gazetteer.near(known.point, radius_km=1.5 * claimed.high + 5, min_population=_TOWN)
        if known.country is None:
            return ()
        return self._gazetteer.in_country(known.country, min_population=_LARGE_POPULATION)


def _named_points(resolutions: Iterable[Resolution]) -> list[Place]:
    """List the places that the document names, once each, in order; no more than a table is good for.

    The bound keeps a text of many places and many claims from being compared place by claim.
    """
    places = _distinct(
        r.place
        for r in resolutions
        if r.place is not None
        and r.toponym.role in {ToponymRole.LITERAL, ToponymRole.EMBEDDED}
        and _is_point(r.place)
    )
    return places[:_MOST_NAMED]


def _name_keys(place: Place) -> set[str]:
    return {name_key(name) for name in (place.name, *place.alternate_names)}


def _is_out_of_reach(place: Place, known: Place, claimed: Interval) -> bool:
    """Say whether a place is named for other reasons: Washington in a text on a strike in Syria."""
    if place.country == known.country:
        return False
    return distance_km(place.point, known.point) > _FAR * claimed.low + _FAR_KM


def _names_line(end: ClaimEnd) -> bool:
    words = set(end.text.lower().split())
    return end.resolution is None and not words.isdisjoint(LINES)


def _is_point(place: Place) -> bool:
    return place.kind.is_pinned and not place.kind.is_area


def _spread(places: Sequence[Place], more: Iterable[Place]) -> list[Place]:
    """Add to the places the larger ones that lie apart from all so far, so that each region has its say."""
    chosen = list(places[:_WHAT_IF_ROWS])
    for place in more:
        if len(chosen) >= _WHAT_IF_ROWS:
            break
        towns = (other for other in chosen if other.kind is PlaceKind.SETTLEMENT)
        if all(_lie_apart(place.point, town.point) for town in towns):
            chosen.append(place)
    return chosen


def _lie_apart(a: LatLon, b: LatLon) -> bool:
    # A degree of latitude is at least 110.5 km long, one of longitude at least that times the cosine
    # of the latitude nearer the pole; most pairs are settled without a geodesic.
    if abs(a.lat - b.lat) * 110.5 > _APART_KM:
        return True
    turn = abs(a.lon - b.lon)
    narrowing = math.cos(math.radians(max(abs(a.lat), abs(b.lat))))
    return min(turn, 360 - turn) * 110.5 * narrowing > _APART_KM or distance_km(a, b) > _APART_KM


def _distinct(places: Iterable[Place]) -> list[Place]:
    """Drop the places that come a second time."""
    return list({place.id: place for place in places}.values())


def _what_if_row(
    claim: DistanceClaim, place: Place, *, subjects: Sequence[Place], references: Sequence[Place]
) -> WhatIf:
    """Measure point to point and straight: what would have to be true is a matter of places alone."""
    if claim.mode is TravelMode.UNSTATED:
        claim = replace(claim, mode=TravelMode.STRAIGHT)
    pairs = [_measure(s, r) for s in subjects for r in references]
    measured = Interval(min(m.distance_km for m in pairs), max(m.distance_km for m in pairs))
    fit = max(_direction_fit(claim, m) for m in pairs)
    return WhatIf(place, measured, outcome=_with_direction(_relate(claim, measured), fit))


def _readings(end: ClaimEnd) -> list[Place]:
    """List what the end may be, best first: what scores near the best, and what lies beside it."""
    if end.resolution is None or not end.resolution.candidates:
        return []
    candidates = [c for c in end.resolution.candidates if c.place.kind.is_pinned]
    if not candidates:
        return []
    best = _town_before_province(candidates)
    least = _NEAR_BEST * best.score
    others = [c.place for c in candidates if c.score >= least or _lies_beside(c, best.place)]
    return [best.place, *(p for p in others if p.id != best.place.id)][:_MAX_READINGS]


def _town_before_province(candidates: Sequence[Candidate]) -> Candidate:
    """Return the best candidate, or where that is a province, the town that may be meant as well."""
    best = candidates[0]
    if best.place.kind not in {PlaceKind.ADMIN1, PlaceKind.ADMIN2}:
        return best
    towns = (c for c in candidates[1:] if c.place.kind is PlaceKind.SETTLEMENT)
    likely = (
        c
        for c in towns
        if c.score >= (_LEAST_SCORE if c.place.country == best.place.country else best.score / 2)
    )
    return next(likely, best)


def _lies_beside(candidate: Candidate, place: Place) -> bool:
    """Say whether the candidate is the same spot in another reading, however little it scores."""
    is_alike = candidate.place.kind.is_area == place.kind.is_area
    return is_alike and distance_km(candidate.place.point, place.point) <= _SAME_SPOT_KM


def _one_spot(places: Sequence[Place]) -> list[Place]:
    """Keep the readings that are one place with the best of them."""
    return [p for p in places if distance_km(p.point, places[0].point) <= _SAME_SPOT_KM]


def _spots(places: Sequence[Place]) -> list[list[Place]]:
    """Group the readings into places: each with what lies on the same spot, in order of its best."""
    groups: list[list[Place]] = []
    left = list(places)
    while left:
        spot = _one_spot(left)
        groups.append(spot)
        left = [p for p in left if p not in spot]
    return groups


def _settle(claim: DistanceClaim, verdicts: Sequence[Verdict]) -> Verdict:
    """Choose among the readings: the first where they agree or where it holds, else no answer."""
    first = verdicts[0]
    agree = all(v.outcome is first.outcome for v in verdicts)
    if agree or (_is_settled(claim) and first.outcome in _SATISFIES):
        return first
    best = max(verdicts, key=lambda v: _RANK[v.outcome])
    if _is_settled(claim) and _RANK[best.outcome] <= _RANK[first.outcome]:
        return first
    return _unchecked(claim, f"{_SEVERAL} ({first.reason}; {best.reason})")


def _is_settled(claim: DistanceClaim) -> bool:
    ends = (claim.subject, claim.reference)
    return all(end.resolution is not None and end.resolution.is_settled for end in ends)


def _doubted(claim: DistanceClaim, refuted: Verdict) -> Verdict:
    """Withdraw a refutation that more likely means that a name was resolved to the wrong place."""
    if not _is_settled(claim):
        return _unchecked(claim, f"the names are not resolved for certain ({refuted.reason})")
    holding = _reading_that_holds(claim)
    if holding is not None:
        return _unchecked(claim, f"{_SEVERAL} ({refuted.reason}; {holding.reason})")
    if _are_worlds_apart(claim, refuted):
        return _unchecked(
            claim, f"two countries so far apart mean that a name stands for another place ({refuted.reason})"
        )
    return refuted


def _are_worlds_apart(claim: DistanceClaim, refuted: Verdict) -> bool:
    subject, reference = _readings(claim.subject)[0], _readings(claim.reference)[0]
    if subject.country == reference.country or refuted.measured is None or claim.claimed is None:
        return False
    return refuted.measured.low > _FAR * claim.claimed.high + _FAR_KM


def _reading_that_holds(claim: DistanceClaim) -> Verdict | None:
    """Return the verdict for the first pair of candidates, however unlikely, that satisfies the claim."""
    subjects, references = (
        [c.place for c in end.resolution.candidates[:_MAX_CANDIDATES] if c.score >= _FAINT_SCORE]
        for end in (claim.subject, claim.reference)
        if end.resolution is not None
    )
    for subject in subjects:
        for reference in references:
            if _obstacle(claim, subject, reference) is None:
                verdict = _verdict(claim, [_measure(subject, reference)])
                if verdict.outcome in _SATISFIES:
                    return verdict
    return None


def _obstacle(claim: DistanceClaim, subject: Place, reference: Place) -> str | None:
    """Say why the claim cannot be judged for these two places, if so."""
    if claim.claimed is None:
        return "the text gives no figure to check"
    if subject.id == reference.id:
        return f"both ends resolve to {subject.name}"
    for place in (subject, reference):
        if extent_km(place) is None:
            return (
                f"{place.name} is an area ({place.kind.value}) of unknown extent, not a point to measure from"
            )
    return None


def _measure(subject: Place, reference: Place) -> _Measurement:
    return _Measurement(
        subject=subject,
        reference=reference,
        distance_km=distance_km(subject.point, reference.point),
        extent_km=(extent_km(subject) or 0.0) + (extent_km(reference) or 0.0),
        bearing_deg=bearing_deg(reference.point, subject.point),
    )


def _verdict(claim: DistanceClaim, pairs: Sequence[_Measurement]) -> Verdict:
    """Judge over readings that are one place at each end, so that their hull is what the map allows."""
    claimed = claim.claimed or Interval(0.0)
    measured = Interval(min(m.interval.low for m in pairs), max(m.interval.high for m in pairs))
    fit = max(_direction_fit(claim, m) for m in pairs)
    outcome = _with_direction(_relate(claim, measured), fit)
    first = pairs[0]
    return Verdict(
        claim,
        outcome,
        measured=measured,
        distance_km=first.distance_km,
        bearing_deg=first.bearing_deg,
        margin_km=claimed.gap(measured),
        units_agree=_pair_agrees(claim),
        reason=_explain(claim, pairs, measured, fit, outcome),
    )


def _relate(claim: DistanceClaim, measured: Interval) -> Outcome:
    claimed = claim.claimed or Interval(0.0)
    if claimed.contains(measured):
        # A way by road that equals the straight line is possible, not established.
        return Outcome.CONSISTENT if claim.mode is TravelMode.ROAD else Outcome.SUPPORTED
    if claimed.overlaps(measured):
        return Outcome.CONSISTENT
    by_road = Interval(measured.low, measured.high * _MAX_DETOUR)
    if claim.mode is not TravelMode.STRAIGHT and claimed.overlaps(by_road):
        return Outcome.ROAD_ONLY
    return Outcome.REFUTED


def _direction_fit(claim: DistanceClaim, m: _Measurement) -> _DirectionFit:
    if claim.direction is None:
        return _DirectionFit.UNSTATED
    off = angle_between_deg(WIND_DEG[claim.direction], m.bearing_deg)
    spread = m.extent_km / m.distance_km if m.distance_km > m.extent_km else 1.0
    widening = min(_MAX_WIDENING_DEG, math.degrees(math.asin(spread)))
    if off <= _RIGHT_DEG[len(claim.direction)] + widening:
        return _DirectionFit.RIGHT
    return _DirectionFit.BORDERLINE if off <= _BORDERLINE_DEG + widening else _DirectionFit.WRONG


def _with_direction(outcome: Outcome, fit: _DirectionFit) -> Outcome:
    if fit is _DirectionFit.WRONG:
        return Outcome.REFUTED
    if fit is _DirectionFit.BORDERLINE and outcome is Outcome.SUPPORTED:
        return Outcome.CONSISTENT
    return outcome


def _unchecked(claim: DistanceClaim, reason: str, what_if: tuple[WhatIf, ...] = ()) -> Verdict:
    return Verdict(
        claim,
        Outcome.NOT_CHECKABLE,
        measured=None,
        distance_km=None,
        bearing_deg=None,
        margin_km=None,
        units_agree=_pair_agrees(claim),
        reason=f"{reason}{_pair_clause(claim)}: not checkable",
        what_if=what_if,
    )


def _pair_agrees(claim: DistanceClaim) -> bool | None:
    """Say whether the two figures of the claim are one length, `None` where it gives but one."""
    if claim.paired is None or claim.figure is None:
        return None
    return units_agree(claim.figure, claim.paired)


def _why_unnamed(role: str, end: ClaimEnd) -> str:
    if end.resolution is not None:
        return f"the {role}, {end.text!r}, is not resolved: {end.resolution.reason}"
    called = f"only {end.text!r}" if end.text else "nothing at all"
    because = f" ({end.reason})" if end.reason else ""
    return f"the text does not name the {role}, it says {called}{because}"


_OUTCOME_WORDS = {
    Outcome.SUPPORTED: "supported",
    Outcome.CONSISTENT: "consistent",
    Outcome.ROAD_ONLY: "too short in a straight line, possible by road",
    Outcome.REFUTED: "refuted",
}


def _explain(
    claim: DistanceClaim,
    pairs: Sequence[_Measurement],
    measured: Interval,
    fit: _DirectionFit,
    outcome: Outcome,
) -> str:
    first = pairs[0]
    readings = " over their readings" if len(pairs) > 1 else ""
    extent = f"{_span_km(measured)} with the extent of both{readings}"
    said = _said(claim)
    slip = _what_would_hold(claim, pairs, measured) if outcome is Outcome.REFUTED else ""
    meant = "" if claim.claimed is None else f" ({_span_km(claim.claimed)})"
    return (
        f"{first.subject.name} to {first.reference.name} is {_km(first.distance_km)} km ({extent}), "
        f"claimed {said}{meant}{_direction_clause(claim, first, fit)}{_pair_clause(claim)}: "
        f"{_OUTCOME_WORDS[outcome]}{slip}"
    )


def _said(claim: DistanceClaim) -> str:
    if claim.figure is None:
        return "a vague distance"
    words = "" if claim.hedge in {Hedge.EXACT, Hedge.BETWEEN} else f"{claim.hedge.value} "
    return f"{words}{claim.figure}{' or more, as a range' if claim.hedge is Hedge.BETWEEN else ''}"


def _direction_clause(claim: DistanceClaim, m: _Measurement, fit: _DirectionFit) -> str:
    if claim.direction is None:
        return ""
    judged = {
        _DirectionFit.RIGHT: "fits",
        _DirectionFit.BORDERLINE: "stretches",
        _DirectionFit.WRONG: "contradicts",
    }[fit]
    return f", and {claim.direction} {judged} its bearing of {m.bearing_deg:.0f}° ({compass_point(m.bearing_deg)})"


def _what_would_hold(claim: DistanceClaim, pairs: Sequence[_Measurement], measured: Interval) -> str:
    """Name the slip that would explain a refuted claim: another unit, the opposite wind, a decimal place."""
    right = max(_direction_fit(claim, m) for m in pairs) is not _DirectionFit.WRONG
    if right and claim.claimed is not None:
        for factor, slip in _SLIPS[claim.figure.unit if claim.figure else Unit.KILOMETER]:
            meant = Interval(claim.claimed.low * factor, claim.claimed.high * factor)
            if meant.overlaps(measured):
                return f", it would hold {slip}"
    turned = replace(claim, direction=_opposite(claim.direction))
    fits = (
        claim.direction is not None and max(_direction_fit(turned, m) for m in pairs) is _DirectionFit.RIGHT
    )
    if fits and claim.claimed is not None and claim.claimed.overlaps(measured):
        return f", it would hold to the {turned.direction}"
    return ""


_DECIMAL = ((10.0, "with one more digit"), (0.1, "with one digit less"))
_SLIPS: dict[Unit, tuple[tuple[float, str], ...]] = {
    Unit.KILOMETER: ((Unit.MILE.km, "in miles"), *_DECIMAL),
    Unit.MILE: ((1 / Unit.MILE.km, "in kilometers"), *_DECIMAL),
    Unit.NAUTICAL_MILE: ((1 / Unit.NAUTICAL_MILE.km, "in kilometers"), *_DECIMAL),
    Unit.METER: ((1000.0, "in kilometers"), *_DECIMAL),
    Unit.YARD: _DECIMAL,
    Unit.FOOT: _DECIMAL,
}


def _opposite(direction: str | None) -> str | None:
    if direction is None:
        return None
    return compass_point(WIND_DEG[direction] + 180)


def _pair_clause(claim: DistanceClaim) -> str:
    if claim.paired is None or claim.figure is None:
        return ""
    first, second = claim.figure, claim.paired
    if units_agree(first, second):
        return f", and {second} is {_in_unit_of(first, second)}, which agrees with {first}"
    return f", but {second} is {_in_unit_of(first, second)}, not {first}{_likely_cause(first, second)}"


def _in_unit_of(target: Distance, length: Distance) -> str:
    return f"{length.km / target.unit.km:.4g} {target.unit.value}"


def _likely_cause(first: Distance, second: Distance) -> str:
    """Name the slip that would explain two figures that are not one length."""
    swapped = Distance(first.value, second.unit), Distance(second.value, first.unit)
    causes: tuple[tuple[Callable[[], bool], str], ...] = (
        (lambda: first.value == second.value, "the figure was repeated instead of converted"),
        (lambda: units_agree(*swapped), "the two units seem to be exchanged"),
        (lambda: _nautical(first, second), f"{second.value:g} would be nautical miles"),
        (lambda: _nautical(second, first), f"{first.value:g} would be nautical miles"),
        (lambda: _slipped(first, second), "a decimal place seems to have slipped"),
        (lambda: _transposed(first, second), "two digits seem to be exchanged"),
    )
    for holds, cause in causes:
        if holds():
            return f" ({cause})"
    return ""


def _nautical(length: Distance, miles: Distance) -> bool:
    return miles.unit is Unit.MILE and units_agree(length, Distance(miles.value, Unit.NAUTICAL_MILE))


def _slipped(first: Distance, second: Distance) -> bool:
    return any(units_agree(first, Distance(second.value * factor, second.unit)) for factor in (10.0, 0.1))


def _transposed(first: Distance, second: Distance) -> bool:
    digits = f"{second.value:g}"
    swaps = (digits[:i] + digits[i + 1] + digits[i] + digits[i + 2 :] for i in range(len(digits) - 1))
    return digits.isdigit() and any(units_agree(first, Distance(float(s), second.unit)) for s in swaps)


def _span_km(interval: Interval) -> str:
    if math.isinf(interval.high):
        return f"{_km(interval.low)} km or more"
    if interval.low == 0:
        return f"up to {_km(interval.high)} km"
    if interval.high - interval.low < 3:
        return f"{interval.low:.1f} to {interval.high:.1f} km"
    return f"{_km(interval.low)} to {_km(interval.high)} km"


def _km(value: float) -> str:
    if value >= 10:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 0.1 else f"{value:.2f}"
