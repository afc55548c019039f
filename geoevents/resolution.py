"""Which place does each name mean?

All names of a document are decided together. Each name has candidates from the gazetteer; a linear
score weighs what each is (how large, of what kind, under which spelling) against where the rest of
the document points (countries and divisions named, other names nearby, the region said with the
name, the words around it). The rest of the document is itself undecided at first, so the scores are
worked out in rounds, each name voting with the probabilities of the round before.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from geoevents.errors import GazetteerError
from geoevents.gazetteer import Gazetteer, SpellingLevel
from geoevents.geodesy import LatLon, distance_km
from geoevents.lexicon.places import KIND_WORDS, STATE_ABBREVIATIONS
from geoevents.model import (
    Candidate,
    Document,
    Place,
    PlaceKind,
    Resolution,
    Span,
    Toponym,
    ToponymRole,
)
from geoevents.tables import read_rows, table_path
from geoevents.text import name_key

__all__ = ["WEIGHTS", "ContextResolver"]

# Log-odds against the other candidates and against "none of these", whose score is 0.
WEIGHTS: Mapping[str, float] = {
    "a candidate": -1.0,
    "population": 0.6,
    "country": 3.0,
    "division": 1.5,
    "county": 0.3,
    "area": 1.5,
    "site": 0.5,
    "main name": 0.8,
    "looser spelling": -0.7,
    "its country": 2.0,
    "its division": 2.5,
    "country is named": 0.7,
    "division is named": 1.5,
    "near other names": 1.0,
    "said to lie in it": 4.0,
    "elsewhere said to lie in it": 3.0,
    "said to lie elsewhere": -3.0,
    "kind fits": 2.0,
    "another kind": -1.0,
    "wanted country": 3.0,
    "near the wanted point": 2.0,
}
_ROUNDS = 3
_MOST_CANDIDATES = 24  # Past that, homonyms are villages that nothing but a qualifier could tell apart.
_MOST_SHOWN = 6
_COUNTRIES_BY_SOUND = 3
_CLOSE_CALL = 0.02  # Two readings this near in probability are equally likely.


@dataclass(slots=True)
class _Option:
    """A candidate place of one name, with what was seen for and against it."""

    place: Place
    level: SpellingLevel
    is_primary: bool
    spelling: str
    fixed: dict[str, float] = field(default_factory=dict)
    seen: dict[str, float] = field(default_factory=dict)
    score: float = 0.0
    probability: float = 0.0


# The countries, and divisions of countries, that the name of a region may mean.
_Region = frozenset[tuple[str | None, str | None]]


@dataclass(slots=True)
class _Name:
    """One spelling in the document, with all its occurrences."""

    text: str
    options: list[_Option]
    count: int = 1
    regions: list[_Region] = field(default_factory=list)


def _votes() -> defaultdict[Any, float]:
    return defaultdict(float)


@dataclass(slots=True)
class _Focus:
    """Where the document points, in votes: by country, by division, by cell of a degree."""

    countries: defaultdict[str, float] = field(default_factory=_votes)
    divisions: defaultdict[tuple[str, str], float] = field(default_factory=_votes)
    cells: defaultdict[tuple[int, int], float] = field(default_factory=_votes)
    names: float = 0.0
    named_countries: defaultdict[str, float] = field(default_factory=_votes)
    named_divisions: defaultdict[tuple[str, str], float] = field(default_factory=_votes)


class ContextResolver:
    """Decides all names of a document at once, from the gazetteer and from one another.

    `countries` (ISO 3166-1 alpha-2) and `near` say beforehand what the texts are about: they weigh
    like strong evidence in the text, not like a filter. A best candidate whose score, a probability
    against all other candidates and against "none of these", is below `min_score` is not settled.
    """

    def __init__(
        self,
        gazetteer: Gazetteer,
        *,
        countries: Sequence[str] = (),
        near: LatLon | None = None,
        min_score: float = 0.2,
        weights: Mapping[str, float] = WEIGHTS,
    ) -> None:
        self._gazetteer = gazetteer
        self._countries = frozenset(country.upper() for country in countries)
        self._near = near
        self._min_score = min_score
        self._weights = weights

    def __call__(self, document: Document, toponyms: tuple[Toponym, ...], /) -> tuple[Resolution, ...]:
        """Return one resolution per toponym, in their order."""
        names = self._names(document, toponyms)
        focus = self._agree(document, names)
        self._add_sound_alikes(names, focus)
        return tuple(
            self._resolution(document.text, toponym, names[_name(toponym)], focus) for toponym in toponyms
        )

    def _names(self, document: Document, toponyms: Iterable[Toponym]) -> dict[str, _Name]:
        names: dict[str, _Name] = {}
        for toponym in toponyms:
            key = _name(toponym)
            if key in names:
                names[key].count += 1
            else:
                names[key] = _Name(toponym.text, self._options(key, toponym))
            if toponym.qualifier is not None:
                names[key].regions.append(self._region(toponym.qualifier.of(document.text)))
        return names

    def _options(self, key: str, toponym: Toponym) -> list[_Option]:
        if key in _demonyms():
            place = self._place(_demonyms()[key])
            if place is not None and (toponym.role is ToponymRole.DEMONYM or place.kind is PlaceKind.COUNTRY):
                option = _Option(place, SpellingLevel.EXACT, is_primary=True, spelling=toponym.text)
                option.fixed = self._fixed(option)
                return [option]
        hits = self._gazetteer.lookup(STATE_ABBREVIATIONS.get(key, toponym.text), limit=_MOST_CANDIDATES)
        options = [
            _Option(hit.place, hit.level, is_primary=hit.is_primary, spelling=hit.name)
            for hit in hits
            if hit.level is not SpellingLevel.PHONETIC
        ]
        if key in STATE_ABBREVIATIONS:
            options = [o for o in options if o.place.kind is PlaceKind.ADMIN1] or options
        for option in options:
            option.fixed = self._fixed(option)
        return options

    def _region(self, text: str) -> _Region:
        key = name_key(text)
        hits = self._gazetteer.lookup(STATE_ABBREVIATIONS.get(key, text), limit=8)
        return frozenset(
            (
                hit.place.country,
                None if hit.place.kind is PlaceKind.COUNTRY else hit.place.admin1 or hit.place.name,
            )
            for hit in hits
            if hit.place.kind in {PlaceKind.COUNTRY, PlaceKind.ADMIN1}
        )

    def _place(self, place_id: str) -> Place | None:
        try:
            return self._gazetteer.place(place_id)
        except GazetteerError:  # a demonym of a place that this gazetteer leaves out
            return None

    def _fixed(self, option: _Option) -> dict[str, float]:
        """Return what is seen of a place without looking at the document."""
        place = option.place
        seen = {"a candidate": 1.0, "population": math.log10(max(100, place.population or 0)) - 2.0}
        kind = _KIND_FEATURES.get(place.kind)
        if kind is not None:
            seen[kind] = 1.0
        if option.is_primary:
            seen["main name"] = 1.0
        if option.level is not SpellingLevel.EXACT:
            seen["looser spelling"] = float(option.level)
        if place.country is not None and place.country in self._countries:
            seen["wanted country"] = 1.0
        if self._near is not None:
            seen["near the wanted point"] = _nearness(distance_km(place.point, self._near))
        return seen

    def _agree(self, document: Document, names: Mapping[str, _Name]) -> _Focus:
        demonyms = _demonyms_in(document.text)
        focus = _Focus()
        for name in names.values():
            self._weigh(name, focus, is_first=True)
        for _ in range(_ROUNDS):
            focus = _focus(names.values(), demonyms)
            for name in names.values():
                self._weigh(name, focus)
        return focus

    def _weigh(self, name: _Name, focus: _Focus, *, is_first: bool = False) -> None:
        for option in name.options:
            option.seen = dict(option.fixed)
            if not is_first:
                _see_focus(name, option, focus)
            if name.regions:
                _see_regions(option.seen, option.place, name.regions, "elsewhere said to lie in it")
            option.score = self._score(option.seen)
        _normalize(name.options)

    def _score(self, seen: Mapping[str, float]) -> float:
        return sum(self._weights[feature] * value for feature, value in seen.items())

    def _add_sound_alikes(self, names: Mapping[str, _Name], focus: _Focus) -> None:
        """Look up names without a candidate by their sound, in the countries the text is about."""
        about = focus.countries.keys() | focus.named_countries.keys()
        votes = {country: focus.countries[country] + focus.named_countries[country] for country in about}
        leading = sorted(votes, key=lambda country: (-votes[country], country))[:_COUNTRIES_BY_SOUND]
        heard = dict.fromkeys((*sorted(self._countries), *leading))
        for name in names.values():
            if name.options or len(name.text) < 5:
                continue
            hits = [
                hit
                for country in about
                for hit in self._gazetteer.lookup(name.text, country=country, limit=3)
            ]
            name.options = [
                _Option(hit.place, hit.level, is_primary=hit.is_primary, spelling=hit.name) for hit in hits
            ]
            for option in name.options:
                option.fixed = self._fixed(option)
            self._weigh(name, focus)

    def _resolution(self, text: str, toponym: Toponym, name: _Name, focus: _Focus) -> Resolution:
        if not name.options:
            return Resolution(toponym, (), is_settled=False, reason="no gazetteer has this name")
        scored = self._scored(text, toponym, name)
        candidates = tuple(
            Candidate(option.place, round(probability, 4), reasons=_reasons(option, seen, focus))
            for option, probability, seen in scored[:_MOST_SHOWN]
        )
        return _decided(toponym, candidates, self._min_score)

    def _scored(
        self, text: str, toponym: Toponym, name: _Name
    ) -> list[tuple[_Option, float, dict[str, float]]]:
        """Return the options with what is seen at this very occurrence, best first."""
        cue = _kind_cue(text, toponym.span)
        own = [] if toponym.qualifier is None else [self._region(toponym.qualifier.of(text))]
        seen_of = []
        for option in name.options:
            seen = dict(option.seen)
            if own:
                for feature in _REGION_FEATURES:
                    seen.pop(feature, None)
                _see_regions(seen, option.place, own, "said to lie in it")
            if cue is not None:
                seen["kind fits" if option.place.kind in KIND_WORDS[cue] else "another kind"] = 1.0
            seen_of.append(seen)
        probabilities = _softmax([self._score(seen) for seen in seen_of])
        scored = list(zip(name.options, probabilities, seen_of, strict=True))
        scored.sort(key=lambda item: (-round(item[1], 4), item[0].place.id))
        return scored


_KIND_FEATURES = {
    PlaceKind.COUNTRY: "country",
    PlaceKind.ADMIN1: "division",
    PlaceKind.ADMIN2: "county",
    PlaceKind.CONTINENT: "area",
    PlaceKind.REGION: "area",
    PlaceKind.WATER: "area",
    PlaceKind.LAND: "area",
    PlaceKind.MILITARY: "site",
    PlaceKind.AIRPORT: "site",
    PlaceKind.CROSSING: "site",
    PlaceKind.CAMP: "site",
    PlaceKind.FRONT: "site",
    PlaceKind.FACILITY: "site",
    PlaceKind.INSTITUTION: "site",
}
_REGION_FEATURES = ("said to lie in it", "elsewhere said to lie in it", "said to lie elsewhere")


def _name(toponym: Toponym) -> str:
    return name_key(toponym.text)


@cache
def _demonyms() -> dict[str, str]:
    """Return the place id of each demonym, by its key."""
    rows = read_rows(table_path("demonyms.csv"))
    return {name_key(row["demonym"]): row["place_id"] for _, row in rows}


@cache
def _demonym_countries() -> dict[str, str]:
    rows = read_rows(table_path("demonyms.csv"))
    return {row["demonym"]: row["country"] for _, row in rows if row["country"]}


_CAPITALIZED = re.compile(r"\b[A-Z][a-z]{2,20}\b")


def _demonyms_in(text: str) -> Counter[str]:
    """Count the countries whose demonyms stand in the text."""
    countries = _demonym_countries()
    return Counter(countries[word] for word in _CAPITALIZED.findall(text) if word in countries)


def _softmax(scores: Sequence[float]) -> list[float]:
    """Return the probabilities of scores against one another and against none, which scores 0."""
    top = max(0.0, *scores)
    powers = [math.exp(score - top) for score in scores]
    total = sum(powers) + math.exp(-top)
    return [power / total for power in powers]


def _normalize(options: Sequence[_Option]) -> None:
    if options:
        probabilities = _softmax([option.score for option in options])
        for option, probability in zip(options, probabilities, strict=True):
            option.probability = probability


def _cell(point: LatLon) -> tuple[int, int]:
    return math.floor(point.lat), math.floor(point.lon)


def _cells_around(point: LatLon) -> Iterable[tuple[int, int]]:
    lat, lon = _cell(point)
    return ((lat + i, (lon + j + 180) % 360 - 180) for i in (-1, 0, 1) for j in (-1, 0, 1))


def _focus(names: Iterable[_Name], demonyms: Counter[str]) -> _Focus:
    focus = _Focus()
    focus.named_countries.update(demonyms)
    for name in names:
        focus.names += sum(option.probability for option in name.options)
        for option in name.options:
            _vote(focus, name, option)
    return focus


def _vote(focus: _Focus, name: _Name, option: _Option) -> None:
    place, share = option.place, option.probability
    if place.country is None:
        return
    focus.countries[place.country] += share
    if place.admin1 is not None and place.kind is not PlaceKind.COUNTRY:
        focus.divisions[place.country, place.admin1] += share
    if place.kind is PlaceKind.COUNTRY:
        focus.named_countries[place.country] += share * name.count
    elif place.kind is PlaceKind.ADMIN1:
        focus.named_divisions[place.country, place.name] += share * name.count
    if not place.kind.is_area or place.kind is PlaceKind.ADMIN2:
        focus.cells[_cell(place.point)] += share


def _see_focus(name: _Name, option: _Option, focus: _Focus) -> None:
    """See how the rest of the document, without this name's own votes, stands to a candidate."""
    place, seen = option.place, option.seen
    if place.country is None:
        return
    own = [(other.place, other.probability) for other in name.options]
    others = max(1.0, focus.names - sum(share for _, share in own))
    in_country = focus.countries[place.country] - sum(p for o, p in own if o.country == place.country)
    seen["its country"] = max(0.0, in_country) / others
    named = focus.named_countries[place.country]
    if place.kind is not PlaceKind.COUNTRY:
        seen["country is named"] = min(1.0, named / 2)
        _see_division(name, option, focus, others)
    if not place.kind.is_area or place.kind is PlaceKind.ADMIN2:
        around = set(_cells_around(place.point))
        votes = sum(focus.cells[cell] for cell in around if cell in focus.cells)
        votes -= sum(p for o, p in own if not _is_wide(o) and _cell(o.point) in around)
        seen["near other names"] = min(1.5, math.log1p(max(0.0, votes)))


