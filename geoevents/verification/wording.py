"""How does a verdict explain itself in one sentence, with its arithmetic?"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from geoevents.geodesy import compass_point
from geoevents.lexicon.people import common_words
from geoevents.model import ClaimEnd, ClaimKind, DistanceClaim, Hedge, Interval, Outcome, TravelMode
from geoevents.verification.extents import Measurement
from geoevents.verification.pairs import pair_clause, pair_warning
from geoevents.verification.relations import DirectionFit

__all__ = ["OUTCOME_WORDS", "explain", "in_km", "in_outcomes", "in_span", "why_unnamed"]

_NAME = re.compile(
    r"(?!(?:It|He|She|They|We|I|This|That|These|Those|There|Here|The|An?|Its|Their|His|Her)\b)"
    r"[A-Z][\w'’-]{1,30}(?:\s(?:(?:[a-z]{2,3}-)?[A-Z][\w'’-]{1,30}|al|as|ash|de|del|di|el|es|la|of|the|um)){0,5}"
)
OUTCOME_WORDS = {
    Outcome.SUPPORTED: "supported",
    Outcome.CONSISTENT: "consistent",
    Outcome.ROAD_ONLY: "the straight line is too short, it would hold only as a distance by road",
    Outcome.REFUTED: "refuted",
}


def explain(
    claim: DistanceClaim,
    pairs: Sequence[Measurement],
    *,
    measured: Interval,
    fit: DirectionFit,
    outcome: Outcome,
    by_second: Outcome | None,
    would_hold: Sequence[str],
) -> str:
    """Return the sentence for a claim about two places: measured, claimed, and what follows.

    `by_second` is the outcome by a second figure that is not the length of the first.
    """
    first = pairs[0]
    over = " over their readings" if len(pairs) > 1 else ""
    slip = f", it would hold {would_hold[0]}" if would_hold else ""
    return (
        f"{pair_warning(claim)}{first.subject.name} to {first.reference.name} is {in_km(first.distance_km)} km "
        f"({in_span(measured)} with the extent of both{over}), "
        f"claimed {_said(claim)}{_direction_clause(claim, first, fit)}{pair_clause(claim)}: "
        f"{in_outcomes(claim, outcome, by_second)}{slip}"
    )


def in_outcomes(claim: DistanceClaim, outcome: Outcome, by_second: Outcome | None) -> str:
    """Return the outcome in words, by each of the two figures where they disagree."""
    if by_second is None:
        return OUTCOME_WORDS[outcome]
    return f"by {claim.figure} {OUTCOME_WORDS[outcome]}, by {claim.paired} {OUTCOME_WORDS[by_second]}"


def why_unnamed(role: str, end: ClaimEnd) -> str:
    """Say why an end has no place."""
    if end.resolution is not None:
        return f"the {role}, {end.text!r}, is not resolved: {end.resolution.reason}"
    if not end.text:
        return f"the text does not say what the {role} is"
    if _is_name(end.text):
        return f"the {role} is called {end.text!r}, and no place of that name was recognized"
    because = f" ({end.reason})" if end.reason else ""
    return f"the text does not name the {role}, it says only {end.text!r}{because}"


def _is_name(words: str) -> bool:
    """Say whether the words are a name and not a phrase: "Ain el-Delb", but neither "It" nor "The village"."""
    is_shouted = words.isupper() and " " in words
    is_word = words.casefold() in common_words()  # "Troops" has its capital from the sentence
    return _NAME.fullmatch(words) is not None and not is_shouted and not is_word


def _said(claim: DistanceClaim) -> str:
    meant = "" if claim.claimed is None else in_span(claim.claimed)
    if claim.kind is ClaimKind.TRAVEL_TIME and claim.duration_h is not None:
        return f"{_in_hours(claim.duration_h)} of travel ({meant} in a straight line)"
    if claim.figure is not None:
        words = "" if claim.hedge in {Hedge.EXACT, Hedge.BETWEEN} else f"{claim.hedge.value} "
        range_note = " or more, as a range" if claim.hedge is Hedge.BETWEEN else ""
        by_road = " by road" if claim.mode is TravelMode.ROAD else ""
        return f"{words}{claim.figure}{range_note}{by_road}" + (f" ({meant})" if meant else "")
    without_figure = {
        ClaimKind.DIRECTION: f"{claim.direction} of it",
        ClaimKind.NEAR: f"near it ({meant})",
        ClaimKind.LOCATION: f"to be there ({meant})",
        ClaimKind.NEAREST: "the closest",
    }
    return without_figure.get(claim.kind, "a vague distance")


def _in_hours(duration: Interval) -> str:
    if math.isinf(duration.high):
        return f"{duration.low:.3g} hours or more"
    if duration.low == 0:
        return f"up to {duration.high:.3g} hours"
    return f"{duration.low:.3g} to {duration.high:.3g} hours"


def _direction_clause(claim: DistanceClaim, m: Measurement, fit: DirectionFit) -> str:
    if claim.direction is None:
        return ""
    judged = {
        DirectionFit.RIGHT: "fits",
        DirectionFit.BORDERLINE: "stretches",
        DirectionFit.WRONG: "contradicts",
    }[fit]
    return f", and {claim.direction} {judged} its bearing of {m.bearing_deg:.0f}° ({compass_point(m.bearing_deg)})"


def in_span(interval: Interval) -> str:
    """Return an interval of kilometers in words.

    >>> in_span(Interval(0, 12)), in_span(Interval(298.5))
    ('up to 12 km', '298 km or more')
    """
    if math.isinf(interval.high):
        return f"{in_km(interval.low)} km or more" if interval.low else "any distance"
    if interval.low == 0:
        return f"up to {in_km(interval.high)} km"
    if interval.high - interval.low < 3:
        return f"{interval.low:.1f} to {interval.high:.1f} km"
    return f"{in_km(interval.low)} to {in_km(interval.high)} km"


def in_km(value: float) -> str:
    """Return a number of kilometers, the finer the smaller it is.

    >>> in_km(1234.5), in_km(7.25), in_km(0.062)
    ('1,234', '7.2', '0.06')
    """
    if value >= 10:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 0.1 else f"{value:.2f}"
