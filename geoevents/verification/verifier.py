"""Which verdict does each claim of a document get, over every plausible reading of both its ends?"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from typing import Protocol

from geoevents.boundaries import Boundaries
from geoevents.lexicon.places import names_an_area
from geoevents.model import (
    ClaimEnd,
    ClaimKind,
    DistanceClaim,
    Outcome,
    Place,
    PlaceKind,
    Resolution,
    Verdict,
)
from geoevents.text import name_key
from geoevents.verification.areas import judge_containment
from geoevents.verification.extents import Measurement, is_measured_from, measure
from geoevents.verification.homonyms import HomonymIndex, homonyms_that_hold
from geoevents.verification.implied import implied_location
from geoevents.verification.judging import judge, obstacle, unchecked
from geoevents.verification.lines import judge_country, judge_line
from geoevents.verification.nearest import judge_nearest
from geoevents.verification.readings import (
    candidates_of,
    distinct,
    is_settled,
    name_keys,
    one_spot,
    readings,
    spots,
)
from geoevents.verification.relations import RANK, SATISFIES
from geoevents.verification.slips import NAMESAKE
from geoevents.verification.whatif import PlaceIndex, named_points, what_if_rows
from geoevents.verification.wording import why_unnamed

__all__ = ["GeodesicVerifier", "KnownPlaces"]

_SEVERAL = "the names fit several places, which give different answers"
# A village said to be 10 km from a city abroad and resolved 7,000 km off is another village.
_FAR = 5.0
_FAR_KM = 500.0
_VILLAGE_POPULATION = 15_000
_CITY_POPULATION = 100_000
# A garrison is mostly called by the village beside it, and either may be meant.
_NAMESAKE_KM = 10.0
_MOST_AREAS = 20
_MOST_NAMESAKES = 50
_SITES = frozenset({PlaceKind.MILITARY, PlaceKind.AIRPORT, PlaceKind.CAMP, PlaceKind.CROSSING})


class KnownPlaces(PlaceIndex, HomonymIndex, Protocol):
    """What verification asks of a gazetteer."""


class GeodesicVerifier:
    """Measures on the WGS84 ellipsoid, over every plausible reading of both ends.

    For an end that the text does not name, the verdict says where it must lie and what would have to
    be true: the document's other places, and the larger places of the known end's country in
    `gazetteer`. Borders, coasts and countries are those of `world`, by default the outlines that come
    with the package.
    """

    def __init__(self, gazetteer: KnownPlaces | None = None, *, world: Boundaries | None = None) -> None:
        self._gazetteer = gazetteer
        self._given_world = world

    def __call__(
        self, claims: tuple[DistanceClaim, ...], resolutions: tuple[Resolution, ...], /
    ) -> tuple[Verdict, ...]:
        """Return one verdict per claim, in the same order."""
        named = named_points(resolutions)
        return _without_strangers([self._verify(claim, named) for claim in claims])

    @property
    def _world(self) -> Boundaries:
        return self._given_world or Boundaries.load()

    def _verify(self, claim: DistanceClaim, named: Sequence[Place]) -> Verdict:
        ends = (("subject", claim.subject), ("reference", claim.reference))
        unnamed = [(role, end) for role, end in ends if end.line is None and not readings(end)]
        if unnamed:
            return self._about_unnamed(claim, unnamed, named)
        hindrance = _named_wider(claim)
        if hindrance:
            return unchecked(claim, hindrance)
        if claim.reference.line is not None:
            groups = spots(self._readings(claim.subject))
            return self._settled(claim, (judge_line(claim, group, self._world) for group in groups))
        if claim.kind is ClaimKind.CONTAINMENT:
            return self._settled(claim, self._contained(claim))
        return self._settled(claim, self._measured(claim))

    # Both ends are known

    def _measured(self, claim: DistanceClaim) -> Iterator[Verdict]:
        """Yield a verdict for each pair of places that the two ends may be."""
        for subjects in spots(self._readings(claim.subject)):
            for references in spots(self._readings(claim.reference)):
                yield self._of_pair(claim, subjects, references)

    def _of_pair(
        self, claim: DistanceClaim, subjects: Sequence[Place], references: Sequence[Place]
    ) -> Verdict:
        """Judge the claim for one place at each end, over the readings of both."""
        from_border = judge_country(claim, subjects, references[0], self._world)
        if from_border is not None:
            return from_border
        hindrance = obstacle(claim, subjects[0], references[0])
        if hindrance is not None:
            return unchecked(claim, hindrance)
        pairs = [measure(s, r) for s in subjects for r in references if obstacle(claim, s, r) is None]
        return self._judged(claim, pairs)

    def _judged(self, claim: DistanceClaim, pairs: Sequence[Measurement]) -> Verdict:
        verdict = judge(claim, pairs)
        if claim.kind is not ClaimKind.NEAREST:
            return verdict
        return judge_nearest(verdict, pairs[0], self._gazetteer)

    def _contained(self, claim: DistanceClaim) -> Iterator[Verdict]:
        areas = [place for place in readings(claim.reference, is_area_meant=True) if place.kind.is_area]
        areas = areas or self._divisions_of_name(claim)
        if not areas:
            yield unchecked(claim, f"no area called {claim.reference.text!r} is known here")
        for subjects in spots(self._readings(claim.subject)):
            for area in areas:
                yield judge_containment(claim, subjects, area, self._world)

    def _divisions_of_name(self, claim: DistanceClaim) -> list[Place]:
        """List the divisions of the subject's country that bear the name of a town."""
        country, key = readings(claim.subject)[0].country, name_key(claim.reference.text)
        named = distinct(self._areas_named(claim.reference))
        return [area for area in named if area.country == country and key in name_keys(area)]

    def _readings(self, end: ClaimEnd) -> list[Place]:
        """List what the end may be: its candidates, and beside a site the village of that name."""
        places = readings(end)
        return distinct([*places, *self._namesakes(places[0])]) if places else []

    def _namesakes(self, site: Place) -> list[Place]:
        if self._gazetteer is None or site.kind not in _SITES:
            return []
        around = self._gazetteer.near(site.point, radius_km=_NAMESAKE_KM, min_population=0)
        keys = name_keys(site)
        return [p for p in around if p.kind is PlaceKind.SETTLEMENT and not keys.isdisjoint(name_keys(p))]

    def _settled(self, claim: DistanceClaim, verdicts: Iterator[Verdict]) -> Verdict:
        """Choose among the readings: the first where they agree or where it holds, else no answer."""
        found = list(verdicts)
        judged = [v for v in found if v.outcome is not Outcome.NOT_CHECKABLE]
        if not judged:
            return found[0]
        verdict = _settle(claim, judged)
        if verdict.outcome is not Outcome.REFUTED:
            return verdict
        return self._refuted(claim, verdict)

    def _refuted(self, claim: DistanceClaim, refuted: Verdict) -> Verdict:
        """Withdraw a refutation that more likely means that a name was resolved to the wrong place."""
        doubt = _doubt(claim, refuted)
        if doubt:
            return unchecked(claim, f"{doubt} ({refuted.reason})")
        holding = self._holding(claim)
        if holding is not None:
            return unchecked(claim, f"{_SEVERAL} ({refuted.reason}; {holding.reason})")
        if self._gazetteer is None or not _is_of_two_places(claim):
            return refuted
        return _with_homonyms(refuted, homonyms_that_hold(claim, self._gazetteer))

    def _holding(self, claim: DistanceClaim) -> Verdict | None:
        """Return the verdict for the first candidates, however unlikely, that satisfy the claim."""
        if _is_of_two_places(claim):
            return self._pair_that_holds(claim)
        return self._candidate_that_holds(claim)

    def _pair_that_holds(self, claim: DistanceClaim) -> Verdict | None:
        """Return the verdict for the first pair of candidates, however unlikely, that satisfies the claim.

        An area too wide to tell may satisfy it: a town lies less than a mile from Gaza, the strip.
        """
        for subject in candidates_of(claim.subject):
            for reference in candidates_of(claim.reference):
                if obstacle(claim, subject, reference) is None:
                    verdict = self._of_pair(claim, [subject], [reference])
                    if verdict.outcome in {*SATISFIES, Outcome.NOT_CHECKABLE}:
                        return verdict
        return None

    def _candidate_that_holds(self, claim: DistanceClaim) -> Verdict | None:
        """Return the verdict for the first candidate, however unlikely, of which a line or area claim holds."""
        judge_place: Callable[[Place], Iterator[Verdict]] = (
            (lambda place: iter((judge_line(claim, [place], self._world),)))
            if claim.reference.line is not None
            else lambda place: (
                judge_containment(claim, [place], area, self._world)
                for area in self._areas_named(claim.reference)
            )
        )
        verdicts = (v for place in self._places_named(claim) for v in judge_place(place))
        return next((v for v in verdicts if v.outcome in SATISFIES), None)

    def _places_named(self, claim: DistanceClaim) -> Iterator[Place]:
        """Yield what the subject may be; one that a text puts in an area may be any place of the name."""
        yield from candidates_of(claim.subject)
        if self._gazetteer is not None and claim.kind is ClaimKind.CONTAINMENT:
            key = name_key(claim.subject.text)
            hits = self._gazetteer.lookup(claim.subject.text, limit=_MOST_NAMESAKES)
            yield from (hit.place for hit in hits if key in name_keys(hit.place))

    def _areas_named(self, end: ClaimEnd) -> Iterator[Place]:
        """Yield every area that bears the name: two provinces of one name lie in two countries."""
        yield from (place for place in candidates_of(end, is_area_meant=True) if place.kind.is_area)
        if self._gazetteer is not None:
            yield from (
                hit.place
                for hit in self._gazetteer.lookup(end.text, limit=_MOST_AREAS)
                if hit.place.kind.is_area
            )

    # One end is not

    def _about_unnamed(
        self, claim: DistanceClaim, unnamed: Sequence[tuple[str, ClaimEnd]], named: Sequence[Place]
    ) -> Verdict:
        reason = "; ".join(why_unnamed(role, end) for role, end in unnamed)
        if len(unnamed) > 1 or claim.reference.line is not None:
            return unchecked(claim, reason)
        role, end = unnamed[0]
        known = one_spot(self._readings(claim.reference if role == "subject" else claim.subject))
        if claim.claimed is not None and not is_measured_from(known[0], claim.claimed):
            return unchecked(claim, reason)
        rows = what_if_rows(
            claim, known, is_subject_known=role != "subject", named=named, gazetteer=self._gazetteer
        )
        implied = implied_location(claim, known, end, is_subject=role == "subject")
        return unchecked(claim, reason, what_if=rows, implied=implied)


