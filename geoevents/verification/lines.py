"""How far is a place from a border or a coast, and how does that stand to the claim?

The outlines that we measure by are right to a few kilometers, so the distance from them is an
interval already; in a disputed area it spans the border as held and as claimed.
"""

from __future__ import annotations

from collections.abc import Sequence

from geoevents.boundaries import Boundaries
from geoevents.lexicon.actors import countries
from geoevents.model import (
    ClaimKind,
    DistanceClaim,
    Interval,
    Line,
    LineKind,
    Outcome,
    Place,
    PlaceKind,
    Verdict,
)
from geoevents.verification.extents import extent_km, hull, shapeless, too_wide
from geoevents.verification.judging import outcomes, unchecked
from geoevents.verification.pairs import pair_agrees, pair_clause, pair_warning
from geoevents.verification.relations import is_matter_of_taste
from geoevents.verification.wording import in_outcomes, in_span

__all__ = ["judge_country", "judge_line"]


def judge_line(claim: DistanceClaim, subjects: Sequence[Place], world: Boundaries) -> Verdict:
    """Judge a claim of distance from a line, over the readings of the subject, one spot."""
    line, subject = claim.reference.line, subjects[0]
    hindrance = _hindrance(claim, subject)
    if hindrance or line is None:
        return unchecked(claim, hindrance)
    if line.is_inside and not _may_lie_in(subject, line.countries, world):
        return _outside(claim, subject, world)
    spans = [span for place in subjects if (span := _from_line(place, line, world)) is not None]
    if not spans:
        return unchecked(claim, f"no map here has {_named(line, subject)}")
    measured = hull(spans)
    if is_matter_of_taste(claim, measured):
        away = f"{subject.name} is {in_span(measured)} from {_named(line, subject)}"
        return unchecked(claim, f"{away}, and how near is near is not for a map to say")
    return _verdict(claim, subject, line, measured)


def _hindrance(claim: DistanceClaim, subject: Place) -> str:
    """Say why the claim cannot be judged for this place, if so."""
    line = claim.reference.line
    if claim.claimed is None or line is None:
        return "the text gives no figure to check"
    if line.kind is LineKind.OTHER:
        return f"where {claim.reference.text!r} runs is on no map here"
    return shapeless(subject) or too_wide(subject, claim.claimed)


def judge_country(
    claim: DistanceClaim, subjects: Sequence[Place], country: Place, world: Boundaries
) -> Verdict | None:
    """Judge "5 km from Syria" by the border that Syria shares with the subject's own country.

    `None` where it is no such claim, or the two countries share no land border.
    """
    own, code = subjects[0].country, country.country
    if country.kind is not PlaceKind.COUNTRY or claim.kind is not ClaimKind.DISTANCE:
        return None
    if own is None or code is None or own == code or subjects[0].kind.is_area or claim.claimed is None:
        return None
    line = Line(LineKind.BORDER, countries=(own, code))
    spans = [span for place in subjects if (span := _from_line(place, line, world)) is not None]
    return _verdict(claim, subjects[0], line, hull(spans)) if spans else None


def _verdict(claim: DistanceClaim, subject: Place, line: Line, measured: Interval) -> Verdict:
    claimed = claim.claimed or Interval(0.0)
    outcome, by_second = outcomes(claim, measured)
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
            f"{pair_warning(claim)}{subject.name} is {in_span(measured)} from {_named(line, subject)}, its extent and the error "
            f"of the outlines included, claimed {said} ({in_span(claimed)}){note}{pair_clause(claim)}: "
            f"{in_outcomes(claim, outcome, by_second)}"
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
