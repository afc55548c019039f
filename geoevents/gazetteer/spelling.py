"""When do two spellings name the same place, and how loosely must one read for that?

Each level of looseness has a key, and spellings meet where their keys are equal: case, marks and
hyphens (`spelling_key`), the Arabic article too (`article_key`), the sound as well (`skeletons`).
A skeleton is only a bucket; `similarity` says how near two spellings in it really are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from enum import IntEnum
from functools import cache, lru_cache
from typing import TypeAlias

from geoevents.text import name_key

__all__ = [
    "ARTICLES",
    "SpellingLevel",
    "article_key",
    "is_article",
    "is_strict",
    "is_variant",
    "similarity",
    "skeletons",
    "spelling_key",
    "strip_articles",
]


class SpellingLevel(IntEnum):
    """How loosely a name was read to match: the smaller, the surer."""

    EXACT = 0
    FOLDED = 1
    ARTICLE = 2
    PHONETIC = 3


_PLAIN_LETTERS = 80  # what `text.tokenize` takes for one word at most


@lru_cache(maxsize=65536)
def spelling_key(name: str) -> str:
    """Return the key of the folded level: words without case and marks, one space between.

    >>> spelling_key("Al Lādhiqīyah"), spelling_key("W.Va.")
    ('al ladhiqiyah', 'w va')
    """
    if name.isascii() and len(name) <= _PLAIN_LETTERS:
        # The same, four times as fast: the greater part of a gazetteer is such names.
        words = name.replace("-", " ").split()
        if all(map(str.isalpha, words)):
            return " ".join(words).lower()
    return " ".join(name_key(name).split())


_CODE_LETTERS = 4


def is_strict(name: str) -> bool:
    """Say whether a name is one only as it is written: a code in capitals, a word cut by a full stop.

    >>> [is_strict(name) for name in ("US", "Pa.", "W.Va.", "Mosul")]
    [True, True, False, False]
    """
    if len(name) <= _CODE_LETTERS and name.isupper() and name.isascii() and name.isalpha():
        return True
    return name[-1:] == "." and name.count(".") == 1 and name[:-1].isalpha()


# The article al- in the romanizations of news (al, el, il, ul), before a sun letter with that letter
# (BGN/PCGN 1956 for Arabic, and the French and Egyptian habits), and "the".
_MOON = frozenset({"al", "el", "il", "ul", "oul", "the"})
_SUN = {
    vowel + sun: sun[0]
    for vowel in ("a", "e", "i", "o", "u", "ou")
    for sun in ("t", "th", "d", "dh", "r", "z", "s", "sh", "n", "l")
} | {"ech": "c", "ach": "c", "esch": "s", "asch": "s", "ej": "j", "aj": "j"}
# The French habit of doubling the letter in the article too: "Aïn ett Tîné".
_SUN |= {f"{vowel}{sun}{sun}": sun for vowel in "ae" for sun in "tdrzsn"}
ARTICLES = frozenset(_MOON | set(_SUN))


def is_article(word: str, following: str) -> bool:
    """Say whether a folded word is an article before the next: "ez" before "zor", not before "paso".

    >>> is_article("ez", "zor"), is_article("ash", "fork"), is_article("al", "bab")
    (True, False, True)
    """
    return word in _MOON or (word in _SUN and following.startswith(_SUN[word]))


def strip_articles(words: Sequence[str]) -> list[str]:
    """Return folded words without the articles among them; the last word is never one."""
    last = len(words) - 1
    return [w for i, w in enumerate(words) if i == last or not is_article(w, words[i + 1])]


def article_key(key: str) -> str:
    """Return the key of the article level for a key of the folded level.

    >>> article_key("al ladhiqiyah"), article_key("deir ez zor"), article_key("el paso")
    ('ladhiqiyah', 'deir zor', 'paso')
    """
    words = key.split(" ")
    if len(words) == 1 or ARTICLES.isdisjoint(words):
        return key
    return " ".join(strip_articles(words))


_Rules: TypeAlias = tuple[tuple[re.Pattern[str], str], ...]


def _compiled(*rules: tuple[str, str]) -> _Rules:
    return tuple((re.compile(pattern), sound) for pattern, sound in rules)


# The patterns are compiled when first asked for: most lookups find a name as it is written.
@cache
def _consonants() -> _Rules:
    """Return how a word is read for its consonants.

    The digraphs are what several romanizations write for one consonant, longest first. "S" stands for
    the sounds of sh, ch, j and zh, which the systems swap (French ch for sh, Egyptian g and Turkish c
    for j).
    """
    return _compiled(
        ("(?<=[aeiouy])h$", ""),
        ("shch|szcz|tsch|dsch|sch|tch|tsh|dzh|sh|ch|sz|cz|dj|zh", "S"),
        ("kh|gh|rh(?=[aeiou])|x", "h"),
        ("ph", "f"),
        ("ck|cq|q|c(?![eiy])", "k"),
        ("ts|tz|c", "s"),
        ("j", "S"),
        (r"([^aeiouy])\1{1,9}", r"\1"),
        ("^(?:w|ou(?=[aeiy]))", "v"),
    )


@cache
def _vowels() -> re.Pattern[str]:
    return re.compile("[aeiouyw]{1,40}")


@cache
def _latin() -> re.Pattern[str]:
    return re.compile("[a-z]{1,80}")


_PLAIN = str.maketrans({"z": "s", "d": "t", "p": "b", "g": "h"})


@cache
def _ambiguities() -> tuple[tuple[re.Pattern[str], tuple[tuple[str, str], ...]], ...]:
    """Return the letters that stand for two sounds, and how else to read them.

    Turkish and Persian s, z for th, dh; g for q (Sudan, Yemen, Iraq) and k for kh; g for j (Egypt);
    j for y (Polish, German, Serbo-Croatian).
    """
    return (
        (re.compile("th|dh"), (("th", "s"), ("dh", "z"))),
        (re.compile("kh|gh|g"), (("kh", "k"), ("gh", "k"), ("g", "k"))),
        (re.compile("j"), (("j", "y"),)),
        (re.compile("g(?!h)"), (("gh", "q"), ("g", "j"), ("q", "gh"))),
    )


def skeletons(key: str) -> tuple[str, ...]:
    """Return the sound of a folded key, at most six readings, sorted; none for a native script.

    Vowels go, apart from whether there is one in front; k and q, t and d, s and z, g and h meet.

    >>> skeletons("hemeimeem") == skeletons("humaymim"), skeletons("hemeimeem")[0] in skeletons("khmeimim")
    (True, True)
    """
    words = strip_articles(key.split(" "))
    if not all(map(_latin().fullmatch, words)):
        return ()
    plain = _sound(words)
    readings = {plain.replace("V", ""), plain.replace("V", "v")}
    for ambiguous, swaps in _ambiguities():
        if any(map(ambiguous.search, words)):
            readings.add(_sound([_swapped(word, swaps) for word in words]).replace("V", ""))
    return tuple(sorted(r for r in readings if len(r) > 1))


def _swapped(word: str, swaps: Iterable[tuple[str, str]]) -> str:
    for written, read in swaps:
        word = word.replace(written, read)
    return word


def _sound(words: Sequence[str]) -> str:
    """Return the words' sounds run together, without doubling at the seams ("Deyrez-Zor")."""
    whole = _skeleton(words[0], is_first=True)
    for word in words[1:]:
        sound = _skeleton(word, is_first=False)
        whole += sound[1:] if sound[:1] == whole[-1:] else sound
    return whole


