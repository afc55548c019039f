"""Which figure stands before a unit, how is it hedged, and what can a careful reporter mean by it?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import compress

from geoevents.lexicon.hedges import HEDGES, TRAILING_HEDGES
from geoevents.model import Hedge, Interval, Span
from geoevents.text import Memo, Numeral, numerals, tokenize

__all__ = [
    "BETWEEN",
    "RANGE",
    "alternation",
    "hedge_after",
    "hedge_before",
    "matches_at_words",
    "meant",
    "numbers_before",
]

# Half of the last significant figure can be a sixth of 300; no reporter is that careless.
_MAX_ROUNDING = 0.15
_ABOUT_WIDTH = 0.10


def meant(hedge: Hedge, low: float, high: float, *, steps: tuple[float, float]) -> Interval:
    """Return what a figure can mean, in its own unit; `low` and `high` differ for ranges.

    `steps` are the values of the last significant figures of both, of which half may be rounding, and
    no more than 15 %.

    >>> meant(Hedge.EXACT, 32, 32, steps=(1, 1)), meant(Hedge.ABOUT, 32, 32, steps=(1, 1))
    (Interval(low=31.5, high=32.5), Interval(low=28.8, high=35.2))
    """
    below = min(steps[0] / 2, _MAX_ROUNDING * low)
    above = min(steps[1] / 2, _MAX_ROUNDING * high)
    match hedge:
        case Hedge.ABOUT:
            ends = low - max(below, _ABOUT_WIDTH * low), high + max(above, _ABOUT_WIDTH * high)
        case Hedge.AT_LEAST | Hedge.MORE_THAN:
            return Interval(low - below)
        case Hedge.AT_MOST | Hedge.LESS_THAN:
            return Interval(0.0, high + above)
        case Hedge.NEARLY:
            ends = (1 - _ABOUT_WIDTH) * low, high
        case Hedge.JUST_OVER:
            ends = low, (1 + _ABOUT_WIDTH) * high
        case _:
            ends = low - below, high + above
    return Interval(max(0.0, ends[0]), ends[1])


def alternation(phrases: Iterable[str]) -> str:
    """Return the phrases as a regex alternation, longest first, any white space between words."""
    listed = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
    return "|".join(re.escape(phrase).replace(r"\ ", r"\s{1,3}") for phrase in listed)


# A word that one of these stands before is one word with it.
_FRACTIONS = "½¼¾⅓⅔⅛⅜⅝⅞"


def matches_at_words(pattern: re.Pattern[str], text: str, may_begin: Memo[bool]) -> Iterator[re.Match[str]]:
    """Yield the matches of a pattern that begins at words, in order, none overlapping.

    It is tried only at the words whose keys `may_begin` one, which takes a tenth of the time that
    trying it everywhere does.
    """
    if not text.isascii() and any(sign in text for sign in _FRACTIONS):
        yield from pattern.finditer(text)
        return
    words, end = tokenize(text), 0
    for start in compress(words.starts, map(may_begin.__getitem__, words.keys)):
        match = pattern.match(text, start) if start >= end else None
        if match is not None:
            end = match.end()
            yield match


_DECIMALS = re.compile(r"(?<![\w.,])\.\d{1,4}$")
RANGE = re.compile(r"(?P<mark>\s?[-–—]\s?|\s(?:to|or|and)\s(?:about\s|some\s)?)$", re.IGNORECASE)
BETWEEN = re.compile(
    r"\b(?P<word>between|from|anywhere between|anywhere from)\s(?:about\s|some\s)?$", re.IGNORECASE
)
_HEDGE = re.compile(
    rf"(?<![\w])(?P<hedge>{alternation(HEDGES)})\s{{0,2}}(?:the\s|a\sdistance\sof\s|an?\s)?$", re.IGNORECASE
)
_TRAILING = re.compile(rf"\s(?P<hedge>{alternation(TRAILING_HEDGES)})\b", re.IGNORECASE)


def numbers_before(before: str) -> tuple[Numeral | None, Numeral | None]:
    """Return the number that ends the string, and the lower end of its range where there is one."""
    if not before or not (before[-1].isalnum() or before[-1] in _FRACTIONS):
        return None, None
    found = [n for n in numerals(before + " ") if not n.is_vague]
    if not found or found[-1].span.end != len(before):
        return _decimals_alone(before), None
    last = found[-1]
    if len(found) < 2:
        return last, None
    previous = found[-2]
    mark = RANGE.fullmatch(before, previous.span.end, last.span.start)
    if mark is None or previous.high >= last.low:
        return last, None
    if "and" in mark["mark"].lower() and not BETWEEN.search(before, 0, previous.span.start):
        return last, None
    return last, previous


def _decimals_alone(before: str) -> Numeral | None:
    """Return the number of ".75 miles", which has no figure before its point."""
    match = _DECIMALS.search(before, max(0, len(before) - 8))
    if match is None:
        return None
    value = float(match.group())
    return Numeral(Span(match.start(), match.end()), value, value, 10.0 ** (1 - len(match.group())))


def hedge_before(text: str, start: int, *, floor: int, hedge: Hedge) -> tuple[int, Hedge]:
    """Return where the hedges before `start` begin, and what they make of a figure hedged so far."""
    for _ in range(2):
        found = _HEDGE.search(text, max(floor, start - 36), start)
        if found is None:
            break
        start = found.start()
        phrase = HEDGES[" ".join(found["hedge"].lower().split())]
        if hedge is Hedge.EXACT or (hedge is Hedge.ABOUT and phrase is not Hedge.EXACT):
            hedge = phrase
    return start, hedge


def hedge_after(text: str, end: int, *, hedge: Hedge) -> tuple[int, Hedge]:
    """Return where the hedge behind `end` ends, and what it makes of a figure hedged so far."""
    trailing = _TRAILING.match(text, end)
    if trailing is None:
        return end, hedge
    if hedge is Hedge.EXACT:
        hedge = TRAILING_HEDGES[" ".join(trailing["hedge"].lower().split())]
    return trailing.end(), hedge