def _is_wide(place: Place) -> bool:
    return place.kind.is_area and place.kind is not PlaceKind.ADMIN2


def _see_division(name: _Name, option: _Option, focus: _Focus, others: float) -> None:
    place, seen = option.place, option.seen
    if place.country is None or place.admin1 is None:
        return
    division = (place.country, place.admin1)
    own = sum(
        other.probability for other in name.options if (other.place.country, other.place.admin1) == division
    )
    seen["its division"] = max(0.0, focus.divisions[division] - own) / others
    if place.kind is not PlaceKind.ADMIN1:
        seen["division is named"] = min(1.0, focus.named_divisions[division])


def _see_regions(seen: dict[str, float], place: Place, regions: Sequence[_Region], feature: str) -> None:
    if any(_is_in(place, region) for region in regions):
        seen[feature] = 1.0
    else:
        seen["said to lie elsewhere"] = 1.0


def _is_in(place: Place, region: _Region) -> bool:
    return (place.country, None) in region or (place.country, place.admin1) in region


_WORD = re.compile(r"[^\W\d_]{2,20}")
_CUE_REACH = 40  # Characters on either side in which a noun of kind still belongs to the name.
_CUE_BEFORE = re.compile(r"([^\W\d_]{3,20}) (?:of )?(?:the )?$")


