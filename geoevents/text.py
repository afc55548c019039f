"""Where are the words, sentences and numbers of a text, and when are two spellings the same?

Everything is linear in the length of the text and speaks in half-open character offsets into it.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import accumulate
from typing import TypeVar, overload

__all__ = [
    "Memo",
    "Numeral",
    "Span",
    "Token",
    "Tokens",
    "bare_keys",
    "fold",
    "name_key",
    "numerals",
    "plain_letters",
    "sentence_at",
    "sentences",
    "tokenize",
]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """The characters from `start` up to, but without, `end`.

    Raises `ValueError` for a negative start or an end before the start.

    >>> Span(0, 7).of("At-Tanf garrison")
    'At-Tanf'
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"a span needs 0 <= start <= end, got {self.start!r} and {self.end!r}")

    def of(self, text: str) -> str:
        """Return what the span covers in `text`."""
        return text[self.start : self.end]

    def contains(self, other: Span) -> bool:
        """Say whether all of `other` lies inside."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Say whether the two share a character."""
        return self.start < other.end and other.start < self.end


# Not frozen, and without a span of its own: this way they are made in half the time and two thirds of
# the memory.
@dataclass(slots=True)
class Token:
    """A word or figure of the text: where it starts, the characters and their folded key.

    >>> Token(4, "Homs", "homs").span
    Span(start=4, end=8)
    """

    start: int
    text: str
    key: str

    @property
    def end(self) -> int:
        """The offset behind the last character."""
        return self.start + len(self.text)

    @property
    def span(self) -> Span:
        """The characters that it takes up."""
        return Span(self.start, self.start + len(self.text))


@dataclass(frozen=True, slots=True, eq=False)  # nobody compares two texts word by word
class Tokens(Sequence[Token]):
    """The words and figures of a text as columns: no object per word until one is asked for.

    The lists run in parallel, and nobody changes them: `texts[i]` are the characters of token `i`,
    `starts[i]` and `ends[i]` where they are, `keys[i]` their folded key. `gaps[i]` is what stands
    between token `i` and the one before it; one more gap than tokens, the last for what follows.

    >>> tokens = tokenize("Shelling of Deir ez-Zor.")
    >>> tokens.keys, tokens.gaps
    (['shelling', 'of', 'deir', 'ez', 'zor'], ['', ' ', ' ', ' ', '-', '.'])
    >>> tokens[2]
    Token(start=12, text='Deir', key='deir')
    """

    text: str
    texts: list[str]
    starts: list[int]
    ends: list[int]
    keys: list[str]
    gaps: list[str]

    def __len__(self) -> int:
        return len(self.texts)

    @overload
    def __getitem__(self, index: int) -> Token: ...
    @overload
    def __getitem__(self, index: slice) -> list[Token]: ...
    def __getitem__(self, index: int | slice) -> Token | list[Token]:
        if isinstance(index, slice):
            return list(map(Token, self.starts[index], self.texts[index], self.keys[index]))
        return Token(self.starts[index], self.texts[index], self.keys[index])

    def __iter__(self) -> Iterator[Token]:
        return map(Token, self.starts, self.texts, self.keys)

    def part(self, first: int, last: int) -> Tokens:
        """Return the words `first` to `last` (excluded) alone, where they stand in the text.

        >>> tokenize("Shelling of Deir ez-Zor.").part(2, 4).texts
        ['Deir', 'ez']
        """
        return Tokens(
            self.text,
            self.texts[first:last],
            self.starts[first:last],
            self.ends[first:last],
            self.keys[first:last],
            self.gaps[first : last + 1],
        )


_Made = TypeVar("_Made")
_LONGEST_KEPT = 200


class Memo(dict[str, _Made]):
    """What a function makes of a word, kept for the words met last: language repeats itself.

    Of a whole text at once, without a call per word: `list(map(memo.__getitem__, tokens.texts))`.
    Holds `limit` words at most and begins anew when they are more; what is longer than any word, a gap
    of a thousand blanks, is not kept.

    >>> lengths = Memo(len)
    >>> list(map(lengths.__getitem__, ["to", "be", "or", "not", "to", "be"]))
    [2, 2, 2, 3, 2, 2]
    """

    def __init__(self, make: Callable[[str], _Made], *, limit: int = 65536) -> None:
        super().__init__()
        self._make, self._limit = make, limit

    def __missing__(self, word: str) -> _Made:
        made = self._make(word)
        if len(word) > _LONGEST_KEPT:
            return made
        if len(self) >= self._limit:
            self.clear()
        self[word] = made
        return made


