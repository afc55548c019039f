"""Which phrases and nouns report speech without a verb: "according to", "citing", "the claim that"?"""

from __future__ import annotations

from geoevents.attribution.content import (
    Draft,
    Reading,
    after_adjuncts,
    after_dateline,
    clause_end,
    content_start,
    emit,
    left_content,
)
from geoevents.attribution.grammar import continues_name, is_finite, is_possessive, is_reporting
from geoevents.attribution.sentences import Sentence, next_comma
from geoevents.attribution.speakers import Phrase, skip_back, speaker_after, subject_before
from geoevents.attribution.words import (
    CLAUSE_LINKS,
    DETERMINERS,
    FRONTING,
    OWN,
    PASSIVES,
    PREPOSITIONS,
    SUBORDINATORS,
)
from geoevents.lexicon.speech import (
    BODIES,
    FINITE_VERBS,
    PERSON_ROLES,
    PLURAL_ROLES,
    STATEMENT_NOUNS,
    VERB_FORMS,
)
from geoevents.model import Stance

__all__ = ["PHRASES", "read_noun"]


def _read_according(reading: Reading, index: int) -> None:
    sentence = reading.sentence
    if sentence.key(index + 1) != "to" or sentence.key(index + 2) in {"plan", "schedule", "tradition", "law"}:
        return
    phrase = speaker_after(sentence, index + 2)
    if phrase is None:
        return
    cue = (index, index + 2)
    comma = next_comma(sentence, phrase.last)
    is_first = index < 4 and not any(sentence.is_quotation(i) for i in range(index))
    if is_first or sentence.key(index - 1) in CLAUSE_LINKS | {"that"}:
        comma = _after_description(sentence, comma)
        said = (comma, clause_end(sentence, comma + 1))
    else:
        said = (reading.floor if index - reading.floor > 2 else after_dateline(sentence), index)
        reading.floor = min(comma + 1, len(sentence.keys))
    reading.phrase = reading.phrase or phrase
    emit(reading, said, phrase, cue=cue, stance=Stance.REPORTS)


def _after_description(sentence: Sentence, comma: int) -> int:
    """Skip what only describes the source: "According to Ali Omar, a nurse at the clinic, ..."."""
    for _ in range(3):
        following = next_comma(sentence, comma + 1)
        is_clause = any(is_finite(sentence, i) for i in range(comma + 1, following))
        if is_clause or following >= len(sentence.keys) or sentence.key(comma + 1) in FRONTING:
            return comma
        comma = following
    return comma


def _read_citing(reading: Reading, index: int) -> None:
    """Read ", citing X": X is a second source of what was said before."""
    phrase = speaker_after(reading.sentence, index + 1)
    if phrase is None or not _is_source(reading.sentence, phrase):
        return
    cue = (index, index + 1)
    if reading.drafts:
        last = reading.drafts[-1]
        who = reading.sentence.over(phrase.start, phrase.end)
        reading.drafts.append(
            Draft(last.said, who, described=who, cue=reading.sentence.over(*cue), stance=Stance.REPORTS)
        )
    elif index > 3:
        emit(reading, (0, index), phrase, cue=cue, stance=Stance.REPORTS)


_SOURCES = PLURAL_ROLES | PERSON_ROLES | BODIES | STATEMENT_NOUNS


def _is_source(sentence: Sentence, phrase: Phrase) -> bool:
    """Whether somebody can be cited by that phrase: not "citing the court case"."""
    indices = range(phrase.start, phrase.end)
    return any(
        sentence.key(i) in _SOURCES or (sentence.is_proper(i) and not sentence.is_shouted) for i in indices
    )


