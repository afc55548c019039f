"""Who says what?

Works sentence by sentence on words and marks: a reporting verb or phrase is the cue, the noun phrase
beside it the speaker, and the clause on the other side what is said. Speakers are then resolved in
order of the text: pronouns, surnames, and short names of institutions to the full name given before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import KW_ONLY, dataclass, field, replace
from enum import StrEnum

from geoevents.lexicon.speech import (
    ADDRESSES,
    BODIES,
    FINITE_VERBS,
    INTERLOCUTORS,
    NOUN_FORMS,
    PERSON_ROLES,
    PLURAL_ROLES,
    PRONOUNS,
    SPEECH_NOUNS,
    STATEMENT_NOUNS,
    TITLES,
    VERB_BASES,
    VERB_FORMS,
    Complement,
    VerbForm,
)
from geoevents.model import Document, Quote, Span, Stance
from geoevents.text import sentences

__all__ = ["UNNAMED", "SpeechAttributor"]

UNNAMED = "unnamed source"
"""The speaker of what was merely "reportedly" so."""


class SpeechAttributor:
    """Finds direct and indirect speech with its speaker and stance. A fit for `stages.Attributor`.

    The span of a quote holds the words said, without quotation marks, cue and speaker. Where a source
    answers another's words ("rejected the Pentagon's accusations that ..."), the answer's span holds
    the other's quote.

    >>> text = 'The army said it had left Bara. "We lost nobody," a spokesman, Ali Omar, added.'
    >>> for quote in SpeechAttributor()(Document(text)):
    ...     print(quote.speaker, quote.stance.value, quote.span.of(text))
    army claims it had left Bara
    Ali Omar claims We lost nobody
    """

    def __call__(self, document: Document, /) -> tuple[Quote, ...]:
        """Return the quotes in order of span; they may nest but do not cross."""
        text = document.text
        marks = _quotations(text)
        masked = _masked(text, marks)
        discourse = _Discourse(text)
        found: list[Quote] = []
        for sentence in _sentences(text, masked, marks):
            drafts = _drafts(sentence)
            discourse.enter(sentence)
            found += [discourse.resolve(draft) for draft in drafts]
            found += _continued(sentence, drafts, discourse)
        return _uncrossed(found)


# --- words and marks ----------------------------------------------------------------------------


class _Kind(StrEnum):
    WORD = "word"
    MARK = "mark"
    QUOTATION = "quotation"


@dataclass(frozen=True, slots=True)
class _Item:
    """A word, a mark or a whole quotation of a sentence; `key` is the word in lower case."""

    span: Span
    text: str
    _: KW_ONLY
    key: str
    kind: _Kind


@dataclass(frozen=True, slots=True)
class _Sentence:
    text: str
    _: KW_ONLY
    items: tuple[_Item, ...]
    is_shouted: bool

    def key(self, index: int) -> str:
        """Return the word at `index` in lower case; a mark as it is; nothing outside."""
        return self.items[index].key if 0 <= index < len(self.items) else ""

    def is_word(self, index: int) -> bool:
        return 0 <= index < len(self.items) and self.items[index].kind is _Kind.WORD

    def is_quotation(self, index: int) -> bool:
        return 0 <= index < len(self.items) and self.items[index].kind is _Kind.QUOTATION

    def is_proper(self, index: int) -> bool:
        """Whether the word is written as a name; in a text of capitals, whether it may be one."""
        if not self.is_word(index):
            return False
        item = self.items[index]
        return item.text[0].isupper() and not (self.is_shouted and item.key in _FUNCTION_WORDS)

    def over(self, start: int, end: int) -> Span:
        """Return the characters of the items from `start` up to, but without, `end`."""
        return Span(self.items[start].span.start, self.items[end - 1].span.end)


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
_LONGEST_SPEAKER = 16


def _quotations(text: str) -> list[Span]:
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


def _masked(text: str, quotations: Sequence[Span]) -> str:
    """Return the text with what is quoted blanked out, so that it neither ends nor makes a sentence."""
    pieces: list[str] = []
    done = 0
    for span in quotations:
        inner = text[span.start + 1 : span.end - 1]
        kept = inner[-1:] if inner[-1:] in ",.?!" else " "
        pieces += [text[done : span.start], '"', " " * (len(inner) - 1), kept if inner else "", '"']
        done = span.end
    return "".join([*pieces, text[done:]])


def _sentences(text: str, masked: str, quotations: Sequence[Span]) -> Iterator[_Sentence]:
    at, all_shouted = 0, _is_shouted(text[:5000])
    for span in sentences(masked):
        while at < len(quotations) and quotations[at].end <= span.start:
            at += 1
        inside: list[Span] = []
        while at < len(quotations) and quotations[at].start < span.end:
            inside.append(quotations[at])
            at += 1
        is_shouted = all_shouted or _is_shouted(masked[span.start : span.end])
        items = _items(masked, span, inside)
        for first in range(0, len(items), _LONGEST_SENTENCE):
            piece = items[first : first + _LONGEST_SENTENCE]
            yield _Sentence(text, items=piece, is_shouted=is_shouted)


def _is_shouted(text: str) -> bool:
    """Whether the text is written in capitals."""
    letters = [c for c in text if c.isalpha()]
    return len(letters) > 8 and sum(c.isupper() for c in letters) > 0.8 * len(letters)


def _items(masked: str, span: Span, quotations: Sequence[Span]) -> tuple[_Item, ...]:
    items = [
        _Item(
            Span(m.start(), m.end()),
            m.group(),
            key=m.group().lower().replace("’", "'"),
            kind=_Kind.WORD if m["word"] else _Kind.MARK,
        )
        for m in _ITEM.finditer(masked, span.start, span.end)
    ]
    # What is left of a quotation after blanking is at most the mark before its end.
    ends = {q.end - 2 for q in quotations}
    items = [i for i in items if i.span.start not in ends]
    items += [_Item(q, '"', key='"', kind=_Kind.QUOTATION) for q in quotations]
    return tuple(sorted(items, key=lambda i: i.span))


# --- closed classes of the grammar ----------------------------------------------------------------

_DETERMINERS = frozenset("the a an this that these those its his her their our some any one another".split())
_AUXILIARIES = frozenset("has have had".split())
_PASSIVES = frozenset("be been being is are was were gets got".split())
_MODALS = frozenset("could would can might may should must will cannot can't couldn't to".split())
_NEGATIONS = frozenset(
    "not never neither nor didn't hasn't haven't hadn't doesn't don't did do does cannot couldn't".split()
)
_SUBORDINATORS = frozenset(
    """
    that which who whom whose when while as because after before if although though where whereas but
    than since until unless whether how what why so yet amid despite
    """.split()
)
_CLAUSE_LINKS = frozenset("but while whereas although though and".split())
_PREPOSITIONS = frozenset(
    "of for in at from with by on to near inside outside under over into across about against among".split()
)
_LEADS = frozenset(
    "and but so yet nor meanwhile also however separately earlier later then still moreover today".split()
)
_OWN = frozenset("its his her their".split())
_JOINING = _PREPOSITIONS | frozenset({"and", "or", "&"})
_FRONTING = frozenset(
    "in on at during after from by with for under over since following amid before despite according".split()
)
_TIME_WORDS = frozenset(
    """
    monday tuesday wednesday thursday friday saturday sunday january february march april may june july
    august september october november december jan feb mar apr jun jul aug sept sep oct nov dec today
    yesterday tonight late early earlier later morning afternoon evening night week weekend month
    previously recently
    """.split()
)
_ADVERBS = frozenset(
    "also later then again further now already earlier repeatedly once still both all".split()
)
_NO_ADVERBS = frozenset("family assembly ally italy july reply supply anomaly homily monopoly".split())
_FUNCTION_WORDS = (
    _DETERMINERS | _AUXILIARIES | _PASSIVES | _SUBORDINATORS | _PREPOSITIONS | _TIME_WORDS | _LEADS
)
_PARTICLES = frozenset("al el bin ibn de la del der van von abu the ul ur ad an".split())
_EMPTY_OBJECTS = frozenset("nothing so yes no goodbye little much enough hello".split())
_INVERTING = frozenset("say add report write announce explain argue insist warn note state admit".split())
_NOUN_OBJECTS = frozenset("report announce claim allege".split())
_NOT_DENIED = frozenset("access entry bail visa visas permission asylum treatment right rights".split())
_FOR_REASONS = frozenset("criticize criticise condemn denounce slam".split())
_NUMBER_WORDS = frozenset(
    "two three four five six seven eight nine ten eleven twelve dozens hundreds several many few".split()
)
_SUBJECT_PRONOUNS = frozenset("he she it they we i there".split())


def _is_adverb(sentence: _Sentence, index: int) -> bool:
    key = sentence.key(index)
    return key in _ADVERBS or (
        key.endswith("ly")
        and key not in _NO_ADVERBS
        and (index == 0 or not _is_part_of_name(sentence, index))
    )


def _is_finite(sentence: _Sentence, index: int) -> bool:
    """Whether the word can be the verb of a clause: an auxiliary, or a past form that is no adjective."""
    key = sentence.key(index)
    if key in _AUXILIARIES or key in _PASSIVES or key in FINITE_VERBS or (key in _MODALS and key != "to"):
        return True
    if not key.endswith("ed") or len(key) < 5 or _is_part_of_name(sentence, index):
        return False
    before = sentence.key(index - 1)
    return not (
        before in _DETERMINERS or before in {"of", "by", "in", "and"} or _is_hyphened(sentence, index)
    )


def _is_part_of_name(sentence: _Sentence, index: int) -> bool:
    return not sentence.is_shouted and sentence.items[index].text[0].isupper()


def _is_hyphened(sentence: _Sentence, index: int) -> bool:
    start = sentence.items[index].span.start
    return start > 0 and sentence.text[start - 1] == "-"


# --- speakers -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Phrase:
    """Items [start, end) that name a speaker; `outer` is where its titles and appositions begin."""

    start: int
    end: int
    _: KW_ONLY
    outer: int
    last: int


def _subject_before(sentence: _Sentence, verb: int) -> _Phrase | None:
    """Return the noun phrase that ends before the verb and its adverbs."""
    end = _skip_back(sentence, verb)
    if sentence.key(end - 1) in {"who", "which"} and sentence.key(end - 2) == ",":
        end -= 1
    if sentence.key(end - 1) == ")":
        end = _before_bracket(sentence, end)
    if sentence.key(end - 1) == ",":
        return _apposed(sentence, end - 1)
    start = _phrase_start(sentence, end)
    if sentence.key(start - 1) == "," and _describes(sentence, start, end):
        return _apposed(sentence, start - 1)
    if (relative := _relative_before(sentence, start)) is not None:
        start, end = _phrase_start(sentence, relative), relative
    start = _without_fronting(sentence, start, end)
    if start >= end or not _can_speak(sentence, start, end):
        return None
    outer = start
    if sentence.key(start - 1) == "," and _is_name(sentence, start, end):
        title = _phrase_start(sentence, start - 1)
        if title < start - 1 and sentence.key(start - 2) in PERSON_ROLES:
            outer = title
    return _Phrase(start, end, outer=outer, last=end)


def _before_bracket(sentence: _Sentence, end: int) -> int:
    """Return where the bracket opens that closes before `end` ("the Observatory (SOHR) said")."""
    return next((i for i in range(end - 2, max(0, end - 9), -1) if sentence.key(i) == "("), end)


def _describes(sentence: _Sentence, start: int, end: int) -> bool:
    """Whether a phrase after a comma only describes the name before ("Ali Omar, speaking in Gao said")."""
    if sentence.is_shouted or sentence.is_proper(start) or end - start < 2:
        return False
    if sentence.key(start).endswith("ing"):
        return _segment_start(sentence, start - 1) < start - 1
    return sentence.key(start) not in _DETERMINERS and _follows_name(sentence, start, end)


def _relative_before(sentence: _Sentence, start: int) -> int | None:
    """Return where "who" stands in "an official who pleaded anonymity said"."""
    if start < 2 or not _is_finite(sentence, start - 1):
        return None
    for index in range(start - 1, max(0, start - 12), -1):
        if not sentence.is_word(index):
            return None
        if sentence.key(index) == "who":
            return index
    return None


def _skip_back(sentence: _Sentence, verb: int) -> int:
    """Return the end of what stands before the verb, its adverbs, auxiliaries and times."""
    index = verb
    while index > 0 and sentence.is_word(index - 1):
        key = sentence.key(index - 1)
        if key in _AUXILIARIES or _is_adverb(sentence, index - 1):
            index -= 1
        elif key in _TIME_WORDS or (key.isdigit() and sentence.key(index - 2) in _TIME_WORDS):
            index -= 2 if sentence.key(index - 2) == "on" else 1
        else:
            break
    return index


def _phrase_start(sentence: _Sentence, end: int) -> int:
    """Walk left from `end` to where the noun phrase begins."""
    start = end
    while start > 0 and sentence.is_word(start - 1):
        key = sentence.key(start - 1)
        if key in _SUBORDINATORS or _is_finite(sentence, start - 1) or _is_reporting(sentence, start - 1):
            break
        start -= 1
        is_new = key in {"the", "a", "an"} and sentence.key(start - 1) not in _JOINING
        if is_new or key in PRONOUNS or end - start > 24:
            break
    return start


def _is_reporting(sentence: _Sentence, index: int) -> bool:
    key = sentence.key(index)
    return key in VERB_FORMS and key not in NOUN_FORMS and not _is_part_of_name(sentence, index)


def _without_fronting(sentence: _Sentence, start: int, end: int) -> int:
    """Cut "and", "meanwhile" and "on Sunday" off the front of a noun phrase."""
    while start < end and (sentence.key(start) in _LEADS or _is_adverb(sentence, start)):
        start += 1
    if start >= end or sentence.key(start) not in _FRONTING:
        return start
    for index in range(start + 2, end):
        before = sentence.key(index - 1)
        is_new = sentence.key(index) in _DETERMINERS or sentence.key(index) in PRONOUNS
        if (is_new and before not in _PREPOSITIONS) or before in _TIME_WORDS:
            return index if sentence.key(index) not in _TIME_WORDS else _after_times(sentence, index, end)
    return min(start + 2, end)


def _after_times(sentence: _Sentence, index: int, end: int) -> int:
    while index < end and (sentence.key(index) in _TIME_WORDS or sentence.key(index).isdigit()):
        index += 1
    return index


def _can_speak(sentence: _Sentence, start: int, end: int) -> bool:
    """Whether the words can name a source: not merely figures, determiners and small words."""
    keys = [sentence.key(i) for i in range(start, end)]
    if keys[-1] in _PREPOSITIONS or keys[-1] in _DETERMINERS or keys[0] in {"there", "i", "we", "you"}:
        return False
    if keys[-1] == "and" or keys[0] in _PREPOSITIONS or len(keys) > _LONGEST_SPEAKER:
        return False
    if keys[-1] in {"let's", "let"} or (len(keys) > 1 and keys[0] in PRONOUNS):
        return False
    return any(not k.isdigit() and k not in _DETERMINERS | _TIME_WORDS | _NUMBER_WORDS for k in keys)


def _is_name(sentence: _Sentence, start: int, end: int) -> bool:
    """Whether the words are a person's name, titles included."""
    if not 0 < end - start <= 8:
        return False
    return all(sentence.is_proper(i) or sentence.key(i) in _PARTICLES for i in range(start, end)) and not any(
        sentence.key(i) in BODIES for i in range(start, end)
    )


