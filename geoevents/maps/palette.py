"""What do types and outcomes look like on paper?

The light colors of the page (`assets/page.css`), after Okabe and Ito, each with a shape or a dash of
its own, so that nothing rests on color alone. A test holds both lists together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

__all__ = [
    "OTHER",
    "OUTCOMES",
    "TYPES",
    "Outcome",
    "Sign",
    "gravest_first",
    "outcome_of",
    "sign_of",
    "verdict_words",
]

INK, INK_SOFT, LINE, PAPER = "#17212b", "#4a5662", "#d3d9df", "#ffffff"
SEA, LAND, COAST, BORDER, HATCH = "#d5e4ed", "#f7f5ef", "#93a9b8", "#a59c90", "#6e5a46"
PLACE, COUNTRY, CITY = "#00568a", "#6d6659", "#3d4247"


@dataclass(frozen=True, slots=True)
class Sign:
    """How events of one type are marked: a color, and a marker as matplotlib names it."""

    color: str
    marker: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """How claims of one outcome are drawn: a color, the dashes of their line, and words."""

    color: str
    dash: tuple[float, ...]
    words: str


TYPES = {
    "Battles": Sign("#0072b2", "s"),
    "Explosions/Remote violence": Sign("#d55e00", "*"),
    "Violence against civilians": Sign("#b8568f", "D"),
    "Protests": Sign("#009e73", "o"),
    "Riots": Sign("#e69f00", "^"),
    "Strategic developments": Sign("#3a9bd0", "h"),
    "Political activity": Sign("#2f3640", "P"),
}
OTHER = Sign("#76808a", "o")
OUTCOMES = {
    "supported": Outcome("#00805d", (), "The map supports it"),
    "consistent": Outcome("#0069a6", (6, 2), "The map allows it"),
    "road_only": Outcome("#a86a00", (5, 2, 1, 2), "The straight line contradicts it"),
    "refuted": Outcome("#c24d00", (3, 2), "The map contradicts it"),
    "not_checkable": Outcome("#66599a", (1, 1.6), "Cannot be checked"),
}


_GRAVITY = ("refuted", "road_only", "not_checkable", "consistent", "supported")


def gravest_first(claims: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Return the claims, what the map contradicts before what it supports, alike ones in their order."""
    rank = {outcome: number for number, outcome in enumerate(_GRAVITY)}

    def gravity(row: Mapping[str, Any]) -> int:
        # Two figures that cannot both be right are an error of the text, whatever the map allows.
        most = rank["road_only"] if row.get("units_agree") is False else len(rank)
        return min(most, rank.get(str(row.get("outcome")), len(rank)))

    return sorted(claims, key=gravity)


def verdict_words(claim: Mapping[str, Any]) -> str:
    """Return the verdict on a claim in words, and whether its two figures can be one length."""
    clash = ", and its two figures disagree" if claim.get("units_agree") is False else ""
    return f"{outcome_of(claim.get('outcome')).words}{clash}"


def sign_of(event_type: object) -> Sign:
    """Return the sign of a type; types of other people's have one in common."""
    return TYPES.get(str(event_type), OTHER)


def outcome_of(outcome: object) -> Outcome:
    """Return how an outcome is drawn; what is unknown cannot be checked."""
    return OUTCOMES.get(str(outcome), OUTCOMES["not_checkable"])
