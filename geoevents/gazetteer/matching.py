"""At which tokens may a name start, and which run of words could it be?

A name starts at a capital letter (or in a script without capitals, or at a lower-case article
before one), and goes on over spaces, single line breaks, hyphens, apostrophes and the full stops of
abbreviations, but never over a comma, a bracket or a paragraph.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from geoevents.gazetteer.spelling import ARTICLES, is_article, strip_articles
from geoevents.text import Span, Token

__all__ = ["MAX_WORDS", "Window", "span_of", "starts", "window_at"]

MAX_WORDS = 8  # Of the 787,000 keys of the world layer all but a few hundred are shorter.

_JOINTS = frozenset(
    {
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
    }
)
# Only after a short word is a full stop an abbreviation's: "St. Louis", "U.S."; not "Kansas. City".
_ABBREVIATING = frozenset({".", ". ", ".-", ".\n"})
_ABBREVIATION_LETTERS = 3
_POSSESSIVES = ("'s", "’s", "'S", "’S")
# Articles that are English words too start a name in lower case only before a hyphen: "at-Tanf".
_ENGLISH = frozenset({"an", "as", "at", "en", "id", "in", "is", "it", "on", "or", "us"})


@dataclass(frozen=True, slots=True)
class Window:
    """The words from one token on that could be one name.

    `text` holds their keys with single spaces, and `ends` the token that each length ends with.
    `possessives` are the same words cut before a possessive s, with the token that bears it.
    """

    text: str
    ends: dict[int, int]
    possessives: tuple[tuple[str, int], ...]
    has_article: bool


def starts(text: str, tokens: Sequence[Token]) -> Iterator[int]:
    """Yield the tokens at which a name may start, in order.

    In a text without any capital letter, every word may.
    """
    if text.islower():
        yield from (i for i, token in enumerate(tokens) if token.text[0].isalpha())
        return
    for i, token in enumerate(tokens):
        first = token.text[0]
        if first.islower():
            if token.key in ARTICLES and _opens_name(text, tokens, i):
                yield i
        elif first.isalpha():
            yield i


def _opens_name(text: str, tokens: Sequence[Token], i: int) -> bool:
    """Whether a lower-case article stands before a capitalized word that it belongs to."""
    if i + 1 == len(tokens) or tokens[i + 1].text[0].islower():
        return False
    gap = text[tokens[i].span.end : tokens[i + 1].span.start]
    if tokens[i].key == "the":
        return gap in _JOINTS
    return (gap == "-" or (gap in _JOINTS and tokens[i].key not in _ENGLISH)) and is_article(
        tokens[i].key, tokens[i + 1].key
    )


def window_at(text: str, tokens: Sequence[Token], start: int) -> Window:
    """Return the words that could be one name from the token `start` on."""
    token = tokens[start]
    key, length = token.key, len(token.key)
    words, ends = [key], {length: start}
    possessives: list[tuple[str, int]] = []
    end = token.span.end
    for i in range(start, min(start + MAX_WORDS, len(tokens))):
        token = tokens[i]
        if i > start:
            gap = text[end : token.span.start]
            if gap not in _JOINTS and (gap not in _ABBREVIATING or len(words[-1]) > _ABBREVIATION_LETTERS):
                break
            key = token.key
            if not key:
                break
            words.append(key)
            length += 1 + len(key)
            ends[length] = i
            end = token.span.end
        if token.text.endswith(_POSSESSIVES):
            possessives.append((" ".join(words)[:-1], i))
    return Window(" ".join(words), ends, tuple(possessives), not ARTICLES.isdisjoint(words))


def bare_window(window: Window) -> Window | None:
    """Return the window without the articles in it, or `None` when there are none.

    "the" stays: what carries it is found with it.
    """
    words = window.text.split(" ")
    kept = [i for i, w in enumerate(words[:-1]) if w == "the" or not is_article(w, words[i + 1])]
    kept.append(len(words) - 1)
    if len(kept) == len(words):
        return None
    first = min(window.ends.values())
    ends: dict[int, int] = {}
    length = -1
    for i in kept:
        length += 1 + len(words[i])
        ends[length] = first + i
    possessives = tuple((" ".join(strip_articles(p.split(" "))), i) for p, i in window.possessives)
    return Window(" ".join(words[i] for i in kept), ends, possessives, has_article=False)


def span_of(text: str, tokens: Sequence[Token], first: int, last: int, *, is_possessive: bool) -> Span:
    """Return the span of a match: without its possessive s, with the final stop of an abbreviation."""
    start, end = tokens[first].span.start, tokens[last].span.end
    if is_possessive:
        return Span(start, end - 2)
    if text[end : end + 1] == "." and "." in text[start:end] and end - tokens[last].span.start <= 3:
        return Span(start, end + 1)
    return Span(start, end)
