"""What is the verdict on a claim about two known places?"""

from __future__ import annotations

from collections.abc import Sequence

from geoevents.model import (
    DistanceClaim,
    ImpliedLocation,
    Interval,
    Outcome,
    Place,
    Verdict,
    WhatIf,
)
from geoevents.verification.extents import Measurement, extent_km, hull, measure
from geoevents.verification.pairs import pair_agrees, pair_clause
from geoevents.verification.relations import direction_fit, relate, with_direction
from geoevents.verification.slips import readings_that_hold
from geoevents.verification.wording import explain

__all__ = ["judge", "obstacle", "unchecked", "verify_distance"]


def verify_distance(subject: Place, reference: Place, *, claim: DistanceClaim) -> Verdict:
    """Judge a claim about two known places; the ends that the claim itself names are not looked at.

    `geoevents.claims.parse_claim` makes the claim from a phrase.
    """
    hindrance = obstacle(claim, subject, reference)
    if hindrance is not None:
        return unchecked(claim, hindrance)
    return judge(claim, [measure(subject, reference)])


def obstacle(claim: DistanceClaim, subject: Place, reference: Place) -> str | None:
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


def judge(claim: DistanceClaim, pairs: Sequence[Measurement]) -> Verdict:
    """Judge over readings that are one place at each end, so that their hull is what the map allows."""
    claimed = claim.claimed or Interval(0.0)
    measured = hull([m.interval for m in pairs])
    fit = max(direction_fit(claim, m) for m in pairs)
    outcome = with_direction(relate(claim, measured), fit)
    would_hold = readings_that_hold(claim, pairs, measured) if outcome is Outcome.REFUTED else ()
    return Verdict(
        claim,
        outcome,
        measured=measured,
        distance_km=pairs[0].distance_km,
        bearing_deg=pairs[0].bearing_deg,
        margin_km=claimed.gap(measured),
        units_agree=pair_agrees(claim),
        reason=explain(claim, pairs, measured=measured, fit=fit, outcome=outcome, would_hold=would_hold),
        would_hold=would_hold,
    )


def unchecked(
    claim: DistanceClaim,
    reason: str,
    *,
    what_if: tuple[WhatIf, ...] = (),
    implied: ImpliedLocation | None = None,
) -> Verdict:
    """Return the verdict that there is none, with the reason."""
    return Verdict(
        claim,
        Outcome.NOT_CHECKABLE,
        measured=None,
        distance_km=None,
        bearing_deg=None,
        margin_km=None,
        units_agree=pair_agrees(claim),
        reason=f"{reason}{pair_clause(claim)}: not checkable",
        what_if=what_if,
        implied=implied,
    )