def _apposed(sentence: _Sentence, comma: int) -> _Phrase | None:
    """Return the speaker of "Ali Omar, a spokesman, said" or "a spokesman, Ali Omar, said"."""
    right = comma
    for _ in range(5):
        left = _segment_start(sentence, right)
        if left >= right:
            return None
        if not _is_modifier(sentence, left, right):
            return _named_between(sentence, left, right, comma)
        if left == 0 or sentence.key(left - 1) != ",":
            return None
        right = left - 1
    return None


def _segment_start(sentence: _Sentence, end: int) -> int:
    start = end
    while start > 0 and sentence.is_word(start - 1):
        start -= 1
    return start


def _is_modifier(sentence: _Sentence, start: int, end: int) -> bool:
    """Whether a segment between commas only describes the name before it."""
    key = sentence.key(start)
    if key.isdigit() or key in _MODIFYING or (end - start == 1 and key in _LEADS | {"too", "though"}):
        return True
    if start == 0 or sentence.key(start - 2) in _TIME_WORDS:
        return False
    if sentence.is_shouted or not sentence.is_proper(start):
        is_participle = key.endswith("ing") or (
            key.endswith("ed") and sentence.key(start + 1) in _PREPOSITIONS
        )
        if is_participle or key in {"a", "an", "the"} or key in PERSON_ROLES or key in _PREPOSITIONS:
            return True
    return _follows_name(sentence, start, end)


