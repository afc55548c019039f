"""How does a document use capitals, where do its sentences start, and whom does it name?

A `Reading` holds what the features of a candidate are seen in: the words with their gaps, the
runs of capitalized words, the style of each sentence, the boilerplate, and the people met so far.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from geoevents.lexicon.people import ORGANIZATION_HEADS, TITLES, common_words, given_names
from geoevents.lexicon.places import EMBEDDING_HEADS, KIND_WORDS
from geoevents.model import Span
from geoevents.text import Token, Tokens, fold, sentences, tokenize

__all__ = ["Reading", "Style", "read"]


class Style(Enum):
    """How a sentence uses capitals, and so what a capital letter says there."""

    NORMAL = "normal"
    TITLE = "title"
    UPPER = "upper"
    LOWER = "lower"


@dataclass(slots=True)
class Reading:
    """One document taken apart: lists that run parallel to its tokens.

    `words` are the tokens as the gazetteer scans them, `tokens` the same without a possessive s.
    `gaps[i]` is what stands before token `i`, back to the token before it. `run_first` and
    `run_last` give, for a capitalized word, the ends of the run of capitalized words it is in.
    `is_idle` marks the boilerplate of web pages. `lower` holds the keys that the document also
    writes without a capital, `people` the surnames (and lone names) of persons. `datelines` gives
    the end of each dateline by its start.
    """

    text: str
    words: Tokens
    tokens: list[Token]
    keys: list[str]
    gaps: list[str]
    is_capital: list[bool]
    is_upper: list[bool]
    style: list[Style]
    opens: list[bool]
    is_idle: list[bool]
    run_first: list[int]
    run_last: list[int]
    lower: frozenset[str]
    people: frozenset[str]
    datelines: dict[int, int]

    def key(self, index: int) -> str:
        """Return the key of a token, "" beyond both ends."""
        return self.keys[index] if 0 <= index < len(self.keys) else ""

    def gap(self, index: int) -> str:
        """Return what stands before a token, a line break beyond both ends."""
        return self.gaps[index] if 0 < index < len(self.gaps) else "\n"


# Lines that a web page puts around a story. Only short sentences are judged, so that a story about
# newsletters loses at most a line.
_BOILERPLATE = re.compile(
    r"©|\(c\) ?\d{4}|copyright|all rights reserved|newsletter|subscrib|sign up|log ?in\b|leave a tip"
    r"|cookie|terms of (?:use|service)|privacy policy|join the conversation|follow us|click here"
    r"|free of advertisers|support our work|share this|read more|advertisement",
    re.IGNORECASE,
)
_LONGEST_BOILERPLATE = 160
_POSSESSIVE = re.compile(r"['’]s$", re.IGNORECASE)


def read(text: str) -> Reading:
    """Take a document apart. Linear in its length."""
    words = tokenize(text)
    tokens = [token if token.text.isalpha() else _without_possessive(token) for token in words]
    bounds = sentences(text)
    sentence_of = _sentence_of(tokens, bounds)
    gaps = _gaps(text, tokens)
    is_capital = _capitals(tokens, gaps)
    is_upper = [len(token.text) > 1 and token.text.isupper() for token in tokens]
    keys = [token.key for token in tokens]
    reopening = {gap for gap in set(gaps) if _reopens(gap)}
    opens = [
        i == 0 or sentence_of[i] != sentence_of[i - 1] or gaps[i] in reopening for i in range(len(tokens))
    ]
    styles = _styles(tokens, sentence_of, len(bounds))
    style = [styles[index] for index in sentence_of]
    idle = _idle(text, bounds)
    reading = Reading(
        text=text,
        words=words,
        tokens=tokens,
        keys=keys,
        gaps=gaps,
        is_capital=is_capital,
        is_upper=is_upper,
        style=style,
        opens=opens,
        is_idle=[idle[index] for index in sentence_of],
        run_first=list(range(len(tokens))),
        run_last=list(range(len(tokens))),
        lower=frozenset(key for key, capital in zip(keys, is_capital, strict=True) if not capital),
        people=frozenset(),
        datelines=_datelines(text),
    )
    _mark_runs(reading)
    reading.people = frozenset(_people(reading))
    return reading


def _sentence_of(tokens: list[Token], bounds: tuple[Span, ...]) -> list[int]:
    """Return the number of the sentence that each token is in."""
    out, index = [], 0
    starts = [span.start for span in bounds[1:]]
    for token in tokens:
        while index < len(starts) and starts[index] <= token.start:
            index += 1
        out.append(index)
    return out


def _without_possessive(token: Token) -> Token:
    if len(token.text) < 4 or token.text[-1] not in "sS" or not _POSSESSIVE.search(token.text):
        return token
    bare = token.text[:-2]
    return Token(token.start, bare, fold(bare))


_ARTICLES = frozenset("al el ul as ad ash at az an ar ez es et".split())


def _capitals(tokens: list[Token], gaps: list[str]) -> list[bool]:
    """Say of each word whether it is capitalized; the article of "al-Tanf" counts with its name."""
    out = [token.text[0].isupper() for token in tokens]
    for i in range(len(tokens) - 1):
        if not out[i] and out[i + 1] and gaps[i + 1] == "-" and tokens[i].key in _ARTICLES:
            out[i] = True
    return out


def _gaps(text: str, tokens: list[Token]) -> list[str]:
    gaps, end = [], 0
    for token in tokens:
        gaps.append(text[end : token.start])
        end = token.end
    return gaps


def _reopens(gap: str) -> bool:
    return any(mark in gap for mark in '“"\n') or gap.rstrip().endswith((":", "—", "–", "--"))


def _idle(text: str, bounds: tuple[Span, ...]) -> list[bool]:
    """Say of each sentence whether it is boilerplate."""
    if not _BOILERPLATE.search(text):
        return [False] * len(bounds)
    return [_is_boilerplate(text, span) for span in bounds]


def _is_boilerplate(text: str, span: Span) -> bool:
    is_short = span.end - span.start <= _LONGEST_BOILERPLATE
    return is_short and _BOILERPLATE.search(text, span.start, span.end) is not None


def _styles(tokens: list[Token], sentence_of: list[int], count: int) -> list[Style]:
    words, capitals, uppers = ([0] * max(1, count) for _ in range(3))
    for token, index in zip(tokens, sentence_of, strict=True):
        word = token.text
        if len(word) > 3 and word.isalpha():
            words[index] += 1
            if not word.islower():
                capitals[index] += word[0].isupper()
                uppers[index] += word.isupper()
    total = max(1, sum(words))
    if sum(capitals) <= 0.01 * total and not _has_short_capitals(tokens):
        return [Style.LOWER] * max(1, count)
    is_upper_document = sum(uppers) >= 0.8 * total
    return [
        _style(words[i], capitals[i], uppers[i], is_upper_document=is_upper_document)
        for i in range(max(1, count))
    ]


def _has_short_capitals(tokens: list[Token]) -> bool:
    """Say whether more than the odd word of two or three letters is capitalized: "The EU met"."""
    short = [token.text for token in tokens if 2 <= len(token.text) <= 3 and token.text.isalpha()]
    return sum(word[0].isupper() for word in short) > 0.05 * len(short)


def _style(words: int, capitals: int, uppers: int, *, is_upper_document: bool) -> Style:
    if uppers >= 0.7 * words and (words >= 4 or (is_upper_document and words)):
        return Style.UPPER
    if words >= 4 and capitals >= 0.8 * words:
        return Style.TITLE
    return Style.NORMAL


def _mark_runs(reading: Reading) -> None:
    """Join neighboring capitalized words that nothing but a space, hyphen or initial's dot parts."""
    first = 0
    capital = reading.is_capital
    for i in range(1, len(reading.tokens) + 1):
        if i < len(capital) and capital[i] and capital[i - 1] and _continues(reading, i):
            continue
        if i - first > 1:
            reading.run_first[first:i] = [first] * (i - first)
            reading.run_last[first:i] = [i - 1] * (i - first)
        first = i