def _read_quoted(reading: Reading, index: int) -> None:
    """Read "was quoted as saying" and "quoted X as saying"."""
    sentence = reading.sentence
    saying = next(
        (i for i in range(index + 1, min(index + 16, len(sentence.keys))) if sentence.key(i) in _SAYINGS),
        None,
    )
    if saying is None or sentence.key(saying - 1) != "as":
        return
    if sentence.key(skip_back(sentence, index) - 1) in PASSIVES:
        phrase = agent = subject_before(sentence, skip_back(sentence, index) - 1)
    else:
        end = next((i for i in range(index + 1, saying) if sentence.key(i) == ","), saying - 1)
        phrase = Phrase(index + 1, end, outer=index + 1, last=saying - 1)
        agent = subject_before(sentence, index)
    if phrase is None or phrase.end <= phrase.start:
        return
    cue, form = (index, saying + 1), VERB_FORMS[sentence.key(saying)]
    left = None if agent is None else left_content(reading, agent)
    start = content_start(sentence, after_adjuncts(sentence, saying + 1, form), form, saying)
    if start is not None and start < len(sentence.keys):
        emit(reading, (start, clause_end(sentence, start)), phrase, cue=cue, stance=Stance.CLAIMS)
    elif left is not None:
        emit(reading, left, phrase, cue=cue, stance=Stance.CLAIMS)
    reading.phrase = phrase


_SAYINGS = frozenset({"saying", "telling", "writing", "claiming", "stating"})


def _read_reportedly(reading: Reading, index: int) -> None:
    stance = Stance.REPORTS if reading.sentence.key(index) == "reportedly" else Stance.CLAIMS
    said = (index + 1, clause_end(reading.sentence, index + 1))
    if index + 1 < len(reading.sentence.keys):
        emit(reading, said, None, cue=(index, index + 1), stance=stance)


PHRASES = {
    "according": _read_according,
    "citing": _read_citing,
    "quoting": _read_citing,
    "quoted": _read_quoted,
    "reportedly": _read_reportedly,
    "allegedly": _read_reportedly,
}


def read_noun(reading: Reading, index: int) -> None:
    """Read "the Pentagon's accusations that ..." and "claims by rebels that ..."."""
    sentence = reading.sentence
    if sentence.key(index) not in _CLAIMING_NOUNS:
        return
    phrase, link = _owner(sentence, index), index + 1
    if phrase is None and sentence.key(index + 1) in {"by", "from"}:
        phrase = speaker_after(sentence, index + 2)
        link = phrase.last if phrase else link
    if phrase is None or sentence.key(link) not in {"that", "of"} or link + 1 >= len(sentence.keys):
        return
    if sentence.key(link) == "of" and sentence.key(index).startswith(("report", "statement")):
        return
    said = (link + 1, clause_end(sentence, link + 1))
    stance = Stance.REPORTS if sentence.key(index).startswith("report") else Stance.CLAIMS
    emit(reading, said, phrase, cue=(index, index + 1), stance=stance)


_CLAIMING_NOUNS = frozenset(
    """
    accusation accusations allegation allegations assertion assertions charge charges claim claims
    complaint complaints contention report reports statement statements suggestion suggestions
    """.split()
)


_BINDING = DETERMINERS | SUBORDINATORS | PREPOSITIONS
_NOBODYS = DETERMINERS - OWN


def _owner(sentence: Sentence, noun: int) -> Phrase | None:
    """Return whose words the noun stands for: "the Pentagon's charge", "a Pentagon charge"."""
    at = noun - 1
    while at > 0 and sentence.is_word(at) and not sentence.is_proper(at) and not is_possessive(sentence, at):
        is_bound = sentence.key(at) in _BINDING
        if is_bound or noun - at > 3 or is_reporting(sentence, at) or sentence.key(at) in FINITE_VERBS:
            return None
        at -= 1
    if at < 0 or not sentence.is_word(at) or sentence.key(at) in _NOBODYS:
        return None
    # The capital of a first word says nothing: "Additional charges of".
    if not (is_possessive(sentence, at) or (at > 0 and sentence.is_proper(at))):
        return None
    start = at
    while start > 0 and sentence.is_word(start - 1) and continues_name(sentence, start - 1):
        start -= 1
    return Phrase(start, at + 1, outer=start, last=at + 1)
