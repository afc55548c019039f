"""How does a document use capitals, where do its sentences start, and whom does it name?

A `Reading` holds what candidates are seen in: the words in columns, the style of each sentence, the
boilerplate, the datelines, and the persons met. Whatever only some words need, such as the run of
capitalized words that a name stands in, is worked out when it is asked for.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from itertools import compress

from geoevents.lexicon.people import KIN, ORGANIZATION_HEADS, TITLES, common_words, given_names
from geoevents.lexicon.places import EMBEDDING_HEADS, KIND_WORDS
from geoevents.model import Span
from geoevents.text import Memo, Tokens, fold, sentences, tokenize

__all__ = ["LONGEST_RUN", "Reading", "Shape", "Style", "read"]


class Style(IntEnum):
    """How a sentence uses capitals, and so what a capital letter says there."""

    NORMAL = 0
    TITLE = 1
    UPPER = 2
    LOWER = 3


class Shape(IntEnum):
    """How a word is written: a column of a document holds one for each word, as a byte."""

    LOWER = ord("l")  # more than three letters
    SHORT = ord("s")
    CAPITAL = ord("C")
    SHORT_CAPITAL = ord("c")
    UPPER = ord("U")
    SHORT_UPPER = ord("u")
    INITIAL = ord("I")
    FIGURE = ord("d")
    OTHER = ord("o")


LONGEST_RUN = 6  # words; a longer run of capitalized words is a headline, not a name
_CAPITALS = frozenset({Shape.CAPITAL, Shape.SHORT_CAPITAL, Shape.UPPER, Shape.SHORT_UPPER, Shape.INITIAL})
_NAME_JOINTS = frozenset({" ", "-", " & "})
_LONG = 3  # letters; shorter words say little about how a sentence uses capitals
_ARTICLES = frozenset("al el ul as ad ash at az an ar ez es et".split())


@dataclass(slots=True)
class Reading:
    """One document taken apart: columns that run parallel to its words.

    `words` are the tokens as the gazetteer scans them; `keys`, `ends` and `gaps` are theirs, but
    for a possessive s, which is counted to the gap behind. `shapes` are `Shape`s. `gaps[i]` is what
    stands before word `i`. `capital` and `opening` say whether a word is capitalized (the article of
    "al-Tanf" with its name) and whether it begins a sentence, a quotation or a line, where every word
    is; both have one 0 more than words, which is found beyond either end. `lower` holds the keys that
    the document also writes without a capital, `people` the surnames (and lone names) of persons,
    `bearers` the given names of those whose kin the text tells of ("Paris's father"). `datelines` gives
    the end of each dateline by its start.
    """

    text: str
    words: Tokens
    keys: list[str]
    starts: list[int]
    ends: list[int]
    gaps: list[str]
    shapes: bytearray
    capital: bytes
    opening: bytearray
    openings: list[int]
    styles: list[Style]
    idle: frozenset[int]
    lower: frozenset[str]
    people: frozenset[str]
    bearers: frozenset[str]
    datelines: dict[int, int]

    def key(self, index: int) -> str:
        """Return the key of a word, "" beyond both ends."""
        return self.keys[index] if 0 <= index < len(self.keys) else ""

    def gap(self, index: int) -> str:
        """Return what stands before a word, a line break beyond both ends."""
        return self.gaps[index] if 0 < index < len(self.keys) else "\n"

    def sentence_of(self, index: int) -> int:
        """Return the number of the sentence that a word is in."""
        return bisect_right(self.openings, index) - 1

    def bounds_of(self, index: int) -> tuple[int, int]:
        """Return the first word of the sentence that a word is in, and the first behind it."""
        number = self.sentence_of(index)
        is_last = number + 1 == len(self.openings)
        return self.openings[number], len(self.keys) if is_last else self.openings[number + 1]

    def style(self, index: int) -> Style:
        """Return how the sentence of a word uses capitals."""
        return self.styles[bisect_right(self.openings, index) - 1]

    def run_first(self, index: int) -> int:
        """Return the first word of the run of capitalized words that a word is in."""
        stop = max(0, index - LONGEST_RUN)
        while index > stop and self.capital[index - 1] and self._continues(index):
            index -= 1
        return index

    def run_last(self, index: int) -> int:
        """Return the last word of the run of capitalized words that a word is in."""
        stop = index + LONGEST_RUN
        while index < stop and self.capital[index + 1] and self._continues(index + 1):
            index += 1
        return index

    def _continues(self, i: int) -> bool:
        """Say whether a capitalized word goes on with the name of the capitalized word before it."""
        gap = self.gaps[i]
        if gap in _NAME_JOINTS:
            return True
        return gap in {". ", "."} and (len(self.keys[i - 1]) == 1 or self.keys[i - 1] in TITLES)


def read(text: str) -> Reading:
    """Take a document apart. Linear in its length."""
    words = tokenize(text)
    shapes = bytearray(map(_shapes.__getitem__, words.texts))
    keys, ends, gaps = _without_possessives(words, shapes)
    _raise_articles(keys, gaps, shapes)
    bounds = sentences(text)
    openings = [bisect_left(words.starts, span.start) for span in bounds] or [0]
    reading = Reading(
        text=text,
        words=words,
        keys=keys,
        starts=words.starts,
        ends=ends,
        gaps=gaps,
        shapes=shapes,
        capital=bytes(shapes.translate(_CAPITALS_ONLY)) + b"\0",
        opening=_opening_words(gaps, openings),
        openings=openings,
        styles=_styles(shapes, openings),
        idle=_idle(text, bounds),
        lower=frozenset(compress(keys, shapes.translate(_LOWER_ONLY))),
        people=frozenset(),
        bearers=frozenset(),
        datelines=_datelines(text),
    )
    if kin := KIN & reading.lower:
        reading.bearers = frozenset(_bearers(reading, kin))
    reading.people = frozenset(_people(reading))
    return reading


def _shape_of(word: str) -> int:
    if word[0].isdigit():
        return Shape.FIGURE
    letters = len(word)
    if word[0].isupper():
        if letters == 1:
            return Shape.INITIAL
        if word.isupper():
            return Shape.UPPER if letters > _LONG and word.isalpha() else Shape.SHORT_UPPER
        return Shape.CAPITAL if letters > _LONG and word.isalpha() else Shape.SHORT_CAPITAL
    if word.isalpha() and word.islower():
        return Shape.LOWER if letters > _LONG else Shape.SHORT
    # A script without capitals: each word may be a name.
    return Shape.SHORT_CAPITAL if word.isalpha() and word == word.upper() else Shape.OTHER


def _marked_shape(word: str) -> int:
    is_possessive = len(word) >= _SHORTEST_POSSESSIVE and word.endswith(_ENDINGS)
    return _shape_of(word) | _POSSESSIVE if is_possessive else _shape_of(word)


_shapes: Memo[int] = Memo(_marked_shape)
_CAPITALS_ONLY = bytes(shape in _CAPITALS for shape in range(256))
_LOWER_ONLY = bytes(shape not in _CAPITALS for shape in range(256))


def _without_possessives(words: Tokens, shapes: bytearray) -> tuple[list[str], list[int], list[str]]:
    """Return keys, ends and gaps of the words, a possessive s counted to the gap behind it, and unmark it."""
    keys, ends, gaps = words.keys, words.ends, words.gaps
    marked = [found.start() for found in _MARKED.finditer(shapes)]
    if not marked:
        return keys, ends, gaps
    keys, ends, gaps = list(keys), list(ends), list(gaps)
    for i in marked:
        shapes[i] &= ~_POSSESSIVE
        keys[i] = fold(words.texts[i][:-2])
        ends[i] -= 2
        gaps[i + 1] = words.texts[i][-2:] + gaps[i + 1]
    return keys, ends, gaps


_SHORTEST_POSSESSIVE = 4
_ENDINGS = ("'s", "’s", "'S", "’S")
_MARKED = re.compile(rb"[\x80-\xff]")
_POSSESSIVE = 0x80  # the bit that marks a word with a possessive s until that is taken off


def _opening_words(gaps: list[str], openings: list[int]) -> bytearray:
    """Return a column that says which words begin a sentence, a quotation or a line."""
    opening = bytearray(map(_reopenings.__getitem__, gaps))
    opening[-1:] = b"\0"
    for i in openings:
        opening[i] = 1
    opening[0] = len(gaps) > 1
    return opening


def _raise_articles(keys: list[str], gaps: list[str], shapes: bytearray) -> None:
    """Let the article of "al-Tanf" count as capitalized, with its name."""
    for i in compress(range(len(gaps)), map("-".__eq__, gaps)):
        if (
            0 < i < len(keys)
            and keys[i - 1] in _ARTICLES
            and shapes[i] in _CAPITALS
            and shapes[i - 1] == Shape.SHORT
        ):
            shapes[i - 1] = Shape.SHORT_CAPITAL


def _reopens(gap: str) -> bool:
    return any(mark in gap for mark in '“"\n') or gap.rstrip().endswith((":", "—", "–", "--"))


_reopenings: Memo[bool] = Memo(_reopens, limit=4096)

# Lines that a web page puts around a story. Only short sentences are judged, so that a story about
# newsletters loses at most a line.
_BOILERPLATE = tuple(
    """
    ©|copyright|all rights reserved|newsletter|subscrib|sign up|login|log in|leave a tip|cookie|terms of use
    |terms of service|privacy policy|join the conversation|follow us|click here|free of advertisers
    |support our work|share this|read more|advertisement|newsdesk|contact our|(c) 1|(c) 2|(c)1|(c)2
    """.replace("\n", "")
    .replace("    ", "")
    .split("|")
)
_LONGEST_BOILERPLATE = 160


def _idle(text: str, bounds: tuple[Span, ...]) -> frozenset[int]:
    """Return the numbers of the sentences that are boilerplate."""
    lowered = text.lower()
    starts = [span.start for span in bounds]
    out = set()
    for phrase in _BOILERPLATE:
        at = lowered.find(phrase)
        while at >= 0:
            number = bisect_right(starts, at) - 1
            if number >= 0 and bounds[number].end - bounds[number].start <= _LONGEST_BOILERPLATE:
                out.add(number)
            at = lowered.find(phrase, at + len(phrase))
    # What stands between two advertisements is one.
    out |= {
        number
        for number in (first + 1 for first in out if first + 2 in out and first + 1 not in out)
        if bounds[number].end - bounds[number].start <= _LONGEST_BOILERPLATE
    }
    return frozenset(out)


_STYLED = (Shape.LOWER, Shape.CAPITAL, Shape.UPPER)


def _styles(shapes: bytearray, openings: list[int]) -> list[Style]:
    lower, capital, upper = map(shapes.count, _STYLED)
    total = max(1, lower + capital + upper)
    if capital + upper <= 0.01 * total and not _has_short_capitals(shapes):
        return [Style.LOWER] * len(openings)
    is_upper_document = upper >= 0.8 * total
    out = []
    for start, end in zip(openings, [*openings[1:], len(shapes)], strict=True):
        lower, capital, upper = (shapes.count(shape, start, end) for shape in _STYLED)
        out.append(
            _style(lower + capital + upper, capital + upper, upper, is_upper_document=is_upper_document)
        )
    return out


def _has_short_capitals(shapes: bytearray) -> bool:
    """Say whether more than the odd word of two or three letters is capitalized: "The EU met"."""
    capitals = shapes.count(Shape.SHORT_CAPITAL) + shapes.count(Shape.SHORT_UPPER)
    return capitals > 0.05 * (capitals + shapes.count(Shape.SHORT))


def _style(words: int, capitals: int, uppers: int, *, is_upper_document: bool) -> Style:
    if uppers >= 0.7 * words and (words >= 4 or (is_upper_document and words)):
        return Style.UPPER
    if words >= 4 and capitals >= 0.8 * words:
        return Style.TITLE
    return Style.NORMAL


def _bearers(reading: Reading, kin: frozenset[str]) -> Iterator[str]:
    keys, gaps = reading.keys, reading.gaps
    for i, key in enumerate(keys):
        if key in kin and i and gaps[i] in {"'s ", "’s "} and keys[i - 1] in given_names():
            yield keys[i - 1]


_NO_SURNAMES = ORGANIZATION_HEADS | EMBEDDING_HEADS | frozenset(KIND_WORDS)
_RUN = re.compile(rb"[CcUuI]{2,}")
_LONGEST_PERSON = 4


def _people(reading: Reading) -> set[str]:
    people: set[str] = set()
    for match in _RUN.finditer(reading.shapes):
        first = match.start()
        while first < match.end():
            last = min(reading.run_last(first), match.end() - 1)
            if last > first and reading.style(first) <= Style.TITLE:
                people.update(_persons_of_run(reading, first, last))
            first = last + 1
    return people


def _persons_of_run(reading: Reading, first: int, last: int) -> set[str]:
    keys = reading.keys
    start = first
    while start < last and keys[start] in TITLES:
        start += 1
    if keys[last] in _NO_SURNAMES or not keys[last].isalpha() or keys[last] in TITLES:
        return set()
    if start == last:
        return {keys[last]} if start > first else set()
    if keys[start] in given_names() and last - start < _LONGEST_PERSON:
        return _unless_ambiguous(reading, start, last)
    return {keys[last]} if start > first and last - start < _LONGEST_PERSON - 1 else set()


def _unless_ambiguous(reading: Reading, start: int, last: int) -> set[str]:
    names = reading.keys[start + 1 : last + 1]
    if reading.style(start) is Style.TITLE and common_words().issuperset(names):
        return set()
    return {reading.keys[last]}


# "MOSCOW (AP) —", "KYIV, Ukraine, Jan. 14, 2025 (Reuters) -", "SAN SALVADOR, 3 JAN 90 (ACAN) --": at
# the head of a paragraph, a place, its region, a date, the agency, then a dash.
_MONTH = "(?:JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)"
_DATELINE = re.compile(
    r"[ \t]{0,8}([A-Z][^\W\d_a-z]{1,20}(?:[ -][A-Z][^\W\d_a-z]{0,20}){0,3}|[A-Z][\w' .-]{2,30}(?=[,(]| \())"
    r"(?:, ?[A-Z][\w.]{0,20}(?: (?:of )?(?:the )?[A-Z][\w.]{1,20}){0,2}){0,2}"
    rf"(?P<date>(?:,? (?i:{_MONTH})[a-z]{{0,6}}\.? \d{{1,2}}(?:, \d{{4}})?)?"
    rf"(?:,? \d{{1,2}} (?i:{_MONTH})[A-Za-z]{{0,6}} \d{{2,4}})?)"
    r",? {0,2}(?P<agency>\([^()\n]{1,40}\)|\[[^\[\]\n]{1,40}\])? {0,2}(?:—|–|--|-(?= ))"
)


def _datelines(text: str) -> dict[int, int]:
    """Return the end of each dateline by its start: capitals, or any name with an agency."""
    out = {}
    line = 0
    while line >= 0:
        found = _DATELINE.match(text, line)
        if found is not None and (found["agency"] or found["date"] or found[1].isupper()):
            out[found.start(1)] = found.end()
        line = text.find("\n", line) + 1 or -1
    return out