_APOSTROPHES = "'’‘`´ʼʻʾʿʹʺ′"
_MARKS = "\u0300-\u036f"


# Patterns are compiled when first asked for: a lookup of a name has neither text nor numbers to read.
@cache
def _token_pattern() -> re.Pattern[str]:
    """Return what a word or figure is.

    A word keeps its inner apostrophes (Sana'a) and drops its outer ones; a figure keeps its
    separators. Most words are plain letters, found at once by the first branch, which leaves all
    others to the second.
    """
    return re.compile(
        rf"([A-Za-z]{{1,80}}+(?![\w{_MARKS}{_APOSTROPHES}])"
        rf"|[^\W\d_](?:[\w{_MARKS}]|[{_APOSTROPHES}](?=\w)){{0,80}}"
        r"|\d{1,20}(?:[.,]\d{1,20}){0,6}|\w)"
    )


_DROPPED = dict.fromkeys(map(ord, _APOSTROPHES))
# Letters that NFKD leaves whole.
_LETTERS = str.maketrans(
    {
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "ß": "ss",
        "æ": "ae",
        "œ": "oe",
        "ı": "i",
        "ə": "a",
        "ħ": "h",
    }
)


def fold(word: str) -> str:
    """Return the word without case, diacritics and apostrophes.

    >>> fold("Ḩumaymīm"), fold("Sana’a")
    ('humaymim', 'sanaa')
    """
    return _keys[word]


def _fold(word: str) -> str:
    if word.isascii():
        return word.lower().replace("'", "").replace("`", "")
    decomposed = unicodedata.normalize("NFKD", word.casefold().translate(_DROPPED))
    bare = "".join(c for c in decomposed if not unicodedata.combining(c))
    return bare.translate(_LETTERS).translate(_DROPPED)


_keys = Memo(_fold)


def _bare(word: str) -> str:
    key = _keys[word]
    return key[:-1] if word[-2:] in {"'s", "’s"} and len(key) > 2 else key


bare_keys = Memo(_bare)
"""The key of each word without a possessive ending: that of "Russia's" is "russia"."""


# A pattern that ignores case takes these for the letters behind them, and no table of words has them.
_LIKE_PLAIN = {"\u0130": "I", "\u0131": "i", "\u017f": "s", "\u212a": "K"}


def plain_letters(text: str) -> str:
    """Return the text, as long as before, in the letters that the words of our patterns are written in.

    What a pattern matched regardless of case can then be looked up in lower case.

    >>> plain_letters("FR\u0130DAY").lower()
    'friday'
    """
    if not text.isascii():
        for letter, plain in _LIKE_PLAIN.items():
            text = text.replace(letter, plain)
    return text


# The stages each ask for the words and sentences of the document in hand. A shorter text is a sentence
# of it, and would push it out; of a longer one there is much to keep.
_KEPT = range(400, 50_000)
_RECENT = 4


def tokenize(text: str) -> Tokens:
    """Return the words and figures of the text in order; hyphens and other marks separate.

    The same object for a text that was asked for a moment ago.

    >>> [t.key for t in tokenize("Shelling of Deir ez-Zor, 1,200 dead")]
    ['shelling', 'of', 'deir', 'ez', 'zor', '1,200', 'dead']
    """
    return _recent_tokens(text) if len(text) in _KEPT else _tokens(text)


def _tokens(text: str) -> Tokens:
    parts = _token_pattern().split(text)  # gaps and tokens by turns, a gap first and last
    ends = list(accumulate(map(len, parts)))
    texts = parts[1::2]
    keys = list(map(_keys.__getitem__, texts))
    return Tokens(text, texts, ends[:-1:2], ends[1::2], keys, parts[::2])


_recent_tokens = lru_cache(maxsize=_RECENT)(_tokens)


def name_key(name: str) -> str:
    """Return the key under which spellings that differ in case, marks and hyphens meet.

    >>> name_key("Deir ez-Zor") == name_key("DEIR EZ ZOR")
    True
    """
    return " ".join(map(fold, _token_pattern().findall(name)))


