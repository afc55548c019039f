"""What would make a claim true whose one end the text does not name?"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Protocol

from geoevents.geodesy import LatLon, lie_within
from geoevents.model import (
    DistanceClaim,
    Interval,
    Place,
    PlaceKind,
    Resolution,
    ToponymRole,
    TravelMode,
    WhatIf,
)
from geoevents.verification.extents import measure
from geoevents.verification.readings import distinct
from geoevents.verification.relations import SATISFIES, direction_fit, relate, with_direction

__all__ = ["PlaceIndex", "named_points", "what_if_rows"]

# The table of what would have to be true: so many rows, from so many places that the document names,
# and larger places 30 km apart. They are ours: one screen, one row for each metropolis, and around a
# claim of up to 100 km towns, beyond it the cities of the country, as reporters give distances from.
_ROWS = 24
_MOST_NAMED = 60
_APART_KM = 30.0
_LARGE_POPULATION = 30_000
_TOWN = 2_000
_NEARBY_KM = 100.0
# A capital overseas is no candidate for an end that the text leaves unnamed.
_FAR = 5.0
_FAR_KM = 500.0


class PlaceIndex(Protocol):
    """What verification asks of a gazetteer: the larger places of a country, and around a point."""

    def in_country(self, country: str, *, min_population: int) -> Iterable[Place]:
        """Return the places of the country with at least so many people."""
        ...

    def near(self, point: LatLon, *, radius_km: float, min_population: int) -> Iterable[Place]:
        """Return the places around the point with at least so many people."""
        ...


def named_points(resolutions: Iterable[Resolution]) -> list[Place]:
    """List the places that the document names, once each, in order; no more than a table is good for.

    The bound keeps a text of many places and many claims from being compared place by claim.
    """
    places = distinct(
        r.place
        for r in resolutions
        if r.place is not None
        and r.toponym.role in {ToponymRole.LITERAL, ToponymRole.EMBEDDED}
        and _is_point(r.place)
    )
    return places[:_MOST_NAMED]


def what_if_rows(
    claim: DistanceClaim,
    known: Sequence[Place],
    *,
    is_subject_known: bool,
    named: Sequence[Place],
    gazetteer: PlaceIndex | None,
) -> tuple[WhatIf, ...]:
    """Return what each place that the other end could be would make of the claim, those that fit first.

    `known` are the readings of the known end, one spot; `named` the other places of the document.
    """
    if claim.claimed is None or (math.isinf(claim.claimed.high) and claim.claimed.low == 0):
        return ()
    rows = [
        _row(
            claim,
            place,
            subjects=known if is_subject_known else [place],
            references=[place] if is_subject_known else known,
        )
        for place in _alternatives(known, claim.claimed, named, gazetteer)
    ]
    rows.sort(key=lambda row: (row.outcome not in SATISFIES, row.measured.low, row.place.id))
    return tuple(rows)


def _row(
    claim: DistanceClaim, place: Place, *, subjects: Sequence[Place], references: Sequence[Place]
) -> WhatIf:
    """Measure point to point and straight: what would have to be true is a matter of places alone."""
    if claim.mode is TravelMode.UNSTATED:
        claim = replace(claim, mode=TravelMode.STRAIGHT)
    pairs = [measure(s, r) for s in subjects for r in references]
    measured = Interval(min(m.distance_km for m in pairs), max(m.distance_km for m in pairs))
    fit = max(direction_fit(claim, m) for m in pairs)
    return WhatIf(place, measured, outcome=with_direction(relate(claim, measured), fit))


def _alternatives(
    known: Sequence[Place], claimed: Interval, named: Sequence[Place], gazetteer: PlaceIndex | None
) -> list[Place]:
    """List what the unnamed end could be: the document's other places, then the larger ones."""
    by_size = sorted(_larger(known[0], claimed, gazetteer), key=lambda p: (-(p.population or 0), p.id))
    known_ids = {place.id for place in known}
    return _spread(
        [p for p in named if p.id not in known_ids and not _is_out_of_reach(p, known[0], claimed)],
        (p for p in by_size if _is_point(p) and p.id not in known_ids),
    )


def _larger(known: Place, claimed: Interval, gazetteer: PlaceIndex | None) -> Iterable[Place]:
    if gazetteer is None:
        return ()
    if claimed.high <= _NEARBY_KM:
        return gazetteer.near(known.point, radius_km=1.5 * claimed.high + 5, min_population=_TOWN)
    if known.country is None:
        return ()
    return gazetteer.in_country(known.country, min_population=_LARGE_POPULATION)


def _is_out_of_reach(place: Place, known: Place, claimed: Interval) -> bool:
    """Say whether a place is named for other reasons: Washington in a text on a strike in Syria."""
    if place.country == known.country:
        return False
    return not lie_within(place.point, known.point, km=_FAR * claimed.low + _FAR_KM)


def _is_point(place: Place) -> bool:
    return place.kind.is_pinned and not place.kind.is_area


def _spread(places: Sequence[Place], more: Iterable[Place]) -> list[Place]:
    """Add to the places the larger ones that lie apart from all so far, so that each region has its say."""
    chosen = list(places[:_ROWS])
    for place in more:
        if len(chosen) >= _ROWS:
            break
        towns = (other for other in chosen if other.kind is PlaceKind.SETTLEMENT)
        if not any(lie_within(place.point, town.point, km=_APART_KM) for town in towns):
            chosen.append(place)
    return chosen
