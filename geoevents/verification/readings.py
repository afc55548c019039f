"""Which places may an end of a claim be, and what follows where they give different answers?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from geoevents.geodesy import lie_within
from geoevents.lexicon.places import KIND_WORDS, division_kinds
from geoevents.model import Candidate, ClaimEnd, DistanceClaim, Place, PlaceKind
from geoevents.text import name_key

__all__ = [
    "candidates_of",
    "distinct",
    "is_named_after",
    "is_settled",
    "name_keys",
    "one_spot",
    "readings",
    "spots",
]

# Candidates that score this near the best are what the name may mean as well ...
_NEAR_BEST = 0.85
# ... and those this near on the ground are one place in two readings (a garrison and its village).
_SAME_SPOT_KM = 25.0
_MAX_READINGS = 5
# What is looked at before a claim is refuted for good.
_MAX_CANDIDATES = 8
_FAINT_SCORE = 0.01
# A town that scores less is out of the question, even where a province is what its name fits best.
_LEAST_SCORE = 0.05
_DIVISIONS = frozenset({PlaceKind.ADMIN1, PlaceKind.ADMIN2})
# What the name of a division has beside that of its town.
_GENERIC = (
    frozenset(word for word, kinds in KIND_WORDS.items() if not kinds.isdisjoint(_DIVISIONS)) - {"strip"}
) | {
    *("voivodeship", "metropolitan", "metropolis", "autonomous", "city", "of", "the", "shi", "land"),
}


def readings(end: ClaimEnd, *, is_area_meant: bool = False) -> list[Place]:
    """List what the end may be, best first: what scores near the best, and what lies beside it.

    Where the best is a province whose town may be meant as well, it is the town, unless an area is
    what the claim needs.
    """
    is_division = _says_division(end)
    meant = _meant(end, is_area_meant=is_area_meant or is_division)
    candidates = [c for c in meant if c.place.kind.is_pinned]
    if is_division:
        candidates = [c for c in candidates if c.place.kind in _DIVISIONS] or candidates
    if not candidates:
        return []
    best = candidates[0] if is_area_meant or is_division else _town_before_province(candidates)
    least = _NEAR_BEST * best.score
    others = [c.place for c in candidates if c.score >= least or _lies_beside(c, best.place)]
    return [best.place, *(p for p in others if p.id != best.place.id)][:_MAX_READINGS]


def candidates_of(end: ClaimEnd, *, is_area_meant: bool = False) -> list[Place]:
    """List all that the name of the end may mean, however unlikely."""
    candidates = _meant(end, is_area_meant=is_area_meant)[:_MAX_CANDIDATES]
    return [c.place for c in candidates if c.score >= _FAINT_SCORE]


def is_named_after(division: Place, town: Place) -> bool:
    """Say whether the division is one that has its name from the town and holds it."""
    if division.kind not in _DIVISIONS or town.kind is not PlaceKind.SETTLEMENT:
        return False
    # "Kharkiv Oblast" says what it is; the Gaza Strip is what "Gaza" means as often as the city.
    bare = " ".join(word for word in name_key(division.name).split() if word not in _GENERIC)
    if division.country != town.country or bare not in name_keys(town):
        return False
    return division.admin1 == town.admin1 or (
        division.radius_km is not None and lie_within(division.point, town.point, km=division.radius_km)
    )


def is_settled(claim: DistanceClaim) -> bool:
    """Say whether it is settled which place each named end means."""
    ends = (end for end in (claim.subject, claim.reference) if end.line is None)
    return all(end.resolution is not None and end.resolution.is_settled for end in ends)


def one_spot(places: Sequence[Place]) -> list[Place]:
    """Keep the readings that are one place with the best of them."""
    return [p for p in places if lie_within(p.point, places[0].point, km=_SAME_SPOT_KM)]


def spots(places: Sequence[Place]) -> list[list[Place]]:
    """Group the readings into places: each with what lies on the same spot, in order of its best."""
    groups: list[list[Place]] = []
    left = list(places)
    while left:
        spot = one_spot(left)
        groups.append(spot)
        left = [p for p in left if p not in spot]
    return groups


def distinct(places: Iterable[Place]) -> list[Place]:
    """Drop the places that come a second time."""
    return list({place.id: place for place in places}.values())


def name_keys(place: Place) -> set[str]:
    """Return the keys of all the names of a place."""
    return {name_key(name) for name in (place.name, *place.alternate_names)}


def _meant(end: ClaimEnd, *, is_area_meant: bool) -> Sequence[Candidate]:
    """Return the candidates of the name, without the divisions that are named after the town meant.

    Distances are measured between towns: "300 km from Aleppo" speaks of the city, and of the
    province only where the text says so, which makes the province the best candidate.
    """
    if end.resolution is None:
        return ()
    candidates = end.resolution.candidates
    if is_area_meant or not candidates:
        return candidates
    town = candidates[0].place
    return [c for c in candidates if not is_named_after(c.place, town)]


def _says_division(end: ClaimEnd) -> bool:
    """Say whether the text calls the end a province, a county or the like."""
    return bool(division_kinds(end.text.rpartition(" ")[2]))


def _town_before_province(candidates: Sequence[Candidate]) -> Candidate:
    """Return the best candidate, or where that is a province, the town that may be meant as well."""
    best = candidates[0]
    if best.place.kind not in _DIVISIONS:
        return best
    towns = (c for c in candidates[1:] if c.place.kind is PlaceKind.SETTLEMENT)
    likely = (
        c
        for c in towns
        if c.score >= (_LEAST_SCORE if c.place.country == best.place.country else best.score / 2)
    )
    return next(likely, best)


def _lies_beside(candidate: Candidate, place: Place) -> bool:
    """Say whether the candidate is the same spot in another reading, however little it scores."""
    is_alike = candidate.place.kind.is_area == place.kind.is_area
    return is_alike and lie_within(candidate.place.point, place.point, km=_SAME_SPOT_KM)
