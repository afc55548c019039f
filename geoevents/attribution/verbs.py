"""Which reporting verb puts which words in whose mouth?"""

from __future__ import annotations

from geoevents.attribution.content import (
    Reading,
    after_adjuncts,
    clause_end,
    closes,
    content_start,
    emit,
    is_medial,
    is_trailing,
    left_content,
)
from geoevents.attribution.grammar import is_finite, is_possessive
from geoevents.attribution.sentences import Sentence
from geoevents.attribution.speakers import (
    NO_FORM,
    Phrase,
    can_speak,
    keys_of,
    phrase_start,
    skip_back,
    speaker_after,
    subject_before,
)
from geoevents.attribution.words import (
    AUXILIARIES,
    DETERMINERS,
    FRONTING,
    INVERTING,
    MODALS,
    NEGATIONS,
    PASSIVES,
    SUBJECT_PRONOUNS,
    SUBORDINATORS,
)
from geoevents.lexicon.speech import (
    BODIES,
    NOUN_FORMS,
    PERSON_ROLES,
    PLURAL_ROLES,
    PRONOUNS,
    VERB_BASES,
    Complement,
    VerbForm,
)
from geoevents.model import Stance

__all__ = ["is_within_address", "read_verb"]


def is_within_address(sentence: Sentence, index: int) -> bool:
    """Whether the word is part of a name ("the Post", "State Department"), not a verb."""
    if sentence.is_shouted or index == 0:
        return False
    return sentence.texts[index][0].isupper()


def read_verb(reading: Reading, index: int, form: VerbForm) -> None:
    """Note what the reporting verb at `index` says was said."""
    sentence = reading.sentence
    if form.is_participle:
        _read_participle(reading, index, form)
        return
    before = skip_back(sentence, index) - 1
    guard = sentence.key(before)
    if guard in PASSIVES:
        _read_passive(reading, index, form)
        return
    if guard in NEGATIONS or sentence.key(index - 1) in NEGATIONS:
        _read_neither(reading, index, form)
        return
    if guard in MODALS:
        return
    if sentence.key(index + 1) == "by":
        _read_by(reading, index, form)
        return
    if _read_inverted(reading, index, form):
        return
    phrase = subject_before(sentence, index)
    if phrase is None and _is_second_verb(sentence, index):
        phrase = reading.phrase
    if phrase is not None and not _is_noun(sentence, index, phrase):
        _read_active(reading, index, form, phrase)


def _is_noun(sentence: Sentence, index: int, phrase: Phrase) -> bool:
    """Whether the form is no verb of the phrase: "a Pentagon charge", "23 other states that"."""
    key, before = sentence.key(index), sentence.key(phrase.end - 1)
    if key in VERB_BASES and key != "read":
        # The bare form needs a plural subject.
        is_plural = before.endswith("s") or before in _PLURALS or " and " in f" {keys_of(sentence, phrase)} "
        return not is_plural or (key in NOUN_FORMS and sentence.key(phrase.start) in DETERMINERS)
    if key not in NOUN_FORMS:
        return False
    is_source = before in _SOURCES or sentence.is_proper(phrase.end - 1)
    return not is_source or is_possessive(sentence, index - 1)


_SOURCES = PERSON_ROLES | BODIES | PRONOUNS
_PLURALS = PLURAL_ROLES | BODIES | frozenset({"they", "people", "men", "women", "some", "many", "others"})


def _is_second_verb(sentence: Sentence, index: int) -> bool:
    """Whether the verb shares the subject of one before it ("rejected the charge and said")."""
    return sentence.key(skip_back(sentence, index) - 1) in {"and", "but"}


def _read_active(reading: Reading, index: int, form: VerbForm, phrase: Phrase) -> None:
    sentence = reading.sentence
    after = after_adjuncts(sentence, index + 1, form)
    left = left_content(reading, phrase)
    cue = (index, index + 1)
    if left is not None and form.complement is not Complement.CHARGE and closes(sentence, after, phrase):
        emit(reading, left, phrase, cue=cue, stance=form.stance)
        reading.phrase = phrase
        if sentence.is_quotation(after + 1):
            emit(reading, (after + 1, after + 2), phrase, cue=cue, stance=form.stance)
        elif is_medial(sentence, after, left):
            reading.drafts.pop()
            emit(reading, (after + 1, clause_end(sentence, after + 1)), phrase, cue=cue, stance=form.stance)
        reading.floor = min(after + 1, len(sentence.keys))
        return
    start = content_start(sentence, after, form, index)
    if start is None or start >= len(sentence.keys):
        return
    emit(reading, (start, clause_end(sentence, start)), phrase, cue=cue, stance=form.stance)
    reading.phrase = phrase
    reading.floor = max(reading.floor, clause_end(sentence, start) + 1)


def _read_participle(reading: Reading, index: int, form: VerbForm) -> None:
    """Read ", arguing that ...": the subject of the sentence goes on speaking."""
    sentence, before = reading.sentence, reading.sentence.key(index - 1)
    if index == 0 or form.base in _MUTE_PARTICIPLES:
        return
    if before in {",", "by", "and", "—", "--"} or sentence.is_quotation(index - 1):
        phrase = reading.phrase or _main_subject(sentence)
    else:
        phrase = _absolute_subject(sentence, index)
    after = after_adjuncts(sentence, index + 1, form)
    start = content_start(sentence, after, form, index)
    if phrase is None or phrase.end > index or start is None or start >= len(sentence.keys):
        return
    emit(
        reading,
        (start, clause_end(sentence, start)),
        phrase,
        cue=(index, index + 1),
        stance=form.stance,
    )