def _kind_cue(text: str, span: Span) -> str | None:
    """Return the noun that says what sort of place a name is: "the At-Tanf border garrison"."""
    before = _CUE_BEFORE.search(text, max(0, span.start - _CUE_REACH), span.start)
    after = text[span.end : span.end + _CUE_REACH]
    if after.startswith(" "):
        words = re.split(r"[^\w ]", after, maxsplit=1)[0].lower().split()[:2]
        # "Homs city" but not "Homs, city officials"; one word may come between, "border garrison".
        for word in words:
            if word in KIND_WORDS:
                return word
            if word not in _BETWEEN:
                break
    if before is not None and before.group(1).lower() in KIND_WORDS:
        return before.group(1).lower()
    return None


_BETWEEN = frozenset("border military air army naval refugee oil gas international".split())


def _nearness(km: float) -> float:
    """Return 1 at the point itself, 0.5 at 300 km and near 0 on the other side of the world."""
    return 1.0 / (1.0 + km / 300.0)


def _reasons(option: _Option, seen: Mapping[str, float], focus: _Focus) -> tuple[str, ...]:
    """Say in words why a place is a candidate, the spelling first."""
    place = option.place
    reasons = [_SPELLING[option.level].format(option.spelling)]
    if "said to lie in it" in seen or "elsewhere said to lie in it" in seen:
        reasons.append(f"the text puts it in {place.admin1 or place.country}")
    if "said to lie elsewhere" in seen:
        reasons.append("the text puts it elsewhere")
    if "kind fits" in seen:
        reasons.append(f"the text calls it a place of this kind ({place.kind.value})")
    named = focus.named_countries[place.country] if place.country else 0
    if named >= 1 and place.kind is not PlaceKind.COUNTRY:
        reasons.append(f"in {place.country}, which the text names {round(named)} times")
    if seen.get("division is named", 0.0) >= 0.5:
        reasons.append(f"in {place.admin1}, which the text names")
    if seen.get("near other names", 0.0) >= 0.5:
        reasons.append("near other places of the text")
    if "wanted country" in seen:
        reasons.append(f"in {place.country}, which was asked for")
    if place.population:
        reasons.append(f"population {place.population:,}")
    return tuple(reasons)


