"""Which words are said, and where do they begin and end?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import KW_ONLY, dataclass, field

from geoevents.attribution.grammar import is_adverb, is_finite, is_reporting
from geoevents.attribution.sentences import Sentence, bare_span, with_full_abbreviation
from geoevents.attribution.speakers import NO_FORM, Phrase, after_address, after_times
from geoevents.attribution.words import (
    CLAUSE_LINKS,
    DETERMINERS,
    EMPTY_OBJECTS,
    FOR_REASONS,
    FRONTING,
    MODALS,
    NOT_DENIED,
    NOUN_OBJECTS,
    PASSIVES,
    PREPOSITIONS,
    SUBJECT_PRONOUNS,
    SUBORDINATORS,
    TIME_WORDS,
)
from geoevents.lexicon.speech import INTERLOCUTORS, NOUN_FORMS, SPEECH_NOUNS, VERB_FORMS, Complement, VerbForm
from geoevents.model import Span, Stance

__all__ = [
    "Draft",
    "Reading",
    "after_adjuncts",
    "after_dateline",
    "clause_end",
    "closes",
    "content_start",
    "emit",
    "is_medial",
    "is_trailing",
    "left_content",
]


@dataclass(frozen=True, slots=True)
class Draft:
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
class Reading:
    """The cues of one sentence as they are read from left to right."""

    sentence: Sentence
    drafts: list[Draft] = field(default_factory=list)
    phrase: Phrase | None = None
    # Where the clause begins that a trailing ", X said" closes.
    floor: int = 0


_CITY = re.compile(r"[A-Z]{3}")


def after_dateline(sentence: Sentence) -> int:
    """Return where the report begins after "KYIV, Ukraine (Wire) —"."""
    if not sentence.keys or not _CITY.match(sentence.texts[0]):
        return 0
    for index in range(1, min(20, len(sentence.keys))):
        if sentence.key(index) in {"—", "–", "--", "-"}:
            is_wire = sentence.key(index - 1) in {")", "]"} or not sentence.is_shouted
            # "SAN SALVADOR, 3 JAN 90 (EFE) -- [TEXT] ..."
            is_marked = sentence.key(index + 1) == "[" and sentence.key(index + 3) == "]"
            return index + (4 if is_marked else 1) if is_wire else 0
    return 0


def emit(
    reading: Reading, said: tuple[int, int], phrase: Phrase | None, *, cue: tuple[int, int], stance: Stance
) -> None:
    """Note a quote: the items of `said`, less the marks around them, in the mouth of `phrase`."""
    sentence = reading.sentence
    start, end = said
    while start < end and sentence.is_mark(start):
        start += 1
    while end > start and sentence.is_mark(end - 1) and sentence.key(end - 1) not in {")", "]"}:
        end -= 1
    if end <= start or not (words := bare_span(sentence, start, end)).of(sentence.text).strip():
        return
    cue_span = sentence.over(*cue)
    who = None
    if phrase is not None:
        who = with_full_abbreviation(sentence, sentence.over(phrase.start, phrase.end))
    described = (
        cue_span
        if phrase is None
        else sentence.over(min(phrase.outer, phrase.start), max(phrase.last, phrase.end))
    )
    reading.drafts.append(Draft(words, who, described=described, cue=cue_span, stance=stance))


_ENDS = frozenset((";", ",", "—", "–", "--", "and", "but"))


def clause_end(sentence: Sentence, start: int) -> int:
    """Return where what is said from `start` on ends: the sentence, or a clause of another speaker."""
    keys = sentence.keys
    for index in range(start, len(keys)):
        key = keys[index]
        if key not in _ENDS:
            continue
        if key == ";":
            return index
        if key in {"and", "but"}:
            if is_reporting(sentence, index + 1):
                return index
        elif index > start and _opens_other(sentence, index + 1):
            return index
    return len(keys)


_BEFORE_VERBS = MODALS | PASSIVES


def _opens_other(sentence: Sentence, index: int) -> bool:
    """Whether a new statement begins: ", adding that", ", according to", ", but the army said"."""
    key = sentence.key(index)
    if VERB_FORMS.get(key, NO_FORM).is_participle or key in {"citing", "quoting", "according"}:
        return True
    if key not in CLAUSE_LINKS:
        return False
    following = index + 1
    while sentence.is_word(following) and following - index < 14:
        if is_reporting(sentence, following):
            # ", and said": the same speaker goes on; otherwise somebody must stand before the verb.
            return sentence.key(following - 1) not in _BEFORE_VERBS
        if sentence.key(following) in SUBORDINATORS or is_finite(sentence, following):
            return False
        following += 1
    return False


_ADJUNCTS = PREPOSITIONS | SUBORDINATORS | {"during"}


def closes(sentence: Sentence, after: int, phrase: Phrase) -> bool:
    """Whether nothing of what is said follows the verb, so that it stands before the speaker."""
    key = sentence.key(after)
    if after >= len(sentence.keys) or key in {",", ";", "--", "—", ")"}:
        return True
    if key in {"that", ":"} or sentence.is_quotation(after):
        return False
    follows_quotation = sentence.is_quotation(phrase.outer - 1)
    is_adjunct = key in _ADJUNCTS
    return is_adjunct and (follows_quotation or is_trailing(sentence, after))


def is_medial(sentence: Sentence, after: int, left: tuple[int, int]) -> bool:
    """Whether the longer half of what is said follows ("At dawn, officials said, rebels ...")."""
    if sentence.key(after) != "," or _opens_other(sentence, after + 1):
        return False
    words = left[1] - left[0]
    return sentence.key(left[0]) in FRONTING and words < 7 and len(sentence.keys) - after > words


def left_content(reading: Reading, phrase: Phrase) -> tuple[int, int] | None:
    """Return what stands before ", X said", if that can have been said."""
    sentence, start, end = reading.sentence, reading.floor, phrase.outer
    if end <= start or not (sentence.key(end - 1) in {",", "--", "—"} or sentence.is_quotation(end - 1)):
        return None
    while start < end and sentence.key(start) in CLAUSE_LINKS:
        start += 1
    has_quotation = any(sentence.is_quotation(i) for i in range(start, end))
    words = sum(sentence.is_word(i) for i in range(start, end))
    if not has_quotation and words < 3:
        return None
    return start, end


_TOWARDS = PREPOSITIONS | {"during", "via", "through"}


def after_adjuncts(sentence: Sentence, index: int, form: VerbForm) -> int:
    """Skip what stands between a reporting verb and what is said: times, places, who is told."""
    if form.base == "tell":
        index = _after_interlocutor(sentence, index)
    for _ in range(6):
        key = sentence.key(index)
        if key in TIME_WORDS and (key != "may" or sentence.is_proper(index)):
            index = after_times(sentence, index, len(sentence.keys))
        elif key in {"on", "last", "this"} and TIME_WORDS & {
            sentence.key(index + 1),
            sentence.key(index + 2),
        }:
            index = after_times(sentence, index + 1, len(sentence.keys))
        elif key in _TOWARDS and (after := after_address(sentence, index)):
            index = after
        elif is_adverb(sentence, index) and sentence.key(index + 1) in {"that", ",", ""}:
            index += 1
        else:
            break
    return index


def _after_interlocutor(sentence: Sentence, index: int) -> int:
    if (clause := _after_that(sentence, index)) is not None:
        return clause - 1
    end = index
    while sentence.is_word(end) and end - index < 9:
        key = sentence.key(end)
        if key in SUBORDINATORS or key in TIME_WORDS or (end > index and key in SUBJECT_PRONOUNS):
            break
        if key in PREPOSITIONS and key != "of" and end > index:
            break
        if key in INTERLOCUTORS:
            return end + 1
        if end > index and key in DETERMINERS:
            break
        if end > index and not sentence.is_proper(end) and sentence.is_proper(end - 1) and key != "of":
            break
        end += 1
    return end


def content_start(sentence: Sentence, after: int, form: VerbForm, verb: int) -> int | None:
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
    if key in PREPOSITIONS or key == "before" or is_adverb(sentence, after):
        start = _after_that(sentence, after)
        if start is not None or form.base in NOUN_OBJECTS:
            return start
    return after if _takes(sentence, after, form, verb) else None


def _after_that(sentence: Sentence, after: int) -> int | None:
    """Return where the clause begins in "claimed before the court that ..."."""
    for index in range(after, after + 9):
        if sentence.key(index) == "that":
            return index + 1
        if not sentence.is_word(index) or is_finite(sentence, index):
            return None
    return None


def _takes(sentence: Sentence, after: int, form: VerbForm, verb: int) -> bool:
    """Whether the verb can have the words from `after` on as what is said, without "that"."""
    key = sentence.key(after)
    if sentence.key(verb) in NOUN_FORMS and sentence.key(verb) not in {"say", "claim"}:
        return False
    rest = [sentence.key(i) for i in range(after, clause_end(sentence, after))]
    match form.complement:
        case Complement.CLAUSE:
            return _takes_clause(sentence, after, form, rest)
        case Complement.THAT:
            return key in SUBJECT_PRONOUNS and any(is_finite(sentence, i) for i in range(after, after + 4))
        case Complement.OBJECT:
            return (
                not NOT_DENIED & set(rest[:3])
                and key not in {"dead", "cases", "to"}
                and key not in SUBORDINATORS
            )
        case Complement.CHARGE:
            links = {"for", "over"} if form.base in FOR_REASONS else {"of", "for", "on"}
            return key not in PREPOSITIONS and bool(links & set(rest))
        case Complement.REBUTTAL:
            return bool(SPEECH_NOUNS & set(rest[:10]))


def _takes_clause(sentence: Sentence, after: int, form: VerbForm, rest: Sequence[str]) -> bool:
    key = rest[0] if rest else ""
    if (len(rest) == 1 and form.base not in NOUN_OBJECTS) or (len(rest) == 2 and key in EMPTY_OBJECTS):
        return False
    if key in {"to", "by", "for", "of", "as"}:
        return form.base == "admit" and len(rest) > 1 and rest[1].endswith("ing")
    if form.base == "claim" and {"lives", "life"} & set(rest[:6]):
        return False
    if form.base in NOUN_OBJECTS or (form.base == "admit" and key.endswith("ing")):
        return True
    ends = range(after, min(after + 30, len(sentence.keys)))
    return key in SUBJECT_PRONOUNS or any(is_finite(sentence, i) for i in ends)


def is_trailing(sentence: Sentence, index: int) -> bool:
    """Whether nothing but an adjunct follows: no verb of a clause before the next mark."""
    while sentence.is_word(index):
        if is_finite(sentence, index):
            return False
        index += 1
    return True
