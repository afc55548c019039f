"""What speaks for and against a stretch of words being a place name?

`features` sees, `WEIGHTS` weighs; the score of a candidate is the sum of its features' weights, in
log-odds. Each feature's name says in words what was seen.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from geoevents.lexicon.people import (
    ORGANIZATION_HEADS,
    ORGANIZATION_LEADS,
    ROLE_NOUNS,
    SAYING,
    SURNAMES,
    TITLES,
    common_words,
    given_names,
)
from geoevents.lexicon.places import (
    CUES_BEFORE,
    DIRECTIONS,
    EMBEDDING_HEADS,
    EVENT_VERBS,
    KIND_WORDS,
    LOCATIVE,
    OTHER_SENSES,
    PARTS_AFTER,
    PREPOSITIONS,
)
from geoevents.model import Place, PlaceKind
from geoevents.recognition.reading import Reading, Style

__all__ = ["WEIGHTS", "Candidate", "features", "is_embedded", "score"]

# Log-odds for each feature: a positive weight speaks for a place. Fitted over the candidates of two
# corpora of news and rounded by hand.
WEIGHTS: Mapping[str, float] = {
    "always": -0.2,
    "several words": 1.5,
    "everyday word": -1.8,
    "everyday word that opens": -1.0,
    "opens the sentence": -0.1,
    "headline": -0.8,
    "all in capitals": -1.0,
    "all in lower case": -1.5,
    "after a locative": 1.8,
    "after a preposition": 0.7,
    "after 'town of'": 2.5,
    "after 'town'": 1.2,
    "before 'province'": 0.9,
    "before its region": 2.0,
    "after a place": 2.4,
    "beside a place": 1.3,
    "country": 1.3,
    "division": 1.7,
    "area": 0.8,
    "site": 0.8,
    "institution": 2.5,
    "population": 0.4,
    "by another name": -0.8,
    "acronym": -2.0,
    "acronym of a country": 1.4,
    "short": -0.9,
    "dotted": -0.5,
    "after a person's name": -1.8,
    "before a surname": -3.0,
    "known person": -2.9,
    "speaks": -2.1,
    "after a capital": -1.6,
    "before a capital": -0.7,
    "before an age": -1.5,
    "also in lower case": -1.5,
    "after 'the'": -0.2,
    "after a role": -1.2,
    "after a direction": 0.2,
    "place elsewhere": 1.5,
    "opens a dateline": 3.5,
    "common surname": -1.6,
    "given name": -1.2,
    "government speaks": -0.6,
    "after 'of'": 0.5,
    "after a verb of saying": -0.5,
    "after a verb of war": 1.0,
    "another sense": -5.0,
    "known extent": 0.6,
    "after a comma": 0.1,
    "before a comma": 0.3,
    "before a stop": 0.5,
    "possessive": -0.6,
    "before a length": 1.5,
}


@dataclass(slots=True)
class Candidate:
    """The tokens `first` to `last`, the places of that name, and what was seen about them."""

    first: int
    last: int
    places: tuple[Place, ...]
    is_primary: bool
    seen: dict[str, float] = field(default_factory=dict)
    region: Candidate | None = None


def score(candidate: Candidate, weights: Mapping[str, float]) -> float:
    """Return the log-odds that the candidate is a place name, by these weights."""
    return sum(weights[name] * value for name, value in candidate.seen.items())


def features(reading: Reading, candidate: Candidate) -> dict[str, float]:
    """Return what is seen at a candidate, each feature by its name."""
    seen = {"always": 1.0}
    if reading.datelines and reading.tokens[candidate.first].start in reading.datelines:
        seen["opens a dateline"] = 1.0
    _see_shape(reading, candidate, seen)
    _see_entry(candidate, seen)
    _see_before(reading, candidate, seen)
    _see_after(reading, candidate, seen)
    _see_person(reading, candidate, seen)
    return seen


_STATES = frozenset({PlaceKind.COUNTRY, PlaceKind.REGION})  # the EU acts like a country


def _see_shape(reading: Reading, candidate: Candidate, seen: dict[str, float]) -> None:
    first, last = candidate.first, candidate.last
    key, style = reading.keys[first], reading.style[first]
    if first != last:
        seen["several words"] = 1.0
    elif reading.is_upper[first] and style is not Style.UPPER and len(key) <= 5:
        is_country = any(place.kind in _STATES for place in candidate.places)
        seen["acronym of a country" if is_country else "acronym"] = 1.0
    if _is_dotted(reading, candidate):
        seen["dotted"] = 1.0
    elif first == last and len(key) <= 3:
        seen["short"] = 1.0
    if reading.opens[first]:
        seen["opens the sentence"] = 1.0
    _see_everyday_words(reading, candidate, seen)
    _see_style(reading, candidate, seen)


def _see_everyday_words(reading: Reading, candidate: Candidate, seen: dict[str, float]) -> None:
    first, last = candidate.first, candidate.last
    if "acronym of a country" in seen or any(
        reading.keys[i] not in common_words() for i in range(first, last + 1)
    ):
        return
    seen["everyday word"] = 1.0 if first == last else 0.6
    if reading.opens[first]:
        seen["everyday word that opens"] = 1.0


_STYLES = {Style.TITLE: "headline", Style.UPPER: "all in capitals", Style.LOWER: "all in lower case"}


def _see_style(reading: Reading, candidate: Candidate, seen: dict[str, float]) -> None:
    style = reading.style[candidate.first]
    if style in _STYLES:
        seen[_STYLES[style]] = 1.0
    elif candidate.first == candidate.last and reading.keys[candidate.first] in reading.lower:
        seen["also in lower case"] = 1.0


def _is_dotted(reading: Reading, candidate: Candidate) -> bool:
    inner = range(candidate.first + 1, candidate.last + 1)
    return bool(inner) and all(reading.gaps[i] in {".", ". "} for i in inner)


_AREAS = {PlaceKind.CONTINENT, PlaceKind.REGION, PlaceKind.WATER, PlaceKind.LAND}
_DIVISIONS = {PlaceKind.ADMIN1, PlaceKind.ADMIN2}


def _see_entry(candidate: Candidate, seen: dict[str, float]) -> None:
    kinds = {place.kind for place in candidate.places}
    if PlaceKind.COUNTRY in kinds:
        seen["country"] = 1.0
    elif PlaceKind.ADMIN1 in kinds:
        seen["division"] = 1.0
    elif kinds & _AREAS:
        seen["area"] = 1.0
    elif PlaceKind.ADMIN2 in kinds:
        seen["division"] = 0.5
    elif PlaceKind.INSTITUTION in kinds:
        seen["institution"] = 1.0
    elif not kinds & {PlaceKind.SETTLEMENT, PlaceKind.QUARTER}:
        seen["site"] = 1.0
    elif any(place.radius_km is not None for place in candidate.places):
        # Only the places that the gazetteer knows best have an extent.
        seen["known extent"] = 1.0
    people = max((_people(place) for place in candidate.places), default=100)
    seen["population"] = math.log10(max(100, people)) - 4.0
    if not candidate.is_primary and "acronym of a country" not in seen:
        seen["by another name"] = 1.0


def _people(place: Place) -> int:
    """Return the population; where the gazetteer has none for an area or a site, a middling one."""
    is_town = place.kind in {PlaceKind.SETTLEMENT, PlaceKind.QUARTER}
    return place.population or (100 if is_town else 10_000)


def _see_before(reading: Reading, candidate: Candidate, seen: dict[str, float]) -> None:
    if reading.opens[candidate.first] and reading.gap(candidate.first).strip(" "):
        return
    at = _before_modifiers(reading, candidate.first, seen)
    if reading.gap(at) != " ":
        if reading.gap(at).startswith(","):
            seen["after a comma"] = 1.0
        return
    before = reading.key(at - 1)
    if before == "of" and reading.key(at - 2) in CUES_BEFORE:
        seen["after 'town of'"] = 1.0
    elif before in LOCATIVE:
        seen["after a locative"] = 1.0
    elif before in PREPOSITIONS:
        seen["after a preposition"] = 1.0
    elif not reading.is_capital[at - 1]:
        _see_word_before(before, seen)


def _see_word_before(before: str, seen: dict[str, float]) -> None:
    if before in CUES_BEFORE:
        seen["after 'town'"] = 1.0
    elif before in ROLE_NOUNS:
        seen["after a role"] = 1.0
    elif before in EVENT_VERBS:
        seen["after a verb of war"] = 1.0
    elif before in SAYING:
        seen["after a verb of saying"] = 1.0
    elif before == "of":
        seen["after 'of'"] = 1.0


def _before_modifiers(reading: Reading, at: int, seen: dict[str, float]) -> int:
    """Return the token at which "the", "northern" and "the northern" before a name begin."""
    for _ in range(3):
        if reading.gap(at) not in {" ", "-"}:
            return at
        if reading.key(at - 1) == "the":
            seen["after 'the'"] = 1.0
        elif reading.key(at - 1) in DIRECTIONS:
            seen["after a direction"] = 1.0
        else:
            return at
        at -= 1
    return at


_GOVERNED = {"country", "division", "acronym of a country"}
_AGE = re.compile(r", \d{1,3}\b[,.]?(?![ -](?:kilom|kms?\b|mi(?:les?)?\b|met[er]))", re.IGNORECASE)
# "Xyz, 20 km west of", "Xyz is some 60-70 miles from": only places lie so far from others.
_LENGTH = re.compile(
    r"[,;]?(?: \(?(?:is|was|lies|lay|stands|located|situated|about|some|around|roughly|approximately|just|only"
    r"|over|nearly|almost|more|less|than|at least)){0,4} \(?\d{1,4}(?:[.,]\d{1,3})?(?: ?(?:-|–|to) ?\d{1,4})?"
    r"[ -]?(?:kms?|kilomet(?:er|re)s?|mi|miles?)\b[^.;:\n]{0,40}\b(?:of|from|outside|away)\b",
    re.IGNORECASE,
)


def _see_after(reading: Reading, candidate: Candidate, seen: dict[str, float]) -> None:
    following = candidate.last + 1
    key, gap = reading.key(following), reading.gap(following)
    if gap == " " and (key in KIND_WORDS or key in PARTS_AFTER):
        seen["before 'province'"] = 1.0
    _see_other_sense(reading, candidate, seen)
    if gap == " " and key in SAYING and not reading.is_capital[following]:
        seen["government speaks" if seen.keys() & _GOVERNED else "speaks"] = 1.0
    end = reading.tokens[candidate.last].end
    if gap.startswith(","):
        seen["before a comma"] = 1.0
    elif gap.startswith(("'s", "’s")):
        seen["possessive"] = 1.0
    elif gap.startswith("."):
        seen["before a stop"] = 1.0
    if _AGE.match(reading.text, end) and key.isdecimal() and int(key) < 110:
        seen["before an age"] = 1.0
    elif _LENGTH.match(reading.text, end):
        seen["before a length"] = 1.0


_SENSE_REACH = 5  # words


def _see_other_sense(reading: Reading, candidate: Candidate, seen: dict[str, float]) -> None:
    company = OTHER_SENSES.get(reading.keys[candidate.first])
    after = reading.keys[candidate.last + 1 : candidate.last + 1 + _SENSE_REACH]
    if company is not None and not company.isdisjoint(after):
        seen["another sense"] = 1.0


def _see_person(reading: Reading, candidate: Candidate, seen: dict[str, float]) -> None:
    first, last = candidate.first, candidate.last
    if reading.style[first] in {Style.UPPER, Style.LOWER}:
        _see_person_without_capitals(reading, candidate, seen)
        return
    if first == last and reading.keys[first] in reading.people:
        seen["known person"] = 1.0
    if first == last:
        _see_name_of_person(reading.keys[first], candidate, seen)
    if reading.run_first[first] < first:
        _see_capital_before(reading, candidate, seen)
    if reading.run_last[last] > last:
        _see_capital_after(reading, candidate, seen)


_LARGE_PEOPLE = 500_000  # Paris and Chad are places first, and given names after that.


def _see_name_of_person(key: str, candidate: Candidate, seen: dict[str, float]) -> None:
    if all(_people(place) < _LARGE_PEOPLE for place in candidate.places):
        if key in given_names():
            seen["given name"] = 1.0
        if key in SURNAMES:
            seen["common surname"] = 1.0


def _see_person_without_capitals(reading: Reading, candidate: Candidate, seen: dict[str, float]) -> None:
    before = reading.key(candidate.first - 1)
    if reading.gap(candidate.first) == " " and (before in given_names() or before in TITLES):
        seen["after a person's name"] = 1.0
    if candidate.first == candidate.last and reading.keys[candidate.first] in given_names():
        seen["before a surname"] = 0.5


def _see_capital_before(reading: Reading, candidate: Candidate, seen: dict[str, float]) -> None:
    before = reading.keys[candidate.first - 1]
    if before in TITLES or before in given_names() or (len(before) == 1 and before.isalpha()):
        seen["after a person's name"] = 1.0
    elif before in DIRECTIONS or (reading.opens[candidate.first - 1] and before in common_words()):
        return
    elif reading.style[candidate.first] is Style.TITLE:
        seen["after a capital"] = 0.3
    else:
        seen["after a capital"] = 1.0


def _see_capital_after(reading: Reading, candidate: Candidate, seen: dict[str, float]) -> None:
    after = reading.keys[candidate.last + 1]
    if after in TITLES or after in KIND_WORDS or after in PARTS_AFTER:
        return
    is_given = candidate.first == candidate.last and reading.keys[candidate.first] in given_names()
    if is_given and after not in common_words():
        seen["before a surname"] = 1.0
    elif reading.style[candidate.first] is Style.TITLE:
        seen["before a capital"] = 0.3
    else:
        seen["before a capital"] = 1.0


_HEADS = ORGANIZATION_HEADS | EMBEDDING_HEADS


def is_embedded(reading: Reading, candidate: Candidate) -> bool:
    """Say whether the name is part of an organization's, a street's or a building's name."""
    first, last = candidate.first, candidate.last
    if reading.style[first] in {Style.UPPER, Style.LOWER}:
        return False
    end = reading.run_last[last]
    if end > last and reading.keys[end] in _HEADS:
        return reading.keys[last + 1] not in TITLES or end == last + 1
    is_of = reading.key(first - 1) == "of" and reading.gap(first) == " "
    return is_of and reading.key(first - 2) in ORGANIZATION_LEADS and reading.is_capital[first - 2]
