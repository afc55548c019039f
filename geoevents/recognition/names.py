"""What do gazetteer and lexicons know of a name, wherever it stands?

A `Name` is what a run of words may name: how many places, how large, of which kinds, by their main
name or another; and what else the words may be: an everyday word, a person's name, a people.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import KW_ONLY, dataclass
from enum import StrEnum
from functools import cache, lru_cache

from geoevents.gazetteer import NameHit, SpellingLevel
from geoevents.gazetteer.spelling import is_variant, spelling_key
from geoevents.lexicon.people import ORGANIZATION_HEADS, SURNAMES, TITLES, common_words, given_names
from geoevents.lexicon.places import (
    CALENDAR,
    DIRECTIONS,
    EMBEDDING_HEADS,
    ESTABLISHED_NAMES,
    KIND_WORDS,
    NAMING_NOUNS,
    PARTS_AFTER,
    STATE_ABBREVIATIONS,
)
from geoevents.model import Place, PlaceKind
from geoevents.tables import read_rows, table_path
from geoevents.text import Memo, name_key

__all__ = ["Name", "NameClass", "countries_of_peoples", "demonyms", "name_features", "name_of", "word_sort"]


class NameClass(StrEnum):
    """What a name is first and foremost."""

    COUNTRY = "country"
    DIVISION = "division"
    DISTRICT = "district"
    AREA = "area"
    INSTITUTION = "institution"
    METROPOLIS = "metropolis"
    CITY = "city"
    TOWN = "town"
    VILLAGE = "village"
    SITE = "site"
    DEMONYM = "demonym"
    STATE = "abbreviated state"
    UNKNOWN = "unknown"


_AREAS = frozenset({PlaceKind.CONTINENT, PlaceKind.REGION, PlaceKind.WATER, PlaceKind.LAND})
_TOWNS = frozenset({PlaceKind.SETTLEMENT, PlaceKind.QUARTER})
_SIZES = ((500_000, NameClass.METROPOLIS), (50_000, NameClass.CITY), (5_000, NameClass.TOWN))
_Region = tuple[str | None, str | None]


@dataclass(frozen=True, slots=True, eq=False)  # there is one of each, and what is known hangs on it
class Name:
    """What is known of a name as a text writes it.

    `people` is the population of its largest place, as far as known. `sort` says in one word what
    else its words may be. `country` is that of its first place, `countries` those of its first few.
    `homes` are the countries and divisions that its places lie in, `regions` those that it names, and
    `seats` those that its cities lie in. `is_actor` says that it is an armed group's name rather than
    that of a village: Hamas lies in Syria as well. `is_native` says that it is a large place's name in a
    script that English is not written in.
    """

    surface: str
    key: str
    kind: NameClass
    sort: str
    _: KW_ONLY
    kinds: frozenset[PlaceKind]
    people: int
    places: int
    level: SpellingLevel | None
    is_primary: bool
    has_extent: bool
    country: str | None
    countries: tuple[str | None, ...]
    homes: frozenset[_Region]
    regions: frozenset[_Region]
    seats: frozenset[_Region]
    is_actor: bool
    is_native: bool


_LARGE = frozenset({PlaceKind.COUNTRY, PlaceKind.ADMIN1, PlaceKind.REGION, PlaceKind.INSTITUTION})
_CITY_PEOPLE = 100_000
_VARIANT_PEOPLE = 20_000  # Villages bear too many names that sound alike.
_LAST_LATIN = "\u024f"
_MOST_COUNTRIES = 10  # places that are asked for their country; more are too many to tell anything


def name_of(surface: str, key: str, hits: Sequence[NameHit], *, is_state: bool = False) -> Name:
    """Return what is known of a name that has these places."""
    places = [hit.place for hit in hits]
    people = max(map(_people, places), default=0)
    kinds = frozenset([place.kind for place in places])
    countries = tuple(dict.fromkeys([place.country for place in places[:_MOST_COUNTRIES]]))
    homes, regions, seats = _where(places)
    return Name(
        surface,
        key,
        NameClass.STATE if is_state else _class(kinds, people, is_demonym=key in demonyms()),
        _sort(key),
        kinds=kinds,
        people=people,
        places=len(places),
        level=hits[0].level if hits else None,
        is_primary=any(_is_main(hit, people) for hit in hits),
        has_extent=any(place.radius_km is not None for place in places),
        country=places[0].country if places else None,
        countries=countries,
        homes=homes,
        regions=regions,
        seats=seats,
        is_actor=key in _actors() and not kinds & _LARGE and people < _CITY_PEOPLE,
        is_native=key[:1] > _LAST_LATIN and (bool(kinds & _LARGE) or people >= _CITY_PEOPLE),
    )


def _is_main(hit: NameHit, most: int) -> bool:
    """Say whether a name is the main one of a place, or that of its largest city in another system: "Kiev"."""
    if hit.is_primary:
        return True
    place = hit.place
    if place.population is None or place.population < max(_VARIANT_PEOPLE, most):
        return False
    key = spelling_key(hit.name)
    return key in ESTABLISHED_NAMES or is_variant(key, spelling_key(place.name))


_NOWHERE: frozenset[_Region] = frozenset()


def _where(places: Sequence[Place]) -> tuple[frozenset[_Region], frozenset[_Region], frozenset[_Region]]:
    """Return the homes, the regions and the seats of a name, as `Name` has them."""
    if not places:
        return _NOWHERE, _NOWHERE, _NOWHERE
    homes: set[_Region] = set()
    regions: set[_Region] = set()
    seats: set[_Region] = set()
    country, division, settlement = PlaceKind.COUNTRY, PlaceKind.ADMIN1, PlaceKind.SETTLEMENT
    for place in places:
        kind, land = place.kind, place.country
        if kind is country:
            regions.add((land, None))
            continue
        homes.add((land, None))
        homes.add((land, place.admin1))
        if kind is division:
            regions.add((land, place.admin1 or place.name))
        elif kind is settlement:
            seats.add((land, place.admin1 or place.name))
    return frozenset(homes), frozenset(regions) or _NOWHERE, frozenset(seats) or _NOWHERE


def _people(place: Place) -> int:
    """Return the population; where the gazetteer has none for an area or a site, a middling one."""
    return place.population or (100 if place.kind in _TOWNS else 10_000)


def _class(kinds: frozenset[PlaceKind], people: int, *, is_demonym: bool) -> NameClass:  # noqa: PLR0911 - a list
    if PlaceKind.COUNTRY in kinds:
        return NameClass.COUNTRY
    if is_demonym:
        return NameClass.DEMONYM
    if PlaceKind.ADMIN1 in kinds:
        return NameClass.DIVISION
    if kinds & _AREAS:
        return NameClass.AREA
    if PlaceKind.INSTITUTION in kinds:
        return NameClass.INSTITUTION
    if kinds & _TOWNS:
        return next((size for least, size in _SIZES if people >= least), NameClass.VILLAGE)
    if PlaceKind.ADMIN2 in kinds:
        return NameClass.DISTRICT
    return NameClass.SITE if kinds else NameClass.UNKNOWN


def _sort(key: str) -> str:
    """Return what else the words of a name may be, in one word."""
    words = key.split()
    if len(words) > 1:
        return "words" if common_words().issuperset(words) else "several"
    if key in common_words():
        return "word"
    if key in given_names():
        return "given"
    if key in SURNAMES:
        return "surname"
    return "letters" if len(key) <= 3 else "one"


def name_features(name: Name) -> Iterator[str]:
    """Yield what is seen of a name wherever it stands."""
    kind, sort = name.kind.value, name.sort
    yield from _of_class(kind, sort)
    yield f"name {name.key}"
    yield from _of_kinds(name.kinds)
    yield from _of_size(int(2 * math.log10(max(1, name.people))), sort)
    places, countries = min(5, int(math.log2(max(1, name.places)))), min(5, len(name.countries))
    main = "by its main name" if name.is_primary else "by another name"
    extent = "known extent" if name.has_extent else ""
    yield from _of_places(places, countries, name.level, f"{main} {kind}", extent and f"{extent} {kind}")
    yield from _word_features(name)


# The features that many names share are written once: a name met for the first time is read in half the time.


@lru_cache(maxsize=1024)
def _of_class(kind: str, sort: str) -> tuple[str, ...]:
    return ("always", f"is {kind} {sort}", f"is {kind}", f"sort {sort}")


@lru_cache(maxsize=1024)
def _of_kinds(kinds: frozenset[PlaceKind]) -> tuple[str, ...]:
    return tuple(f"kind {kind.value}" for kind in sorted(kinds))


@lru_cache(maxsize=1024)
def _of_size(size: int, sort: str) -> tuple[str, ...]:
    return (f"people {size}", f"people {size} {sort}")


@lru_cache(maxsize=4096)
def _of_places(
    places: int, countries: int, level: SpellingLevel | None, main: str, extent: str
) -> tuple[str, ...]:
    return (
        f"places {places}",
        f"countries {countries}",
        *([f"level {level.name.lower()}"] if level is not None else []),
        main,
        *([extent] if extent else []),
    )


_SUFFIX = 3


def _word_features(name: Name) -> Iterator[str]:
    kind, words = name.kind.value, name.key.split() or [""]
    yield from _of_writing(min(4, len(words)), min(12, len(name.key)), _written(name.surface), kind)
    if len(words) > 1:
        yield f"first word {words[0]}"
        yield f"last word {words[-1]}"
        yield f"first word is {word_sort(words[0])}"
        yield f"last word is {word_sort(words[-1])}"
    else:
        yield f"ends in {words[-1][-_SUFFIX:]}"
    for sort in _lexicons(name.key):
        yield f"also {sort}"
        yield f"also {sort} {kind}"


@lru_cache(maxsize=4096)
def _of_writing(words: int, letters: int, written: str, kind: str) -> tuple[str, ...]:
    return (f"words {words}", f"letters {letters}", f"written {written}", f"written {written} {kind}")


def _written(surface: str) -> str:
    if "." in surface:
        return "dotted"
    if surface.isupper():
        return "upper"
    if surface.islower():
        return "lower"
    return "hyphen" if "-" in surface else "plain"


@cache
def _sorts() -> tuple[tuple[str, frozenset[str]], ...]:
    return (
        ("calendar", CALENDAR),
        ("direction", DIRECTIONS),
        ("title", TITLES),
        ("organization", ORGANIZATION_HEADS),
        ("building", EMBEDDING_HEADS),
        ("naming", NAMING_NOUNS),
        ("kind", frozenset(KIND_WORDS)),
        ("part", PARTS_AFTER),
        ("given", given_names()),
        ("surname", SURNAMES),
        ("word", common_words()),
        ("actor", _actors()),
        ("demonym", demonyms()),
        ("state", frozenset(STATE_ABBREVIATIONS)),
    )


@cache
def _known_words() -> frozenset[str]:
    return frozenset().union(*(words for _, words in _sorts()))


def _lexicons(key: str) -> list[str]:
    return [sort for sort, words in _sorts() if key in words] if key in _known_words() else []


def word_sort(key: str) -> str:
    """Return which lexicon has a word, the first of those that have it."""
    return _WORD_SORTS[key]


_WORD_SORTS = Memo(lambda key: next(iter(_lexicons(key)), "none"), limit=16384)


@cache
def _actors() -> frozenset[str]:
    rows = (row for _, row in read_rows(table_path("actors.csv")))
    return frozenset(name_key(name) for row in rows for name in (row["name"], *row["aliases"].split("|")))


@cache
def demonyms() -> frozenset[str]:
    """Return the keys of the names of peoples, and of their adjectives."""
    return frozenset(countries_of_peoples())


@cache
def countries_of_peoples() -> dict[str, str]:
    """Return the code of each people's country, by the key of its name or adjective."""
    return {name_key(row["demonym"]): row["country"] for _, row in read_rows(table_path("demonyms.csv"))}
