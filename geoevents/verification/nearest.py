"""Is the place that a text calls the closest town really the closest?"""

from __future__ import annotations

from dataclasses import replace

from geoevents.model import Outcome, Place, PlaceKind, Verdict
from geoevents.verification.extents import Measurement, measure
from geoevents.verification.relations import SATISFIES
from geoevents.verification.whatif import PlaceIndex
from geoevents.verification.wording import in_km

__all__ = ["judge_nearest"]

# Farther off, the closest of its sort is of no sort that a gazetteer could list.
_MAX_KM = 300.0


def judge_nearest(verdict: Verdict, m: Measurement, gazetteer: PlaceIndex | None) -> Verdict:
    """Lower a verdict on the distance where the gazetteer has a settlement that lies nearer for certain.

    One at least as large refutes that the subject is the closest; a smaller one may be too small to
    count as what the text means.
    """
    if verdict.outcome not in SATISFIES:
        return verdict
    if gazetteer is None or m.distance_km > _MAX_KM:
        return replace(verdict, outcome=Outcome.CONSISTENT)
    nearer = [other for other in _nearer(m, gazetteer) if other.id not in {m.subject.id, m.reference.id}]
    if not nearer:
        return verdict
    largest = max(nearer, key=lambda place: (place.population or 0, place.id))
    away = in_km(measure(largest, m.reference).distance_km)
    people = f" with {largest.population:,} people" if largest.population else ""
    is_larger = (largest.population or 0) >= (m.subject.population or 0)
    outcome = Outcome.REFUTED if is_larger else Outcome.CONSISTENT
    found = f"{largest.name}{people} is nearer ({away} km)"
    said, _, _ = verdict.reason.rpartition(": ")
    return replace(verdict, outcome=outcome, reason=f"{said}, but {found}: {outcome.value}")


def _nearer(m: Measurement, gazetteer: PlaceIndex) -> list[Place]:
    around = gazetteer.near(m.reference.point, radius_km=m.distance_km, min_population=1)
    return [
        place
        for place in around
        if place.kind is PlaceKind.SETTLEMENT and measure(place, m.reference).interval.high < m.interval.low
    ]