_SPELLING = {
    SpellingLevel.EXACT: "spelled {!r} in the gazetteer",
    SpellingLevel.FOLDED: "spelled {!r} in the gazetteer, but for case and marks",
    SpellingLevel.ARTICLE: "spelled {!r} in the gazetteer, but for the article",
    SpellingLevel.PHONETIC: "sounds like {!r}",
}


def _decided(toponym: Toponym, candidates: tuple[Candidate, ...], min_score: float) -> Resolution:
    best = candidates[0]
    if best.score < min_score:
        reason = f"no reading is likely enough: {best.place.name} scores {best.score:.2f}"
        return Resolution(toponym, candidates, is_settled=False, reason=reason)
    if len(candidates) > 1 and best.score - candidates[1].score < _CLOSE_CALL:
        other = candidates[1]
        if distance_km(best.place.point, other.place.point) > _SAME_KM:
            reason = f"two readings are equally likely: {_said(best.place)} and {_said(other.place)}"
            return Resolution(toponym, candidates, is_settled=False, reason=reason)
    return Resolution(toponym, candidates, is_settled=True, reason="; ".join(best.reasons))


_SAME_KM = 50.0  # Two readings nearer than this are one place to a reader of the map.


def _said(place: Place) -> str:
    where = ", ".join(part for part in (place.admin1, place.country) if part and part != place.name)
    return f"{place.name} ({where})" if where else place.name