def _follows_name(sentence: _Sentence, start: int, end: int) -> bool:
    """Whether a name stands before ("Ali Omar, Iran's envoy to the talks, said")."""
    before = _segment_start(sentence, start - 1)
    if (
        start - 1 - before < 2
        or sentence.key(before) in _FRONTING
        or not _is_name(sentence, before, start - 1)
    ):
        return False
    keys = [sentence.key(i) for i in range(start, end)]
    is_role = bool(PERSON_ROLES & set(keys[:4])) and bool({"of", "for", "at", "in"} & set(keys))
    return is_role or any(_is_possessive(sentence, i) for i in range(start, end))


_MODIFYING = frozenset("who which whose jr sr or known formerly called".split())


def _named_between(sentence: _Sentence, left: int, right: int, comma: int) -> _Phrase | None:
    start = _without_fronting(sentence, max(left, _phrase_start(sentence, right)), right)
    if start >= right or not _can_speak(sentence, start, right):
        return None
    before = left - 1
    if right == comma and sentence.key(before) == "," and _is_name(sentence, start, right):
        return _name_or_place(sentence, start, right, comma)
    return _Phrase(start, right, outer=start, last=comma + 1)


def _name_or_place(sentence: _Sentence, start: int, right: int, comma: int) -> _Phrase | None:
    """Tell "spokesman, Ali Omar, said" from "officials in Mosul, Iraq, said"."""
    before = start - 1
    title = _without_fronting(sentence, _phrase_start(sentence, before), before)
    described = title < before and _can_speak(sentence, title, before)
    keys = {sentence.key(i) for i in range(title, before)}
    if described and keys & (PLURAL_ROLES | {"in", "at", "near"}) and not keys & PERSON_ROLES:
        return _Phrase(title, before, outer=title, last=comma + 1)
    return _Phrase(start, right, outer=title if described else start, last=comma + 1)


def _speaker_after(sentence: _Sentence, start: int) -> _Phrase | None:
    """Return the noun phrase that begins at `start` and ends at a mark, a time or a clause."""
    end = start
    while sentence.is_word(end) and end - start < 24:
        key = sentence.key(end)
        if key in _SUBORDINATORS or (key in _TIME_WORDS and key != "may") or _is_finite(sentence, end):
            break
        if VERB_FORMS.get(key, _NO_FORM).is_participle or (end > start and key in _SUBJECT_PRONOUNS):
            break
        is_place = end > start and key in {"in", "on", "at"}
        if is_place and (sentence.key(end + 1) in _OWN or _after_address(sentence, end)):
            break
        end += 1
    while end > start and sentence.key(end - 1) in (_PREPOSITIONS | _DETERMINERS | {"and", "or"}):
        end -= 1
    if end == start or not _can_speak(sentence, start, end):
        return None
    if sentence.key(end) == "," and _is_apposed_name(sentence, start, end):
        stop = end + 1
        while sentence.is_proper(stop) or sentence.key(stop) in _PARTICLES:
            stop += 1
        return _Phrase(end + 1, stop, outer=start, last=stop)
    return _Phrase(start, end, outer=start, last=end)


def _is_apposed_name(sentence: _Sentence, start: int, end: int) -> bool:
    """Whether a name follows the comma after a role ("said a spokesman, Ali Omar")."""
    stop = end + 1
    while sentence.is_proper(stop) or sentence.key(stop) in _PARTICLES:
        stop += 1
    is_closed = stop > end + 1 and (stop >= len(sentence.items) or sentence.key(stop) == ",")
    keys = {sentence.key(i) for i in range(start, end)}
    return is_closed and bool(keys & PERSON_ROLES) and not _is_name(sentence, start, end)


_NO_FORM = VerbForm("", Stance.CLAIMS, complement=Complement.CLAUSE, is_participle=False)


# --- what is said -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Draft:
    """A quote whose speaker is not resolved yet. `who` is `None` for an unnamed source.

    `described` covers titles and appositions.
    """

    said: Span
    who: Span | None
    _: KW_ONLY
    described: Span
    cue: Span
    stance: Stance


@dataclass(slots=True)
class _Reading:
    """The cues of one sentence as they are read from left to right."""

    sentence: _Sentence
    drafts: list[_Draft] = field(default_factory=list)
    phrase: _Phrase | None = None
    # Where the clause begins that a trailing ", X said" closes.
    floor: int = 0


def _drafts(sentence: _Sentence) -> list[_Draft]:
    reading = _Reading(sentence, floor=_after_dateline(sentence))
    for index, item in enumerate(sentence.items):
        if item.kind is not _Kind.WORD or _is_within_address(sentence, index):
            continue
        if item.key in _PHRASES:
            _PHRASES[item.key](reading, index)
        elif item.key in VERB_FORMS:
            _read_verb(reading, index, VERB_FORMS[item.key])
        if item.key in SPEECH_NOUNS:
            _read_noun(reading, index)
    return reading.drafts


def _after_dateline(sentence: _Sentence) -> int:
    """Return where the report begins after "KYIV, Ukraine (Wire) —"."""
    if not sentence.items or not re.match(r"[A-Z]{3}", sentence.items[0].text):
        return 0
    for index in range(1, min(20, len(sentence.items))):
        if sentence.key(index) in {"—", "–", "--", "-"}:
            is_wire = sentence.key(index - 1) in {")", "]"} or not sentence.is_shouted
            # "SAN SALVADOR, 3 JAN 90 (EFE) -- [TEXT] ..."
            is_marked = sentence.key(index + 1) == "[" and sentence.key(index + 3) == "]"
            return index + (4 if is_marked else 1) if is_wire else 0
    return 0


