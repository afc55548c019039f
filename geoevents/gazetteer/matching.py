"""At which words of a text may a name start, and how far can it go on?

A name starts at a capital letter (or in a script without capitals, or at a lower-case article
before one), and goes on over spaces, single line breaks, hyphens, apostrophes and the full stops of
abbreviations, but never over a comma, a bracket or a paragraph.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import IntEnum
from typing import TypeAlias

from geoevents.gazetteer.index import CONTINUES
from geoevents.gazetteer.spelling import ARTICLES, is_article
from geoevents.text import Memo, Tokens

__all__ = ["MAX_WORDS", "Station", "Tail", "Words", "is_opener", "is_possessive"]

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
_POSSESSIVES = ("'s", "’s", "'S", "’S")
# Articles that are English words too start a name in lower case only before a hyphen: "at-Tanf".
_ENGLISH = frozenset({"an", "as", "at", "en", "id", "in", "is", "it", "on", "or", "us"})

# "The" is none of these: a name that carries it is found with it.
_ARABIC_ARTICLES = ARTICLES - {"the"}

Station: TypeAlias = tuple[int, str, int]
"""A word that a name may end with, the key up to it, and what the gazetteer knows of that key."""


class Tail(IntEnum):
    """How many characters a name ends after its last word: it may lack the 's, or have a full stop."""

    POSSESSIVE = -2
    NONE = 0
    STOP = 1


def is_opener(word: str) -> bool:
    """Say whether a name may start with a word: at a capital, or in a script that has none."""
    return not word[0].islower() and word[0].isalpha()


def is_possessive(word: str) -> bool:
    """Say whether a word ends in a possessive s."""
    return word.endswith(_POSSESSIVES) and len(word) > 2


class Words:
    """The words of one text, asked where a name in it starts and how far it goes on.

    A word that no name reaches is never asked about, so most of a text costs next to nothing.
    """

    def __init__(self, tokens: Tokens) -> None:
        self._tokens = tokens
        self.text = tokens.text
        self._keys, self._gaps = tokens.keys, tokens.gaps
        self._count = len(tokens)

    def article_before(self, i: int) -> bool:
        """Say whether a name that starts at a word starts at an article in lower case before it too."""
        before = self._keys[i - 1]
        if before not in ARTICLES or not i or not self._tokens.texts[i - 1][0].islower():
            return False
        gap = self._gaps[i]
        if gap != "-" and (gap not in _JOINTS or before in _ENGLISH):
            return False
        return is_article(before, self._keys[i])

    def leads_on(self, i: int, steps: Memo[int]) -> bool:
        """Say whether a name of more words may start with a word: that it may not is soon seen."""
        if i + 1 == self._count or not self._goes_on(i):
            return False
        following = self._keys[i + 1]
        is_odd = following in _ARABIC_ARTICLES or self.is_possessive(i + 1)
        return is_odd or steps[f"{self._keys[i]} {following}"] > 0

    def walk(self, first: int, steps: Memo[int]) -> tuple[list[Station], list[Station]]:
        """Return the stations of the names from a word on, read as they stand and without articles.

        `steps` says of a key what the gazetteer knows of it, and whether it `CONTINUES`. The second
        list starts behind the first Arabic article in reach; the last word of a run is never one.
        """
        keys = self._keys
        stop = min(first + MAX_WORDS, self._count)
        at, key, before = first, keys[first], ""
        stations: list[Station] = []
        bare: list[Station] | None = None
        while True:
            step = steps[key]
            stations.append((at, key, step))
            if at + 1 >= stop or not self._goes_on(at):
                break
            if bare is None and self._is_article(at):
                bare = list(self._walk_bare(at, before, steps, stop=stop))
            if not step & CONTINUES:
                break
            at += 1
            before, key = key, f"{key} {keys[at]}"
        return stations, bare or []

    def _walk_bare(self, at: int, key: str, steps: Memo[int], *, stop: int) -> Iterator[Station]:
        """Yield the stations of names that lead on from a key over an article."""
        step = CONTINUES
        is_last = False
        while step & CONTINUES and not is_last:
            at += 1
            is_last = at + 1 >= stop or not self._goes_on(at)
            if is_last or not self._is_article(at):
                key = f"{key} {self._keys[at]}" if key else self._keys[at]
                step = steps[key]
                yield at, key, step

    def _goes_on(self, i: int) -> bool:
        """Say whether a name may go on from one word to the next."""
        gap = self._gaps[i + 1]
        if gap not in _JOINTS and (gap not in _STOPS or len(self._keys[i]) > _ABBREVIATION_LETTERS):
            return False
        return _is_plain(self._keys[i + 1])

    def _is_article(self, i: int) -> bool:
        return self._keys[i] in _ARABIC_ARTICLES and is_article(self._keys[i], self._keys[i + 1])

    def is_possessive(self, i: int) -> bool:
        """Say whether a word ends in a possessive s."""
        return is_possessive(self._tokens.texts[i])

    def is_stopped(self, i: int) -> bool:
        """Say whether a full stop follows a word directly."""
        return self._gaps[i + 1][:1] == "."

    def bounds(self, first: int, last: int, tail: Tail) -> tuple[int, int]:
        """Return the ends of a name, the last full stop of "W.Va." included."""
        ends = self._tokens.ends
        end = ends[last] + tail
        if (
            tail is Tail.NONE
            and first < last
            and ends[last] - self._tokens.starts[last] <= _ABBREVIATION_LETTERS
        ):
            end += self.is_stopped(last - 1) and self.is_stopped(last)
        return self._tokens.starts[first], end

    def text_of(self, first: int, last: int, tail: Tail) -> str:
        """Return the characters from one word to another, with single spaces."""
        start, end = self._tokens.starts[first], self._tokens.ends[last] + tail
        return " ".join(self.text[start:end].split())


def _is_plain(key: str) -> bool:
    """Whether a key is one word: a few signs fold to nothing or to a phrase."""
    return bool(key) and " " not in key
