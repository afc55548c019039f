"""Which noun phrase beside a reporting verb names who speaks?"""

from __future__ import annotations

from dataclasses import KW_ONLY, dataclass

from geoevents.attribution.grammar import is_adverb, is_finite, is_possessive, is_reporting
from geoevents.attribution.sentences import LONGEST_SPEAKER, Sentence
from geoevents.attribution.words import (
    AUXILIARIES,
    DETERMINERS,
    FRONTING,
    JOINING,
    LEADS,
    NUMBER_WORDS,
    OWN,
    PARTICLES,
    PREPOSITIONS,
    SUBJECT_PRONOUNS,
    SUBORDINATORS,
    TIME_WORDS,
)
from geoevents.lexicon.speech import (
    ADDRESSES,
    BODIES,
    PERSON_ROLES,
    PLURAL_ROLES,
    PRONOUNS,
    VERB_FORMS,
    Complement,
    VerbForm,
)
from geoevents.model import Stance

__all__ = [
    "NO_FORM",
    "Phrase",
    "after_address",
    "after_times",
    "can_speak",
    "keys_of",
    "phrase_start",
    "skip_back",
    "speaker_after",
    "subject_before",
]


@dataclass(frozen=True, slots=True)
class Phrase:
    """Items [start, end) that name a speaker; `outer` is where its titles and appositions begin."""

    start: int
    end: int
    _: KW_ONLY
    outer: int
    last: int


def subject_before(sentence: Sentence, verb: int) -> Phrase | None:
    """Return the noun phrase that ends before the verb and its adverbs."""
    end = skip_back(sentence, verb)
    if sentence.key(end - 1) in {"who", "which"} and sentence.key(end - 2) == ",":
        end -= 1
    if sentence.key(end - 1) == ")":
        end = _before_bracket(sentence, end)
    if sentence.key(end - 1) == ",":
        return _apposed(sentence, end - 1)
    start = phrase_start(sentence, end)
    if sentence.key(start - 1) == "," and _describes(sentence, start, end):
        return _apposed(sentence, start - 1)
    if (relative := _relative_before(sentence, start)) is not None:
        start, end = phrase_start(sentence, relative), relative
    start = _without_fronting(sentence, start, end)
    if start >= end or not can_speak(sentence, start, end):
        return None
    outer = start
    if sentence.key(start - 1) == "," and _is_name(sentence, start, end):
        title = phrase_start(sentence, start - 1)
        if title < start - 1 and sentence.key(start - 2) in PERSON_ROLES:
            outer = title
    return Phrase(start, end, outer=outer, last=end)


def _before_bracket(sentence: Sentence, end: int) -> int:
    """Return where the bracket opens that closes before `end` ("the Observatory (SOHR) said")."""
    return next((i for i in range(end - 2, max(0, end - 9), -1) if sentence.key(i) == "("), end)


def _describes(sentence: Sentence, start: int, end: int) -> bool:
    """Whether a phrase after a comma only describes the name before ("Ali Omar, speaking in Gao said")."""
    if sentence.is_shouted or sentence.is_proper(start) or end - start < 2:
        return False
    if sentence.key(start).endswith("ing"):
        return _segment_start(sentence, start - 1) < start - 1
    return sentence.key(start) not in DETERMINERS and _follows_name(sentence, start, end)


def _relative_before(sentence: Sentence, start: int) -> int | None:
    """Return where "who" stands in "an official who pleaded anonymity said"."""
    if start < 2 or not is_finite(sentence, start - 1):
        return None
    for index in range(start - 1, max(0, start - 12), -1):
        if not sentence.is_word(index):
            return None
        if sentence.key(index) == "who":
            return index
    return None


def skip_back(sentence: Sentence, verb: int) -> int:
    """Return the end of what stands before the verb, its adverbs, auxiliaries and times."""
    index = verb
    while index > 0 and sentence.is_word(index - 1):
        key = sentence.key(index - 1)
        if key in AUXILIARIES or is_adverb(sentence, index - 1):
            index -= 1
        elif key in TIME_WORDS or (key.isdigit() and sentence.key(index - 2) in TIME_WORDS):
            index -= 2 if sentence.key(index - 2) == "on" else 1
        else:
            break
    return index