def _is_within_address(sentence: _Sentence, index: int) -> bool:
    """Whether the word is part of a name ("the Post", "State Department"), not a verb."""
    if sentence.is_shouted or index == 0:
        return False
    return sentence.items[index].text[0].isupper()


def _emit(
    reading: _Reading, said: tuple[int, int], phrase: _Phrase | None, *, cue: tuple[int, int], stance: Stance
) -> None:
    sentence = reading.sentence
    start, end = said
    while start < end and sentence.items[start].kind is _Kind.MARK:
        start += 1
    while (
        end > start and sentence.items[end - 1].kind is _Kind.MARK and sentence.key(end - 1) not in {")", "]"}
    ):
        end -= 1
    if end <= start or not (words := _bare(sentence, start, end)).of(sentence.text).strip():
        return
    cue_span = sentence.over(*cue)
    who = None
    if phrase is not None:
        who = _with_full_abbreviation(sentence, sentence.over(phrase.start, phrase.end))
    described = (
        cue_span
        if phrase is None
        else sentence.over(min(phrase.outer, phrase.start), max(phrase.last, phrase.end))
    )
    reading.drafts.append(_Draft(words, who, described=described, cue=cue_span, stance=stance))


def _bare(sentence: _Sentence, start: int, end: int) -> Span:
    """Return the characters of the items; of a single quotation those between its marks."""
    span = sentence.over(start, end)
    if end - start == 1 and sentence.is_quotation(start):
        return _between_marks(sentence.text, span)
    return _with_full_abbreviation(sentence, span)


def _between_marks(text: str, span: Span) -> Span:
    width = 2 if text.startswith(("''", "``"), span.start) else 1
    start, end = span.start + width, span.end
    if _QUOTE_MARK.match(text, end - width, end):
        end -= width
    while end > start and text[end - 1] in " ,\n":
        end -= 1
    return Span(start, max(start, end))


def _with_full_abbreviation(sentence: _Sentence, span: Span) -> Span:
    """Let a span that ends in "U.S" keep its full stop."""
    text = sentence.text
    if (
        span.end < len(text)
        and text[span.end] == "."
        and re.search(r"\b\w\.\w\Z", text[max(0, span.end - 4) : span.end])
    ):
        return Span(span.start, span.end + 1)
    return span


def _clause_end(sentence: _Sentence, start: int) -> int:
    """Return where what is said from `start` on ends: the sentence, or a clause of another speaker."""
    for index in range(start, len(sentence.items)):
        if sentence.key(index) == ";":
            return index
        if (
            sentence.key(index) in {",", "—", "–", "--"}
            and index > start
            and _opens_other(sentence, index + 1)
        ):
            return index
        if sentence.key(index) in {"and", "but"} and _is_reporting(sentence, index + 1):
            return index
    return len(sentence.items)


def _opens_other(sentence: _Sentence, index: int) -> bool:
    """Whether a new statement begins: ", adding that", ", according to", ", but the army said"."""
    key = sentence.key(index)
    if VERB_FORMS.get(key, _NO_FORM).is_participle or key in {"citing", "quoting", "according"}:
        return True
    if key not in _CLAUSE_LINKS:
        return False
    following = index + 1
    while sentence.is_word(following) and following - index < 14:
        if _is_reporting(sentence, following):
            # ", and said": the same speaker goes on; otherwise somebody must stand before the verb.
            return sentence.key(following - 1) not in _MODALS | _PASSIVES
        if sentence.key(following) in _SUBORDINATORS or _is_finite(sentence, following):
            return False
        following += 1
    return False


def _read_verb(reading: _Reading, index: int, form: VerbForm) -> None:
    sentence = reading.sentence
    if form.is_participle:
        _read_participle(reading, index, form)
        return
    before = _skip_back(sentence, index) - 1
    guard = sentence.key(before)
    if guard in _PASSIVES:
        _read_passive(reading, index, form)
        return
    if guard in _NEGATIONS or sentence.key(index - 1) in _NEGATIONS:
        _read_neither(reading, index, form)
        return
    if guard in _MODALS:
        return
    if sentence.key(index + 1) == "by":
        _read_by(reading, index, form)
        return
    if _read_inverted(reading, index, form):
        return
    phrase = _subject_before(sentence, index)
    if phrase is None and _is_second_verb(sentence, index):
        phrase = reading.phrase
    if phrase is not None and not _is_noun(sentence, index, phrase):
        _read_active(reading, index, form, phrase)


def _is_noun(sentence: _Sentence, index: int, phrase: _Phrase) -> bool:
    """Whether the form is no verb of the phrase: "a Pentagon charge", "23 other states that"."""
    key, before = sentence.key(index), sentence.key(phrase.end - 1)
    if key in VERB_BASES and key != "read":
        # The bare form needs a plural subject.
        is_plural = before.endswith("s") or before in _PLURALS or " and " in f" {_keys(sentence, phrase)} "
        return not is_plural or (key in NOUN_FORMS and sentence.key(phrase.start) in _DETERMINERS)
    if key not in NOUN_FORMS:
        return False
    is_source = before in PERSON_ROLES | BODIES | PRONOUNS or sentence.is_proper(phrase.end - 1)
    return not is_source or _is_possessive(sentence, index - 1)


def _keys(sentence: _Sentence, phrase: _Phrase) -> str:
    return " ".join(sentence.key(i) for i in range(phrase.start, phrase.end))


_PLURALS = PLURAL_ROLES | BODIES | frozenset({"they", "people", "men", "women", "some", "many", "others"})


def _is_second_verb(sentence: _Sentence, index: int) -> bool:
    """Whether the verb shares the subject of one before it ("rejected the charge and said")."""
    return sentence.key(_skip_back(sentence, index) - 1) in {"and", "but"}


def _read_active(reading: _Reading, index: int, form: VerbForm, phrase: _Phrase) -> None:
    sentence = reading.sentence
    after = _after_adjuncts(sentence, index + 1, form)
    left = _left_content(reading, phrase)
    cue = (index, index + 1)
    if left is not None and form.complement is not Complement.CHARGE and _closes(sentence, after, phrase):
        _emit(reading, left, phrase, cue=cue, stance=form.stance)
        reading.phrase = phrase
        if sentence.is_quotation(after + 1):
            _emit(reading, (after + 1, after + 2), phrase, cue=cue, stance=form.stance)
        elif _is_medial(sentence, after, left):
            reading.drafts.pop()
            _emit(reading, (after + 1, _clause_end(sentence, after + 1)), phrase, cue=cue, stance=form.stance)
        reading.floor = min(after + 1, len(sentence.items))
        return
    start = _content_start(sentence, after, form, index)
    if start is None or start >= len(sentence.items):
        return
    _emit(reading, (start, _clause_end(sentence, start)), phrase, cue=cue, stance=form.stance)
    reading.phrase = phrase
    reading.floor = max(reading.floor, _clause_end(sentence, start) + 1)


def _closes(sentence: _Sentence, after: int, phrase: _Phrase) -> bool:
    """Whether nothing of what is said follows the verb, so that it stands before the speaker."""
    key = sentence.key(after)
    if after >= len(sentence.items) or key in {",", ";", "--", "—", ")"}:
        return True
    if key in {"that", ":"} or sentence.is_quotation(after):
        return False
    follows_quotation = sentence.is_quotation(phrase.outer - 1)
    is_adjunct = key in _PREPOSITIONS | _SUBORDINATORS | {"during"}
    return is_adjunct and (follows_quotation or _is_trailing(sentence, after))


