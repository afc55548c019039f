"""Can a word of a sentence be its verb, an adverb or a possessive?"""

from __future__ import annotations

from geoevents.attribution.sentences import Sentence
from geoevents.attribution.words import (
    ADVERBS,
    AUXILIARIES,
    DETERMINERS,
    MODALS,
    NO_ADVERBS,
    PASSIVES,
    PREPOSITIONS,
    SUBORDINATORS,
)
from geoevents.lexicon.speech import FINITE_VERBS, NOUN_FORMS, VERB_FORMS

__all__ = ["continues_name", "is_adverb", "is_finite", "is_possessive", "is_reporting"]


def is_adverb(sentence: Sentence, index: int) -> bool:
    """Say whether the word can be an adverb."""
    key = sentence.key(index)
    return key in ADVERBS or (
        key.endswith("ly") and key not in NO_ADVERBS and (index == 0 or not _is_part_of_name(sentence, index))
    )


def is_finite(sentence: Sentence, index: int) -> bool:
    """Whether the word can be the verb of a clause: an auxiliary, or a past form that is no adjective."""
    key = sentence.key(index)
    if key in AUXILIARIES or key in PASSIVES or key in FINITE_VERBS or (key in MODALS and key != "to"):
        return True
    if not key.endswith("ed") or len(key) < 5 or _is_part_of_name(sentence, index):
        return False
    before = sentence.key(index - 1)
    return not (before in DETERMINERS or before in {"of", "by", "in", "and"} or _is_hyphened(sentence, index))


def _is_part_of_name(sentence: Sentence, index: int) -> bool:
    return not sentence.is_shouted and sentence.texts[index][0].isupper()


def _is_hyphened(sentence: Sentence, index: int) -> bool:
    start = sentence.starts[index]
    return start > 0 and sentence.text[start - 1] == "-"


def is_reporting(sentence: Sentence, index: int) -> bool:
    """Say whether the word is a reporting verb and not a noun or a part of a name."""
    key = sentence.key(index)
    return key in VERB_FORMS and key not in NOUN_FORMS and not _is_part_of_name(sentence, index)


def is_possessive(sentence: Sentence, index: int) -> bool:
    """Say whether the word says whose something is."""
    return sentence.key(index).endswith(("'s", "s'")) or sentence.key(index) in {"its", "their", "his", "her"}


def continues_name(sentence: Sentence, index: int) -> bool:
    """Say whether the word can stand inside the name of an owner."""
    key = sentence.key(index)
    if key in DETERMINERS or key in SUBORDINATORS or key in PREPOSITIONS or key in VERB_FORMS:
        return False
    return sentence.is_proper(index) or not is_finite(sentence, index)