def phrase_start(sentence: Sentence, end: int) -> int:
    """Walk left from `end` to where the noun phrase begins."""
    start = end
    while start > 0 and sentence.is_word(start - 1):
        key = sentence.key(start - 1)
        if key in SUBORDINATORS or is_finite(sentence, start - 1) or is_reporting(sentence, start - 1):
            break
        start -= 1
        is_new = key in {"the", "a", "an"} and sentence.key(start - 1) not in JOINING
        if is_new or key in PRONOUNS or end - start > 24:
            break
    return start


def _without_fronting(sentence: Sentence, start: int, end: int) -> int:
    """Cut "and", "meanwhile" and "on Sunday" off the front of a noun phrase."""
    while start < end and (sentence.key(start) in LEADS or is_adverb(sentence, start)):
        start += 1
    if start >= end or sentence.key(start) not in FRONTING:
        return start
    for index in range(start + 2, end):
        before = sentence.key(index - 1)
        is_new = sentence.key(index) in DETERMINERS or sentence.key(index) in PRONOUNS
        if (is_new and before not in PREPOSITIONS) or before in TIME_WORDS:
            return index if sentence.key(index) not in TIME_WORDS else after_times(sentence, index, end)
    return min(start + 2, end)


def after_times(sentence: Sentence, index: int, end: int) -> int:
    """Return where the times that begin at `index` end."""
    while index < end and (sentence.key(index) in TIME_WORDS or sentence.key(index).isdigit()):
        index += 1
    return index


_NOBODY = DETERMINERS | TIME_WORDS | NUMBER_WORDS


def can_speak(sentence: Sentence, start: int, end: int) -> bool:
    """Whether the words can name a source: not merely figures, determiners and small words."""
    keys = [sentence.key(i) for i in range(start, end)]
    if keys[-1] in PREPOSITIONS or keys[-1] in DETERMINERS or keys[0] in {"there", "i", "we", "you"}:
        return False
    if keys[-1] == "and" or keys[0] in PREPOSITIONS or len(keys) > LONGEST_SPEAKER:
        return False
    if keys[-1] in {"let's", "let"} or (len(keys) > 1 and keys[0] in PRONOUNS):
        return False
    return any(not k.isdigit() and k not in _NOBODY for k in keys)


def _is_name(sentence: Sentence, start: int, end: int) -> bool:
    """Whether the words are a person's name, titles included."""
    if not 0 < end - start <= 8:
        return False
    return all(sentence.is_proper(i) or sentence.key(i) in PARTICLES for i in range(start, end)) and not any(
        sentence.key(i) in BODIES for i in range(start, end)
    )


def _apposed(sentence: Sentence, comma: int) -> Phrase | None:
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


def _segment_start(sentence: Sentence, end: int) -> int:
    start = end
    while start > 0 and sentence.is_word(start - 1):
        start -= 1
    return start


def _is_modifier(sentence: Sentence, start: int, end: int) -> bool:
    """Whether a segment between commas only describes the name before it."""
    key = sentence.key(start)
    if key.isdigit() or key in _MODIFYING or (end - start == 1 and key in LEADS | {"too", "though"}):
        return True
    if start == 0 or sentence.key(start - 2) in TIME_WORDS:
        return False
    if sentence.is_shouted or not sentence.is_proper(start):
        is_participle = key.endswith("ing") or (
            key.endswith("ed") and sentence.key(start + 1) in PREPOSITIONS
        )
        if is_participle or key in {"a", "an", "the"} or key in PERSON_ROLES or key in PREPOSITIONS:
            return True
    return _follows_name(sentence, start, end)


def _follows_name(sentence: Sentence, start: int, end: int) -> bool:
    """Whether a name stands before ("Ali Omar, Iran's envoy to the talks, said")."""
    before = _segment_start(sentence, start - 1)
    if (
        start - 1 - before < 2
        or sentence.key(before) in FRONTING
        or not _is_name(sentence, before, start - 1)
    ):
        return False
    keys = [sentence.key(i) for i in range(start, end)]
    is_role = bool(PERSON_ROLES & set(keys[:4])) and bool({"of", "for", "at", "in"} & set(keys))
    return is_role or any(is_possessive(sentence, i) for i in range(start, end))


_MODIFYING = frozenset("who which whose jr sr or known formerly called".split())