# "marks indicating that he was beaten": the marks do not speak.
_MUTE_PARTICIPLES = frozenset("post answer state indicate suggest signal reveal".split())


def _absolute_subject(sentence: Sentence, verb: int) -> Phrase | None:
    """Return the speaker of ", with the minister claiming ..."."""
    start = phrase_start(sentence, verb)
    opening = next((i for i in range(verb - 1, start - 1, -1) if sentence.key(i) == "with"), None)
    if opening is None or opening + 1 >= verb or not can_speak(sentence, opening + 1, verb):
        return None
    return Phrase(opening + 1, verb, outer=opening + 1, last=verb)


_OPENERS = FRONTING | SUBORDINATORS


def _main_subject(sentence: Sentence) -> Phrase | None:
    """Return the noun phrase before the first verb of the sentence."""
    opening = {sentence.key(i) for i in range(3)}
    first = 0
    if opening & _OPENERS:
        # "Hours after he fell, the army ...": the subject stands behind the comma.
        first = next((i for i in range(1, len(sentence.keys)) if sentence.key(i) == ","), 0)
    for index in range(first, len(sentence.keys)):
        if sentence.is_word(index) and is_finite(sentence, index):
            return subject_before(sentence, index)
    return None


_NO_SPEAKERS = SUBORDINATORS | SUBJECT_PRONOUNS - {"he", "she", "they"}


def _read_inverted(reading: Reading, index: int, form: VerbForm) -> bool:
    """Read "..., said X"; say whether it is one."""
    sentence = reading.sentence
    stands_after = sentence.key(index - 1) in {",", "--", "—"} or sentence.is_quotation(index - 1)
    if form.base not in INVERTING or not stands_after or not sentence.is_word(index + 1):
        return False
    phrase = speaker_after(sentence, index + 1)
    if phrase is None or sentence.key(index + 1) in _NO_SPEAKERS:
        return False
    after = after_adjuncts(sentence, phrase.last, NO_FORM)
    if (
        sentence.is_word(after)
        and sentence.key(after) not in SUBORDINATORS
        and not is_trailing(sentence, after)
    ):
        return False
    start, end = reading.floor, index
    if sum(sentence.is_word(i) for i in range(start, end)) < 3 and not sentence.is_quotation(index - 1):
        return False
    emit(reading, (start, end), phrase, cue=(index, index + 1), stance=form.stance)
    reading.phrase = phrase
    if sentence.key(after) == "," and sentence.is_quotation(after + 1):
        emit(reading, (after + 1, after + 2), phrase, cue=(index, index + 1), stance=form.stance)
    reading.floor = min(phrase.last + 1, len(sentence.keys))
    return True


def _read_passive(reading: Reading, index: int, form: VerbForm) -> None:
    """Read "it was reported that" and "was confirmed by the ministry"."""
    sentence = reading.sentence
    if sentence.key(index + 1) == "by":
        _read_by(reading, index, form)
        return
    passive = skip_back(sentence, index) - 1
    if sentence.key(passive - 1) in AUXILIARIES:
        passive -= 1
    impersonal = sentence.key(passive - 1) == "it" and sentence.key(index + 1) == "that"
    if impersonal and index + 2 < len(sentence.keys):
        said = (index + 2, clause_end(sentence, index + 2))
        emit(reading, said, None, cue=(passive - 1, index + 1), stance=form.stance)


_WITH_PARTICIPLES = PASSIVES | AUXILIARIES | {"later", "as"}


def _read_by(reading: Reading, index: int, form: VerbForm) -> None:
    """Read "an attack claimed by X": the clause before is what X said."""
    sentence = reading.sentence
    if form.base not in _PASSIVE_VERBS or sentence.key(index) in NOUN_FORMS:
        return
    phrase = speaker_after(sentence, index + 2)
    if phrase is None:
        return
    end = index
    while end > 0 and sentence.key(end - 1) in _WITH_PARTICIPLES:
        end -= 1
    keys = {sentence.key(i) for i in range(reading.floor, end)}
    if form.base == "claim" and not keys & _CLAIMABLE:
        return
    emit(reading, (reading.floor, end), phrase, cue=(index, index + 2), stance=form.stance)


_PASSIVE_VERBS = frozenset("claim confirm report acknowledge deny announce disclose reveal allege".split())

_CLAIMABLE = frozenset(
    "attack attacks bombing bombings blast blasts explosion assault strike strikes responsibility killing".split()
)


def _read_neither(reading: Reading, index: int, form: VerbForm) -> None:
    """Read "neither confirmed nor denied X": an answer, but no stance."""
    sentence = reading.sentence
    if sentence.key(index - 1) != "nor" or form.base not in {"deny", "confirm"}:
        return
    start = index - 2
    while start > 0 and sentence.key(start) != "neither":
        start -= 1
    if index - start > 5 or sentence.key(start) != "neither" or index + 1 >= len(sentence.keys):
        return
    phrase = subject_before(sentence, start)
    if phrase is not None:
        said = (index + 1, clause_end(sentence, index + 1))
        emit(reading, said, phrase, cue=(start, index + 1), stance=Stance.CLAIMS)
