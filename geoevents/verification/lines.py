"""How far is a place from a border or a coast, and how does that stand to the claim?

The outlines that we measure by are right to a few kilometers, so the distance from them is an
interval already; in a disputed area it spans the border as held and as claimed.
"""

from __future__ import annotations

from collections.abc import Sequence

from geoevents.boundaries import Boundaries
from geoevents.lexicon.actors import countries
from geoevents.model import ClaimKind, DistanceClaim, Interval, Line, LineKind, Outcome, Place, Verdict
from geoevents.verification.extents import extent_km, hull
from geoevents.verification.judging import unchecked
from geoevents.verification.pairs import pair_agrees, pair_clause
from geoevents.verification.relations import relate
from geoevents.verification.wording import OUTCOME_WORDS, in_span

__all__ = ["judge_line"]


def judge_line(claim: DistanceClaim, subjects: Sequence[Place], world: Boundaries) -> Verdict:
    """Judge a claim of distance from a line, over the readings of the subject, one spot."""
    line, subject = claim.reference.line, subjects[0]
    if claim.claimed is None or line is None:
        return unchecked(claim, "the text gives no figure to check")
    if line.kind is LineKind.OTHER:
        return unchecked(claim, f"where {claim.reference.text!r} runs is on no map here")
    if extent_km(subject) is None:
        return unchecked(claim, f"{subject.name} is an area of unknown extent, not a point to measure from")
    if line.is_inside and not _may_lie_in(subject, line.countries, world):
        return _outside(claim, subject, world)
    spans = [span for place in subjects if (span := _from_line(place, line, world)) is not None]
    if not spans:
        return unchecked(claim, f"no map here has {_named(line, subject)}")
    return _verdict(claim, subject, line, hull(spans))


def _verdict(claim: DistanceClaim, subject: Place, line: Line, measured: Interval) -> Verdict:
    claimed = claim.claimed or Interval(0.0)
    outcome = relate(claim, measured)
    note = ""
    if claim.direction is not None:
        note = f", {claim.direction} of it not looked at"
        outcome = Outcome.CONSISTENT if outcome is Outcome.SUPPORTED else outcome
    said = _said(claim)
    return Verdict(
        claim,
        outcome,
        measured=measured,
        distance_km=(measured.low + measured.high) / 2,
        bearing_deg=None,
        margin_km=claimed.gap(measured),
        units_agree=pair_agrees(claim),
        reason=(
            f"{subject.name} is {in_span(measured)} from {_named(line, subject)}, its extent and the error "
            f"of the outlines included, claimed {said} ({in_span(claimed)}){note}{pair_clause(claim)}: "
            f"{OUTCOME_WORDS[outcome]}"
        ),
    )


def _said(claim: DistanceClaim) -> str:
    if claim.kind is ClaimKind.ON_LINE or claim.figure is None:
        return "to be on or near it"
    return f"{claim.hedge.value} {claim.figure}".removeprefix("exact ")


def _from_line(place: Place, line: Line, world: Boundaries) -> Interval | None:
    """Return how far the place is from the line, its extent included."""
    reach = extent_km(place) or 0.0
    if line.kind is LineKind.COAST:
        span: Interval | None = world.coast_km(place.point)
    else:
        span = _border(place, line, world)
    return None if span is None else Interval(max(0.0, span.low - reach), span.high + reach)


def _border(place: Place, line: Line, world: Boundaries) -> Interval | None:
    """Return the distance from the border meant: the one shared with the place's own country, if any."""
    own, named = place.country, line.countries
    if len(named) == 2 and (own in named or own is None):
        return world.border_km(place.point, named[0], neighbor=named[1])
    spans = [span for country in named or (own,) if country and (span := _shared(place, country, world))]
    if not spans:
        return None
    # "The border with Iraq and Jordan" is reached where the nearer one is.
    return Interval(min(span.low for span in spans), min(span.high for span in spans))


def _shared(place: Place, country: str, world: Boundaries) -> Interval | None:
    if place.country not in {None, country}:
        shared = world.border_km(place.point, country, neighbor=place.country)
        if shared is not None:
            return shared
    return world.border_km(place.point, country)


def _named(line: Line, subject: Place) -> str:
    if line.kind is LineKind.COAST:
        return "the nearest coast"
    names = countries().names
    called = [
        names.get(code, code) for code in line.countries or ((subject.country,) if subject.country else ())
    ]
    return f"the border of {' and '.join(called)}" if called else "the border"


def _may_lie_in(place: Place, codes: Sequence[str], world: Boundaries) -> bool:
    return not codes or any(answer.country in codes for answer in world.countries_at(place.point))


def _outside(claim: DistanceClaim, subject: Place, world: Boundaries) -> Verdict:
    found = " or ".join(answer.country for answer in world.countries_at(subject.point)) or "no country"
    return Verdict(
        claim,
        Outcome.REFUTED,
        measured=None,
        distance_km=None,
        bearing_deg=None,
        margin_km=None,
        units_agree=pair_agrees(claim),
        reason=f"{subject.name} lies in {found}, not {claim.reference.text}: refuted",
    )
