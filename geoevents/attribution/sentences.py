"""Which words, marks and quotations does each sentence hold?"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import KW_ONLY, dataclass, replace
from itertools import accumulate
from string import ascii_lowercase, ascii_uppercase
from typing import TypeVar

from geoevents.attribution.words import FUNCTION_WORDS
from geoevents.model import Span
from geoevents.text import Memo, Tokens, sentences, tokenize

__all__ = [
    "LONGEST_SPEAKER",
    "Sentence",
    "bare_span",
    "between_marks",
    "next_comma",
    "quotations",
    "read_sentences",
    "with_full_abbreviation",
    "without_quotations",
]


_MARKS = frozenset(", ; : ( ) [ ] — – -- -".split())
_QUOTATION = '"'
_NO_WORDS = _MARKS | {_QUOTATION}


@dataclass(frozen=True, slots=True)
class Sentence:
    """The words, marks and whole quotations of one sentence, in columns that run in parallel.

    `keys` are the words in lower case, marks as they are and `"` for a quotation; `texts` as written, `starts` and
    `ends` where they stand. `is_shouted` says that it is written in capitals.
    """

    text: str
    _: KW_ONLY
    keys: list[str]
    texts: list[str]
    starts: list[int]
    ends: list[int]
    is_shouted: bool

    def key(self, index: int) -> str:
        """Return the word at `index` in lower case; a mark as it is; nothing outside."""
        if index < 0:
            return ""
        try:
            return self.keys[index]
        except IndexError:
            return ""

    def is_word(self, index: int) -> bool:
        """Say whether a word stands at `index`."""
        keys = self.keys
        return 0 <= index < len(keys) and keys[index] not in _NO_WORDS

    def is_mark(self, index: int) -> bool:
        """Say whether a mark stands at `index`."""
        return self.key(index) in _MARKS

    def is_quotation(self, index: int) -> bool:
        """Say whether a whole quotation stands at `index`."""
        return self.key(index) == _QUOTATION

    def is_proper(self, index: int) -> bool:
        """Whether the word is written as a name; in a text of capitals, whether it may be one."""
        # Marks have no capitals, so that a word need not be told from them.
        if not (0 <= index < len(self.keys) and self.texts[index][0].isupper()):
            return False
        return not (self.is_shouted and self.keys[index] in FUNCTION_WORDS)

    def over(self, start: int, end: int) -> Span:
        """Return the characters of what stands from `start` up to, but without, `end`."""
        return Span(self.starts[start], self.ends[end - 1])


# Most words are plain letters, found at once by the first branch.
_ITEM = re.compile(
    r"([A-Za-z]{1,60}+(?![\w\u0300-\u036f'’])"
    r"|[^\W\d_][\w\u0300-\u036f]{0,60}(?:['’][^\W\d_]{1,30}){0,3}|\d{1,15}(?:[.,]\d{1,15}){0,5}"
    r"|[,;:()\[\]—–]|--|(?<=\s)-(?=\s))"
)

# What makes one word of two that this module tells apart: then its words are not those of `tokenize`.
_ODD_WORD = re.compile(r"[‘`´ʼʻʾʿʹʺ′]|['’]\d")
_ODD_FIGURE = re.compile(r"'\d")

_QUOTE_MARK = re.compile(r"[\"“”„«»]|''|``")

_OPENING, _CLOSING = frozenset("“„«"), frozenset("”»")

_PARAGRAPH = re.compile(r"\n[ \t\r]{0,20}\n|\n[ \t]{2,20}(?=\S)")

_LINE = re.compile(r"\n")

_LONGEST_QUOTATION = 3000

# Longer ones, in words and marks, are read in pieces: what is looked for in a sentence takes time
# in proportion to its length, for each of its verbs.
_LONGEST_SENTENCE = 300

LONGEST_SPEAKER = 16
# Words and marks; a name that opens a sentence is shorter.
_LONGEST_OPENING = 8


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
    text: str,
    masked: str,
    quotations: Sequence[Span],
    is_silent: Callable[[list[str], list[str], str], bool],
    *,
    telling: frozenset[str],
) -> Iterator[Sentence | None]:
    """Yield the sentences with their items; a very long one comes in pieces.

    `None` stands for a sentence without a quotation that `is_silent`, of its keys, its words as written and its
    characters, says nothing is to be read in. Of one without a quotation and without any of the `telling` words
    only the opening is taken apart: what it begins with is all that can matter.
    """
    at, all_shouted = 0, _is_shouted(text[:5000])
    words = None if _has_odd_words(text) else tokenize(text)
    for span in sentences(masked):
        while at < len(quotations) and quotations[at].end <= span.start:
            at += 1
        inside: list[Span] = []
        while at < len(quotations) and quotations[at].start < span.end:
            inside.append(quotations[at])
            at += 1
        written = masked[span.start : span.end]
        is_short = not inside and len(written) <= _LONGEST_SENTENCE
        tells = not is_short or words is None or _tells(words, span, telling)
        # Gaps and items by turns, a gap first and last.
        parts = _ITEM.split(written, maxsplit=0 if tells else _LONGEST_OPENING)
        texts = parts[1::2]
        keys = list(map(_LOWER.__getitem__, texts))
        if not inside and is_silent(keys, texts, written):
            yield None
            continue
        is_shouted = all_shouted or _is_shouted(written)
        bounds = list(accumulate(map(len, parts), initial=span.start))
        starts, ends = bounds[1:-1:2], bounds[2::2]
        if inside:
            _put_quotations(inside, (keys, texts), starts, ends)
        yield from _pieces(
            Sentence(text, keys=keys, texts=texts, starts=starts, ends=ends, is_shouted=is_shouted)
        )


def _pieces(sentence: Sentence) -> Iterator[Sentence]:
    """Yield a sentence, one that is longer than any should be in several."""
    if len(sentence.keys) <= _LONGEST_SENTENCE:
        if sentence.keys:
            yield sentence
        return
    for first in range(0, len(sentence.keys), _LONGEST_SENTENCE):
        piece = slice(first, first + _LONGEST_SENTENCE)
        yield replace(
            sentence,
            keys=sentence.keys[piece],
            texts=sentence.texts[piece],
            starts=sentence.starts[piece],
            ends=sentence.ends[piece],
        )


def _tells(words: Tokens, span: Span, telling: frozenset[str]) -> bool:
    """Say whether one of the `telling` words stands in a span."""
    first, last = bisect_left(words.starts, span.start), bisect_left(words.starts, span.end)
    return not telling.isdisjoint(words.keys[first:last])


_CAPITALS, _SMALL = ascii_uppercase.encode(), ascii_lowercase.encode()


def _is_shouted(text: str) -> bool:
    """Whether the text is written in capitals."""
    written = text.encode("ascii", "ignore")
    others = len(written.translate(None, _CAPITALS))
    capitals = len(written) - others
    if capitals <= 6:
        return False
    small = len(written) - len(written.translate(None, _SMALL))
    return capitals + small < 1.25 * capitals


def _has_odd_words(text: str) -> bool:
    if text.isascii():
        return "`" in text or _ODD_FIGURE.search(text) is not None
    return _ODD_WORD.search(text) is not None


def _put_quotations(
    quotations: Sequence[Span], words: tuple[list[str], list[str]], starts: list[int], ends: list[int]
) -> None:
    """Put the quotations among the words; what is left of one after blanking is at most the mark before its end."""
    cuts: list[tuple[int, int]] = []
    for quotation in quotations:
        at = bisect_left(starts, quotation.start, cuts[-1][1] if cuts else 0)
        cuts.append((at, bisect_left(starts, quotation.end, at)))
    for column in words:
        column[:] = _spliced(column, cuts, [_QUOTATION] * len(cuts))
    starts[:] = _spliced(starts, cuts, [quotation.start for quotation in quotations])
    ends[:] = _spliced(ends, cuts, [quotation.end for quotation in quotations])


_Item = TypeVar("_Item", str, int)


def _spliced(column: list[_Item], cuts: Sequence[tuple[int, int]], items: Sequence[_Item]) -> list[_Item]:
    """Return a column with an item in place of each cut; a text of nothing but quotations has many."""
    out: list[_Item] = []
    done = 0
    for (at, last), item in zip(cuts, items, strict=True):
        out += column[done:at]
        out.append(item)
        done = last
    return out + column[done:]


_LOWER = Memo(lambda word: word.lower().replace("’", "'"))


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


_ABBREVIATION_END = re.compile(r"\b\w\.\w\Z")


def with_full_abbreviation(sentence: Sentence, span: Span) -> Span:
    """Let a span that ends in "U.S" keep its full stop."""
    text = sentence.text
    if (
        span.end < len(text)
        and text[span.end] == "."
        and _ABBREVIATION_END.search(text[max(0, span.end - 4) : span.end])
    ):
        return Span(span.start, span.end + 1)
    return span


def next_comma(sentence: Sentence, start: int) -> int:
    """Return where the next comma stands, else the end."""
    try:
        return sentence.keys.index(",", max(0, start))
    except ValueError:
        return len(sentence.keys)
