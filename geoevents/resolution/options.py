"""Which places may a name mean, and what speaks for each before the document is looked at?

`Options` keeps its answers, so that a name costs little the second time.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from geoevents.gazetteer import Gazetteer, NameHit, SpellingLevel
from geoevents.gazetteer.spelling import is_variant
from geoevents.geodesy import LatLon, distance_km
from geoevents.lexicon.capitals import CAPITALS
from geoevents.lexicon.people import common_words
from geoevents.lexicon.places import ESTABLISHED_NAMES, KIND_WORDS
from geoevents.model import Place, PlaceKind
from geoevents.resolution.company import reach_of
from geoevents.resolution.meanings import Meanings, Option, Region, chances_of, likely_of
from geoevents.resolution.measures import around, group_of, people_of
from geoevents.resolution.mentions import is_site
from geoevents.resolution.outlets import Outlet
from geoevents.resolution.readings import Fit, NameReader, Part, Reading, is_named_alike
from geoevents.resolution.weights import Weights
from geoevents.text import name_key

__all__ = ["Options"]

_MOST_KEPT = 16384  # names whose options are kept
_LARGE_PEOPLE, _TOWN_PEOPLE = 100_000, 50_000
_OWN_WORDS = 2  # spaces
_LAST_LATIN = "\u024f"
_CITY_PEOPLE = 10_000  # Smaller towns do not give provinces their names.


class Options:
    """The candidate places of names, over a gazetteer, with the scores of some weights.

    `countries` and `near` are what the user said beforehand.
    """

    def __init__(
        self,
        gazetteer: Gazetteer,
        weights: Weights,
        *,
        countries: frozenset[str],
        near: LatLon | None,
    ) -> None:
        self._gazetteer = gazetteer
        self._reader = NameReader(gazetteer)
        self._weights = weights
        self._countries = countries
        self._near = near
        self.of = lru_cache(maxsize=_MOST_KEPT)(self._read)
        self.sounding = lru_cache(maxsize=_MOST_KEPT)(self._read_sounding)
        self.region = lru_cache(maxsize=_MOST_KEPT)(self._read_region)
        self.home = lru_cache(maxsize=_MOST_KEPT)(self._read_home)
        self.country = lru_cache(maxsize=None)(self._read_country)
        self._density = lru_cache(maxsize=None)(self._read_density)
        self.city = lru_cache(maxsize=_MOST_KEPT)(self._read_city)

    def stand_in(self, option: Option, seen: Mapping[str, float]) -> Option:
        """Return a place as what a site in it is taken for."""
        seen = {"a candidate": 1.0, "stands for a site in it": 1.0, **seen}
        base = self._weights.score(seen, "stand-in")
        reading = Reading(option.reading.hit, Fit.STAND_IN)
        return replace(option, reading=reading, group="stand-in", seen=seen, base=base, words=None)

    def _read(self, text: str, noun: str | None, is_people: bool) -> Meanings:  # noqa: FBT001 -- a key of the cache
        """Return what a name may mean.

        `noun` is what the text calls it, where that is an area: it may then be named for its town.
        `is_people` says that the text means an adjective or a people.
        """
        readings = self._reader.read(text, is_people=is_people)
        if noun is not None:
            readings += list(self._reader.areas(text, noun, readings))
        return self._meanings(text, readings)

    def _read_sounding(self, text: str, countries: tuple[str, ...]) -> Meanings:
        """Return the places of some countries whose names sound like it."""
        return self._meanings(text, self._reader.sounding(text, countries))

    def _read_region(self, text: str) -> Region:
        """Return what a name means as a place that others lie in."""
        options = [o for o in self.of(text, None, False).options if o.reading.fit is not Fit.INSIDE]
        wide = [o for o in options if o.group in {"country", "division"}]
        counties = [o for o in options if o.group == "county"]
        if not wide and not counties:
            # "Jableh in Lattakia province": where only the city has the name, the division named for it is meant.
            wide = [o for o in options[:1] if is_named_alike(o.place.name, o.place.admin1 or "")]
        areas = (o.country if o.group == "country" else o.division for o in wide)
        return Region(
            frozenset(area for area in areas if area is not None),
            tuple((o.division, frozenset(o.cells)) for o in counties if o.division is not None),
        )

    def _read_home(self, outlet: Outlet) -> Option | None:
        """Return the town that an outlet is at home in, where that is known."""
        if outlet.town is None or outlet.country is None:
            return None
        hit = self._reader.town(outlet.town, division=outlet.division, country=outlet.country)
        if hit is None:
            return None
        return self._option(Reading(hit, Fit.NAME), outlet.town, name_key(outlet.town))

    def _read_country(self, code: str) -> str:
        """Return the name of a country, or its code where this gazetteer has no such row."""
        place = self._reader.place(f"country-{code.lower()}")
        return code if place is None else place.name

    def _read_density(self, code: str) -> float | None:
        """Return how many people live on a square kilometer of a country."""
        place = self._reader.place(f"country-{code.lower()}")
        if place is None or not place.population or not place.radius_km:
            return None
        return place.population / (math.pi * place.radius_km**2)

    def _read_city(self, name: str, country: str) -> Place | None:
        """Return the largest city of a name in a country."""
        hits = self._gazetteer.lookup(name, country=country, kind=PlaceKind.SETTLEMENT, limit=8)
        found = [hit.place for hit in hits if hit.level < SpellingLevel.PHONETIC]
        return max(found, key=lambda place: (place.population or 0, place.id), default=None)

    def _meanings(self, text: str, readings: Iterable[Reading]) -> Meanings:
        best: dict[str, Reading] = {}
        for reading in readings:
            best.setdefault(reading.hit.place.id, reading)
        key = name_key(text)
        options = [self._option(reading, text, key) for reading in best.values()]
        _compare(options, key)
        for option in options:
            option.rows = self._weights.context[option.group]
            option.base = self._weights.score(option.seen, option.group)
        options.sort(key=lambda option: (-option.base, option.id))
        scores = tuple([option.base for option in options])
        chances = tuple(chances_of(scores))
        return Meanings(
            tuple(options),
            scores,
            chances,
            tuple(likely_of(options, chances)),
            foremost=sum(score > scores[0] - _FAR_BEHIND for score in scores),
            is_sure=len(scores) == 1 and scores[0] >= _SURE,
            has_noun=any(option.reading.noun is not None for option in options),
            has_division=any(option.group == "division" for option in options),
            reach=reach_of(options, max(chances, default=0.0)),
        )

    def _option(self, reading: Reading, text: str, key: str) -> Option:
        place = reading.hit.place
        group = group_of(place.kind)
        density = None if place.country is None else self._density(place.country)
        size = math.log10(people_of(place, per_km2=density)) - 4.0
        country, division = place.country, None
        if country is not None and (place.admin1 is not None or group == "division"):
            division = f"{country}/{place.admin1 or place.name}"
        cells = () if place.kind.is_area and group != "county" else around(place.point)
        return Option(
            place,
            place.id,
            reading,
            group,
            size,
            self._seen(reading, text, key, size=size),
            country,
            division,
            f"{group} in {country}",
            f"{group} of {division}",
            cells,
            cells[0] if cells else None,
        )

    def _seen(self, reading: Reading, text: str, key: str, *, size: float) -> dict[str, float]:
        """Return what is seen of a place without looking at its namesakes or the document."""
        hit, part = reading.hit, reading.part
        place = hit.place
        seen = {
            "a candidate": 1.0,
            "population": size,
            "known by many names": math.log1p(len(place.alternate_names)) - 2.0,
        }
        if hit.is_primary or _is_main(hit.name, key if part is None else name_key(part.text), place):
            seen["main name"] = 1.0
        if hit.level is not SpellingLevel.EXACT and (feature := _level_feature(hit, text)) is not None:
            # Texts leave out an apostrophe often, and put one in hardly ever: "Dar'a" is not Dara.
            has_own_mark = (
                feature == "other marks" and _has_apostrophe(text) and not _has_apostrophe(hit.name)
            )
            seen[feature] = 2.0 if has_own_mark else 1.0
        if reading.fit in _FIT_FEATURES:
            seen[_FIT_FEATURES[reading.fit]] = 1.0
        if part is not None:
            seen |= _seen_inside(part, text, size)
        if self._gazetteer.is_own(place):
            seen["the user's own place"] = 1.0
        if place.country in self._countries:
            seen["wanted country"] = 1.0
        if self._near is not None:
            # 1 at the point itself, 0.5 at 300 km and near 0 on the other side of the world.
            seen["near the wanted point"] = 1.0 / (1.0 + distance_km(place.point, self._near) / 300.0)
        return seen


_FAR_BEHIND = 4.0  # In log-odds: more than a place gains by lying in the country of a document.
_MOST_WORDS = 3
_NOUNS_OF_CITIES = frozenset("province governorate oblast region prefecture department district".split())
_SURE = 4.0  # In log-odds: 98 %, for a name with one place.
_FIT_FEATURES = {
    Fit.PEOPLE: "people or adjective",
    Fit.SHORTENED: "short for its name",
    Fit.STRIPPED: "without its noun",
    Fit.INSIDE: "inside the name",
    Fit.POINT: "a point in figures",
}


def _seen_inside(part: Part, text: str, size: float) -> dict[str, float]:
    """Return what is seen of a place whose name is a part of the name."""
    seen = {"share of the name": part.share, "large place inside the name": size - 1.0}
    if part.is_first:
        seen["first inside the name"] = 1.0
    if part.is_people:
        seen["people or adjective"] = 1.0
    if is_site(text):
        seen["inside the name of a site"] = 1.0
    return seen


def _level_feature(hit: NameHit, text: str) -> str | None:
    if hit.level is SpellingLevel.PHONETIC:
        return "sounds alike"
    if hit.level is SpellingLevel.ARTICLE:
        return "without its article"
    return "other marks" if _plain(hit.name) != _plain(text) else None


def _is_established(key: str, place: Place) -> bool:
    """Say whether a place is known by a name as by its main one: Odessa is Odesa, in another system.

    Villages bear too many names that sound alike; but one of three words is hardly another's.
    """
    if key.count(" ") >= _OWN_WORDS:
        return True
    people = place.population or 0
    if key in ESTABLISHED_NAMES or key[:1] > _LAST_LATIN:
        return people >= _LARGE_PEOPLE
    return people >= _TOWN_PEOPLE and is_variant(key, _key_of(place.name))


def _has_apostrophe(name: str) -> bool:
    return "'" in name or "’" in name


def _plain(name: str) -> str:
    return name.replace("’", "'").casefold()


_key_of = lru_cache(maxsize=65536)(name_key)


def _is_main(name: str, key: str, place: Place) -> bool:
    """Say whether a name is the main one, but for the noun that news leaves out: "New York City"."""
    main = _key_of(place.name)
    if main in {key, f"{key} city"}:
        return True
    if place.kind.is_area and main.startswith(key) and main[len(key) + 1 :] in KIND_WORDS:
        return group_of(place.kind) == "area"
    return name != place.name and _key_of(name) == main


# How the options of one name stand to one another


def _compare(options: Sequence[Option], key: str) -> None:
    """See how the options stand to one another: size, capitals, towns and their divisions."""
    if not options:
        return
    _see_established(options)
    _see_namesakes(options)
    _see_capitals(options)
    largest = max(options, key=lambda option: (option.size, option.place.id))
    count, words = math.log(len(options)), float(min(_MOST_WORDS, key.count(" ")))
    is_word = key in common_words()
    for option in options:
        option.seen["behind the largest of its name"] = largest.size - option.size
        option.seen["places of the name"] = count
        if option.reading.fit is Fit.NAME:
            option.seen["words of the name"] = words
        if is_word:
            option.seen["an everyday word"] = 1.0
    largest.seen["largest of its name"] = 1.0


def _see_established(options: Sequence[Option]) -> None:
    """See whom a name is as good as the main one of, unless one no smaller bears it as its own: Antioquia is no Antakya."""
    bearers = [option for option in options if "main name" in option.seen]
    for option in options:
        hit, fit = option.reading.hit, option.reading.fit
        if "main name" in option.seen or fit is not Fit.NAME:
            continue
        if not _is_established(_key_of(hit.name), option.place):
            continue
        if not any(one.group in _WIDE or one.size >= option.size for one in bearers):
            option.seen["main name"] = 1.0


_WIDE = frozenset({"country", "division"})


def _see_namesakes(options: Sequence[Option]) -> None:
    """See which towns are called like their country, and which divisions like a city in them.

    New York State reaches far beyond its city: it is not "named for" it, as Isfahan Province is.
    """
    countries = {option.country for option in options if option.group == "country"}
    cities = [o for o in options if o.place.kind is PlaceKind.SETTLEMENT and _is_city(o.place)]
    for option in options:
        if option.group == "town" and option.country in countries:
            option.seen["called like its country"] = 1.0
        elif option.group == "division":
            _see_cities(option, cities)


def _see_cities(division: Option, cities: Sequence[Option]) -> None:
    cells = around(division.place.point)
    is_province = division.place.name.rpartition(" ")[2].lower() in _NOUNS_OF_CITIES
    for city in cities:
        is_bare = not city.place.name.endswith(" City")
        is_inside = city.division == division.division
        if (
            is_bare
            and is_named_alike(city.place.name, division.place.name)  # Antioquia has a Santa Fe de Antioquia
            and city.country == division.country
            and (city.cell in cells or (is_inside and is_province))
        ):
            division.seen["named for its city"] = 1.0
        if is_inside:
            city.seen["city of the division's name"] = 1.0
            largest = division.seen.get("division of a city's name", -1.0)
            division.seen["division of a city's name"] = max(largest, city.size - 1.0)
            if not is_bare and city.size < division.size:
                city.seen.pop("main name", None)  # Oklahoma is the state, New York may be either


def _is_city(place: Place) -> bool:
    return (place.population or 0) >= _CITY_PEOPLE


def _see_capitals(options: Sequence[Option]) -> None:
    """See which option is the capital of its country: news means Washington, D.C., before the state."""
    capitals: dict[str, Option] = {}
    for option in options:
        country = option.country or ""
        if option.place.kind is PlaceKind.SETTLEMENT and CAPITALS.get(country) == option.place.name:
            capitals[country] = max(capitals.get(country, option), option, key=lambda o: o.size)
    for option in capitals.values():
        option.seen["capital"] = 1.0
        option.is_capital = True
