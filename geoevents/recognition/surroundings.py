"""What stands before and behind a name, and what does that say of it?

Each side is seen at two grains: its sort ("a locative") and the word itself. A `Run` is the
capitalized words that the name may be only a part of.
"""

from __future__ import annotations

import re
from typing import TypeAlias

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
    CALENDAR,
    CUES_BEFORE,
    DIRECTIONS,
    EMBEDDING_HEADS,
    EVENT_VERBS,
    KIND_WORDS,
    LOCATIVE,
    METONYM_OBJECTS,
    METONYM_VERBS,
    MOVES,
    NAMING_NOUNS,
    OF_PLACES,
    OPENERS,
    PARTS_AFTER,
    PREPOSITIONS,
    STATE_ABBREVIATIONS,
)
from geoevents.recognition.names import demonyms
from geoevents.recognition.reading import Reading
from geoevents.text import Memo

__all__ = ["Run", "Side", "is_before_length", "left_of", "right_of", "run_of"]


# Plain tuples: there are three for each candidate, and named ones take five times as long to make.
Side: TypeAlias = tuple[str, str, str]
"""One side of a name: its sort, the word next to the name, and what was passed over to it."""
Run: TypeAlias = tuple[int, int, str, str]
"""The capitalized words around a name: how many before and behind, and which begin and end the run."""

_JOINTS = frozenset({" ", "-", "\n", "  "})
_FARTHEST = 3  # words of "the", "northern" and the like that are passed over
_ALONE: Run = (0, 0, "", "")
_MOST_BESIDE = 2


def left_of(reading: Reading, first: int) -> Side:
    """Return what stands before a name, its article and "northern" passed over."""
    keys, gaps = reading.keys, reading.gaps
    at, note = first, ""
    while at > 0 and first - at < _FARTHEST and gaps[at] in _JOINTS:
        key = keys[at - 1]
        if key == "the":
            note += "t"
        elif key in DIRECTIONS:
            note += "d"
        else:
            break
        at -= 1
    gap = gaps[at]
    if reading.opening[at]:
        return (_opening(gap), "", note)
    if gap not in _JOINTS:
        case = "^" if reading.capital[at - 1] else "_"
        mark = gap.strip()
        return (mark[:1] + case, f"{mark[:2]} {keys[at - 1]}", note)
    near = keys[at - 1]
    if reading.capital[at - 1]:
        return (_capital_before(near, is_opening=bool(reading.opening[at - 1])), near + "^", note)
    if near == "of" and at > 1 and gaps[at - 1] in _JOINTS:
        return (_of_what(reading, at - 2), near, note)
    if near == "to" and _moves(reading, at - 2):
        return ("moves to", near, note)
    return (_left_sorts[near], near, note)


def _capital_before(near: str, *, is_opening: bool) -> str:
    """Return the sort of a capitalized word before a name."""
    if not is_opening:
        return _left_sorts[near + "^"]
    # The capital of "In" and "Yesterday" says nothing where they open a sentence.
    return "opening " + _left_sorts[near if near in _OPENERS else near + "^"]


def _moves(reading: Reading, at: int) -> bool:
    """Say whether a word is a verb of motion, or the "on" or "back" behind one."""
    key = reading.key(at)
    return key in MOVES or (key in _PARTICLES and reading.key(at - 1) in MOVES)


def _opening(gap: str) -> str:
    if "\n" in gap:
        return "opens a line"
    return "opens a quotation" if '"' in gap or "“" in gap else "opens"


def _of_what(reading: Reading, at: int) -> str:
    if reading.keys[at] in CUES_BEFORE:
        return "town of"
    if reading.keys[at] in OF_PLACES:
        return "mayor of"
    if reading.keys[at] in ORGANIZATION_LEADS and reading.capital[at]:
        return "university of"
    return "of"


def _words(words: str) -> frozenset[str]:
    return frozenset(words.split())


_OPENERS = OPENERS | LOCATIVE | PREPOSITIONS
_PARTICLES = _words("on back out down up")
_BEING = _words("is was are were be been being has have had will would could can may might")
_LEFT = (
    ("locative", LOCATIVE),
    ("preposition", PREPOSITIONS),
    ("town", CUES_BEFORE),
    ("role", ROLE_NOUNS),
    ("verb of war", EVENT_VERBS),
    ("verb of saying", SAYING),
    ("verb against", METONYM_OBJECTS),
    ("verb of motion", MOVES),
    ("and", _words("and or")),
    ("other preposition", _words("by with for than as like but that on about")),
    ("determiner", _words("a an this that his her their its our my your some any no every each")),
    ("being", _BEING),
)
_LEFT_CAPITAL = (
    ("direction^", DIRECTIONS),
    ("title^", TITLES),
    ("calendar^", CALENDAR),
    ("town^", CUES_BEFORE),
    ("organization^", ORGANIZATION_LEADS),
)