def _is_medial(sentence: _Sentence, after: int, left: tuple[int, int]) -> bool:
    """Whether the longer half of what is said follows ("At dawn, officials said, rebels ...")."""
    if sentence.key(after) != "," or _opens_other(sentence, after + 1):
        return False
    words = left[1] - left[0]
    return sentence.key(left[0]) in _FRONTING and words < 7 and len(sentence.items) - after > words


def _left_content(reading: _Reading, phrase: _Phrase) -> tuple[int, int] | None:
    """Return what stands before ", X said", if that can have been said."""
    sentence, start, end = reading.sentence, reading.floor, phrase.outer
    if end <= start or not (sentence.key(end - 1) in {",", "--", "—"} or sentence.is_quotation(end - 1)):
        return None
    while start < end and sentence.key(start) in _CLAUSE_LINKS:
        start += 1
    has_quotation = any(sentence.is_quotation(i) for i in range(start, end))
    words = sum(sentence.is_word(i) for i in range(start, end))
    if not has_quotation and words < 3:
        return None
    return start, end


def _after_adjuncts(sentence: _Sentence, index: int, form: VerbForm) -> int:
    """Skip what stands between a reporting verb and what is said: times, places, who is told."""
    if form.base == "tell":
        index = _after_interlocutor(sentence, index)
    for _ in range(6):
        key = sentence.key(index)
        if key in _TIME_WORDS and (key != "may" or sentence.is_proper(index)):
            index = _after_times(sentence, index, len(sentence.items))
        elif key in {"on", "last", "this"} and _TIME_WORDS & {
            sentence.key(index + 1),
            sentence.key(index + 2),
        }:
            index = _after_times(sentence, index + 1, len(sentence.items))
        elif key in _PREPOSITIONS | {"during", "via", "through"} and (
            after := _after_address(sentence, index)
        ):
            index = after
        elif _is_adverb(sentence, index) and sentence.key(index + 1) in {"that", ",", ""}:
            index += 1
        else:
            break
    return index


def _after_interlocutor(sentence: _Sentence, index: int) -> int:
    if (clause := _after_that(sentence, index)) is not None:
        return clause - 1
    end = index
    while sentence.is_word(end) and end - index < 9:
        key = sentence.key(end)
        if key in _SUBORDINATORS or key in _TIME_WORDS or (end > index and key in _SUBJECT_PRONOUNS):
            break
        if key in _PREPOSITIONS and key != "of" and end > index:
            break
        if key in INTERLOCUTORS:
            return end + 1
        if end > index and key in _DETERMINERS:
            break
        if end > index and not sentence.is_proper(end) and sentence.is_proper(end - 1) and key != "of":
            break
        end += 1
    return end


def _after_address(sentence: _Sentence, index: int) -> int | None:
    """Return where "in a statement to the agency" ends, `None` if it is no such phrase."""
    for at in range(index + 1, min(index + 9, len(sentence.items))):
        key = sentence.key(at)
        if not sentence.is_word(at) or key in _SUBORDINATORS or _is_finite(sentence, at):
            return None
        if key in ADDRESSES:
            return _after_trail(sentence, at + 1)
    return None


def _after_trail(sentence: _Sentence, index: int) -> int:
    """Skip "of anonymity", "with Interfax", "to the agency" after where it was said."""
    while sentence.key(index) in ADDRESSES:
        index += 1
    if sentence.key(index) not in {"of", "with", "to", "from", "posted", "carried", "published", "on", "by"}:
        return index
    if sentence.key(index) == "on" and sentence.key(index + 1) in _TIME_WORDS:
        return index
    end = index + 1
    while sentence.is_word(end) and end - index < 9:
        key = sentence.key(end)
        if key in _SUBORDINATORS or key in _TIME_WORDS or key in _SUBJECT_PRONOUNS or key in ADDRESSES:
            return end + (key in ADDRESSES)
        if end > index + 1 and sentence.is_proper(end - 1) and not sentence.is_proper(end):
            return end
        end += 1
    return end


def _content_start(sentence: _Sentence, after: int, form: VerbForm, verb: int) -> int | None:
    """Return where what is said begins, `None` if what follows was not said."""
    key = sentence.key(after)
    if key == ",":
        after, key = after + 1, sentence.key(after + 1)
    if key in {":", "—", "--"} or key == "that":
        return after + 1
    if key == "as" and sentence.is_quotation(after + 1):
        return after + 1
    if sentence.is_quotation(after):
        return after
    if not sentence.is_word(after):
        return None
    if key in _PREPOSITIONS or key == "before" or _is_adverb(sentence, after):
        start = _after_that(sentence, after)
        if start is not None or form.base in _NOUN_OBJECTS:
            return start
    return after if _takes(sentence, after, form, verb) else None


def _after_that(sentence: _Sentence, after: int) -> int | None:
    """Return where the clause begins in "claimed before the court that ..."."""
    for index in range(after, after + 9):
        if sentence.key(index) == "that":
            return index + 1
        if not sentence.is_word(index) or _is_finite(sentence, index):
            return None
    return None


def _takes(sentence: _Sentence, after: int, form: VerbForm, verb: int) -> bool:
    """Whether the verb can have the words from `after` on as what is said, without "that"."""
    key = sentence.key(after)
    if sentence.key(verb) in NOUN_FORMS and sentence.key(verb) not in {"say", "claim"}:
        return False
    rest = [sentence.key(i) for i in range(after, _clause_end(sentence, after))]
    match form.complement:
        case Complement.CLAUSE:
            return _takes_clause(sentence, after, form, rest)
        case Complement.THAT:
            return key in _SUBJECT_PRONOUNS and any(_is_finite(sentence, i) for i in range(after, after + 4))
        case Complement.OBJECT:
            return (
                not _NOT_DENIED & set(rest[:3])
                and key not in {"dead", "cases", "to"}
                and key not in _SUBORDINATORS
            )
        case Complement.CHARGE:
            links = {"for", "over"} if form.base in _FOR_REASONS else {"of", "for", "on"}
            return key not in _PREPOSITIONS and bool(links & set(rest))
        case Complement.REBUTTAL:
            return bool(SPEECH_NOUNS & set(rest[:10]))


def _takes_clause(sentence: _Sentence, after: int, form: VerbForm, rest: Sequence[str]) -> bool:
    key = rest[0] if rest else ""
    if (len(rest) == 1 and form.base not in _NOUN_OBJECTS) or (len(rest) == 2 and key in _EMPTY_OBJECTS):
        return False
    if key in {"to", "by", "for", "of", "as"}:
        return form.base == "admit" and len(rest) > 1 and rest[1].endswith("ing")
    if form.base == "claim" and {"lives", "life"} & set(rest[:6]):
        return False
    if form.base in _NOUN_OBJECTS or (form.base == "admit" and key.endswith("ing")):
        return True
    ends = range(after, min(after + 30, len(sentence.items)))
    return key in _SUBJECT_PRONOUNS or any(_is_finite(sentence, i) for i in ends)


def _read_participle(reading: _Reading, index: int, form: VerbForm) -> None:
    """Read ", arguing that ...": the subject of the sentence goes on speaking."""
    sentence, before = reading.sentence, reading.sentence.key(index - 1)
    if index == 0 or form.base in _MUTE_PARTICIPLES:
        return
    if before in {",", "by", "and", "—", "--"} or sentence.is_quotation(index - 1):
        phrase = reading.phrase or _main_subject(sentence)
    else:
        phrase = _absolute_subject(sentence, index)
    after = _after_adjuncts(sentence, index + 1, form)
    start = _content_start(sentence, after, form, index)
    if phrase is None or phrase.end > index or start is None or start >= len(sentence.items):
        return
    _emit(
        reading,
        (start, _clause_end(sentence, start)),
        phrase,
        cue=(index, index + 1),
        stance=form.stance,
    )


