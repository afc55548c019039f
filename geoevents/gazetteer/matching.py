"""At which words of a text may a name start, and which run of words could it be?

A name starts at a capital letter (or in a script without capitals, or at a lower-case article
before one), and goes on over spaces, single line breaks, hyphens, apostrophes and the full stops of
abbreviations, but never over a comma, a bracket or a paragraph.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from enum import IntEnum
from typing import NamedTuple

from geoevents.gazetteer.spelling import ARTICLES, is_article
from geoevents.text import Span, Token

__all__ = ["MAX_WORDS", "Run", "Tail", "Words"]

MAX_WORDS = 8  # All but some 300 of the 790,000 keys of the world layer are of eight words or fewer.

_JOINTS = frozenset(
    [
        " ",
        "-",
        "\n",
        "‐",
        "‑",
        "–",
        "'",
        "’",
        "  ",
        "\r\n",
        " \n",
        "\n ",
        "-\n",
        "\u00a0",
        "\u202f",
        "\t",
        " & ",
    ]
)
# Only after a short word is a full stop an abbreviation's: "St. Louis", "U.S."; not "Kansas. City".
_STOPS = frozenset({".", ". ", ".-", ".\n"})
_ABBREVIATION_LETTERS = 3
_POSSESSIVE = re.compile(r"['’][sS](?!\w)")
# Articles that are English words too start a name in lower case only before a hyphen: "at-Tanf".
_ENGLISH = frozenset({"an", "as", "at", "en", "id", "in", "is", "it", "on", "or", "us"})

_ARABIC_ARTICLES = ARTICLES - {"the"}


class Tail(IntEnum):
    """How many characters a name ends after its last word: it may lack the 's, or have a full stop."""

    POSSESSIVE = -2
    NONE = 0
    STOP = 1


class Run(NamedTuple):
    """Words that could be a name, from its first on: their keys, and the token that each one is."""

    keys: Sequence[str]
    tokens: Sequence[int]


class Words:
    """The tokens of one text, laid out for scanning: keys, ends, and where no name goes on.

    The lists are built in one pass each, so that most of the words of a text cost next to nothing.
    `near_article` and `near_possessive` are the tokens whose runs may hold an article, a possessive s.
    """

    def __init__(self, text: str, tokens: Sequence[Token]) -> None:
        self._text = text
        self.keys = [token.key for token in tokens]
        self._starts = [token.start for token in tokens]
        self._ends = [token.end for token in tokens]
        self._breaks = self._find_breaks()
        self._articles = self._find_articles()
        self._possessives = self._find_possessives()
        self.near_article = _reached_from(self._articles)
        self.near_possessive = _reached_from(self._possessives)

    def _find_breaks(self) -> list[int]:
        """Return the words after which no name goes on."""
        gaps = [self._text[end:start] for end, start in zip(self._ends, self._starts[1:], strict=False)]
        found = [i for i, gap in enumerate(gaps) if gap not in _JOINTS and self._breaks_after(i, gap)]
        if not self._text.isascii():
            odd = [i for i, key in enumerate(self.keys) if not _is_plain(key)]
            found = sorted({*found, *odd, *(i - 1 for i in odd if i)})
        return [*found, len(self.keys) - 1]

    def _breaks_after(self, i: int, gap: str) -> bool:
        return gap not in _STOPS or len(self.keys[i]) > _ABBREVIATION_LETTERS

    def _find_articles(self) -> list[int]:
        """Return the Arabic articles; "the" is none, for a name that carries it is found with it."""
        keys = self.keys
        candidates = [i for i, key in enumerate(keys[:-1]) if key in _ARABIC_ARTICLES]
        return [i for i in candidates if is_article(keys[i], keys[i + 1])]

    def _find_possessives(self) -> list[int]:
        found = []
        for mark in _POSSESSIVE.finditer(self._text):
            i = bisect_left(self._ends, mark.end())
            if i < len(self._ends) and self._ends[i] == mark.end() and self._starts[i] < mark.start():
                found.append(i)
        return found

    def starts(self) -> list[int]:
        """Return the tokens at which a name may start, in order.

        In a text without any capital letter, every word may.
        """
        text, keys = self._text, self.keys
        if text.islower():
            return [i for i, start in enumerate(self._starts) if text[start].isalpha() and _is_plain(keys[i])]
        high = [i for i, start in enumerate(self._starts) if not text[start].islower()]
        found = [i for i in high if text[self._starts[i]].isalpha() and _is_plain(keys[i])]
        found += [i - 1 for i in found if i and keys[i - 1] in ARTICLES and self._opens_name(i - 1)]
        return sorted(found)

    def _opens_name(self, i: int) -> bool:
        """Whether a word is a lower-case article that belongs to the next."""
        if not self._text[self._starts[i]].islower():
            return False
        gap = self._text[self._ends[i] : self._starts[i + 1]]
        if gap != "-" and (gap not in _JOINTS or self.keys[i] in _ENGLISH):
            return False
        return is_article(self.keys[i], self.keys[i + 1])

    def run_at(self, start: int) -> Run:
        """Return the words that could be one name from the token `start` on."""
        last = self._breaks[bisect_left(self._breaks, start)]
        stop = min(start + MAX_WORDS, last + 1)
        return Run(self.keys[start:stop], range(start, stop))

    def without_articles(self, run: Run) -> Run | None:
        """Return the run without its Arabic articles, or `None` when it has none."""
        last = len(run.keys) - 1
        kept = [i for i, token in enumerate(run.tokens) if i == last or not _holds(self._articles, token)]
        if len(kept) > last:
            return None
        return Run([run.keys[i] for i in kept], [run.tokens[i] for i in kept])

    def possessives(self, run: Run) -> Iterable[tuple[str, int]]:
        """Return the words of the run up to each one in 's, without that s, and the token that bears it."""
        marked = [i for i, token in enumerate(run.tokens) if _holds(self._possessives, token)]
        return [(" ".join(run.keys[: i + 1])[:-1], run.tokens[i]) for i in marked]

    def is_possessive(self, token: int) -> bool:
        """Say whether a word ends in a possessive s."""
        return token in self.near_possessive and _holds(self._possessives, token)

    def is_stopped(self, token: int) -> bool:
        """Say whether a full stop follows a word directly."""
        end = self._ends[token]
        return self._text[end : end + 1] == "."

    def span(self, first: int, last: int, tail: Tail) -> Span:
        """Return the span of a name, the last full stop of "W.Va." included."""
        end = self._ends[last] + tail
        if tail is Tail.NONE and first < last and end - self._starts[last] <= _ABBREVIATION_LETTERS:
            is_dotted = self._text[self._ends[last - 1]] == "." and self.is_stopped(last)
            return Span(self._starts[first], end + is_dotted)
        return Span(self._starts[first], end)

    def text_of(self, first: int, last: int, tail: Tail) -> str:
        """Return the characters from one word to another, with single spaces."""
        return " ".join(self._text[self._starts[first] : self._ends[last] + tail].split())


def _reached_from(tokens: Iterable[int]) -> set[int]:
    """Return the tokens whose runs may hold one of `tokens`."""
    return {start for token in tokens for start in range(token - MAX_WORDS + 1, token + 1)}


def _holds(ordered: Sequence[int], token: int) -> bool:
    at = bisect_left(ordered, token)
    return at < len(ordered) and ordered[at] == token


def _is_plain(key: str) -> bool:
    """Whether a key is one word: a few signs fold to nothing or to a phrase."""
    return bool(key) and " " not in key
