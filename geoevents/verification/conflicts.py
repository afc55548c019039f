"""Do two texts, or two voices in one, say different distances of the same two places?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Protocol

from geoevents.geodesy import angle_between_deg, compass_point
from geoevents.lexicon.hedges import WIND_DEG
from geoevents.model import Analysis, ClaimEnd, ClaimKind, DistanceClaim, Interval, Place, TravelMode
from geoevents.verification.relations import MAX_DETOUR
from geoevents.verification.wording import in_km

__all__ = ["ClaimConflict", "Said", "can_both_hold", "claim_conflicts", "opposite"]

# Two winds of eight that lie beside each other may be said of one place; the next but one may not.
_MAX_TURN_DEG = 67.5
# Of one pair of places no more claims than these are compared with one another.
_MOST = 100


class Said(Protocol):
    """What a claim says of two places, measured from one of them."""

    @property
    def claimed(self) -> Interval | None: ...  # noqa: D102 - as in `DistanceClaim`

    @property
    def mode(self) -> TravelMode: ...  # noqa: D102

    @property
    def direction(self) -> str | None: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class ClaimConflict:
    """Two claims about the same two places that cannot both be true.

    `documents` are the ids of the two documents, which may be one and the same. `reason` says in one
    sentence who says what.
    """

    first: DistanceClaim
    second: DistanceClaim
    documents: tuple[str, str]
    reason: str


def claim_conflicts(analyses: Iterable[Analysis]) -> tuple[ClaimConflict, ...]:
    """Return the conflicts among the claims of all the documents, in their order.

    Claims are compared where both ends are resolved to the same two places, whichever is measured
    from. A way by road may be up to 1.8 times as long as the straight line.
    """
    by_pair: dict[tuple[str, str], list[tuple[str, DistanceClaim]]] = {}
    for analysis in analyses:
        for verdict in analysis.verdicts:
            for pair, claim in _comparable(verdict.claim):
                by_pair.setdefault(pair, []).append((analysis.document.id, claim))
    return tuple(
        conflict
        for said in by_pair.values()
        for (document, one), (other_document, other) in combinations(said[:_MOST], 2)
        if (conflict := _conflict(one, other, (document, other_document))) is not None
    )


def _comparable(claim: DistanceClaim) -> Iterator[tuple[tuple[str, str], DistanceClaim]]:
    """Yield the claim under its two places, turned so that it is said of the first by id."""
    subject, reference = _place(claim.subject), _place(claim.reference)
    is_length = claim.kind is ClaimKind.DISTANCE and claim.claimed is not None
    if subject is None or reference is None or subject.id == reference.id or not is_length:
        return
    if subject.id < reference.id:
        yield (subject.id, reference.id), claim
        return
    turned = replace(
        claim, subject=claim.reference, reference=claim.subject, direction=opposite(claim.direction)
    )
    yield (reference.id, subject.id), turned


def opposite(direction: str | None) -> str | None:
    """Return the direction of the one place from the other, where this is that of the other from the one.

    >>> opposite("S")
    'N'
    """
    return None if direction is None else compass_point(WIND_DEG[direction] + 180)


def _place(end: ClaimEnd) -> Place | None:
    return None if end.resolution is None else end.resolution.place


def _conflict(one: DistanceClaim, other: DistanceClaim, documents: tuple[str, str]) -> ClaimConflict | None:
    if can_both_hold(one, other):
        return None
    turned = _turn_deg(one, other) > _MAX_TURN_DEG
    subject, reference = _place(one.subject), _place(one.reference)
    names = f"{subject.name if subject else ''} and {reference.name if reference else ''}"
    where = ["" if documents[0] == documents[1] else f"{document}: " for document in documents]
    said = [f"{at}{_said(claim, with_wind=turned)}" for at, claim in zip(where, (one, other), strict=True)]
    return ClaimConflict(one, other, documents, f"{names} cannot be both {said[0]} and {said[1]} apart")


def can_both_hold(one: Said, other: Said) -> bool:
    """Say whether two claims about the same two places, measured from the same one, can both be true."""
    return _lengths_agree(one, other) and _turn_deg(one, other) <= _MAX_TURN_DEG


def _lengths_agree(one: Said, other: Said) -> bool:
    first, second = one.claimed or Interval(0.0), other.claimed or Interval(0.0)
    modes = {one.mode, other.mode}
    if TravelMode.ROAD in modes and len(modes) > 1:
        if one.mode is TravelMode.ROAD:
            first, second = second, first
        # The second is a way by road, the first need not be.
        return Interval(first.low, first.high * MAX_DETOUR).overlaps(second)
    return first.overlaps(second)


def _turn_deg(one: Said, other: Said) -> float:
    if one.direction is None or other.direction is None:
        return 0.0
    return angle_between_deg(WIND_DEG[one.direction], WIND_DEG[other.direction])


def _said(claim: DistanceClaim, *, with_wind: bool) -> str:
    figure = str(claim.figure) if claim.figure is not None else in_km((claim.claimed or Interval(0.0)).low)
    hedge = f"{claim.hedge.value} " if claim.hedge.value not in {"exact", "between"} else ""
    by_road = " by road" if claim.mode is TravelMode.ROAD else ""
    wind = f" {claim.direction}" if with_wind and claim.direction else ""
    return f"{hedge}{figure}{wind}{by_road}"