# "marks indicating that he was beaten": the marks do not speak.
_MUTE_PARTICIPLES = frozenset("post answer state indicate suggest signal reveal".split())


def _absolute_subject(sentence: _Sentence, verb: int) -> _Phrase | None:
    """Return the speaker of ", with the minister claiming ..."."""
    start = _phrase_start(sentence, verb)
    opening = next((i for i in range(verb - 1, start - 1, -1) if sentence.key(i) == "with"), None)
    if opening is None or opening + 1 >= verb or not _can_speak(sentence, opening + 1, verb):
        return None
    return _Phrase(opening + 1, verb, outer=opening + 1, last=verb)


def _main_subject(sentence: _Sentence) -> _Phrase | None:
    """Return the noun phrase before the first verb of the sentence."""
    opening = {sentence.key(i) for i in range(3)}
    first = 0
    if opening & (_FRONTING | _SUBORDINATORS):
        # "Hours after he fell, the army ...": the subject stands behind the comma.
        first = next((i for i in range(1, len(sentence.items)) if sentence.key(i) == ","), 0)
    for index in range(first, len(sentence.items)):
        if sentence.is_word(index) and _is_finite(sentence, index):
            return _subject_before(sentence, index)
    return None


def _read_inverted(reading: _Reading, index: int, form: VerbForm) -> bool:
    """Read "..., said X"; say whether it is one."""
    sentence = reading.sentence
    stands_after = sentence.key(index - 1) in {",", "--", "—"} or sentence.is_quotation(index - 1)
    if form.base not in _INVERTING or not stands_after or not sentence.is_word(index + 1):
        return False
    phrase = _speaker_after(sentence, index + 1)
    if phrase is None or sentence.key(index + 1) in _SUBORDINATORS | _SUBJECT_PRONOUNS - {
        "he",
        "she",
        "they",
    }:
        return False
    after = _after_adjuncts(sentence, phrase.last, _NO_FORM)
    if (
        sentence.is_word(after)
        and sentence.key(after) not in _SUBORDINATORS
        and not _is_trailing(sentence, after)
    ):
        return False
    start, end = reading.floor, index
    if sum(sentence.is_word(i) for i in range(start, end)) < 3 and not sentence.is_quotation(index - 1):
        return False
    _emit(reading, (start, end), phrase, cue=(index, index + 1), stance=form.stance)
    reading.phrase = phrase
    if sentence.key(after) == "," and sentence.is_quotation(after + 1):
        _emit(reading, (after + 1, after + 2), phrase, cue=(index, index + 1), stance=form.stance)
    reading.floor = min(phrase.last + 1, len(sentence.items))
    return True


def _is_trailing(sentence: _Sentence, index: int) -> bool:
    """Whether nothing but an adjunct follows: no verb of a clause before the next mark."""
    while sentence.is_word(index):
        if _is_finite(sentence, index):
            return False
        index += 1
    return True


def _read_passive(reading: _Reading, index: int, form: VerbForm) -> None:
    """Read "it was reported that" and "was confirmed by the ministry"."""
    sentence = reading.sentence
    if sentence.key(index + 1) == "by":
        _read_by(reading, index, form)
        return
    passive = _skip_back(sentence, index) - 1
    if sentence.key(passive - 1) in _AUXILIARIES:
        passive -= 1
    impersonal = sentence.key(passive - 1) == "it" and sentence.key(index + 1) == "that"
    if impersonal and index + 2 < len(sentence.items):
        said = (index + 2, _clause_end(sentence, index + 2))
        _emit(reading, said, None, cue=(passive - 1, index + 1), stance=form.stance)


def _read_by(reading: _Reading, index: int, form: VerbForm) -> None:
    """Read "an attack claimed by X": the clause before is what X said."""
    sentence = reading.sentence
    if form.base not in _PASSIVE_VERBS or sentence.key(index) in NOUN_FORMS:
        return
    phrase = _speaker_after(sentence, index + 2)
    if phrase is None:
        return
    end = index
    while end > 0 and sentence.key(end - 1) in _PASSIVES | _AUXILIARIES | {"later", "as"}:
        end -= 1
    keys = {sentence.key(i) for i in range(reading.floor, end)}
    if form.base == "claim" and not keys & _CLAIMABLE:
        return
    _emit(reading, (reading.floor, end), phrase, cue=(index, index + 2), stance=form.stance)


_PASSIVE_VERBS = frozenset("claim confirm report acknowledge deny announce disclose reveal allege".split())
_CLAIMABLE = frozenset(
    "attack attacks bombing bombings blast blasts explosion assault strike strikes responsibility killing".split()
)


def _read_neither(reading: _Reading, index: int, form: VerbForm) -> None:
    """Read "neither confirmed nor denied X": an answer, but no stance."""
    sentence = reading.sentence
    if sentence.key(index - 1) != "nor" or form.base not in {"deny", "confirm"}:
        return
    start = index - 2
    while start > 0 and sentence.key(start) != "neither":
        start -= 1
    if index - start > 5 or sentence.key(start) != "neither" or index + 1 >= len(sentence.items):
        return
    phrase = _subject_before(sentence, start)
    if phrase is not None:
        said = (index + 1, _clause_end(sentence, index + 1))
        _emit(reading, said, phrase, cue=(start, index + 1), stance=Stance.CLAIMS)


# --- cues that are no plain verbs -----------------------------------------------------------------


def _read_according(reading: _Reading, index: int) -> None:
    sentence = reading.sentence
    if sentence.key(index + 1) != "to" or sentence.key(index + 2) in {"plan", "schedule", "tradition", "law"}:
        return
    phrase = _speaker_after(sentence, index + 2)
    if phrase is None:
        return
    cue = (index, index + 2)
    comma = _next_comma(sentence, phrase.last)
    is_first = index < 4 and not any(sentence.is_quotation(i) for i in range(index))
    if is_first or sentence.key(index - 1) in _CLAUSE_LINKS | {"that"}:
        comma = _after_description(sentence, comma)
        said = (comma, _clause_end(sentence, comma + 1))
    else:
        said = (reading.floor if index - reading.floor > 2 else _after_dateline(sentence), index)
        reading.floor = min(comma + 1, len(sentence.items))
    reading.phrase = reading.phrase or phrase
    _emit(reading, said, phrase, cue=cue, stance=Stance.REPORTS)


def _next_comma(sentence: _Sentence, start: int) -> int:
    return next((i for i in range(start, len(sentence.items)) if sentence.key(i) == ","), len(sentence.items))


def _after_description(sentence: _Sentence, comma: int) -> int:
    """Skip what only describes the source: "According to Ali Omar, a nurse at the clinic, ..."."""
    for _ in range(3):
        following = _next_comma(sentence, comma + 1)
        is_clause = any(_is_finite(sentence, i) for i in range(comma + 1, following))
        if is_clause or following >= len(sentence.items) or sentence.key(comma + 1) in _FRONTING:
            return comma
        comma = following
    return comma


def _read_citing(reading: _Reading, index: int) -> None:
    """Read ", citing X": X is a second source of what was said before."""
    phrase = _speaker_after(reading.sentence, index + 1)
    if phrase is None or not _is_source(reading.sentence, phrase):
        return
    cue = (index, index + 1)
    if reading.drafts:
        last = reading.drafts[-1]
        who = reading.sentence.over(phrase.start, phrase.end)
        reading.drafts.append(
            _Draft(last.said, who, described=who, cue=reading.sentence.over(*cue), stance=Stance.REPORTS)
        )
    elif index > 3:
        _emit(reading, (0, index), phrase, cue=cue, stance=Stance.REPORTS)