def _continues(reading: Reading, i: int) -> bool:
    """Say whether a capitalized word goes on with the name of the capitalized word before it."""
    if reading.opens[i] and reading.gaps[i].strip(" "):
        return False
    gap = reading.gaps[i]
    if gap in {" ", "-", " & "}:
        return True
    return gap in {". ", "."} and (len(reading.keys[i - 1]) == 1 or reading.keys[i - 1] in TITLES)


def _people(reading: Reading) -> set[str]:
    people: set[str] = set()
    for i, last in enumerate(reading.run_last):
        if last > i and reading.run_first[i] == i and reading.style[i] in {Style.NORMAL, Style.TITLE}:
            people.update(_persons_of_run(reading, i, last))
    return people


_NO_SURNAMES = ORGANIZATION_HEADS | EMBEDDING_HEADS | frozenset(KIND_WORDS)


def _persons_of_run(reading: Reading, first: int, last: int) -> set[str]:
    keys = reading.keys
    start = first
    while start < last and keys[start] in TITLES:
        start += 1
    if keys[last] in _NO_SURNAMES or not reading.keys[last].isalpha() or keys[last] in TITLES:
        return set()
    if start == last:
        return {keys[last]} if start > first else set()
    if keys[start] in given_names() and last - start <= 3:
        return _unless_ambiguous(reading, start, last)
    return {keys[last]} if start > first and last - start <= 2 else set()


def _unless_ambiguous(reading: Reading, start: int, last: int) -> set[str]:
    if reading.style[start] is Style.TITLE and keys_are_common(reading, start + 1, last):
        return set()
    return {reading.keys[last]}


def keys_are_common(reading: Reading, first: int, last: int) -> bool:
    """Say whether all words from `first` to `last` are everyday words."""
    return all(reading.keys[i] in common_words() for i in range(first, last + 1))


# "MOSCOW (AP) —", "KYIV, Ukraine, Jan. 14, 2025 (Reuters) -", "SAN SALVADOR, 3 JAN 90 (ACAN) --": at
# the head of a paragraph, a place, its region, a date, the agency, then a dash.
_MONTH = "(?:JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)"
_DATELINE = re.compile(
    r"(?:^|(?<=\n))[ \t]{0,8}([A-Z][^\W\d_a-z]{1,20}(?:[ -][A-Z][^\W\d_a-z]{0,20}){0,3}|[A-Z][\w' .-]{2,30}(?=[,(]| \())"
    r"(?:, ?[A-Z][\w.]{0,20}(?: [A-Z][\w.]{1,20}){0,2}){0,2}"
    rf"(?:,? (?i:{_MONTH})[a-z]{{0,6}}\.? \d{{1,2}}(?:, \d{{4}})?)?"
    rf"(?:,? \d{{1,2}} (?i:{_MONTH})[A-Za-z]{{0,6}} \d{{2,4}})?"
    r",? {0,2}(\([^()\n]{1,40}\)|\[[^\[\]\n]{1,40}\])? {0,2}(?:—|–|--|-(?= ))"
)


def _datelines(text: str) -> dict[int, int]:
    """Return the end of each dateline by its start: capitals, or any name with an agency."""
    return {
        found.start(1): found.end()
        for found in _DATELINE.finditer(text)
        if found.group(2) or found.group(1).isupper()
    }