def _left_sort(near: str) -> str:
    if not near.endswith("^"):
        return _first(_LEFT, near) or ("figure" if near[:1].isdigit() else "word")
    key = near[:-1]
    if sort := _first(_LEFT_CAPITAL, key):
        return sort
    if key in given_names():
        return "given name^"
    if key in demonyms():
        return "demonym^"
    return _capital_sort(key)


def _first(sorts: tuple[tuple[str, frozenset[str]], ...], key: str) -> str | None:
    return next((sort for sort, words in sorts if key in words), None)


def _capital_sort(key: str) -> str:
    if len(key) == 1:
        return "initial^"
    return "everyday word^" if key in common_words() else "capital^"


_left_sorts: Memo[str] = Memo(_left_sort)


def right_of(reading: Reading, last: int) -> Side:
    """Return what stands behind a name."""
    at = last + 1
    gap = reading.gaps[at]
    note = ""
    if gap[:1] in {"'", "’"} and gap[1:2] in {"s", "S"}:
        note, gap = "'s", gap[2:]
    if at >= len(reading.keys):
        return ("end", gap.strip()[:1], note)
    near = reading.keys[at] + "^" * reading.capital[at]
    if gap in _JOINTS:
        return (note + _right_sorts[near], near, note)
    mark = gap.strip()[:1] or "line"
    if mark == ",":
        return (_after_comma(reading, at), f", {near}", note)
    return (mark, mark, note)


_OLDEST = 110


def _after_comma(reading: Reading, at: int) -> str:
    key = reading.keys[at]
    if key[:1].isdigit():
        is_age = key.isdecimal() and int(key) < _OLDEST and reading.gap(at + 1)[:1] in {",", "."}
        return ", age" if is_age else ", figure"
    if key in STATE_ABBREVIATIONS and reading.capital[at]:
        return ", state"
    return ", ^" if reading.capital[at] else ", _"


_RIGHT = (
    ("kind", frozenset(KIND_WORDS)),
    ("part", PARTS_AFTER),
    ("verb of saying", SAYING),
    ("verb of governing", METONYM_VERBS),
    ("and", _words("and or")),
    ("preposition", PREPOSITIONS | _words("on for with by after before when where as")),
    ("being", _BEING),
    ("who", _words("who whose whom himself herself")),
    ("role", ROLE_NOUNS),
)
_RIGHT_CAPITAL = (
    ("title^", TITLES),
    ("naming^", NAMING_NOUNS),
    ("kind^", frozenset(KIND_WORDS)),
    ("organization^", ORGANIZATION_HEADS),
    ("building^", EMBEDDING_HEADS),
    ("part^", PARTS_AFTER),
    ("calendar^", CALENDAR),
    ("surname^", SURNAMES),
)


def _right_sort(near: str) -> str:
    if near.endswith("^"):
        return _first(_RIGHT_CAPITAL, near[:-1]) or _capital_sort(near[:-1])
    return _first(_RIGHT, near) or ("figure" if near[:1].isdigit() else "word")


_right_sorts: Memo[str] = Memo(_right_sort)


def run_of(reading: Reading, first: int, last: int) -> Run:
    """Return the run of capitalized words that a name stands in."""
    capital = reading.capital
    if not capital[first - 1] and not capital[last + 1]:
        return _ALONE
    start = reading.run_first(first) if capital[first] else first
    if start < first and reading.opening[start] and reading.keys[start] in _OPENERS:
        start += 1
    end = reading.run_last(last) if capital[last] else last
    return (
        min(_MOST_BESIDE, first - start),
        min(_MOST_BESIDE, end - last),
        reading.keys[start] if start < first else "",
        reading.keys[end] if end > last else "",
    )


# "Xyz, 20 km west of", "Xyz is some 60-70 miles from": only places lie so far from others.
_LENGTH = re.compile(
    r"[,;]?(?: \(?(?:is|was|lies|lay|stands|located|situated|about|some|around|roughly|approximately|just|only"
    r"|over|nearly|almost|more|less|than|at least)){0,4} \(?\d{1,4}(?:[.,]\d{1,3})?(?: ?(?:-|–|to) ?\d{1,4})?"
    r"[ -]?(?:kms?|kilomet(?:er|re)s?|mi|miles?)\b[^.;:\n]{0,40}\b(?:of|from|outside|away)\b",
    re.IGNORECASE,
)


_BEFORE_LENGTHS = _words(
    "is was lies lay stands located situated about some around roughly approximately just only over nearly"
    " almost more less at"
)


def is_before_length(reading: Reading, last: int) -> bool:
    """Say whether a length from another place follows a name."""
    word = reading.key(last + 1)
    if word not in _BEFORE_LENGTHS and not word[:1].isdigit():
        return False
    return _LENGTH.match(reading.text, reading.ends[last]) is not None