def _is_source(sentence: _Sentence, phrase: _Phrase) -> bool:
    """Whether somebody can be cited by that phrase: not "citing the court case"."""
    indices = range(phrase.start, phrase.end)
    sources = PLURAL_ROLES | PERSON_ROLES | BODIES | STATEMENT_NOUNS
    return any(
        sentence.key(i) in sources or (sentence.is_proper(i) and not sentence.is_shouted) for i in indices
    )


def _read_quoted(reading: _Reading, index: int) -> None:
    """Read "was quoted as saying" and "quoted X as saying"."""
    sentence = reading.sentence
    saying = next(
        (i for i in range(index + 1, min(index + 16, len(sentence.items))) if sentence.key(i) in _SAYINGS),
        None,
    )
    if saying is None or sentence.key(saying - 1) != "as":
        return
    if sentence.key(_skip_back(sentence, index) - 1) in _PASSIVES:
        phrase = agent = _subject_before(sentence, _skip_back(sentence, index) - 1)
    else:
        end = next((i for i in range(index + 1, saying) if sentence.key(i) == ","), saying - 1)
        phrase = _Phrase(index + 1, end, outer=index + 1, last=saying - 1)
        agent = _subject_before(sentence, index)
    if phrase is None or phrase.end <= phrase.start:
        return
    cue, form = (index, saying + 1), VERB_FORMS[sentence.key(saying)]
    left = None if agent is None else _left_content(reading, agent)
    start = _content_start(sentence, _after_adjuncts(sentence, saying + 1, form), form, saying)
    if start is not None and start < len(sentence.items):
        _emit(reading, (start, _clause_end(sentence, start)), phrase, cue=cue, stance=Stance.CLAIMS)
    elif left is not None:
        _emit(reading, left, phrase, cue=cue, stance=Stance.CLAIMS)
    reading.phrase = phrase


_SAYINGS = frozenset({"saying", "telling", "writing", "claiming", "stating"})


def _read_reportedly(reading: _Reading, index: int) -> None:
    stance = Stance.REPORTS if reading.sentence.key(index) == "reportedly" else Stance.CLAIMS
    said = (index + 1, _clause_end(reading.sentence, index + 1))
    if index + 1 < len(reading.sentence.items):
        _emit(reading, said, None, cue=(index, index + 1), stance=stance)


_PHRASES = {
    "according": _read_according,
    "citing": _read_citing,
    "quoting": _read_citing,
    "quoted": _read_quoted,
    "reportedly": _read_reportedly,
    "allegedly": _read_reportedly,
}


def _read_noun(reading: _Reading, index: int) -> None:
    """Read "the Pentagon's accusations that ..." and "claims by rebels that ..."."""
    sentence = reading.sentence
    if sentence.key(index) not in _CLAIMING_NOUNS:
        return
    phrase, link = _owner(sentence, index), index + 1
    if phrase is None and sentence.key(index + 1) in {"by", "from"}:
        phrase = _speaker_after(sentence, index + 2)
        link = phrase.last if phrase else link
    if phrase is None or sentence.key(link) not in {"that", "of"} or link + 1 >= len(sentence.items):
        return
    if sentence.key(link) == "of" and sentence.key(index).startswith(("report", "statement")):
        return
    said = (link + 1, _clause_end(sentence, link + 1))
    stance = Stance.REPORTS if sentence.key(index).startswith("report") else Stance.CLAIMS
    _emit(reading, said, phrase, cue=(index, index + 1), stance=stance)


_CLAIMING_NOUNS = frozenset(
    """
    accusation accusations allegation allegations assertion assertions charge charges claim claims
    complaint complaints contention report reports statement statements suggestion suggestions
    """.split()
)


def _owner(sentence: _Sentence, noun: int) -> _Phrase | None:
    """Return whose words the noun stands for: "the Pentagon's charge", "a Pentagon charge"."""
    at = noun - 1
    while at > 0 and sentence.is_word(at) and not sentence.is_proper(at) and not _is_possessive(sentence, at):
        is_bound = sentence.key(at) in _DETERMINERS | _SUBORDINATORS | _PREPOSITIONS
        if is_bound or noun - at > 3 or _is_reporting(sentence, at) or sentence.key(at) in FINITE_VERBS:
            return None
        at -= 1
    if at < 0 or not sentence.is_word(at) or sentence.key(at) in _DETERMINERS - _OWN:
        return None
    # The capital of a first word says nothing: "Additional charges of".
    if not (_is_possessive(sentence, at) or (at > 0 and sentence.is_proper(at))):
        return None
    start = at
    while start > 0 and sentence.is_word(start - 1) and _continues_name(sentence, start - 1):
        start -= 1
    return _Phrase(start, at + 1, outer=start, last=at + 1)


def _is_possessive(sentence: _Sentence, index: int) -> bool:
    return sentence.key(index).endswith(("'s", "s'")) or sentence.key(index) in {"its", "their", "his", "her"}


def _continues_name(sentence: _Sentence, index: int) -> bool:
    key = sentence.key(index)
    if key in _DETERMINERS or key in _SUBORDINATORS or key in _PREPOSITIONS or key in VERB_FORMS:
        return False
    return sentence.is_proper(index) or not _is_finite(sentence, index)


# --- who the speaker is -------------------------------------------------------------------------

_UNIT_NOUNS = BODIES - frozenset(
    "group police forces force rebels opposition party movement company people hospital court staff".split()
)
_CUT = frozenset("of in at from with for near on to by who".split())
_SPACE = re.compile(r"\s{1,20}")


_WITHIN_NAME = frozenset({" ", "-", "\n", ".", ". ", "'s ", "’s "})
_LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class _Name:
    text: str
    is_person: bool


