"""Which places may a name lead to, read as it is spelled, and more loosely where no gazetteer has it?

Loosely, "Minnesotans" is a people, "Henrico" short for Henrico County, "Tewksbury Twp." a place with its
noun, and "Kentucky State Police" holds the name of a state.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum
from functools import cache
from typing import NamedTuple

from geoevents.errors import GazetteerError
from geoevents.gazetteer import Gazetteer, NameHit, SpellingLevel
from geoevents.geodesy import LatLon
from geoevents.lexicon.people import common_words, given_names
from geoevents.lexicon.places import KIND_WORDS, STATE_ABBREVIATIONS
from geoevents.model import Place, PlaceKind
from geoevents.notations import point_of
from geoevents.resolution.measures import people_of
from geoevents.tables import read_rows, table_path
from geoevents.text import name_key, tokenize

__all__ = ["Fit", "NameReader", "Part", "Reading", "is_named_alike"]

_MOST_HITS = 24  # Past that, homonyms are villages that nothing but a qualifier could tell apart.
_MOST_PARTS, _MOST_OF_PART = 3, 8
_MOST_DIVISIONS = 6
_SHORTEST_STEM = 4
_SHORTEST_PART = 3
_LONGEST_ABBREVIATION = 6
_CITY_PEOPLE = 10_000  # Smaller towns do not give their names to many people.
_PEOPLED = frozenset({PlaceKind.COUNTRY, PlaceKind.ADMIN1, PlaceKind.SETTLEMENT, PlaceKind.REGION})


class Fit(StrEnum):
    """How a name leads to a place."""

    NAME = "name"
    PEOPLE = "people"
    SHORTENED = "shortened"
    STRIPPED = "stripped"
    INSIDE = "inside"
    SOUND = "sound"
    STAND_IN = "stand-in"
    POINT = "point"


class Part(NamedTuple):
    """A name inside a name: its text, what share of the words it is, whether it is first, and a people."""

    text: str
    share: float
    is_first: bool
    is_people: bool = False


class Reading(NamedTuple):
    """A place that a name leads to, and how; `noun` is what the name calls it itself ("Twp.")."""

    hit: NameHit
    fit: Fit
    part: Part | None = None
    noun: str | None = None


class NameReader:
    """Reads names over a gazetteer."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer

    def read(self, text: str, *, is_people: bool = False) -> list[Reading]:
        """Return the readings of a name: as spelled, or loosely where that gives none.

        `is_people` says that the text means an adjective or a people ("English").
        """
        point = point_of(text) if any(map(str.isdigit, text)) else None
        if point is not None:
            return [_point_reading(text, point)]
        key = name_key(text)
        peoples = self._peoples(key, text)
        if is_people and peoples:
            return peoples
        found = [*self._spelled(key, text), *peoples]
        return found or list(self._loosely(text))

    def areas(self, text: str, noun: str, readings: Sequence[Reading]) -> Iterator[Reading]:
        """Yield the areas that are named for a town, where the text calls the name "province", "county"."""
        kinds, known = KIND_WORDS[noun], {reading.hit.place.kind for reading in readings}
        if PlaceKind.ADMIN1 in kinds and PlaceKind.ADMIN1 not in known:
            yield from self._divisions(readings)
        if PlaceKind.ADMIN2 in kinds and PlaceKind.ADMIN2 not in known:
            yield from self._called(text, noun)

    def sounding(self, text: str, countries: Sequence[str]) -> list[Reading]:
        """Return the places of some countries whose names sound like it."""
        hits = (hit for code in countries for hit in self._gazetteer.lookup(text, country=code, limit=3))
        return [Reading(hit, Fit.SOUND) for hit in hits]

    def place(self, place_id: str) -> Place | None:
        """Return the place of an id, `None` where this gazetteer leaves it out."""
        try:
            return self._gazetteer.place(place_id)
        except GazetteerError:
            return None

    def town(self, name: str, *, division: str | None, country: str) -> NameHit | None:
        """Return the town of a name in a division of a country, `None` where this gazetteer leaves it out."""
        hits = self._gazetteer.lookup(name, country=country, kind=PlaceKind.SETTLEMENT, limit=40)
        for hit in hits:
            if hit.level < SpellingLevel.PHONETIC and division in {None, hit.place.admin1}:
                return hit
        return None

    # As it is spelled

    def _spelled(self, key: str, text: str) -> Iterator[Reading]:
        hits = self._gazetteer.named(text)[:_MOST_HITS]
        state = _state_of(key, text)
        if state is not None:
            states = [hit for hit in self._gazetteer.named(state) if _is_state(hit.place)]
            known = {hit.place.id for hit in states}
            others = (hit for hit in hits if hit.place.id not in known and _is_large(hit.place))
            hits = (*states, *others)
        for hit in hits:
            yield Reading(hit, Fit.NAME)

    def _peoples(self, key: str, text: str) -> list[Reading]:
        place_id = _demonyms().get(key)
        place = None if place_id is None else self.place(place_id)
        if place is None:
            return []
        hit = NameHit(place, text, level=SpellingLevel.EXACT, is_primary=False)
        return [Reading(hit, Fit.PEOPLE)]

    # Loosely

    def _called(self, text: str, noun: str) -> Iterator[Reading]:
        """Yield the areas that a name is short for: "Henrico" for Henrico County."""
        for hit in self._gazetteer.named(f"{text} {noun}")[:_MOST_HITS]:
            if hit.place.kind is PlaceKind.ADMIN2 and hit.level <= SpellingLevel.FOLDED:
                yield Reading(hit, Fit.SHORTENED)

    def _loosely(self, text: str) -> Iterator[Reading]:
        found = list(self._formed_peoples(text))
        if " " not in text and text[:1].isupper():
            found += [reading for noun in ("County", "Parish") for reading in self._called(text, noun)]
        yield from found
        bare, noun = without_noun(text)
        if noun is not None:
            for hit in self._gazetteer.named(bare)[:_MOST_HITS]:
                yield Reading(hit, Fit.STRIPPED, noun=noun)
        if not found:
            yield from self._inside(text)

    def _formed_peoples(self, text: str) -> Iterator[Reading]:
        """Yield the places whose people a name may be by its ending: "Minnesotans", "Londoner"."""
        for ending, stems in _ENDINGS:
            if not text.endswith(ending) or len(text) - len(ending) < _SHORTEST_STEM:
                continue
            for stem in stems:
                for hit in self._gazetteer.named(text[: -len(ending)] + stem)[:_MOST_HITS]:
                    if hit.place.kind in _PEOPLED and people_of(hit.place) >= _CITY_PEOPLE:
                        yield Reading(hit, Fit.PEOPLE)

    def _inside(self, text: str) -> Iterator[Reading]:
        """Yield the readings of the longest names inside a name: "Kentucky" of "Kentucky State Police"."""
        for part in self._parts(text):
            key = name_key(part.text)
            readings = [*self._spelled(key, part.text), *self._peoples(key, part.text)]
            for reading in readings[:_MOST_OF_PART]:
                yield Reading(reading.hit, Fit.INSIDE, part._replace(is_people=reading.fit is Fit.PEOPLE))

    def _parts(self, text: str) -> list[Part]:
        tokens = tokenize(text)
        words = [token.key for token in tokens]
        matches = self._gazetteer.scan(text, tokens)
        taken: set[int] = set()
        found: list[tuple[int, int, str]] = []
        for match in sorted(matches, key=lambda match: (match.first - match.last, match.first)):
            covered = range(match.first, match.last + 1)
            if taken.isdisjoint(covered) and not _is_no_part(words[match.first : match.last + 1]):
                taken.update(covered)
                found.append((match.first, match.last, match.span.of(text)))
        found += [
            (i, i, token.text)
            for i, token in enumerate(tokens)
            if i not in taken and token.key in _demonyms()
        ]
        found.sort()
        return [
            Part(name, (last - first + 1) / len(words), number == 0)
            for number, (first, last, name) in enumerate(found[:_MOST_PARTS])
        ]

    def _divisions(self, readings: Sequence[Reading]) -> Iterator[Reading]:
        """Yield the division of each likely town, where none has the name."""
        for place in (reading.hit.place for reading in readings[:_MOST_DIVISIONS]):
            if place.admin1 is None or place.country is None or not is_named_alike(place.name, place.admin1):
                continue
            hits = self._gazetteer.lookup(place.admin1, country=place.country, kind=PlaceKind.ADMIN1, limit=1)
            for hit in hits:
                yield Reading(hit, Fit.NAME)


