"""What is seen at a candidate, in words that weights can be learned for?

The features fall into parts, each of which depends on little: the name, one side, the run. So the
sum of the weights of a part can be kept, and a candidate costs a few look-ups. Each part has a
function from its key to its features, named in words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import IntFlag
from typing import TypeAlias

from geoevents.recognition.candidates import Candidate
from geoevents.recognition.names import name_features, word_sort
from geoevents.recognition.reading import Reading, Style
from geoevents.recognition.surroundings import is_before_length, left_of, right_of, run_of

__all__ = ["PARTS", "Key", "Note", "Sums", "features_of", "keys_of"]

Key: TypeAlias = tuple[object, ...]
Part: TypeAlias = Callable[..., Iterable[str]]
_MOST_SUMS = 65536


class Sums(dict[Key, float]):
    """The sums of the weights of one part, kept for the keys met last."""

    def __init__(self, part: Part, weights: Mapping[str, float]) -> None:
        super().__init__()
        self._part, self._weights = part, weights

    def __missing__(self, key: Key) -> float:
        weights = self._weights
        total = sum([weights.get(feature, 0.0) for feature in self._part(*key)])
        if len(self) >= _MOST_SUMS:
            self.clear()
        self[key] = total
        return total


class Note(IntFlag):
    """What else is noted at a candidate."""

    KNOWN_PERSON = 1
    ALSO_IN_LOWER_CASE = 2
    OPENS_A_DATELINE = 4
    BEFORE_A_LENGTH = 8
    INSIDE_A_LONGER_NAME = 16
    HOLDS_A_SHORTER_NAME = 32
    BEFORE_ITS_REGION = 64
    AFTER_A_PLACE_IN_IT = 128


_KNOWN_PERSON = int(Note.KNOWN_PERSON)
_ALSO_IN_LOWER_CASE = int(Note.ALSO_IN_LOWER_CASE)
_OPENS_A_DATELINE = int(Note.OPENS_A_DATELINE)
_BEFORE_A_LENGTH = int(Note.BEFORE_A_LENGTH)


def keys_of(reading: Reading, candidate: Candidate, notes: int) -> tuple[Key, ...]:
    """Return the keys of the parts of a candidate, in the order of `PARTS`.

    `notes` are the `Note`s that the other candidates give it; its own are added.
    """
    first, last, name = candidate.first, candidate.last, candidate.name
    style = reading.style(first)
    left, right = left_of(reading, first), right_of(reading, last)
    kind, sort = name.kind, name.sort
    return (
        (name,),
        left,
        right,
        (left[0], kind, sort, style),
        (right[0], kind, sort, style),
        (*run_of(reading, first, last), kind, sort),
        (notes | _own_notes(reading, candidate, style), kind, sort, style),
    )


def _own_notes(reading: Reading, candidate: Candidate, style: Style) -> int:
    """Return what is noted of a candidate by itself, as `Note`s; plain integers are faster."""
    first, last = candidate.first, candidate.last
    notes = 0
    if first == last and style <= Style.TITLE:
        key = candidate.name.key
        if key in reading.people:
            notes |= _KNOWN_PERSON
        if key in reading.lower:
            notes |= _ALSO_IN_LOWER_CASE
    if reading.datelines and reading.starts[first] in reading.datelines:
        notes |= _OPENS_A_DATELINE
    if is_before_length(reading, last):
        notes |= _BEFORE_A_LENGTH
    return notes


_STYLED = {style: style.name.lower() for style in Style}
_LABELS = tuple((int(note), str(note.name).lower().replace("_", " ")) for note in Note)


def _left_features(sort: str, near: str, note: str) -> Iterator[str]:
    return _side_features("left", sort, near, note)


def _right_features(sort: str, near: str, note: str) -> Iterator[str]:
    return _side_features("right", sort, near, note)


def _side_features(side: str, sort: str, near: str, note: str) -> Iterator[str]:
    yield f"{side}: {sort}"
    yield f"{side} word: {near}"
    if note:
        yield f"{side} note: {note}"
        yield f"{side}: {sort} note: {note}"


def _left_pair_features(side_sort: str, kind: str, sort: str, style: Style) -> Iterator[str]:
    return _pair_features("left", side_sort, kind, sort, style)


def _right_pair_features(side_sort: str, kind: str, sort: str, style: Style) -> Iterator[str]:
    return _pair_features("right", side_sort, kind, sort, style)


def _pair_features(side: str, side_sort: str, kind: str, sort: str, style: Style) -> Iterator[str]:
    yield f"{side}: {side_sort} | is {kind}"
    yield f"{side}: {side_sort} | sort {sort}"
    yield f"{side}: {side_sort} | is {kind} {sort}"
    yield f"{side}: {side_sort} | {_STYLED[style]}"


def _run_features(before: int, behind: int, opening: str, head: str, kind: str, sort: str) -> Iterator[str]:
    run = f"run of {before} before, {behind} behind"
    yield run
    yield f"{run} | is {kind}"
    yield f"{run} | sort {sort}"
    if opening:
        yield f"run from {opening}"
        yield f"run from sort {word_sort(opening)}"
    if head:
        yield f"run to {head}"
        yield f"run to sort {word_sort(head)}"
        yield f"run to sort {word_sort(head)} | is {kind}"


def _note_features(notes: int, kind: str, sort: str, style: Style) -> Iterator[str]:
    yield f"style {_STYLED[style]} | is {kind}"
    yield f"style {_STYLED[style]} | sort {sort}"
    for note, label in _LABELS if notes else ():
        if notes & note:
            yield label
            yield f"{label} | is {kind}"
            yield f"{label} | sort {sort}"


PARTS: tuple[Part, ...] = (
    name_features,
    _left_features,
    _right_features,
    _left_pair_features,
    _right_pair_features,
    _run_features,
    _note_features,
)


def features_of(keys: Iterable[Key]) -> Iterator[str]:
    """Yield the features of a candidate by the keys of its parts."""
    for part, key in zip(PARTS, keys, strict=True):
        yield from part(*key)
