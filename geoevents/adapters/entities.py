"""Which toponyms are in the entities that a model reports?

Models mark "the Netherlands" and "Aleppo's", now and then two entities in one place, and read no
more than so much at a time; all of that is put right here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from geoevents.model import Span, Toponym, ToponymRole
from geoevents.text import sentences

__all__ = ["Entity", "passages", "toponyms_of"]

Entity = tuple[Span, ToponymRole]

_ARTICLE = re.compile(r"the\s{1,9}(?!hague\b)", re.IGNORECASE)
_POSSESSIVE = re.compile(r"(?:['’]s|(?<=[sS])['’])$", re.IGNORECASE)
_LONGEST_TAIL = 2
_WORD = re.compile(r"\S+")


def toponyms_of(text: str, entities: Iterable[Entity]) -> tuple[Toponym, ...]:
    """Return entities as toponyms: trimmed of "the" and "'s", in order, none overlapping.

    Of two that overlap the one that begins first is kept, and the longer one where both do.

    >>> text = "the Netherlands' envoy in Aleppo's north"
    >>> literal = ToponymRole.LITERAL
    >>> [t.text for t in toponyms_of(text, [(Span(26, 34), literal), (Span(0, 16), literal)])]
    ['Netherlands', 'Aleppo']
    """
    trimmed = ((_trimmed(text, span), role) for span, role in entities)
    ordered = sorted(trimmed, key=lambda entity: (entity[0].start, -entity[0].end))
    out: list[Toponym] = []
    end = 0
    for span, role in ordered:
        if span.start >= end and span.start < span.end:
            out.append(Toponym(span, span.of(text), role=role))
            end = span.end
    return tuple(out)


def _trimmed(text: str, span: Span) -> Span:
    start, end = span.start, min(span.end, len(text))
    while start < end and text[start].isspace():
        start += 1
    article = _ARTICLE.match(text, start, end)
    start = article.end() if article else start
    while start < end and text[end - 1].isspace():
        end -= 1
    tail = _POSSESSIVE.search(text, max(start, end - _LONGEST_TAIL - 1), end)
    end = tail.start() if tail else end
    return Span(min(start, end), end)


def passages(text: str, *, at_most: int, size: Callable[[str], int]) -> Iterator[Span]:
    """Yield the text as runs of whole sentences of at most that size, in order.

    A sentence that is larger itself is cut between words; a word that is, is no name and is left
    out, as is the white space between the runs.
    """
    start = end = taken = 0
    for piece in _pieces(text, at_most, size):
        more = size(text[end : piece.end])
        if taken and taken + more > at_most:
            yield Span(start, end)
            taken = 0
        if not taken:
            start, more = piece.start, size(piece.of(text))
        end, taken = piece.end, taken + more
    if taken:
        yield Span(start, end)


def _pieces(text: str, at_most: int, size: Callable[[str], int]) -> Iterator[Span]:
    for sentence in sentences(text):
        if size(sentence.of(text)) <= at_most:
            yield sentence
        else:
            words = _WORD.finditer(text, sentence.start, sentence.end)
            yield from (Span(*word.span()) for word in words if size(word.group()) <= at_most)