def _named_wider(claim: DistanceClaim) -> str:
    """Say that the text names a county or a river of which only a town of the name is known, if so."""
    if claim.kind is ClaimKind.CONTAINMENT:
        return ""
    for end in (claim.subject, claim.reference):
        place = readings(end)[0] if end.line is None else None
        if place is not None and names_an_area(end.text, place):
            return f"{end.text!r} is an area or a river, and what is known here is {place.name}"
    return ""


def _settle(claim: DistanceClaim, verdicts: Sequence[Verdict]) -> Verdict:
    first = verdicts[0]
    agree = all(v.outcome is first.outcome for v in verdicts)
    if agree or (is_settled(claim) and first.outcome in SATISFIES):
        return first
    best = max(verdicts, key=lambda v: RANK[v.outcome])
    if is_settled(claim) and RANK[best.outcome] <= RANK[first.outcome]:
        return first
    return unchecked(claim, f"{_SEVERAL} ({first.reason}; {best.reason})")


def _without_strangers(verdicts: Sequence[Verdict]) -> tuple[Verdict, ...]:
    """Withdraw what refutes a village at two places or more, while nothing said of it holds.

    One wrong place explains all of it: most villages have namesakes that no gazetteer lists.
    """
    refuted: dict[str, set[str]] = {}
    holding: set[str] = set()
    for verdict in verdicts:
        subject, reference = _first_places(verdict.claim)
        if subject is None or reference is None:
            continue
        if verdict.outcome is not Outcome.REFUTED:
            holding.update([subject.id] if verdict.outcome is not Outcome.NOT_CHECKABLE else [])
        elif _is_village(subject):
            refuted.setdefault(subject.id, set()).add(reference.id)
    strangers = {place_id for place_id, references in refuted.items() if len(references) > 1} - holding
    return tuple(_withdrawn(verdict, strangers) for verdict in verdicts)