# An abbreviation before a full stop does not end the sentence. The second set counts only when it is
# capitalized: "Mass.", "Ill." and "Wash." are states, "mass." and "ill." end sentences.
_ABBREVIATIONS = frozenset("vs etc nos approx ca cf e.g i.e".split())
_CAPITALIZED = frozenset(
    """
    mr mrs ms dr prof sen rep gov gen maj lt col sgt capt cpl pvt adm cmdr brig rev hon st ste mt ft
    jan feb mar apr jun jul aug sept sep oct nov dec mon tue tues wed thu thurs fri sat sun
    no inc ltd co corp bros jr sr dept est al fig vol ave blvd rd
    ala ariz ark calif colo conn del fla ga ill ind kan ky la md mass mich minn miss mo mont neb nev
    okla ore pa penn tenn tex va vt wash wis wyo
    """.split()
)


@cache
def _end_pattern() -> re.Pattern[str]:
    """Return a possible end: a mark, closing quotes or brackets, then white space or the end of a line."""
    return re.compile(r"[.!?…。؟][\"'”’»)\]]{0,3}(?=\s)|\n[ \t\r]{0,8}\n|\n")


@cache
def _last_word_pattern() -> re.Pattern[str]:
    return re.compile(r"([^\W\d_][\w.]{0,12})$")


_OPENERS = "\"'“‘«([—–-"


def sentences(text: str) -> tuple[Span, ...]:
    """Return the sentences of the text: in order, without overlap, without outer white space.

    Line breaks end a sentence where the line reads as a heading or a paragraph of its own, not
    where a line is merely wrapped.

    >>> text = "Maj. Gen. Igor K. spoke. The U.S. did not."
    >>> [s.of(text) for s in sentences(text)]
    ['Maj. Gen. Igor K. spoke.', 'The U.S. did not.']
    """
    return _recent_sentences(text) if len(text) in _KEPT else _sentences(text)


def _sentences(text: str) -> tuple[Span, ...]:
    out: list[Span] = []
    start = 0
    for mark in _end_pattern().finditer(text):
        if mark.start() >= start and _ends_sentence(text, start, mark):
            _append_trimmed(out, text, start, mark.end())
            start = mark.end()
    _append_trimmed(out, text, start, len(text))
    return tuple(out)


_recent_sentences = lru_cache(maxsize=_RECENT)(_sentences)


def sentence_at(spans: Sequence[Span], offset: int) -> Span:
    """Return the last of the ordered `spans` that starts at or before `offset` (else the first).

    Raises `IndexError` when there is none at all.
    """
    return spans[max(0, bisect_right(spans, offset, key=lambda s: s.start) - 1)]


def _append_trimmed(out: list[Span], text: str, start: int, end: int) -> None:
    piece = text[start:end]
    lead = len(piece) - len(piece.lstrip())
    tail = len(piece.rstrip())
    if tail > lead:
        out.append(Span(start + lead, start + tail))


def _ends_sentence(text: str, start: int, mark: re.Match[str]) -> bool:
    found = mark.group()
    if found[0] == "\n":
        return len(found) > 1 or _breaks_at_newline(text, mark.start(), mark.end())
    following = text[mark.end() : mark.end() + 40].lstrip(" \t\r\n").lstrip(_OPENERS)[:1]
    if not following or found[0] != ".":
        return not following.islower()
    if following.islower():
        return False
    word = _last_word_pattern().search(text, max(start, mark.start() - 14), mark.start())
    if len(found) > 1 or word is None:
        return True
    return not _is_abbreviation(word.group(), text, mark.end())


def _is_abbreviation(word: str, text: str, end: int) -> bool:
    bare = word.lower()
    if bare in {"u.s", "u.k", "u.n", "d.c", "a.m", "p.m", "e.u"}:
        # "the U.S. The army" ends; "the U.S. Army" goes on.
        return text[end : end + 24].split(maxsplit=1)[:1] not in ([w] for w in _STARTERS)
    if bare in _ABBREVIATIONS or (word[0].isupper() and bare in _CAPITALIZED):
        return True
    return len(word) == 1 and word.isupper() and word != "I"


