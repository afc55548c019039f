"""Which words, marks and quotations does each sentence hold?"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import KW_ONLY, dataclass
from enum import StrEnum
from operator import attrgetter

from geoevents.attribution.words import FUNCTION_WORDS
from geoevents.model import Span
from geoevents.text import Memo, sentences

__all__ = [
    "LONGEST_SPEAKER",
    "Kind",
    "Sentence",
    "bare_span",
    "between_marks",
    "next_comma",
    "opening",
    "quotations",
    "read_sentences",
    "with_full_abbreviation",
    "without_quotations",
]


class Kind(StrEnum):
    """What an item of a sentence is."""

    WORD = "word"
    MARK = "mark"
    QUOTATION = "quotation"


# Not frozen, and without a span of its own: there is one for every word that may report speech.
@dataclass(slots=True)
class _Item:
    """A word, a mark or a whole quotation of a sentence; `key` is the word in lower case."""

    start: int
    end: int
    text: str
    key: str
    kind: Kind

    @property
    def span(self) -> Span:
        """The characters that it takes up."""
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Sentence:
    """The items of one sentence; `is_shouted` says that it is written in capitals."""

    text: str
    _: KW_ONLY
    items: tuple[_Item, ...]
    is_shouted: bool

    def key(self, index: int) -> str:
        """Return the word at `index` in lower case; a mark as it is; nothing outside."""
        if index < 0:
            return ""
        try:
            return self.items[index].key
        except IndexError:
            return ""

    def is_word(self, index: int) -> bool:
        """Say whether a word stands at `index`."""
        return 0 <= index < len(self.items) and self.items[index].kind is Kind.WORD

    def is_quotation(self, index: int) -> bool:
        """Say whether a whole quotation stands at `index`."""
        return 0 <= index < len(self.items) and self.items[index].kind is Kind.QUOTATION

    def is_proper(self, index: int) -> bool:
        """Whether the word is written as a name; in a text of capitals, whether it may be one."""
        if not self.is_word(index):
            return False
        item = self.items[index]
        return item.text[0].isupper() and not (self.is_shouted and item.key in FUNCTION_WORDS)

    def over(self, start: int, end: int) -> Span:
        """Return the characters of the items from `start` up to, but without, `end`."""
        return Span(self.items[start].start, self.items[end - 1].end)


_ITEM = re.compile(
    r"(?P<word>[^\W\d_][\w\u0300-\u036f]{0,60}(?:['’][^\W\d_]{1,30}){0,3}|\d{1,15}(?:[.,]\d{1,15}){0,5})"
    r"|(?P<mark>[,;:()\[\]—–]|--|(?<=\s)-(?=\s))"
)

_QUOTE_MARK = re.compile(r"[\"“”„«»]|''|``")

_OPENING, _CLOSING = frozenset("“„«"), frozenset("”»")

_PARAGRAPH = re.compile(r"\n[ \t\r]{0,20}\n|\n[ \t]{2,20}(?=\S)")

_LINE = re.compile(r"\n")

_LONGEST_QUOTATION = 3000

# Longer ones, in words and marks, are read in pieces: what is looked for in a sentence takes time
# in proportion to its length, for each of its verbs.
_LONGEST_SENTENCE = 300

LONGEST_SPEAKER = 16


def quotations(text: str) -> list[Span]:
    """Return the quotations, marks included: paired within a paragraph, or open to its end."""
    breaks = [m.start() for m in (_PARAGRAPH if _PARAGRAPH.search(text) else _LINE).finditer(text)]
    out: list[Span] = []
    start = 0
    for end in [*breaks, len(text)]:
        out += _paired(text, start, end)
        start = end
    return out


def _paired(text: str, start: int, end: int) -> Iterator[Span]:
    opened: re.Match[str] | None = None
    for mark in _QUOTE_MARK.finditer(text, start, end):
        if opened is None:
            opened = None if mark.group() in _CLOSING else mark
        elif mark.group() in _OPENING:
            opened = mark
        else:
            if mark.end() - opened.start() <= _LONGEST_QUOTATION:
                yield Span(opened.start(), mark.end())
            opened = None
    # A quotation of several paragraphs is closed only after the last.
    is_paragraph = opened is not None and not text[start : opened.start()].strip()
    if opened is not None and is_paragraph and 2 < end - opened.start() <= _LONGEST_QUOTATION:
        yield Span(opened.start(), end)


def without_quotations(text: str, quotations: Sequence[Span]) -> str:
    """Return the text with what is quoted blanked out, so that it neither ends nor makes a sentence."""
    pieces: list[str] = []
    done = 0
    for span in quotations:
        inner = text[span.start + 1 : span.end - 1]
        kept = inner[-1:] if inner[-1:] in ",.?!" else " "
        pieces += [text[done : span.start], '"', " " * (len(inner) - 1), kept if inner else "", '"']
        done = span.end
    return "".join([*pieces, text[done:]])


def read_sentences(
    text: str, masked: str, quotations: Sequence[Span], is_silent: Callable[[str], bool]
) -> Iterator[Sentence | None]:
    """Yield the sentences with their items; a very long one comes in pieces.

    `None` stands for a sentence without a quotation that `is_silent` says nothing is to be read in.
    """
    at, all_shouted = 0, _is_shouted(text[:5000])
    for span in sentences(masked):
        while at < len(quotations) and quotations[at].end <= span.start:
            at += 1
        inside: list[Span] = []
        while at < len(quotations) and quotations[at].start < span.end:
            inside.append(quotations[at])
            at += 1
        written = masked[span.start : span.end]
        if not inside and is_silent(written):
            yield None
            continue
        is_shouted = all_shouted or _is_shouted(written)
        items = _items(masked, span, inside)
        for first in range(0, len(items), _LONGEST_SENTENCE):
            piece = items[first : first + _LONGEST_SENTENCE]
            yield Sentence(text, items=piece, is_shouted=is_shouted)


_CAPITALS, _LETTERS = re.compile("[A-Z]{1,100}"), re.compile("[A-Za-z]{1,100}")


def _is_shouted(text: str) -> bool:
    """Whether the text is written in capitals."""
    capitals = sum(map(len, _CAPITALS.findall(text)))
    return capitals > 6 and sum(map(len, _LETTERS.findall(text))) < 1.25 * capitals


def _items(masked: str, span: Span, quotations: Sequence[Span]) -> tuple[_Item, ...]:
    items = [
        _Item(
            m.start(),
            m.end(),
            word := m.group(),
            _LOWER[word],
            Kind.WORD if m.lastgroup == "word" else Kind.MARK,
        )
        for m in _ITEM.finditer(masked, span.start, span.end)
    ]
    if quotations:
        # What is left of a quotation after blanking is at most the mark before its end.
        ends = {q.end - 2 for q in quotations}
        items = [i for i in items if i.start not in ends]
        items += [_Item(q.start, q.end, '"', '"', Kind.QUOTATION) for q in quotations]
        items.sort(key=attrgetter("start"))
    return tuple(items)


_LOWER = Memo(lambda word: word.lower().replace("’", "'"))


def opening(written: str) -> tuple[str, str]:
    """Return the first two words or marks of a sentence."""
    found = _ITEM.finditer(written)
    first, second = next(found, None), next(found, None)
    return first.group() if first else "", second.group() if second else ""


def bare_span(sentence: Sentence, start: int, end: int) -> Span:
    """Return the characters of the items; of a single quotation those between its marks."""
    span = sentence.over(start, end)
    if end - start == 1 and sentence.is_quotation(start):
        return between_marks(sentence.text, span)
    return with_full_abbreviation(sentence, span)


def between_marks(text: str, span: Span) -> Span:
    """Return what stands between the marks of a quotation."""
    width = 2 if text.startswith(("''", "``"), span.start) else 1
    start, end = span.start + width, span.end
    if _QUOTE_MARK.match(text, end - width, end):
        end -= width
    while end > start and text[end - 1] in " ,\n":
        end -= 1
    return Span(start, max(start, end))


def with_full_abbreviation(sentence: Sentence, span: Span) -> Span:
    """Let a span that ends in "U.S" keep its full stop."""
    text = sentence.text
    if (
        span.end < len(text)
        and text[span.end] == "."
        and re.search(r"\b\w\.\w\Z", text[max(0, span.end - 4) : span.end])
    ):
        return Span(span.start, span.end + 1)
    return span


def next_comma(sentence: Sentence, start: int) -> int:
    """Return where the next comma stands, else the end."""
    return next((i for i in range(start, len(sentence.items)) if sentence.key(i) == ","), len(sentence.items))
