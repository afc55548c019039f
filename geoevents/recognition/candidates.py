"""Which stretches of words could be place names at all?

Every name of the gazetteer, every abbreviated state, every people; and the runs of capitalized words
that no gazetteer knows, for the text itself may say that they are places.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from geoevents.gazetteer import Gazetteer, NameMatch, SpellingLevel
from geoevents.lexicon.people import ORGANIZATION_HEADS, TITLES, common_words, given_names
from geoevents.lexicon.places import (
    CALENDAR,
    CUES_BEFORE,
    DIRECTIONS,
    EMBEDDING_HEADS,
    KIND_WORDS,
    NAMING_NOUNS,
    STATE_ABBREVIATIONS,
    WITH_ARTICLE,
)
from geoevents.model import PlaceKind
from geoevents.recognition.names import Name, demonyms, name_of
from geoevents.recognition.reading import Reading, Shape, Style
from geoevents.recognition.senses import is_other_sense
from geoevents.text import Span

__all__ = ["Candidate", "CandidateFinder"]


@dataclass(slots=True, eq=False)
class Candidate:
    """The words `first` to `last` and the name that they may be; `score` is in log-odds.

    `seen` is what was seen of it alone, `region` the candidate behind it that names where it lies
    ("Texas" after "Paris").
    """

    first: int
    last: int
    name: Name
    score: float = 0.0
    seen: tuple[tuple[object, ...], ...] = ()
    region: Candidate | None = None

    def span(self, reading: Reading) -> Span:
        """Return its characters: no possessive s, but the full stop of an abbreviation."""
        start, end = reading.starts[self.first], reading.ends[self.last]
        if reading.text[end : end + 1] == "." and _takes_stop(self.name.key, reading.text[start:end]):
            end += 1
        return Span(start, end)


_INNER_STOP = re.compile(r"\.\s?\w")
_LONGEST_DOTTED = 8


def _takes_stop(key: str, surface: str) -> bool:
    if key in STATE_ABBREVIATIONS and not surface.isupper():
        return True
    return len(surface) <= _LONGEST_DOTTED and _INNER_STOP.search(surface) is not None


_MOST_NAMES = 16384
_CAPITALIZED = re.compile(rb"[CcUuI]+")
_MOST_WORDS = 5  # of a name that no gazetteer has


class CandidateFinder:
    """Finds what could be place names, and remembers what is known of the names it met."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._names: dict[str, Name] = {}

    def __call__(self, reading: Reading) -> list[Candidate]:
        """Return the candidates in order of their first word, the longest first."""
        found: dict[tuple[int, int], Candidate] = {}
        for match in self._gazetteer.scan(reading.text, reading.words):
            candidate = self._of_match(reading, match)
            if candidate is not None:
                found.setdefault((candidate.first, candidate.last), candidate)
        if reading.styles[0] is Style.LOWER:
            for i in range(len(reading.keys)):
                self._add_known(reading, i, found)
        self._add_capitalized(reading, found)
        candidates = [c for c in found.values() if not _is_barred(reading, c)]
        candidates.sort(key=lambda candidate: (candidate.first, -candidate.last))
        return candidates

    def _add_capitalized(self, reading: Reading, found: dict[tuple[int, int], Candidate]) -> None:
        """Add what the gazetteer's scan left out among the capitalized words."""
        keys, known, plain = reading.keys, _known_starts(), _plain_openers()
        for run in _CAPITALIZED.finditer(reading.shapes):
            start, stop = run.span()
            for i in range(start, stop):
                if keys[i] in known:
                    self._add_known(reading, i, found)
            # Most capitals merely begin a sentence: a look is enough for those.
            is_alone = stop - start == 1
            if not (is_alone and (keys[start] in plain or (start, start) in found)):
                self._add_unknown(reading, start, stop, found)

    def _of_match(self, reading: Reading, match: NameMatch) -> Candidate | None:
        first, last, keys = match.first, match.last, reading.keys
        while first < last and keys[first] == "the" and not _keeps_article(reading, first, last):
            first += 1
        if not _may_be_name(reading, first, last) or _opens_with_preposition(reading, match, first):
            return None  # without the preposition it is a match of its own
        surface = reading.text[reading.starts[first] : reading.ends[last]]
        name = self._names.get(surface)
        if name is None or not name.places:
            name = self._keep(surface, name_of(surface, " ".join(keys[first : last + 1]), match.hits))
        return Candidate(first, last, name)

    def _keep(self, surface: str, name: Name) -> Name:
        if len(self._names) >= _MOST_NAMES:
            self._names.clear()
        self._names[surface] = name
        return name

    def _add_known(self, reading: Reading, i: int, found: dict[tuple[int, int], Candidate]) -> None:
        """Add the state or the people whose name begins at a word."""
        key = reading.keys[i]
        if key in _STATE_STARTS:
            last = _state_abbreviation(reading, i)
            name = None if last is None else self._state(reading, i, last)
            if last is not None and name is not None:
                found[i, last] = Candidate(i, last, name)
        if key in _demonym_starts():
            last = _demonym_at(reading, i)
            if last is not None and (i, last) not in found:
                found[i, last] = Candidate(i, last, self._unlisted(reading, i, last))

    def _state(self, reading: Reading, first: int, last: int) -> Name | None:
        surface = reading.text[reading.starts[first] : reading.ends[last]]
        key = " ".join(reading.keys[first : last + 1])
        kept = f"{surface}, a state"  # "Ore" may be a village
        if kept in self._names:
            return self._names[kept]
        hits = self._gazetteer.lookup(STATE_ABBREVIATIONS[key], limit=8)
        divisions = [hit for hit in hits if hit.place.kind is PlaceKind.ADMIN1]
        return self._keep(kept, name_of(surface, key, divisions, is_state=True)) if divisions else None

    def _unlisted(self, reading: Reading, first: int, last: int) -> Name:
        surface = reading.text[reading.starts[first] : reading.ends[last]]
        name = self._names.get(surface)
        if name is None:
            name = self._keep(surface, name_of(surface, " ".join(reading.keys[first : last + 1]), ()))
        return name

    def _add_unknown(
        self, reading: Reading, start: int, stop: int, found: dict[tuple[int, int], Candidate]
    ) -> None:
        """Add the runs among some capitalized words, as far as no gazetteer has them."""
        while start < stop:
            last = reading.run_last(start)
            if reading.style(start) is Style.NORMAL:
                for first, end in _unknown_in(reading, start, last):
                    if (first, end) not in found:
                        found[first, end] = Candidate(first, end, self._unlisted(reading, first, end))
            start = last + 1


