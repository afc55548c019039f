"""Does a place lie in the country or division that the text puts it in?

Countries are outlines, right to a few kilometers, with both answers where an area is disputed.
Divisions have no outline here: the gazetteer says which first-order division a town belongs to, and
every area with a radius is a circle that holds it.
"""

from __future__ import annotations

from collections.abc import Sequence

from geoevents.boundaries import Boundaries
from geoevents.geodesy import distance_km
from geoevents.model import DistanceClaim, Outcome, Place, PlaceKind, Verdict
from geoevents.text import name_key
from geoevents.verification.extents import CIRCLE_SLACK, extent_km
from geoevents.verification.judging import unchecked
from geoevents.verification.readings import name_keys
from geoevents.verification.wording import OUTCOME_WORDS, in_km

__all__ = ["judge_containment"]

_DIVISIONS = frozenset({PlaceKind.ADMIN1, PlaceKind.ADMIN2})


def judge_containment(
    claim: DistanceClaim, subjects: Sequence[Place], area: Place, world: Boundaries
) -> Verdict:
    """Judge whether the subject, over its readings, one spot, lies in the area."""
    found = [_answer(place, area, world) for place in subjects if place.id != area.id]
    answers = [answer for answer in found if answer is not None]
    if not answers:
        return unchecked(claim, _undecided(subjects, area))
    outcome, why = max(answers, key=lambda answer: _ORDER.index(answer[0]))
    return Verdict(
        claim,
        outcome,
        measured=None,
        distance_km=None,
        bearing_deg=None,
        margin_km=None,
        units_agree=None,
        reason=f"{why}, claimed to lie in {area.name}: {OUTCOME_WORDS[outcome]}",
    )


def _undecided(subjects: Sequence[Place], area: Place) -> str:
    """Say why nothing decides whether the subject lies in the area."""
    place = subjects[0]
    if not _is_of_several_countries(place) and area.radius_km is not None and place.admin1 is not None:
        return (
            f"the gazetteer has {place.name} in {place.admin1}, but near {area.name}, "
            "whose outline is on no map here"
        )
    wide = next((place for place in subjects if _is_of_several_countries(place)), area)
    return f"how far {wide.name} ({wide.kind.value}) reaches is on no map here"


_ORDER = (Outcome.REFUTED, Outcome.CONSISTENT, Outcome.SUPPORTED)
_Answer = tuple[Outcome, str]


def _answer(place: Place, area: Place, world: Boundaries) -> _Answer | None:
    if area.kind is PlaceKind.CONTINENT:
        return None
    if area.kind is PlaceKind.COUNTRY and area.country is not None:
        return _in_country(place, area, world)
    if area.kind is PlaceKind.ADMIN1 and place.admin1 is not None and place.country == area.country:
        return _by_gazetteer(place, area, place.admin1)
    if area.kind in _DIVISIONS and place.country is not None and place.country != area.country:
        return _elsewhere(place, area, world)
    return _in_circle(place, area)


def _by_gazetteer(place: Place, area: Place, division: str) -> _Answer | None:
    """Answer by the division that the gazetteer has the place in."""
    known = f"the gazetteer has {place.name} in {division}"
    if name_key(division) in name_keys(area):
        return Outcome.SUPPORTED, known
    if _has_own_division(place) and _is_outer(place, area):
        return Outcome.REFUTED, f"{known}, which has its name"
    return _in_circle(place, area, otherwise=known)


def _has_own_division(place: Place) -> bool:
    """Say whether its division has its name from the place: Belgorod cannot lie outside Belgorod Oblast."""
    own, division = name_key(place.name).split(), name_key(place.admin1 or "").split()
    return place.kind is PlaceKind.SETTLEMENT and division[: len(own)] == own


def _is_outer(place: Place, area: Place) -> bool:
    """Say whether the place is not near the middle: a city may lie amid the province around it."""
    return area.radius_km is not None and distance_km(place.point, area.point) > area.radius_km / 2


def _is_of_several_countries(place: Place) -> bool:
    """Say whether it is a range, a river or a region of which one point says not where it all lies."""
    return place.kind.is_area and place.country is None


def _in_country(place: Place, area: Place, world: Boundaries) -> _Answer | None:
    answers = world.countries_at(place.point)
    meant = next((answer for answer in answers if answer.country == area.country), None)
    others = " or ".join(answer.country for answer in answers) or "no country"
    if meant is None and _is_of_several_countries(place):
        return None
    if meant is None:
        return Outcome.REFUTED, f"{place.name} lies in {others}"
    if meant.is_certain:
        return Outcome.SUPPORTED, f"{place.name} lies in {area.name}"
    return Outcome.CONSISTENT, f"{place.name} lies in {others} ({meant.reason})"


def _elsewhere(place: Place, area: Place, world: Boundaries) -> _Answer:
    """Answer for a division of another country than the place's: wrong, but for what is disputed."""
    if any(answer.country == area.country for answer in world.countries_at(place.point)):
        return Outcome.CONSISTENT, f"{place.name} lies where {place.country} and {area.country} meet"
    return Outcome.REFUTED, f"{place.name} lies in {place.country}, {area.name} in {area.country}"


def _in_circle(place: Place, area: Place, *, otherwise: str = "") -> _Answer | None:
    """Answer by the circle that holds the area; inside it nothing is decided against the gazetteer."""
    if area.radius_km is None:
        return None
    away = distance_km(place.point, area.point) - (extent_km(place) or 0.0)
    reach = area.radius_km * (1 + CIRCLE_SLACK)
    if away > reach:
        far = f"{place.name} lies {in_km(away)} km from the middle of {area.name}, which reaches {in_km(area.radius_km)} km"
        return Outcome.REFUTED, f"{otherwise}, and {far}" if otherwise else far
    if otherwise:
        return None
    return (
        Outcome.CONSISTENT,
        f"{place.name} lies within the {in_km(area.radius_km)} km that {area.name} reaches",
    )