@lru_cache(maxsize=16384)
def _skeleton(word: str, *, is_first: bool) -> str:
    front = "A" if is_first and word[0] in "aeiouy" else ""
    word = word.replace("th", "t").replace("dh", "d")
    for pattern, sound in _consonants():
        word = pattern.sub(sound, word)
    # Inside a word, w is a vowel in Arabic (Suwayda) and a v in Polish and German (Kiew).
    word = word[0] + _vowels().sub(lambda m: "V" if "w" in m.group() else "", word[1:])
    bare = word[1:] if word[0] in "aeiouy" else word
    return front + bare.translate(_PLAIN)


def is_variant(one: str, other: str) -> bool:
    """Say whether two folded keys are likely one name, written by two systems.

    >>> is_variant("kiev", "kyiv"), is_variant("danzig", "gdansk"), is_variant("berlin", "bern")
    (True, False, False)
    """
    return not set(skeletons(one)).isdisjoint(skeletons(other)) and similarity(one, other) >= _ALIKE


_ALIKE = 0.5  # of a place's own names: what shares a skeleton and is less alike is another word


@cache
def _swapped_letters() -> _Rules:
    """Return how the letters that romanizations swap are made the same."""
    return _compiled(
        ("kh|gh|x", "h"),
        ("dj|dzh|zh", "j"),
        ("tch|tsch|sch|ch|sz", "sh"),
        ("ph", "f"),
        ("ck|q|c(?![eiy])", "k"),
        ("th", "t"),
        ("dh", "d"),
        ("ts|tz", "z"),
        ("ou|oo|aw|ow|au|uw|w|o", "u"),
        ("ee|ay|ey|ai|ei|iy|yi|ij|ie|y", "i"),
        ("e", "a"),
        ("(?<=[aiu])h$", ""),
        (r"(.)\1{1,9}", r"\1"),
    )


@lru_cache(maxsize=16384)
def _smoothed(key: str) -> str:
    word = "".join(strip_articles(key.split(" ")))
    for pattern, sound in _swapped_letters():
        word = pattern.sub(sound, word)
    return word


def similarity(one: str, other: str) -> float:
    """Return how near two folded keys sound, from 0 to 1: 1 minus their edits per letter.

    The edits are counted after the letters that romanizations swap have been made the same.

    >>> similarity("hemeimeem", "humaymim") > 0.8 > similarity("hama", "homs")
    True
    """
    a, b = _smoothed(one)[:64], _smoothed(other)[:64]
    longest = max(len(a), len(b))
    return 1.0 - _edits(a, b) / longest if longest else 1.0


def _edits(a: str, b: str) -> float:
    """Levenshtein's distance; a vowel for a vowel costs half."""
    row: list[float] = [float(j) for j in range(len(b) + 1)]
    for i, x in enumerate(a, start=1):
        diagonal, row[0] = row[0], float(i)
        for j, y in enumerate(b, start=1):
            cost = 0.0 if x == y else 0.5 if x in "aiu" and y in "aiu" else 1.0
            diagonal, row[j] = row[j], min(diagonal + cost, row[j] + 1.0, row[j - 1] + 1.0)
    return row[-1]