_HEADS = NAMING_NOUNS | EMBEDDING_HEADS
_SHORTEST_UNKNOWN = 3


def _unknown_in(reading: Reading, first: int, last: int) -> Iterator[tuple[int, int]]:
    """Yield what may be a name in a run: up to a noun like "River", or all of it."""
    keys = reading.keys
    while first < last and _is_lead(reading, first):
        first += 1
    if first == last and keys[first] in _plain_openers():
        return
    is_person = first < last and keys[first] in given_names() and keys[last] not in _HEADS
    if is_person and not _is_called_place(reading, first, last):
        return  # there are too many to look at each
    for end in range(first, last + 1):
        if (
            (end == last or keys[end] in _HEADS)
            and end - first < _MOST_WORDS
            and _may_be_unknown(keys, first, end)
        ):
            yield first, end
    if first < last and keys[first] in DIRECTIONS and _may_be_unknown(keys, first + 1, last):
        yield first + 1, last


def _is_called_place(reading: Reading, first: int, last: int) -> bool:
    """Say whether a noun beside words says that they are a place: "Abu Zarifa neighbourhood", "village of"."""
    if reading.gap(last + 1) == " " and reading.key(last + 1) in NAMING_NOUNS:
        return True
    return reading.key(first - 1) == "of" and reading.key(first - 2) in CUES_BEFORE