def _named_between(sentence: Sentence, left: int, right: int, comma: int) -> Phrase | None:
    start = _without_fronting(sentence, max(left, phrase_start(sentence, right)), right)
    if start >= right or not can_speak(sentence, start, right):
        return None
    before = left - 1
    if right == comma and sentence.key(before) == "," and _is_name(sentence, start, right):
        return _name_or_place(sentence, start, right, comma)
    return Phrase(start, right, outer=start, last=comma + 1)


def _name_or_place(sentence: Sentence, start: int, right: int, comma: int) -> Phrase | None:
    """Tell "spokesman, Ali Omar, said" from "officials in Mosul, Iraq, said"."""
    before = start - 1
    title = _without_fronting(sentence, phrase_start(sentence, before), before)
    described = title < before and can_speak(sentence, title, before)
    keys = {sentence.key(i) for i in range(title, before)}
    if described and keys & (PLURAL_ROLES | {"in", "at", "near"}) and not keys & PERSON_ROLES:
        return Phrase(title, before, outer=title, last=comma + 1)
    return Phrase(start, right, outer=title if described else start, last=comma + 1)


_LEADING_ON = PREPOSITIONS | DETERMINERS | {"and", "or"}


def speaker_after(sentence: Sentence, start: int) -> Phrase | None:
    """Return the noun phrase that begins at `start` and ends at a mark, a time or a clause."""
    end = start
    while sentence.is_word(end) and end - start < 24:
        key = sentence.key(end)
        if key in SUBORDINATORS or (key in TIME_WORDS and key != "may") or is_finite(sentence, end):
            break
        if VERB_FORMS.get(key, NO_FORM).is_participle or (end > start and key in SUBJECT_PRONOUNS):
            break
        is_place = end > start and key in {"in", "on", "at"}
        if is_place and (sentence.key(end + 1) in OWN or after_address(sentence, end)):
            break
        end += 1
    while end > start and sentence.key(end - 1) in _LEADING_ON:
        end -= 1
    if end == start or not can_speak(sentence, start, end):
        return None
    if sentence.key(end) == "," and _is_apposed_name(sentence, start, end):
        stop = end + 1
        while sentence.is_proper(stop) or sentence.key(stop) in PARTICLES:
            stop += 1
        return Phrase(end + 1, stop, outer=start, last=stop)
    return Phrase(start, end, outer=start, last=end)


def _is_apposed_name(sentence: Sentence, start: int, end: int) -> bool:
    """Whether a name follows the comma after a role ("said a spokesman, Ali Omar")."""
    stop = end + 1
    while sentence.is_proper(stop) or sentence.key(stop) in PARTICLES:
        stop += 1
    is_closed = stop > end + 1 and (stop >= len(sentence.keys) or sentence.key(stop) == ",")
    keys = {sentence.key(i) for i in range(start, end)}
    return is_closed and bool(keys & PERSON_ROLES) and not _is_name(sentence, start, end)


NO_FORM = VerbForm("", Stance.CLAIMS, complement=Complement.CLAUSE, is_participle=False)


def keys_of(sentence: Sentence, phrase: Phrase) -> str:
    """Return the words of the phrase in lower case."""
    return " ".join(sentence.key(i) for i in range(phrase.start, phrase.end))


def after_address(sentence: Sentence, index: int) -> int | None:
    """Return where "in a statement to the agency" ends, `None` if it is no such phrase."""
    for at in range(index + 1, min(index + 9, len(sentence.keys))):
        key = sentence.key(at)
        if not sentence.is_word(at) or key in SUBORDINATORS or is_finite(sentence, at):
            return None
        if key in ADDRESSES:
            return _after_trail(sentence, at + 1)
    return None


def _after_trail(sentence: Sentence, index: int) -> int:
    """Skip "of anonymity", "with Interfax", "to the agency" after where it was said."""
    while sentence.key(index) in ADDRESSES:
        index += 1
    if sentence.key(index) not in {"of", "with", "to", "from", "posted", "carried", "published", "on", "by"}:
        return index
    if sentence.key(index) == "on" and sentence.key(index + 1) in TIME_WORDS:
        return index
    end = index + 1
    while sentence.is_word(end) and end - index < 9:
        key = sentence.key(end)
        if key in SUBORDINATORS or key in TIME_WORDS or key in SUBJECT_PRONOUNS or key in ADDRESSES:
            return end + (key in ADDRESSES)
        if end > index + 1 and sentence.is_proper(end - 1) and not sentence.is_proper(end):
            return end
        end += 1
    return end
