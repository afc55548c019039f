"""Which candidates does the text mean as places?

Each candidate is scored alone, then again in the light of the first scores, and the best set without
overlaps is taken.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from geoevents.lexicon.capitals import CAPITALS
from geoevents.recognition.candidates import Candidate
from geoevents.recognition.document import Link, context_features, context_keys, links, nesting
from geoevents.recognition.features import PARTS, Note, Sums, keys_of
from geoevents.recognition.names import NameClass, countries_of_peoples
from geoevents.recognition.reading import Reading, Style
from geoevents.recognition.weights import Weights
from geoevents.text import name_key

__all__ = ["Judge", "best_without_overlap", "see_alone"]


def see_alone(reading: Reading, candidates: Sequence[Candidate], linked: Sequence[Link]) -> None:
    """Note what is seen of each candidate, as the keys of its parts."""
    notes = nesting(candidates)
    for first, second, _, is_inside in linked:
        if is_inside:
            notes[first] |= Note.BEFORE_ITS_REGION
            notes[second] |= Note.AFTER_A_PLACE_IN_IT
    for candidate, note in zip(candidates, notes, strict=True):
        candidate.seen = keys_of(reading, candidate, note)


# A name that scores less by itself, and has no such word before it, is a place in no surroundings: by
# the shipped weights, three tenths of all candidates, and one in 2,000 of those that would be taken.
_LEAST_OF_NAME = -4.0


_POINTING = frozenset("to in near at outside and".split())


# The weights were learned from English. A large place's name in another script is no word of English, no
# person of its news, and hardly another word of its own language. An estimate, not learned.
_NATIVE = 4.0


# In a text in capitals the weights, learned from mixed case, see little; "TOWN OF" says that a name
# follows. An estimate, not learned.
_CALLED = 1.5
_SORTS = frozenset(
    "city town village hamlet municipality department province district port neighborhood township".split()
)


def _is_called_so(reading: Reading, candidate: Candidate) -> bool:
    """Say whether a text in capitals calls the name a place's: "THE TOWN OF YUNGUYO"."""
    first, keys = candidate.first, reading.keys
    if first < 2 or keys[first - 1] != "of" or keys[first - 2] not in _SORTS:
        return False
    return reading.style(first) is Style.UPPER


# "Paris" says as a person more often than as a government, but not where the text is about France. An estimate, not learned.
_SPEAKING = 2.5
_VERBS = frozenset({"verb of saying", "verb of governing"})


class _Speakers:
    """Who may speak in a document: persons by their given names, governments of countries that it names."""

    def __init__(self, reading: Reading, candidates: Sequence[Candidate]) -> None:
        keys, capital, gaps = reading.keys, reading.capital, reading.gaps
        self._persons = {
            key for i, key in enumerate(keys) if capital[i] and capital[i + 1] and gaps[i + 1] == " "
        }
        peoples = countries_of_peoples()
        named = (
            c.name.country if c.name.kind is NameClass.COUNTRY else peoples.get(c.name.key)
            for c in candidates
        )
        self._countries = frozenset(named)

    def change(self, reading: Reading, candidate: Candidate) -> float:
        """Return what it changes that a name speaks which persons bear too."""
        key, country = candidate.name.key, candidate.name.country
        if key in self._persons or key in reading.bearers:
            return -_SPEAKING
        is_capital = (
            country in self._countries and country is not None and name_key(CAPITALS.get(country, "")) == key
        )
        return _SPEAKING if is_capital else 0.0


def _speaks(candidate: Candidate) -> bool:
    return candidate.name.sort == "given" and candidate.seen[2][0] in _VERBS


class Judge:
    """Scores the candidates of a document by the weights, and remembers the sums of their parts."""

    def __init__(self, weights: Weights) -> None:
        self._slope, self._bias = weights.slope, weights.bias
        self._own = tuple(Sums(part, weights.own) for part in PARTS)
        self._context = Sums(context_features, weights.context)

    def __call__(
        self, reading: Reading, candidates: Sequence[Candidate], *, min_score: float
    ) -> list[Candidate]:
        """Return the candidates that are places, in order, none overlapping; each has its score."""
        names = self._own[0]
        keys = reading.keys
        candidates = [
            c
            for c in candidates
            if names[c.name,] > _LEAST_OF_NAME or (c.first and keys[c.first - 1] in _POINTING)
        ]
        linked = links(reading, candidates)
        name, left, right, left_pair, right_pair, run, notes = self._own
        see_alone(reading, candidates, linked)
        for candidate in candidates:
            parts = candidate.seen
            candidate.score = (
                name[parts[0]]
                + left[parts[1]]
                + right[parts[2]]
                + left_pair[parts[3]]
                + right_pair[parts[4]]
                + run[parts[5]]
                + notes[parts[6]]
            )
        context = self._context
        speakers: _Speakers | None = None
        seen = context_keys(candidates, linked)
        for candidate, context_of in zip(candidates, seen, strict=True):
            total = self._slope * candidate.score + self._bias
            for key in context_of:
                total += context[key]
            if candidate.name.is_native:
                total += _NATIVE
            if _is_called_so(reading, candidate):
                total += _CALLED
            if _speaks(candidate):
                speakers = speakers or _Speakers(reading, candidates)
                total += speakers.change(reading, candidate)
            candidate.score = total
        kept = best_without_overlap(candidates, min_score=min_score)
        _set_regions(candidates, linked, kept)
        return kept


def best_without_overlap(candidates: Sequence[Candidate], *, min_score: float) -> list[Candidate]:
    """Return the candidates above `min_score` that together score highest, none overlapping.

    Weighted interval scheduling (J. Kleinberg and E. Tardos, "Algorithm Design", 6.1).
    """
    likely = [candidate for candidate in candidates if candidate.score > min_score]
    likely.sort(key=lambda candidate: (candidate.last, candidate.first))
    lasts = [candidate.last for candidate in likely]
    best, steps = [0.0], []
    for number, candidate in enumerate(likely):
        before = bisect_left(lasts, candidate.first, 0, number)
        taken = best[before] + candidate.score - min_score
        steps.append(before if taken > best[number] else -1)
        best.append(max(taken, best[number]))
    kept = []
    number = len(likely)
    while number:
        before = steps[number - 1]
        if before >= 0:
            kept.append(likely[number - 1])
        number = before if before >= 0 else number - 1
    return kept[::-1]


def _set_regions(candidates: Sequence[Candidate], linked: Sequence[Link], kept: Sequence[Candidate]) -> None:
    places = set(map(id, kept))
    for first, second, _, is_inside in linked:
        region = candidates[second]
        if is_inside and id(region) in places:
            candidates[first].region = region