@cache
def _plain_openers() -> frozenset[str]:
    """Return words that are no name by themselves, whatever gazetteers say."""
    return _NEVER | common_words()


def _is_lead(reading: Reading, i: int) -> bool:
    """Say whether a capitalized word only leads up to a name."""
    key = reading.keys[i]
    return key == "the" or key in TITLES or (key in common_words() and bool(reading.opening[i]))


def _may_be_unknown(keys: list[str], first: int, last: int) -> bool:
    if first < last:
        return last - first < _MOST_WORDS
    key = keys[first]
    return key not in _NEVER and len(key) >= _SHORTEST_UNKNOWN and key.isalpha()


def _keeps_article(reading: Reading, first: int, last: int) -> bool:
    return last == first + 1 and reading.keys[last] in WITH_ARTICLE and bool(reading.capital[first])


# Calendar words, and generic nouns that name a village somewhere ("University", "Center").
_NEVER = CALENDAR | ORGANIZATION_HEADS | EMBEDDING_HEADS | frozenset(KIND_WORDS) | TITLES | DIRECTIONS
# Articles before some letters, and English words where the capital says nothing: "IN NAQOURA".
_ARTICLES_OR_WORDS = frozenset("in at as an".split())


def _opens_with_preposition(reading: Reading, match: NameMatch, first: int) -> bool:
    """Say whether a match takes an English word for an article: "In North Darfur", not "In Salah"."""
    if reading.keys[first] not in _ARTICLES_OR_WORDS or first == match.last or reading.gap(first + 1) != " ":
        return False
    says_nothing = reading.opening[first] or reading.style(first) is not Style.NORMAL
    return bool(says_nothing) and match.level is SpellingLevel.ARTICLE


def _may_be_name(reading: Reading, first: int, last: int) -> bool:
    keys = reading.keys
    if first == last:
        key = keys[first]
        if key in _NEVER or len(key) < 2 or not key.isalpha():
            return False
        if reading.capital[first]:
            return True
        return reading.style(first) >= Style.UPPER and key not in common_words()
    if reading.style(first) >= Style.UPPER:
        return True
    # "al-Tanf" begins with its article, "Hemeimeem air base" ends with what it is.
    begins = reading.capital[first] or reading.capital[first + 1]
    return bool(begins) and (bool(reading.capital[last]) or keys[last] in KIND_WORDS)


def _is_barred(reading: Reading, candidate: Candidate) -> bool:
    """Say whether it is boilerplate, an armed group, or a word in another sense."""
    if candidate.name.is_actor or (reading.idle and reading.sentence_of(candidate.first) in reading.idle):
        return True
    return is_other_sense(reading, candidate.first, candidate.last, candidate.name)


_STATE_STARTS = frozenset(key.partition(" ")[0] for key in STATE_ABBREVIATIONS)


def _state_abbreviation(reading: Reading, i: int) -> int | None:
    """Return the last word of an abbreviated state that starts at word `i`, or `None`."""
    keys = reading.keys
    if reading.gap(i + 1) in {".", ". "} and f"{keys[i]} {reading.key(i + 1)}" in STATE_ABBREVIATIONS:
        return i + 1
    if keys[i] not in STATE_ABBREVIATIONS or reading.gap(i) != ", " or not reading.capital[i - 1]:
        return None
    is_postal = len(keys[i]) == 2 and reading.shapes[i] == Shape.SHORT_UPPER
    return i if is_postal or reading.text.startswith(".", reading.ends[i]) else None


_LONGEST_DEMONYM = 3


@cache
def _known_starts() -> frozenset[str]:
    return _STATE_STARTS | _demonym_starts()


@cache
def _demonym_starts() -> frozenset[str]:
    return frozenset(key.partition(" ")[0] for key in demonyms())


def _demonym_at(reading: Reading, i: int) -> int | None:
    """Return the last word of the longest name of a people that starts at a word, or `None`."""
    keys = reading.keys[i : i + _LONGEST_DEMONYM]
    for size in range(len(keys), 0, -1):
        if " ".join(keys[:size]) in demonyms():
            return i + size - 1
    return None
