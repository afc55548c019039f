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
from geoevents.verification.extents import (
    Measurement,
    hull,
    measure,
    missed_km,
    shapeless,
    too_wide,
)
from geoevents.verification.pairs import by_second_figure, pair_agrees, pair_clause, pair_warning
from geoevents.verification.relations import (
    DirectionFit,
    direction_fit,
    is_matter_of_taste,
    relate,
    with_direction,
)
from geoevents.verification.slips import readings_that_hold
from geoevents.verification.wording import explain, in_span

__all__ = ["judge", "obstacle", "outcomes", "unchecked", "verify_distance"]


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
    return shapeless(subject) or shapeless(reference) or None


def judge(claim: DistanceClaim, pairs: Sequence[Measurement]) -> Verdict:
    """Judge over readings that are one place at each end, so that their hull is what the map allows."""
    claimed = claim.claimed or Interval(0.0)
    measured = hull([m.interval for m in pairs])
    fit = max(direction_fit(claim, m) for m in pairs)
    outcome, by_second = outcomes(claim, measured, fit)
    doubt = _doubt_of_areas(claim, pairs, measured=measured, outcome=outcome)
    if is_matter_of_taste(claim, measured):
        names = f"{pairs[0].subject.name} and {pairs[0].reference.name}"
        doubt = f"{names} are {in_span(measured)} apart, and how near is near is not for a map to say"
    if doubt:
        return unchecked(claim, doubt)
    would_hold = readings_that_hold(claim, pairs, measured) if outcome is Outcome.REFUTED else ()
    return Verdict(
        claim,
        outcome,
        measured=measured,
        distance_km=pairs[0].distance_km,
        bearing_deg=pairs[0].bearing_deg,
        margin_km=claimed.gap(measured),
        units_agree=pair_agrees(claim),
        reason=explain(
            claim,
            pairs,
            measured=measured,
            fit=fit,
            outcome=outcome,
            by_second=by_second,
            would_hold=would_hold,
        ),
        would_hold=would_hold,
    )


def outcomes(
    claim: DistanceClaim, measured: Interval, fit: DirectionFit = DirectionFit.UNSTATED
) -> tuple[Outcome, Outcome | None]:
    """Return the outcome, and that by a second figure which is not the length of the first.

    A claim is never supported that cannot be true in both its figures.
    """
    outcome = with_direction(relate(claim, measured), fit)
    second = by_second_figure(claim)
    if second is None:
        return outcome, None
    by_second = with_direction(relate(second, measured), fit)
    return (Outcome.CONSISTENT if outcome is Outcome.SUPPORTED else outcome), by_second


def _doubt_of_areas(
    claim: DistanceClaim, pairs: Sequence[Measurement], *, measured: Interval, outcome: Outcome
) -> str:
    """Say why a province or region, known as a circle, decides nothing; else nothing."""
    claimed = claim.claimed or Interval(0.0)
    areas = {place.id: place for m in pairs for place in (m.subject, m.reference) if place.kind.is_area}
    if not areas or outcome is Outcome.SUPPORTED:
        return ""
    names = " and ".join(place.name for place in areas.values())
    if outcome is not Outcome.REFUTED:
        wide = next((doubt for place in areas.values() if (doubt := too_wide(place, claimed))), "")
        return wide or ("" if measured.low else f"the other end may lie within {names}")
    missed = sum(missed_km(place) for place in areas.values())
    wider = Interval(max(0.0, measured.low - missed), measured.high + missed)
    has_wrong_wind = relate(claim, measured) is not Outcome.REFUTED
    if relate(claim, wider) is Outcome.REFUTED or (has_wrong_wind and wider.low > 0):
        return ""
    return f"the circle that stands for {names} may miss a part of it, and with that part the claim may hold"


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
        reason=f"{pair_warning(claim)}{reason}{pair_clause(claim)}: not checkable",
        what_if=what_if,
        implied=implied,
    )