def _point_reading(text: str, point: LatLon) -> Reading:
    """Return the reading of a point in figures: it leads to itself."""
    id_ = f"point {point.lat},{point.lon}"
    place = Place(id_, text, point=point, kind=PlaceKind.FACILITY, radius_km=0.0, source="the text")
    return Reading(NameHit(place, text, level=SpellingLevel.EXACT, is_primary=True), Fit.POINT)


# How a people is formed from its place: what to put in place of the ending.
_ENDINGS = tuple(
    (ending + plural, stems)
    for ending, stems in (
        ("an", ("a", "", "as", "e")),
        ("ian", ("ia", "", "y", "i")),
        ("er", ("",)),
        ("ite", ("",)),
        ("i", ("",)),
    )
    for plural in ("s", "")
)
_NOUNS = {"twp": "township", "co": "county", "mt": "mount", "mts": "mountains", "is": "island"}
_STATES = STATE_ABBREVIATIONS | {
    key.replace(" ", ""): state for key, state in STATE_ABBREVIATIONS.items() if " " in key
}


def without_noun(text: str) -> tuple[str, str | None]:
    """Return a name without the noun that says what it is, and the noun.

    >>> without_noun("Tewksbury Twp."), without_noun("city of Homs"), without_noun("Homs")
    (('Tewksbury', 'township'), ('Homs', 'city'), ('Homs', None))
    """
    words = text.split()
    if len(words) < 2:
        return text, None
    last, first = (word.rstrip(".").lower() for word in (words[-1], words[0]))
    last, first = _NOUNS.get(last, last), _NOUNS.get(first, first)
    if last in KIND_WORDS:
        return " ".join(words[:-1]), last
    rest = words[2:] if words[1].lower() == "of" else words[1:]
    if first in KIND_WORDS and rest:
        return " ".join(rest), first
    return text, None


def _state_of(key: str, text: str) -> str | None:
    is_short = len(text) <= _LONGEST_ABBREVIATION and (text.isupper() or text.endswith("."))
    return _STATES.get(key) if is_short else None


def _is_state(place: Place) -> bool:
    return place.kind is PlaceKind.ADMIN1 and place.country in {"US", "CA"}


def _is_large(place: Place) -> bool:
    return place.kind in {PlaceKind.COUNTRY, PlaceKind.ADMIN1, PlaceKind.REGION}


def _is_no_part(words: Sequence[str]) -> bool:
    """Say whether a word inside a name is no place there: an everyday word, a given name."""
    if len(words) > 1:
        return False
    word = words[0]
    is_word = word in common_words() or word in given_names() or word in KIND_WORDS
    return is_word or len(word) < _SHORTEST_PART


def is_named_alike(town: str, division: str) -> bool:
    """Say whether a division is likely named for a town."""
    return name_key(division).startswith(name_key(town)[:5])


@cache
def _demonyms() -> dict[str, str]:
    """Return the place id of each demonym, by its key."""
    rows = read_rows(table_path("demonyms.csv"))
    return {name_key(row["demonym"]): row["place_id"] for _, row in rows}
