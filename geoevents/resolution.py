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
from functools import cache, lru_cache
from itertools import pairwise
from typing import Any, NamedTuple

from geoevents.errors import GazetteerError, OptionError
from geoevents.gazetteer import Gazetteer, NameHit, SpellingLevel
from geoevents.geodesy import LatLon, distance_km
from geoevents.lexicon.capitals import CAPITALS
from geoevents.lexicon.places import KIND_WORDS, PLURALS, STATE_ABBREVIATIONS
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

# Log-odds against the other candidates and against "none of these", whose score is 0. Set between
# hand-made weights and those fitted over two corpora of news, rounded.
WEIGHTS: Mapping[str, float] = {
    "a candidate": -2.7,
    "population": 0.9,
    "country": 1.5,
    "division": 0.7,
    "county": 0.5,
    "named for its city": -2.0,
    "area": 0.4,
    "site": 0.6,
    "main name": 1.6,
    "without its article": -0.7,
    "sounds alike": -2.0,
    "other marks": -0.6,
    "largest of its name": 0.3,
    "capital": 1.3,
    "its country": 1.8,
    "its division": 3.0,
    "names in its division": 1.3,
    "country is named": 0.7,
    "division is named": 1.1,
    "near other names": 1.9,
    "said to lie in it": 3.0,
    "elsewhere said to lie in it": 2.2,
    "said to lie elsewhere": -2.5,
    "kind fits": 2.0,
    "another kind": -0.7,
    "elsewhere this kind": 1.5,
    "far from where it is said to lie": -4.5,
    # Whoever adds a table of places to a run expects to find them in its texts.
    "the user's own place": 3.0,
    "wanted country": 3.0,
    "near the wanted point": 4.0,
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
    is_respelled: bool = False
    division: tuple[str, str] | None = None
    cells: tuple[tuple[int, int], ...] = ()  # its own cell of a degree, then those around
    fixed: dict[str, float] = field(default_factory=dict)
    seen: dict[str, float] = field(default_factory=dict)
    far: float = 0.0  # how likely it lies too far from where the text puts it
    score: float = 0.0
    probability: float = 0.0


# The countries, and divisions of countries, that the name of a region may mean.
_Region = frozenset[tuple[str | None, str | None]]


class _Tie(NamedTuple):
    """A length that the text puts between a name and another, by its key."""

    other: str
    km: float


@dataclass(slots=True)
class _Name:
    """One spelling in the document, with all its occurrences."""

    text: str
    options: list[_Option]
    count: int = 1
    regions: list[_Region] = field(default_factory=list)
    kinds: set[PlaceKind] = field(default_factory=set)  # sites that the text somewhere calls it
    ties: list[_Tie] = field(default_factory=list)


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
    Raises `OptionError` for a `min_score` outside [0, 1] and for weights that leave a feature out.
    """

    def __init__(
        self,
        gazetteer: Gazetteer,
        *,
        countries: Sequence[str] = (),
        near: LatLon | None = None,
        min_score: float = 0.3,
        weights: Mapping[str, float] = WEIGHTS,
    ) -> None:
        if not 0.0 <= min_score <= 1.0:
            raise OptionError(f"min_score is from 0 to 1, got {min_score!r}")
        if missing := WEIGHTS.keys() - weights.keys():
            raise OptionError(f"weights need a number for every feature, got none for {min(missing)!r}")
        self._gazetteer = gazetteer
        self._countries = frozenset(country.upper() for country in countries)
        self._near = near
        self._min_score = min_score
        self._weights = weights
        self._region = lru_cache(maxsize=2048)(self._read_region)

    def __call__(self, document: Document, toponyms: tuple[Toponym, ...], /) -> tuple[Resolution, ...]:
        """Return one resolution per toponym, in their order."""
        settings = [_setting(document.text, toponym) for toponym in toponyms]
        names = self._names(document, toponyms, settings)
        focus = self._agree(document, names)
        self._add_sound_alikes(names, focus)
        ranked: dict[_Setting, tuple[Candidate, ...]] = {}
        out = []
        for toponym, setting in zip(toponyms, settings, strict=True):
            if setting not in ranked:
                ranked[setting] = self._ranked(setting, names[setting.name], focus)
            out.append(_decided(toponym, ranked[setting], self._min_score))
        return tuple(out)

    def _names(
        self, document: Document, toponyms: Sequence[Toponym], settings: Sequence[_Setting]
    ) -> dict[str, _Name]:
        names: dict[str, _Name] = {}
        cued: set[tuple[str, str]] = set()
        for toponym, (key, _, cue, qualifier) in zip(toponyms, settings, strict=True):
            if key in names:
                names[key].count += 1
            else:
                names[key] = _Name(toponym.text, self._options(key, toponym))
            if cue is not None and (key, cue) not in cued:
                cued.add((key, cue))
                self._see_noun(names[key], cue)
            if qualifier is not None:
                names[key].regions.append(self._region(qualifier))
        _tie(document.text, toponyms, names)
        return names

    def _see_noun(self, name: _Name, noun: str) -> None:
        """Take in what the text calls the name: a site, or an area that takes its name from it."""
        kinds = KIND_WORDS[noun]
        name.kinds |= kinds & _SITES
        if PlaceKind.ADMIN1 in kinds:
            self._add_divisions(name)
        if PlaceKind.ADMIN2 in kinds:
            self._add_counties(name, PLURALS.get(noun, noun))

    def _options(self, key: str, toponym: Toponym) -> list[_Option]:
        if key in _demonyms():
            place = self._place(_demonyms()[key])
            if place is not None and (toponym.role is ToponymRole.DEMONYM or place.kind is PlaceKind.COUNTRY):
                option = _Option(place, SpellingLevel.EXACT, is_primary=True, spelling=toponym.text)
                option.fixed = self._fixed(option)
                return [option]
        hits = self._gazetteer.lookup(STATE_ABBREVIATIONS.get(key, toponym.text), limit=_MOST_CANDIDATES)
        options = [_option(hit, toponym.text) for hit in hits if hit.level is not SpellingLevel.PHONETIC]
        if key in STATE_ABBREVIATIONS:
            options = [o for o in options if o.place.kind is PlaceKind.ADMIN1] or options
        for option in options:
            option.fixed = self._fixed(option)
        _see_namesakes(options)
        _see_capitals(options)
        if options:
            largest = max(options, key=lambda option: (_people(option.place), option.place.id))
            largest.fixed["largest of its name"] = 1.0
        return options

    def _add_divisions(self, name: _Name) -> None:
        """Add the division of each likely town, where the text says "province" and none has the name."""
        if any(option.place.kind is PlaceKind.ADMIN1 for option in name.options):
            return
        for option in name.options[:_MOST_SHOWN]:
            place = option.place
            if place.admin1 is None or place.country is None:
                continue
            hits = self._gazetteer.lookup(place.admin1, country=place.country, kind=PlaceKind.ADMIN1, limit=1)
            if hits and _is_named_alike(place.name, place.admin1):
                division = _option(hits[0], option.spelling)
                division.fixed = self._fixed(division)
                name.options.append(division)

    def _add_counties(self, name: _Name, noun: str) -> None:
        """Add what is called "Clarke County" for the Clarke of "Clarke and Oconee counties"."""
        if any(option.place.kind is PlaceKind.ADMIN2 for option in name.options):
            return
        full = f"{name.text} {noun}"
        for hit in self._gazetteer.lookup(full, kind=PlaceKind.ADMIN2, limit=_MOST_CANDIDATES):
            if hit.level is SpellingLevel.EXACT or hit.level is SpellingLevel.FOLDED:
                county = _option(hit, full)
                county.fixed = self._fixed(county)
                name.options.append(county)

    def _read_region(self, text: str) -> _Region:
        key = name_key(text)
        hits = self._gazetteer.lookup(STATE_ABBREVIATIONS.get(key, text), limit=8)
        found = [hit.place for hit in hits if hit.level is not SpellingLevel.PHONETIC]
        regions = [place for place in found if place.kind in {PlaceKind.COUNTRY, PlaceKind.ADMIN1}]
        # "Jableh in Lattakia province": where only the city has the name, its division is meant.
        return frozenset(
            (place.country, None if place.kind is PlaceKind.COUNTRY else place.admin1 or place.name)
            for place in regions or found[:1]
        )

    def _place(self, place_id: str) -> Place | None:
        try:
            return self._gazetteer.place(place_id)
        except GazetteerError:  # a demonym of a place that this gazetteer leaves out
            return None

    def _fixed(self, option: _Option) -> dict[str, float]:
        """Return what is seen of a place without looking at the document."""
        place = option.place
        seen = {"a candidate": 1.0, "population": math.log10(_people(place)) - 2.0}
        kind = _KIND_FEATURES.get(place.kind)
        if kind is not None:
            seen[kind] = 1.0
        if option.is_primary:
            seen["main name"] = 1.0
        if option.level is SpellingLevel.PHONETIC:
            seen["sounds alike"] = 1.0
        elif option.level is SpellingLevel.ARTICLE:
            seen["without its article"] = 1.0
        elif option.is_respelled:
            seen["other marks"] = 1.0
        if self._gazetteer.is_own(place):
            seen["the user's own place"] = 1.0
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
                _see_ties(name, names)
            for name in names.values():
                self._weigh(name, focus)
        return focus

    def _weigh(self, name: _Name, focus: _Focus, *, is_first: bool = False) -> None:
        for option in name.options:
            option.seen = dict(option.fixed)
        if not is_first:
            _see_focus(name, focus)
        for option in name.options:
            if name.regions:
                _see_regions(option.seen, option.place, name.regions, "elsewhere said to lie in it")
            if option.far:
                option.seen["far from where it is said to lie"] = option.far
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
                for country in heard
                for hit in self._gazetteer.lookup(name.text, country=country, limit=3)
            ]
            name.options = [_option(hit, name.text) for hit in hits]
            for option in name.options:
                option.fixed = self._fixed(option)
            _see_ties(name, names)
            self._weigh(name, focus)

    def _ranked(self, setting: _Setting, name: _Name, focus: _Focus) -> tuple[Candidate, ...]:
        """Return the candidates of a name in its setting, best first."""
        seen_of = [self._seen_in(setting, name, option) for option in name.options]
        probabilities = _softmax([self._score(seen) for seen in seen_of])
        scored = _in_role(list(zip(name.options, probabilities, seen_of, strict=True)), setting.role)
        scored.sort(key=lambda item: (-round(item[1], 4), item[0].place.id))
        return tuple(
            Candidate(
                option.place, round(probability, 4), reasons=self._reasons(option, seen, focus, setting)
            )
            for option, probability, seen in scored[:_MOST_SHOWN]
        )

    def _seen_in(self, setting: _Setting, name: _Name, option: _Option) -> dict[str, float]:
        seen = dict(option.seen)
        if setting.qualifier is not None:
            for feature in _REGION_FEATURES:
                seen.pop(feature, None)
            _see_regions(seen, option.place, [self._region(setting.qualifier)], "said to lie in it")
        if setting.cue is not None:
            fits = option.place.kind in KIND_WORDS[setting.cue]
            seen["kind fits" if fits else "another kind"] = 1.0
        elif option.place.kind in name.kinds:
            seen["elsewhere this kind"] = 1.0
        return seen

    def _reasons(
        self, option: _Option, seen: Mapping[str, float], focus: _Focus, setting: _Setting
    ) -> tuple[str, ...]:
        """Say in words why a place is a candidate, the spelling first."""
        place = option.place
        country = None if place.country is None else self._country(place.country)
        reasons = [_SPELLING[option.level].format(option.spelling)]
        if "said to lie in it" in seen:
            reasons.append(f"the text puts it in {setting.qualifier}")
        if "elsewhere said to lie in it" in seen:
            reasons.append(f"the text elsewhere puts it in {place.admin1 or country}")
        if "said to lie elsewhere" in seen or option.far >= _DOUBTFUL:
            reasons.append("the text puts it elsewhere")
        if "kind fits" in seen:
            reasons.append(f"the text says {setting.cue!r}")
        if "elsewhere this kind" in seen:
            reasons.append(f"the text elsewhere calls it a place of this kind ({place.kind.value})")
        reasons += _focus_reasons(place, seen, focus, country)
        if place.population:
            reasons.append(f"population {place.population:,}")
        return tuple(reasons)

    def _country(self, code: str) -> str:
        """Return the name of a country, or its code where this gazetteer has no such row."""
        place = self._place(f"country-{code.lower()}")
        return code if place is None else place.name


class _Setting(NamedTuple):
    """All that sets one occurrence of a name apart from the others: what else is said with it."""

    name: str
    role: ToponymRole
    cue: str | None
    qualifier: str | None


def _setting(text: str, toponym: Toponym) -> _Setting:
    qualifier = None if toponym.qualifier is None else toponym.qualifier.of(text)
    return _Setting(_name(toponym), toponym.role, _kind_cue(text, toponym.span), qualifier)


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


def _see_namesakes(options: Sequence[_Option]) -> None:
    """See which divisions are called by the name of the city they lie around: the city is meant.

    New York, the state, is no such division: it reaches far beyond the city.
    """
    cities = {
        (option.place.country, option.cells[0])
        for option in options
        if option.place.kind is PlaceKind.SETTLEMENT and (option.place.population or 0) >= _CITY_PEOPLE
    }
    for option in options:
        place = option.place
        if place.kind is PlaceKind.ADMIN1:
            around = _cells_around(place.point)
            if any((place.country, cell) in cities for cell in around):
                option.fixed["named for its city"] = 1.0


def _see_capitals(options: Sequence[_Option]) -> None:
    """See which option is the capital of its country: news means Washington, D.C., before the state."""
    capitals: dict[str, _Option] = {}
    for option in options:
        country = option.place.country or ""
        if option.place.kind is PlaceKind.SETTLEMENT and CAPITALS.get(country) == option.place.name:
            largest = max(capitals.get(country, option), option, key=lambda o: _people(o.place))
            capitals[country] = largest
    for option in capitals.values():
        option.fixed["capital"] = 1.0


# "Xyz, 20 km west of Homs", "Xyz, just outside Homs": what stands between two names that it ties.
_TIE = re.compile(
    r"[,;]?\s?\(?(?:[a-z]{2,13}\s){0,4}"
    r"(?:(?P<figure>\d{1,4}(?:[.,]\d{1,3})?)(?:\s?(?:-|–|to)\s?\d{1,4})?[\s-]?"
    r"(?:km|kms|kilomet(?:er|re)s?|mi|miles?)\b[^.;:]{0,40}\b(?:of|from|outside)|near|outside)"
    r"\s(?:the\s(?:[\w-]{1,16}\s){1,3}of\s)?",
    re.IGNORECASE,
)
_LONGEST_TIE = 90
_NEAR_KM = 50.0  # What "near" and "outside" say.
# A village said to be 10 km from a city abroad and 7,000 km off is another village of that name.
_FAR = 5.0
_FAR_KM = 500.0
_LEAST_OTHER = 0.05  # What is less likely than this says nothing about where its neighbors lie.


def _tie(text: str, toponyms: Sequence[Toponym], names: Mapping[str, _Name]) -> None:
    """Note which names the text puts at a length from each other."""
    for one, other in pairwise(toponyms):
        between = text[one.span.end : other.span.start]
        match = _TIE.fullmatch(between) if len(between) <= _LONGEST_TIE else None
        if match is not None:
            km = float(match["figure"].replace(",", "")) if match["figure"] else _NEAR_KM
            names[_name(one)].ties.append(_Tie(_name(other), km))
            names[_name(other)].ties.append(_Tie(_name(one), km))


def _see_ties(name: _Name, names: Mapping[str, _Name]) -> None:
    """See which candidates lie in another country, far beyond the length that the text gives."""
    for tie in name.ties[:_MOST_TIES]:
        others = [option for option in names[tie.other].options if option.probability >= _LEAST_OTHER]
        for option in name.options:
            far = sum(other.probability for other in others if _lie_too_far(option, other, tie.km))
            option.far = max(option.far if tie is not name.ties[0] else 0.0, far)


_MOST_TIES = 6
_DOUBTFUL = 0.5


def _lie_too_far(option: _Option, other: _Option, km: float) -> bool:
    if option.place.country == other.place.country or not option.cells or not other.cells:
        return False
    return distance_km(option.place.point, other.place.point) > _FAR * km + _FAR_KM


_CITY_PEOPLE = 10_000  # Smaller towns do not give provinces their names.
_SITES = frozenset(
    {
        PlaceKind.MILITARY,
        PlaceKind.AIRPORT,
        PlaceKind.CROSSING,
        PlaceKind.CAMP,
        PlaceKind.FACILITY,
    }
)
_REGION_FEATURES = ("said to lie in it", "elsewhere said to lie in it", "said to lie elsewhere")


# Where the gazetteer gives no population, what a reader would take the place for. Areas and sites
# are named for what they are, however few people live there.
_ASSUMED_PEOPLE = {
    PlaceKind.SETTLEMENT: 500,
    PlaceKind.QUARTER: 5_000,
    PlaceKind.ADMIN2: 50_000,
    PlaceKind.ADMIN1: 1_000_000,
    PlaceKind.COUNTRY: 1_000_000,
    PlaceKind.CONTINENT: 10_000_000,
    PlaceKind.REGION: 1_000_000,
    PlaceKind.WATER: 1_000_000,
    PlaceKind.LAND: 100_000,
}
_SITE_PEOPLE = 20_000
_CHOSEN_KINDS = frozenset(
    {PlaceKind.REGION, PlaceKind.WATER, PlaceKind.LAND, PlaceKind.FACILITY, PlaceKind.AIRPORT}
)


def _is_named_alike(town: str, division: str) -> bool:
    return name_key(division).startswith(name_key(town)[:5])


def _people(place: Place) -> int:
    # Areas and sites that somebody chose have an extent: one without is a feature of an imported
    # layer, more likely a brook than a sea, and a school than a base.
    if place.radius_km is None and place.kind in _CHOSEN_KINDS:
        return max(100, place.population or 0)
    people = place.population or _ASSUMED_PEOPLE.get(place.kind, _SITE_PEOPLE)
    return max(100, people)


def _option(hit: NameHit, text: str) -> _Option:
    is_respelled = hit.level is SpellingLevel.FOLDED and hit.name.casefold() != text.casefold()
    is_primary = name_key(hit.name) == name_key(hit.place.name)
    place = hit.place
    has_division = place.country is not None and place.admin1 is not None
    return _Option(
        place,
        hit.level,
        is_primary=is_primary,
        spelling=hit.name,
        is_respelled=is_respelled,
        division=(place.country or "", place.admin1 or "") if has_division else None,
        cells=() if _is_wide(place) else _cells_around(place.point),
    )


def _is_wide(place: Place) -> bool:
    return place.kind.is_area and place.kind is not PlaceKind.ADMIN2


_Scored = list[tuple[_Option, float, dict[str, float]]]
_SEAT_PEOPLE = 200_000


def _in_role(scored: _Scored, role: ToponymRole) -> _Scored:
    """Keep what the role allows, if anything: an institution, or a seat of government."""
    if role is ToponymRole.INSTITUTION:
        fitting = [item for item in scored if item[0].place.kind is PlaceKind.INSTITUTION]
    elif role is ToponymRole.METONYM:
        fitting = [item for item in scored if _is_seat(item[0].place)]
    else:
        return scored
    share = sum(item[1] for item in fitting)
    rest = max(1e-9, 1.0 - sum(item[1] for item in scored))
    return [(option, p / (share + rest), seen) for option, p, seen in fitting] or scored


def _is_seat(place: Place) -> bool:
    is_city = place.kind is PlaceKind.SETTLEMENT and (place.population or 0) >= _SEAT_PEOPLE
    return is_city or place.kind is PlaceKind.COUNTRY


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
    top = max((0.0, *scores))
    powers = [math.exp(score - top) for score in scores]
    total = sum(powers) + math.exp(-top)
    return [power / total for power in powers]


def _normalize(options: Sequence[_Option]) -> None:
    if options:
        probabilities = _softmax([option.score for option in options])
        for option, probability in zip(options, probabilities, strict=True):
            option.probability = probability


def _cells_around(point: LatLon) -> tuple[tuple[int, int], ...]:
    """Return the cell of a degree that holds the point, then its eight neighbors."""
    lat, lon = math.floor(point.lat), math.floor(point.lon)
    return tuple((lat + i, (lon + j + 180) % 360 - 180) for i in (0, -1, 1) for j in (0, -1, 1))


def _focus(names: Iterable[_Name], demonyms: Counter[str]) -> _Focus:
    focus = _Focus()
    focus.named_countries.update(demonyms)
    for name in names:
        _vote(focus, name)
    return focus


def _vote(focus: _Focus, name: _Name) -> None:
    for option in name.options:
        place, share = option.place, option.probability
        focus.names += share
        if place.country is None:
            continue
        focus.countries[place.country] += share
        if place.kind is PlaceKind.COUNTRY:
            focus.named_countries[place.country] += share * name.count
            continue
        if place.kind is PlaceKind.ADMIN1:
            focus.named_divisions[place.country, place.name] += share * name.count
        if option.division is not None:
            focus.divisions[option.division] += share
        if option.cells:
            focus.cells[option.cells[0]] += share


def _see_focus(name: _Name, focus: _Focus) -> None:
    """See how the rest of the document, without the name's own votes, stands to its candidates."""
    own = _Focus()
    _vote(own, name)
    others = max(1.0, focus.names - own.names)
    for option in name.options:
        place, seen = option.place, option.seen
        if place.country is None:
            continue
        in_country = max(0.0, focus.countries[place.country] - own.countries[place.country])
        seen["its country"] = in_country / others
        if place.kind is PlaceKind.COUNTRY:
            _see_inside(seen, in_country, others)
            continue
        seen["country is named"] = min(1.0, focus.named_countries[place.country] / 2)
        _see_division(option, focus, own, others)
        if option.cells:
            votes = sum(focus.cells.get(cell, 0.0) - own.cells.get(cell, 0.0) for cell in option.cells)
            seen["near other names"] = _votes_weighed(votes)


def _see_inside(seen: dict[str, float], votes: float, others: float) -> None:
    """See the names inside an area, which are to it what its neighbors are to a town."""
    seen["its division"] = votes / others
    seen["names in its division"] = min(2.0, math.log1p(votes))
    seen["near other names"] = _votes_weighed(votes)


def _votes_weighed(votes: float) -> float:
    return min(1.5, math.log1p(max(0.0, votes)))


def _see_division(option: _Option, focus: _Focus, own: _Focus, others: float) -> None:
    if option.division is None:
        return
    inside = max(0.0, focus.divisions[option.division] - own.divisions[option.division])
    if option.place.kind is PlaceKind.ADMIN1:
        _see_inside(option.seen, inside, others)
        return
    option.seen["its division"] = inside / others
    option.seen["names in its division"] = min(2.0, math.log1p(inside))
    option.seen["division is named"] = min(1.0, focus.named_divisions[option.division])


def _see_regions(seen: dict[str, float], place: Place, regions: Sequence[_Region], feature: str) -> None:
    if any(_is_in(place, region) for region in regions):
        seen[feature] = 1.0
    elif any(regions):
        seen["said to lie elsewhere"] = 1.0


def _is_in(place: Place, region: _Region) -> bool:
    return (place.country, None) in region or (place.country, place.admin1) in region


_WORD = re.compile(r"[^\W\d_]{2,20}")
_CUE_REACH = 40  # Characters on either side in which a noun of kind still belongs to the name.


def _kind_cue(text: str, span: Span) -> str | None:
    """Return the noun that says what sort of place a name is: "the At-Tanf border garrison"."""
    after = text[span.end : span.end + _CUE_REACH]
    shared = _SHARED_CUE.match(text, span.end)
    if shared is not None:
        return PLURALS[shared.group(1)]
    if after.startswith(" "):
        words = re.split(r"[^\w ]", after, maxsplit=1)[0].lower().split()[:2]
        # "Homs city" but not "Homs, city officials"; one word may come between, "border garrison".
        for word in words:
            if word in KIND_WORDS:
                return word
            if word not in _BETWEEN:
                break
    return _cue_before(text[max(0, span.start - _CUE_REACH) : span.start])


def _cue_before(lead: str) -> str | None:
    """Return the noun of kind that leads to a name: "the city of", "village"."""
    if not lead.endswith(" "):
        return None
    words = lead[:-1].lower().split(" ")
    for small in ("the", "of"):
        if words[-1] == small and len(words) > 1:
            words.pop()
    return words[-1] if words[-1] in KIND_WORDS else None


# "Clarke, Hall and Oconee counties": the noun of the last belongs to all of them.
_CAPITALIZED_WORDS = r"[A-Z][\w'’-]{1,20}(?: [A-Z][\w'’-]{1,20}){0,2}"
_SHARED_CUE = re.compile(
    rf"(?:, {_CAPITALIZED_WORDS}){{0,9}},? (?:and|or) {_CAPITALIZED_WORDS} ({'|'.join(PLURALS)})\b"
)
_BETWEEN = frozenset("border military air army naval refugee oil gas international".split())


def _nearness(km: float) -> float:
    """Return 1 at the point itself, 0.5 at 300 km and near 0 on the other side of the world."""
    return 1.0 / (1.0 + km / 300.0)


def _focus_reasons(place: Place, seen: Mapping[str, float], focus: _Focus, country: str | None) -> list[str]:
    reasons = []
    times = round(focus.named_countries[place.country]) if place.country else 0
    if times and place.kind is not PlaceKind.COUNTRY:
        reasons.append(f"in {country}, which the text names {'once' if times == 1 else f'{times} times'}")
    if seen.get("division is named", 0.0) >= 0.5:
        reasons.append(f"in {place.admin1}, which the text names")
    if seen.get("near other names", 0.0) >= 0.5 and not place.kind.is_area:
        reasons.append("near other places of the text")
    if "wanted country" in seen:
        reasons.append(f"in {country}, which was asked for")
    return reasons


_SPELLING = {
    SpellingLevel.EXACT: "spelled {!r} in the gazetteer",
    SpellingLevel.FOLDED: "spelled {!r} in the gazetteer, but for case and marks",
    SpellingLevel.ARTICLE: "spelled {!r} in the gazetteer, but for the article",
    SpellingLevel.PHONETIC: "sounds like {!r}",
}


def _decided(toponym: Toponym, candidates: tuple[Candidate, ...], min_score: float) -> Resolution:
    if not candidates:
        return Resolution(toponym, (), is_settled=False, reason="no gazetteer has this name")
    best = candidates[0]
    if best.score < min_score:
        reason = f"no reading is likely enough: {best.place.name} scores {best.score:.2f}"
        return Resolution(toponym, candidates, is_settled=False, reason=reason)
    if len(candidates) > 1 and best.score - candidates[1].score < _CLOSE_CALL:
        other = candidates[1]
        if (
            not _are_nested(best.place, other.place)
            and distance_km(best.place.point, other.place.point) > _SAME_KM
        ):
            reason = f"two readings are equally likely: {_said(best.place)} and {_said(other.place)}"
            return Resolution(toponym, candidates, is_settled=False, reason=reason)
    return Resolution(toponym, candidates, is_settled=True, reason="; ".join(best.reasons))


def _are_nested(a: Place, b: Place) -> bool:
    """Say whether one is the division that the other lies in: both answers point the same way."""
    return a.country == b.country and a.admin1 == b.admin1 and PlaceKind.ADMIN1 in {a.kind, b.kind}


_SAME_KM = 50.0  # Two readings nearer than this are one place to a reader of the map.


def _said(place: Place) -> str:
    where = ", ".join(part for part in (place.admin1, place.country) if part and part != place.name)
    return f"{place.name} ({where})" if where else place.name