class _Discourse:
    """Who has been named so far, and so whom a pronoun or a short name means."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._people: dict[str, str] = {}
        self._described: dict[str, set[str]] = {}
        self._bodies: dict[str, str] = {}
        self._spoken: dict[str, str] = {}
        self._last: dict[str, str] = {}
        self._is_shouted = False
        self.previous: Quote | None = None

    def enter(self, sentence: _Sentence) -> None:
        """Take note of the institutions that the sentence names and of the person it begins with."""
        self._is_shouted = sentence.is_shouted
        first, end = 0, -1
        for index, item in enumerate(sentence.items):
            goes_on = end >= 0 and self._text[end : item.span.start] in _WITHIN_NAME
            if item.kind is _Kind.WORD and item.key in BODIES and goes_on:
                self._note_body(item.key, self._text[first : item.span.end])
            if not sentence.is_proper(index) or item.key in _FUNCTION_WORDS:
                end = -1
                continue
            first = first if goes_on else item.span.start
            end = item.span.end
        self._note_subject(sentence)

    def _note_body(self, noun: str, name: str) -> None:
        known = self._bodies.get(noun, "")
        if len(name) <= _LONGEST_NAME and not known.lower().endswith(name.lower()):
            self._bodies[noun] = name

    def _note_subject(self, sentence: _Sentence) -> None:
        end = 0
        while end < min(8, len(sentence.items)) and sentence.is_proper(end):
            end += 1
        if end and not sentence.is_shouted:
            name = _named(_without_determiner(_words(sentence.over(0, end).of(self._text))), is_shouted=False)
            if name.is_person or name.text.split()[-1].lower() in self._people:
                self._last["person"] = self._full(name.text)

    def resolve(self, draft: _Draft) -> Quote:
        """Return the quote with its speaker by the fullest name that the text has given."""
        if draft.who is None:
            speaker, span = UNNAMED, draft.cue
        else:
            speaker, span = self._speaker(draft), draft.who
        quote = Quote(draft.said, speaker, stance=draft.stance, speaker_span=span, cue=draft.cue)
        self.previous = quote
        return quote

    def _speaker(self, draft: _Draft) -> str:
        assert draft.who is not None
        words = _words(draft.who.of(self._text))
        key = words[0].lower() if len(words) == 1 else ""
        if key in _PRONOUN_OF:
            kind = _PRONOUN_OF[key]
            return self._last.get(kind) or (kind != "person" and self._last.get("any")) or words[0]
        bare = _without_determiner(words)
        name = _named(bare, is_shouted=self._is_shouted)
        has_article = len(bare) < len(words)
        speaker = self._known(name, bare, has_article=has_article)
        if len(bare) == 1 and not has_article and _SAYS_OF_SELF.match(self._text, draft.said.start):
            name = replace(name, is_person=True)
        self._remember(speaker, name, draft.described, has_article=has_article)
        return speaker

    def _known(self, name: _Name, bare: Sequence[str], *, has_article: bool) -> str:
        last = bare[-1].lower()
        if len(bare) == 1 and has_article and last in PERSON_ROLES and "person" in self._last:
            person = self._last["person"]
            if last in self._described.get(person, ()) or last == "official":
                return person
        if len(bare) == 1 and has_article and last in _UNIT_NOUNS and last in self._spoken:
            return self._spoken[last]
        if last in _UNIT_NOUNS and last in self._bodies and len(bare) < 3:
            full = self._bodies[last]
            if full.lower().endswith(name.text.lower()):
                return full
        return self._full(name.text)

    def _full(self, name: str) -> str:
        return self._people.get(name.lower(), name)

    def _remember(self, speaker: str, name: _Name, described: Span, *, has_article: bool) -> None:
        words = speaker.split()
        is_person = name.is_person or speaker in self._described or self._last.get("person") == speaker
        is_person = is_person and not (
            has_article and not _names_a_role(words) and len(words) > 1 and not name.is_person
        )
        kind = "person" if is_person else "plural" if words[-1].lower() in PLURAL_ROLES else "body"
        is_bare = not has_article and not any(_plain(w) in BODIES for w in words)
        if self._is_shouted and kind == "body" and is_bare:
            # Capitals do not show which names are persons': one without article is taken for one.
            self._last["person"] = speaker
            if 1 < len(words) < 5:
                self._people.setdefault(words[-1].lower(), speaker)
        self._last[kind] = self._last["any"] = speaker
        if kind == "body" and len(words) > 1:
            self._spoken.update((key, speaker) for w in words if (key := _plain(w)) in _UNIT_NOUNS)
        if is_person and not _names_a_role(words):
            self._described.setdefault(speaker, set()).update(
                w.lower() for w in _words(described.of(self._text))
            )
            if len(words) > 1:
                self._people[words[-1].lower()] = speaker


# "Baker said he was tired": Baker is a person, not a town or an army.
_SAYS_OF_SELF = re.compile(r"(?:he|she|his|her)\b", re.IGNORECASE)
_PRONOUN_OF = {
    "he": "person",
    "she": "person",
    "his": "person",
    "her": "person",
    "who": "person",
    "it": "body",
    "its": "body",
    "which": "body",
    "they": "plural",
    "their": "plural",
}


def _words(text: str) -> list[str]:
    return [w for w in (p.strip(",;:()[]") for p in _SPACE.split(text.strip())) if w]


def _without_determiner(words: list[str]) -> list[str]:
    start = 0
    while (
        start < len(words) - 1 and words[start].lower() in _DETERMINERS and words[start + 1].lower() != "of"
    ):
        start += 1
    return [*words[start:-1], re.sub(r"(?:['’]s|(?<=s)['’])\Z", "", words[-1])]


def _plain(word: str) -> str:
    return word.lower().strip(".,'’")


def _names_a_role(words: Sequence[str]) -> bool:
    return any(_plain(w) in PERSON_ROLES for w in words)


def _named(words: Sequence[str], *, is_shouted: bool) -> _Name:
    """Return the name in a noun phrase: a person's without titles, else the phrase itself."""
    words = _source_of_statement(list(words))
    cut = next((i for i, w in enumerate(words) if i and w.lower() in _CUT), len(words))
    head = words[:cut]
    marker = next((i for i in range(len(head) - 1, -1, -1) if _is_title(head[i])), None)
    tail = head if marker is None else head[marker + 1 :]
    if tail and _is_personal(tail, is_shouted=is_shouted) and (marker is not None or 2 <= len(tail) <= 4):
        is_certain = marker is not None or not is_shouted
        return (
            _Name(" ".join(tail), is_person=is_certain)
            if is_certain
            else _Name(" ".join(words), is_person=False)
        )
    is_role = _plain(head[-1]) in PERSON_ROLES if head else False
    return _Name(" ".join(words), is_person=is_role)


def _is_title(word: str) -> bool:
    return _plain(word) in TITLES or _plain(word) in PERSON_ROLES


def _is_personal(words: Sequence[str], *, is_shouted: bool) -> bool:
    for word in words:
        key = _plain(word)
        if key in BODIES or key in PLURAL_ROLES or key in _FUNCTION_WORDS - _PARTICLES:
            return False
        if not is_shouted and not word[:1].isupper() and key.split("-")[0] not in _PARTICLES:
            return False
        if not is_shouted and len(key) > 1 and word.isupper():
            return False
    return True


def _source_of_statement(words: list[str]) -> list[str]:
    """Return whose statement it is: "a statement from X", "a Pentagon statement"."""
    at = next((i for i, w in enumerate(words) if _plain(w) in STATEMENT_NOUNS), None)
    if at is None:
        return words
    if at + 2 < len(words) and words[at + 1].lower() in {"from", "by", "of"}:
        return _without_determiner(words[at + 2 :])
    if at > 0 and (words[at - 1][:1].isupper() or words[at - 1].endswith(("'s", "’s"))):
        return _without_determiner(words[:at])
    return words


# --- order ---------------------------------------------------------------------------------------


def _continued(sentence: _Sentence, drafts: Sequence[_Draft], discourse: _Discourse) -> Iterator[Quote]:
    """Give a sentence that is nothing but a quotation to the speaker before it."""
    if drafts:
        return
    is_quotation = bool(sentence.items) and all(i.kind is _Kind.QUOTATION for i in sentence.items)
    if is_quotation and discourse.previous is not None:
        said = _between_marks(sentence.text, sentence.items[0].span)
        if said.of(sentence.text).strip():
            yield replace(discourse.previous, span=said)
    else:
        discourse.previous = None


def _uncrossed(quotes: Sequence[Quote]) -> tuple[Quote, ...]:
    """Return the quotes in order, each cut short where it would cross one that began before it."""
    out: list[Quote] = []
    open_ends: list[int] = []
    for quote in sorted(quotes, key=lambda q: (q.span.start, -q.span.end, q.cue)):
        while open_ends and open_ends[-1] <= quote.span.start:
            open_ends.pop()
        end = min(quote.span.end, open_ends[-1]) if open_ends else quote.span.end
        kept = quote if end == quote.span.end else replace(quote, span=Span(quote.span.start, end))
        if kept not in out[-3:]:
            out.append(kept)
            open_ends.append(end)
    return tuple(sorted(out, key=lambda q: (q.span.start, -q.span.end, q.cue)))
