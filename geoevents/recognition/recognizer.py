"""Which of the candidates are place names, and in which role?"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache

from geoevents.errors import OptionError
from geoevents.gazetteer import Gazetteer, NameMatch, SpellingLevel
from geoevents.lexicon.people import ORGANIZATION_HEADS, TITLES, common_words, given_names
from geoevents.lexicon.places import (
    CALENDAR,
    CUES_BEFORE,
    DIRECTIONS,
    EMBEDDING_HEADS,
    KIND_WORDS,
    LOCATIVE,
    METONYM_OBJECTS,
    METONYM_VERBS,
    MOVES,
    NAMING_NOUNS,
    PLURALS,
    PREPOSITIONS,
    STATE_ABBREVIATIONS,
)
from geoevents.model import Document, Place, PlaceKind, Span, Toponym, ToponymRole
from geoevents.recognition.features import WEIGHTS, Candidate, features, is_embedded, score
from geoevents.recognition.reading import Reading, Style, read
from geoevents.tables import read_rows, table_path
from geoevents.text import name_key

__all__ = ["ALL_ROLES", "DEFAULT_ROLES", "GazetteerRecognizer"]

# What a map of events wants. Corpora that count every mention gain by more: end-to-end F1 within
# 161 km rises from .68 to .73 with demonyms and .77 with all roles on LGL, and from .72 to .80 and
# .82 on GeoWebNews (benchmarks/places.py).
DEFAULT_ROLES = frozenset(
    {ToponymRole.LITERAL, ToponymRole.DATELINE, ToponymRole.INSTITUTION, ToponymRole.METONYM}
)
ALL_ROLES = frozenset(ToponymRole)


class GazetteerRecognizer:
    """Finds the names of a gazetteer where the text means them as places.

    `roles` are the roles that are returned. By default a demonym ("Syrian") and a place inside the
    name of an organization ("Aleppo Media Center") are seen but not returned, because neither says
    where anything happened. `min_score` is in log-odds: 0 asks for even odds.

    Names that no gazetteer has are returned too where the text says what they are ("the village of
    Xyz"); they stay unresolved, with the reason. Raises `OptionError` for weights that leave a
    feature out.
    """

    def __init__(
        self,
        gazetteer: Gazetteer,
        *,
        roles: Collection[ToponymRole] = DEFAULT_ROLES,
        min_score: float = 0.0,
        weights: Mapping[str, float] = WEIGHTS,
    ) -> None:
        if missing := WEIGHTS.keys() - weights.keys():
            raise OptionError(f"weights need a number for every feature, got none for {min(missing)!r}")
        self._gazetteer = gazetteer
        self._roles = frozenset(roles)
        self._min_score = min_score
        self._weights = weights

    def __call__(self, document: Document, /) -> tuple[Toponym, ...]:
        """Return the place names of a document, in order of span, none overlapping."""
        reading = read(document.text)
        accepted = self._accepted(reading)
        found = [_toponym(reading, candidate) for candidate in accepted]
        covered = {i for candidate in accepted for i in range(candidate.first, candidate.last + 1)}
        found += _demonyms(reading, covered)
        found += _unknown_names(reading, covered, _ends_of_located(accepted))
        found.sort(key=lambda toponym: toponym.span)
        found = _with_datelines(reading, found)
        return tuple(toponym for toponym in found if toponym.role in self._roles)

    def candidates(self, document: Document) -> tuple[Reading, list[Candidate]]:
        """Return what was read and every candidate with its features, for learning weights."""
        reading = read(document.text)
        return reading, self._candidates(reading)

    def _accepted(self, reading: Reading) -> list[Candidate]:
        candidates = self._candidates(reading)
        elsewhere = {
            _key(reading, candidate)
            for candidate in candidates
            if score(candidate, self._weights) > self._min_score + 1.0
        }
        out: list[Candidate] = []
        end = -1
        for candidate in candidates:  # in order of start, the longest first
            if candidate.first <= end:
                continue
            if "everyday word" not in candidate.seen and _key(reading, candidate) in elsewhere:
                candidate.seen["place elsewhere"] = 1.0
            if score(candidate, self._weights) > self._min_score:
                out.append(candidate)
                end = candidate.last
        return out

    def _candidates(self, reading: Reading) -> list[Candidate]:
        matches = self._gazetteer.scan(reading.text, reading.words)
        candidates = [candidate for match in matches if (candidate := _candidate(reading, match)) is not None]
        candidates += self._abbreviated_states(reading)
        candidates.sort(key=lambda candidate: (candidate.first, -candidate.last))
        for candidate in candidates:
            candidate.seen = features(reading, candidate)
        _see_neighbors(reading, candidates, self._weights)
        return candidates

    def _abbreviated_states(self, reading: Reading) -> list[Candidate]:
        out = []
        for i in _capitals(reading):
            last = _state_abbreviation(reading, i)
            if last is not None:
                state = STATE_ABBREVIATIONS[" ".join(reading.keys[i : last + 1])]
                hits = self._gazetteer.lookup(state, limit=8)
                places = tuple(hit.place for hit in hits if hit.place.kind is PlaceKind.ADMIN1)
                if places:
                    out.append(Candidate(i, last, places, is_primary=True))
        return out


def _capitals(reading: Reading) -> Iterator[int]:
    return (i for i, is_capital in enumerate(reading.is_capital) if is_capital)


def _state_abbreviation(reading: Reading, i: int) -> int | None:
    """Return the last token of an abbreviated state that starts at token `i`, or `None`."""
    if reading.is_idle[i]:
        return None
    if reading.gap(i + 1) in {".", ". "} and f"{reading.keys[i]} {reading.key(i + 1)}" in STATE_ABBREVIATIONS:
        return i + 1
    if reading.keys[i] not in STATE_ABBREVIATIONS or reading.gap(i) != ", " or not reading.is_capital[i - 1]:
        return None
    is_postal = len(reading.keys[i]) == 2 and reading.is_upper[i]
    return i if is_postal or reading.text.startswith(".", reading.tokens[i].end) else None


def _key(reading: Reading, candidate: Candidate) -> str:
    return " ".join(reading.keys[candidate.first : candidate.last + 1])


def _candidate(reading: Reading, match: NameMatch) -> Candidate | None:
    first, last = match.first, match.last
    while first < last and reading.keys[first] == "the":
        first += 1
    if any(reading.is_idle[i] for i in (first, last)) or not _may_be_name(reading, first, last):
        return None
    if _opens_with_preposition(reading, match, first):
        return None  # the name without it is a match of its own
    places = tuple(hit.place for hit in match.hits)
    if _is_actor(" ".join(reading.keys[first : last + 1]), places):
        return None
    return Candidate(first, last, places, is_primary=any(hit.is_primary for hit in match.hits))


# Articles before some letters, and English words where the capital says nothing: "IN NAQOURA".
_ARTICLES_OR_WORDS = frozenset("in at as an".split())


def _opens_with_preposition(reading: Reading, match: NameMatch, first: int) -> bool:
    """Say whether a match takes an English word for an article: "In North Darfur", not "In Salah"."""
    if reading.keys[first] not in _ARTICLES_OR_WORDS or first == match.last or reading.gap(first + 1) != " ":
        return False
    says_nothing = reading.opens[first] or reading.style[first] is not Style.NORMAL
    return says_nothing and match.level is SpellingLevel.ARTICLE


# Calendar words, and generic nouns that name a village somewhere ("University", "Center").
_NEVER = CALENDAR | ORGANIZATION_HEADS | EMBEDDING_HEADS | frozenset(KIND_WORDS) | TITLES | DIRECTIONS


_CITY_PEOPLE = 100_000


def _is_actor(key: str, places: tuple[Place, ...]) -> bool:
    """Say whether a name is an armed group's rather than a village's: Hamas lies in Syria as well."""
    return key in _actors() and not any(
        place.kind in {PlaceKind.COUNTRY, PlaceKind.ADMIN1, PlaceKind.REGION, PlaceKind.INSTITUTION}
        or (place.population or 0) >= _CITY_PEOPLE
        for place in places
    )


@cache
def _actors() -> frozenset[str]:
    rows = (row for _, row in read_rows(table_path("actors.csv")))
    return frozenset(name_key(name) for row in rows for name in (row["name"], *row["aliases"].split("|")))


def _may_be_name(reading: Reading, first: int, last: int) -> bool:
    keys = reading.keys
    if first == last and (keys[first] in _NEVER or len(keys[first]) < 2 or not keys[first].isalpha()):
        return False
    if reading.style[first] in {Style.NORMAL, Style.TITLE}:
        # "al-Tanf" begins with its article, "Hemeimeem air base" ends with what it is.
        begins = reading.is_capital[first] or (first < last and reading.is_capital[first + 1])
        return begins and (reading.is_capital[last] or (first < last and keys[last] in KIND_WORDS))
    return first != last or keys[first] not in common_words()


def _see_neighbors(reading: Reading, candidates: list[Candidate], weights: Mapping[str, float]) -> None:
    """See what a candidate gains from the one that follows it at once: its region, a list of places."""
    starting: dict[int, Candidate] = {}
    for candidate in candidates:
        starting.setdefault(candidate.first, candidate)
    for candidate in candidates:
        following = starting.get(candidate.last + 1)
        link = reading.gap(candidate.last + 1)
        if following is None and reading.key(candidate.last + 1) in {"in", "and", "or"}:
            following, link = starting.get(candidate.last + 2), reading.keys[candidate.last + 1]
        if following is not None:
            noun = reading.key(following.last + 1)
            is_division = PlaceKind.ADMIN1 in KIND_WORDS.get(noun, ())
            _see_pair(candidate, following, link.strip(), is_division=is_division, weights=weights)


def _see_pair(
    candidate: Candidate, following: Candidate, link: str, *, is_division: bool, weights: Mapping[str, float]
) -> None:
    regions = _regions(following.places, is_division=is_division)
    if link in {",", "in", "(", ".,"} and _lies_in(candidate.places, regions):
        candidate.seen["before its region"] = 1.0
        following.seen["after a place"] = 1.0
        candidate.region = following
    elif link in {",", "and", "or"}:
        if score(following, weights) > 1.0:
            candidate.seen["beside a place"] = 1.0
        if score(candidate, weights) > 1.0:
            following.seen["beside a place"] = 1.0


_Regions = frozenset[tuple[str | None, str | None]]


def _regions(places: tuple[Place, ...], *, is_division: bool) -> _Regions:
    """Return the countries, and divisions of countries, that a name may mean as a region.

    With `is_division`, the text calls it a province: a city then stands for the one around it.
    """
    countries = {(place.country, None) for place in places if place.kind is PlaceKind.COUNTRY}
    divisions = {
        (place.country, place.admin1 or place.name)
        for place in places
        if place.kind is PlaceKind.ADMIN1 or (is_division and place.kind is PlaceKind.SETTLEMENT)
    }
    return frozenset(countries | divisions)


def _lies_in(places: tuple[Place, ...], regions: _Regions) -> bool:
    return any(
        place.kind is not PlaceKind.COUNTRY
        and ((place.country, None) in regions or (place.country, place.admin1) in regions)
        for place in places
    )


def _toponym(reading: Reading, candidate: Candidate) -> Toponym:
    span = _span(reading, candidate.first, candidate.last)
    region = candidate.region
    return Toponym(
        span,
        span.of(reading.text),
        role=_role(reading, candidate),
        qualifier=None if region is None else _span(reading, region.first, region.last),
    )


_INNER_DOT = re.compile(r"\.\s?\w")


def _span(reading: Reading, first: int, last: int) -> Span:
    start, end = reading.tokens[first].start, reading.tokens[last].end
    has_dot = reading.text[end : end + 1] == "."
    name = reading.text[start:end]
    is_short = " ".join(reading.keys[first : last + 1]) in STATE_ABBREVIATIONS and not name.isupper()
    if has_dot and (is_short or (len(name) <= 8 and _INNER_DOT.search(name))):
        end += 1
    return Span(start, end)


_SEATS = frozenset({PlaceKind.COUNTRY, PlaceKind.SETTLEMENT})
_SEAT_POPULATION = 200_000  # Capitals and the largest cities stand for governments; towns do not.


def _role(reading: Reading, candidate: Candidate) -> ToponymRole:
    if _key(reading, candidate) in _demonym_keys() and not _is_large(candidate):
        return ToponymRole.DEMONYM
    if candidate.places and candidate.places[0].kind is PlaceKind.INSTITUTION:
        return ToponymRole.INSTITUTION
    if is_embedded(reading, candidate):
        return ToponymRole.EMBEDDED
    return ToponymRole.METONYM if _is_metonym(reading, candidate) else ToponymRole.LITERAL


def _is_large(candidate: Candidate) -> bool:
    return any(place.kind in {PlaceKind.COUNTRY, PlaceKind.ADMIN1} for place in candidate.places)


def _is_metonym(reading: Reading, candidate: Candidate) -> bool:
    if not any(
        place.kind in _SEATS and (place.population or 0) >= _SEAT_POPULATION for place in candidate.places
    ):
        return False
    if candidate.seen.keys() & {"after a locative", "after a preposition", "after 'town of'"}:
        return False
    if reading.key(candidate.first - 1) in METONYM_OBJECTS:
        return True
    following = reading.key(candidate.last + 1)
    is_adjoining = reading.gap(candidate.last + 1).strip(".") == " "
    return is_adjoining and following in METONYM_VERBS


@cache
def _demonym_keys() -> frozenset[str]:
    return frozenset(name_key(row["demonym"]) for _, row in read_rows(table_path("demonyms.csv")))


def _demonyms(reading: Reading, covered: set[int]) -> list[Toponym]:
    out = []
    is_lower = bool(reading.style) and reading.style[0] is Style.LOWER
    starts: Iterable[int] = range(len(reading.tokens)) if is_lower else _capitals(reading)
    for i in starts:
        if reading.keys[i] in _demonym_starts() and i not in covered:
            size = _demonym_at(reading, covered, i)
            if size:
                span = _span(reading, i, i + size - 1)
                out.append(Toponym(span, span.of(reading.text), role=ToponymRole.DEMONYM))
                covered.update(range(i, i + size))
    return out


@cache
def _demonym_starts() -> frozenset[str]:
    return frozenset(key.partition(" ")[0] for key in _demonym_keys())


def _demonym_at(reading: Reading, covered: set[int], i: int) -> int:
    """Return how many tokens a demonym at token `i` has, 0 for none."""
    if reading.is_idle[i]:
        return 0
    for size in (3, 2, 1):
        keys = reading.keys[i : i + size]
        if len(keys) == size and " ".join(keys) in _demonym_keys() and covered.isdisjoint(range(i, i + size)):
            return size
    return 0


_LOCATED = {"after a locative", "after a preposition", "after 'town of'"}


def _ends_of_located(accepted: Iterable[Candidate]) -> set[int]:
    """Return the last tokens of the names that a preposition makes places."""
    return {candidate.last for candidate in accepted if candidate.seen.keys() & _LOCATED}


def _unknown_names(reading: Reading, covered: set[int], located: set[int]) -> list[Toponym]:
    """Return capitalized names without an entry that the text calls a place.

    To `located`, the last tokens of names that stand where places stand, it adds what it returns.
    """
    out = []
    for i in _capitals(reading):
        last = reading.run_last[i]
        if reading.run_first[i] == i and covered.isdisjoint(range(i, last + 1)):
            end = _end_of_unknown(reading, i, last, located)
            if end is not None:
                located.add(end)
                span = _span(reading, i, end)
                out.append(Toponym(span, span.of(reading.text)))
    return out


_LONGEST_ARTICLE = 2  # letters: "al", "ez"
_NO_PLACES = (ORGANIZATION_HEADS | EMBEDDING_HEADS | CALENDAR) - NAMING_NOUNS


def _end_of_unknown(reading: Reading, first: int, last: int, located: set[int]) -> int | None:
    """Return the last token of a run that the text calls a place, `None` where it does not."""
    if reading.is_idle[first] or reading.style[first] is not Style.NORMAL:
        return None
    if last - first > 3 or not reading.keys[last].isalpha() or len(reading.keys[last]) < 3:
        return None
    if any(reading.keys[i] in _NO_PLACES for i in range(first, last + 1)):
        return None
    if reading.is_upper[first] or reading.keys[last] in reading.people:
        return None
    is_cued = (
        _is_called_a_place(reading, first, last)
        or _shares_noun(reading, last)
        or _is_among_places(reading, first, last, located)
    )
    words = (key for key in reading.keys[first:last] if len(key) > _LONGEST_ARTICLE)
    return last if is_cued and common_words().isdisjoint(words) else None


def _is_called_a_place(reading: Reading, first: int, last: int) -> bool:
    gap, before = reading.gap(first), reading.key(first - 1)
    if gap == " " and before == "of" and reading.key(first - 2) in CUES_BEFORE:
        return True
    if reading.keys[first] in given_names():
        return False
    if reading.keys[last] in NAMING_NOUNS:
        return last > first
    if reading.keys[last] in common_words():
        return False
    if gap == " " and (before in LOCATIVE or before == "at"):
        return True
    return reading.gap(last + 1) == " " and reading.key(last + 1) in NAMING_NOUNS


_LONGEST_LIST = 12


def _shares_noun(reading: Reading, last: int) -> bool:
    """Say whether the name has a noun in common with those that follow: "Clarke and Oconee counties"."""
    if reading.keys[last] in common_words():
        return False
    at = last + 1
    for _ in range(_LONGEST_LIST):
        if reading.key(at) in PLURALS:
            return reading.gap(at) == " "
        if reading.key(at) in {"and", "or"}:
            at += 1
        elif reading.gap(at) != ", ":
            return False
        if at >= len(reading.tokens) or not reading.is_capital[at]:
            return False
        at = reading.run_last[at] + 1
    return False


_AFTER_PLACES = PREPOSITIONS | frozenset(
    "and or on after before when while where as by with for last this early late during since amid over".split()
)


def _is_among_places(reading: Reading, first: int, last: int, located: set[int]) -> bool:
    """Say whether a name goes on with a list of places, or is where somebody moves to."""
    keys = reading.keys
    if keys[first] in given_names() or keys[last] in common_words() or _is_actor(keys[last], ()):
        return False
    if reading.gap(first) != " ":
        return False
    before = reading.key(first - 1)
    if before == "and" and reading.gap(first - 1) == " ":
        # "in Barcelona and Messi followed" begins a clause of its own.
        ends_list = reading.gap(last + 1) != " " or reading.key(last + 1) in _AFTER_PLACES
        return first - 2 in located and ends_list
    at = first - 2 - (reading.key(first - 2) in {"on", "back", "out", "down", "up"})
    return before == "to" and reading.key(at) in MOVES


def _with_datelines(reading: Reading, toponyms: list[Toponym]) -> list[Toponym]:
    """Mark the names before a dash at the head of a paragraph: where the report was written."""
    out: list[Toponym] = []
    end = -1
    for toponym in toponyms:
        end = reading.datelines.get(toponym.span.start, end)
        out.append(_as_dateline(toponym) if toponym.span.start < end else toponym)
    return out


def _as_dateline(toponym: Toponym) -> Toponym:
    return Toponym(toponym.span, toponym.text, role=ToponymRole.DATELINE, qualifier=toponym.qualifier)