def _withdrawn(verdict: Verdict, strangers: Collection[str]) -> Verdict:
    subject, _ = _first_places(verdict.claim)
    if verdict.outcome is not Outcome.REFUTED or subject is None or subject.id not in strangers:
        return verdict
    doubt = f"several places contradict what is said of {subject.name}, which is more likely another one of the name"
    return unchecked(verdict.claim, f"{doubt} ({verdict.reason})")


def _first_places(claim: DistanceClaim) -> tuple[Place | None, Place | None]:
    """Return the first reading of both ends of a claim about two places, `None` for an end without one."""
    if not _is_of_two_places(claim):
        return None, None
    subject, reference = readings(claim.subject), readings(claim.reference)
    return (subject[0] if subject else None), (reference[0] if reference else None)


def _doubt(claim: DistanceClaim, refuted: Verdict) -> str:
    """Say why the places more likely are not those meant than that the claim is wrong; else nothing."""
    if not is_settled(claim):
        return "the names are not resolved for certain"
    if claim.subject.is_inferred or claim.reference.is_inferred:
        return "the text leaves open which place is meant"
    if _is_of_two_places(claim) and _are_worlds_apart(claim, refuted):
        return "two places so far apart mean that a name stands for another place"
    is_misread = claim.kind is ClaimKind.CONTAINMENT and _is_misread(claim)
    if is_misread or _is_far_from_line(claim, refuted):
        return "a name more likely stands for another place"
    return ""