_STARTERS = (
    "The",
    "A",
    "An",
    "It",
    "He",
    "She",
    "They",
    "But",
    "In",
    "On",
    "At",
    "This",
    "That",
    "We",
    "Its",
    "His",
)


def _breaks_at_newline(text: str, newline: int, end: int) -> bool:
    line_start = text.rfind("\n", 0, newline) + 1
    line = text[line_start:newline].rstrip()
    following = text[end : end + 60].lstrip()
    if not line or not following or line[-1] in '.!?:…"”':
        return True
    # A wrapped line goes on in lower case, or is as long as its column allows.
    return not following[0].islower() and not 50 <= len(line) <= 100


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number as it stands in the text, in figures or words.

    `low` and `high` differ only for vague amounts ("dozens" is 24 to 99). `step` is the value of
    the last significant figure, which says how far it may have been rounded: 100 for 300, 1 for
    186, 0.5 for 7½.
    """

    span: Span
    low: float
    high: float
    step: float

    @property
    def is_vague(self) -> bool:
        """Whether the words give no figure."""
        return self.low != self.high


_FRACTIONS = dict(
    zip("¼½¾⅓⅔⅛⅜⅝⅞", (1 / 4, 1 / 2, 3 / 4, 1 / 3, 2 / 3, 1 / 8, 3 / 8, 5 / 8, 7 / 8), strict=True)
)
_SMALL = {
    word: value
    for value, word in enumerate(
        """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen
        fifteen sixteen seventeen eighteen nineteen""".split()
    )
} | {
    word: 10 * value
    for value, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2)
}
_SCALES = {
    "dozen": 12.0,
    "hundred": 100.0,
    "thousand": 1e3,
    "k": 1e3,
    "million": 1e6,
    "billion": 1e9,
    "bn": 1e9,
}
# What a reader takes a vague word for; the ends are ours, generous on purpose.
_VAGUE = {
    "several": (3.0, 9.0),
    "few": (2.0, 9.0),
    "dozens": (24.0, 99.0),
    "scores": (40.0, 99.0),
    "tens": (20.0, 99.0),
    "hundreds": (200.0, 999.0),
    "thousands": (2_000.0, 9_999.0),
    "millions": (2_000_000.0, 9_999_999.0),
}
_NUMBER_WORD = "|".join([*_SMALL, "dozen", "hundred", "thousand", "million", "billion"])
_BIG_WORD = "dozen|hundred|thousand|million|billion"


@cache
def _figure_pattern() -> re.Pattern[str]:
    """Return what a number in figures is: not inside a word, a date, a time or a version number."""
    return re.compile(
        rf"""(?<![\w.,/:⁄])(?<![A-Za-z]-)
        (?:(?P<over_only>\d{{1,2}})[/⁄](?P<under_only>\d{{1,2}})(?![\d/⁄])
          |(?P<whole>\d{{1,3}}(?:,\d{{3}}){{1,4}}(?!\d)|\d{{1,2}}(?:,\d\d){{1,3}},\d{{3}}(?!\d)|\d{{1,12}})
           (?:[.,](?P<decimals>\d{{1,6}})(?!\d)
             |[ -]?(?P<part>[{"".join(_FRACTIONS)}])
             |[ -](?P<over>\d{{1,2}})[/⁄](?P<under>\d{{1,2}})(?![\d/⁄]))?
          |(?P<bare>[{"".join(_FRACTIONS)}]))
        (?![.,:/⁄]?\d)
        (?:[ -](?P<scale>dozen|hundred|thousand|million|billion)\b|(?P<short>k|bn)\b
          |(?![^\W\d_])|(?=(?:kms?|kilomet[a-z]{{2,5}}|mi|miles?|nmi?|m|met(?:er|re)s?|ft|feet|yds?|yards?|kg|mm|cm|am|pm)(?![^\W\d_])))""",
        re.IGNORECASE | re.VERBOSE,
    )


@cache
def _words_pattern() -> re.Pattern[str]:
    """Return what a number in words is."""
    return re.compile(
        rf"""(?<![\w-])(?:
          (?P<vague>{"|".join(_VAGUE)})(?:\ (?P<times>{_BIG_WORD})|\ of\ (?P<of>hundreds|thousands|millions))?
          |(?P<part>half\ an?|an?\ quarter\ of\ an?|three[- ]quarters\ of\ an?)(?=\ )(?!\ dozen)
          |(?P<couple>a\ couple)(?:\ of)?
          |(?P<spelled>(?:(?:half\ )?an?\ (?={_BIG_WORD}))?(?:{_NUMBER_WORD})(?:(?:\ and\ |[ -])(?:{_NUMBER_WORD})){{0,8}}
             (?:\ and\ a\ (?:half|quarter))?)
        )(?!\w)(?!-[a-z]{{2,8}}(?:st|nd|rd|th)\b)""",
        re.IGNORECASE | re.VERBOSE,
    )


def numerals(text: str) -> tuple[Numeral, ...]:
    """Return the numbers of the text in order: 1,200, 12.5, 7½, "thirty-five", "a dozen", "dozens".

    "1,5" is a decimal comma, "1,500" a thousand and a half. Ordinals, times, and figures inside
    words ("M4", "T-72B"), are no numbers.

    >>> [(n.low, n.high, n.step) for n in numerals("some thirty of 1,250 tanks, 7½ km off; dozens fled")]
    [(30.0, 30.0, 10.0), (1250.0, 1250.0, 10.0), (7.5, 7.5, 0.5), (24.0, 99.0, 1.0)]
    """
    text = plain_letters(text)
    found = [_figure(match) for match in _figure_pattern().finditer(text)]
    found += [_words(match) for match in _words_pattern().finditer(text)]
    out: list[Numeral] = []
    for numeral in sorted(found, key=lambda numeral: numeral.span):
        # The "million" of "1.5 million" belongs to its figure.
        if not out or out[-1].span.end <= numeral.span.start:
            out.append(numeral)
    return tuple(out)


def _figure(match: re.Match[str]) -> Numeral:
    value, step = _value(match)
    scale = _SCALES[(match["scale"] or match["short"]).lower()] if match["scale"] or match["short"] else 1.0
    return Numeral(Span(match.start(), match.end()), value * scale, value * scale, step * scale)


def _value(match: re.Match[str]) -> tuple[float, float]:
    """Return the value of a figure and that of its last significant place."""
    if match["over_only"]:
        part = _quotient(match["over_only"], match["under_only"])
        return part, part
    if match["bare"]:
        return _FRACTIONS[match["bare"]], _FRACTIONS[match["bare"]]
    whole = match["whole"].replace(",", "")
    if match["decimals"]:
        return float(f"{whole}.{match['decimals']}"), 10.0 ** -len(match["decimals"])
    if match["part"]:
        return float(whole) + _FRACTIONS[match["part"]], min(_FRACTIONS[match["part"]], 0.5)
    if match["over"]:
        return float(whole) + _quotient(match["over"], match["under"]), 1.0 / (int(match["under"]) or 1)
    return float(whole), 10.0 ** (len(whole) - len(whole.rstrip("0"))) if whole.strip("0") else 1.0


def _quotient(over: str, under: str) -> float:
    return int(over) / (int(under) or 1)


def _words(match: re.Match[str]) -> Numeral:
    span = Span(match.start(), match.end())
    if match["vague"]:
        low, high = _VAGUE[match["vague"].lower()]
        factor = _SCALES[match["times"].lower()] if match["times"] else 1.0
        if match["of"]:  # "tens of thousands"
            factor = _SCALES[match["of"].lower().removesuffix("s")]
        return Numeral(span, low * factor, high * factor, 1.0)
    if match["couple"]:
        return Numeral(span, 2.0, 2.0, 1.0)
    return _spelled(span, re.findall(r"[a-z]+", match.group().lower()))


def _spelled(span: Span, words: list[str]) -> Numeral:
    total, group, step = 0.0, 0.0, 1.0
    for word in words:
        if word in _SMALL:
            group += _SMALL[word]
            step = 10.0 if _SMALL[word] >= 20 else 1.0
        elif word == "half":
            group, step = group + 0.5, 0.5
        elif word in {"quarter", "quarters"}:
            group, step = group + 0.25 if words[-1] == "quarter" else (group or 1.0) * 0.25, 0.25
        elif word in _SCALES:
            group, step = (group or 1.0) * _SCALES[word], _SCALES[word]
            if _SCALES[word] >= 1000:
                total, group = total + group, 0.0
    return Numeral(span, total + group, total + group, step)