def _is_of_two_places(claim: DistanceClaim) -> bool:
    return claim.reference.line is None and claim.kind is not ClaimKind.CONTAINMENT


def _are_worlds_apart(claim: DistanceClaim, refuted: Verdict) -> bool:
    """Say whether the two lie so far apart that a name must stand for another place.

    In two countries they do, and in one where a name is known to mean several places; twice too far
    already where one of them is a village, of which most have namesakes that no gazetteer lists.
    """
    if refuted.measured is None or claim.claimed is None:
        return False
    ends = (claim.subject, claim.reference)
    if refuted.would_hold == (NAMESAKE,) and any(
        _is_village(readings(end)[0]) or _is_aka(end) for end in ends
    ):
        return True
    if refuted.measured.low <= _FAR * claim.claimed.high + _FAR_KM:
        return False
    countries = {readings(end)[0].country for end in ends}
    return len(countries) > 1 or any(_has_namesakes(end) for end in ends)


def _is_misread(claim: DistanceClaim) -> bool:
    """Say whether a place in another country than the area that it is said to lie in was read wrong.

    It was where a name has namesakes, is not the main name of the place, or is that of a village.
    """
    place, area = readings(claim.subject)[0], readings(claim.reference, is_area_meant=True)[0]
    if place.country == area.country:
        return False
    is_spelled_so = name_key(claim.subject.text) == name_key(place.name)
    ends = (claim.subject, claim.reference)
    has_namesakes = any(len(spots(candidates_of(end))) > 1 for end in ends)
    return not is_spelled_so or _is_minor(place) or has_namesakes


def _is_far_from_line(claim: DistanceClaim, refuted: Verdict) -> bool:
    """Say whether a town that few know lies so far from the border named that another one must be meant."""
    if claim.reference.line is None or refuted.measured is None or claim.claimed is None:
        return False
    is_far = refuted.measured.low > _FAR * claim.claimed.high + _FAR_KM
    return is_far and (_is_minor(readings(claim.subject)[0]) or _has_namesakes(claim.subject))


def _is_aka(end: ClaimEnd) -> bool:
    """Say whether the name is not the main one of a place that only a register knows."""
    place = readings(end)[0]
    return place.radius_km is None and name_key(end.text) not in name_key(place.name)


def _is_village(place: Place) -> bool:
    """Say whether it is a settlement of which nothing is known but that it is small."""
    return _is_minor(place) and (place.population or 0) < _VILLAGE_POPULATION


def _is_minor(place: Place) -> bool:
    """Say whether it is a settlement of which nothing is known but that it is no large city."""
    is_no_city = (place.population or 0) < _CITY_POPULATION
    return place.kind is PlaceKind.SETTLEMENT and place.radius_km is None and is_no_city


def _has_namesakes(end: ClaimEnd) -> bool:
    candidates = () if end.resolution is None else end.resolution.candidates
    return len(spots([candidate.place for candidate in candidates])) > 1


def _with_homonyms(refuted: Verdict, homonyms: Sequence[str]) -> Verdict:
    if not homonyms:
        return refuted
    said = "" if refuted.would_hold else f", it would hold {homonyms[0]}"
    return replace(refuted, would_hold=(*refuted.would_hold, *homonyms), reason=f"{refuted.reason}{said}")
