"""Who has been named so far, and so whom does a pronoun or a short name mean?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from geoevents.attribution.content import Draft
from geoevents.attribution.sentences import Sentence
from geoevents.attribution.words import CUE_WORDS, DETERMINERS, FUNCTION_WORDS, PARTICLES
from geoevents.lexicon.speech import (
    BODIES,
    PERSON_ROLES,
    PLURAL_ROLES,
    SPEECH_NOUNS,
    STATEMENT_NOUNS,
    TITLES,
    VERB_FORMS,
)
from geoevents.model import Quote, Span
from geoevents.text import Memo

__all__ = ["TELLING", "UNNAMED", "Discourse"]

UNNAMED = "unnamed source"

"""The speaker of what was merely "reportedly" so."""

_UNIT_NOUNS = BODIES - frozenset(
    "group police forces force rebels opposition party movement company people hospital court staff".split()
)

# Without one of these a sentence reports no speech, without the pattern it names no institution.
_SAYING = VERB_FORMS.keys() | SPEECH_NOUNS | CUE_WORDS
TELLING = frozenset(_SAYING | BODIES)
"""Words without any of which a sentence can only matter by how it begins."""
_NAMED_BODY = re.compile(rf"[^\W\d_a-z][\w'’]{{0,80}}(?:[ \n-]|\. ?)(?i:{'|'.join(sorted(BODIES))})\b")
_LOWER_WORD = re.compile("[a-z]{1,60}")
_CUT = frozenset("of in at from with for near on to by who".split())

_SPACE = re.compile(r"\s{1,20}")

_WITHIN_NAME = frozenset({" ", "-", "\n", ".", ". ", "'s ", "’s "})

_LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class _Name:
    text: str
    is_person: bool


class Discourse:
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

    def is_silent(self, keys: list[str], texts: list[str], written: str) -> bool:
        """Whether a sentence reports nothing and names nobody that later ones may refer to."""
        if not _SAYING.isdisjoint(keys) or (not BODIES.isdisjoint(keys) and _NAMED_BODY.search(written)):
            return False
        if not texts or not texts[0][0].isupper():
            return True
        found = _LOWER_WORD.match(keys[0])
        name = "" if found is None else found.group()
        second = texts[1] if len(texts) > 1 else ""
        return not (second[:1].isupper() or name in PERSON_ROLES or name in self._people)

    def enter(self, sentence: Sentence) -> None:
        """Take note of the institutions that the sentence names and of the person it begins with."""
        self._is_shouted = sentence.is_shouted
        if not BODIES.isdisjoint(sentence.keys):
            self._note_bodies(sentence)
        self._note_subject(sentence)

    def _note_bodies(self, sentence: Sentence) -> None:
        first, end = 0, -1
        columns = zip(sentence.keys, sentence.texts, sentence.starts, sentence.ends, strict=True)
        for key, written, start, stop in columns:
            goes_on = end >= 0 and self._text[end:start] in _WITHIN_NAME
            if goes_on and key in BODIES:
                self._note_body(key, self._text[first:stop])
            if written[0].isupper() and key not in FUNCTION_WORDS:
                first = first if goes_on else start
                end = stop
            else:
                end = -1

    def _note_body(self, noun: str, name: str) -> None:
        known = self._bodies.get(noun, "")
        if len(name) <= _LONGEST_NAME and not known.lower().endswith(name.lower()):
            self._bodies[noun] = name

    def _note_subject(self, sentence: Sentence) -> None:
        end = 0
        while end < min(8, len(sentence.keys)) and sentence.is_proper(end):
            end += 1
        if sentence.is_shouted or not end:
            return
        if end == 1:  # most sentences begin with "The"
            word = _POSSESSIVE.sub("", sentence.texts[0])
            if _plain(word) in PERSON_ROLES or word.lower() in self._people:
                self._last["person"] = self._full(word)
            return
        name = _named(_without_determiner(words_of(sentence.over(0, end).of(self._text))), is_shouted=False)
        if name.is_person or name.text.split()[-1].lower() in self._people:
            self._last["person"] = self._full(name.text)

    def resolve(self, draft: Draft) -> Quote:
        """Return the quote with its speaker by the fullest name that the text has given."""
        if draft.who is None:
            speaker, span = UNNAMED, draft.cue
        else:
            speaker, span = self._speaker(draft), draft.who
        quote = Quote(draft.said, speaker, stance=draft.stance, speaker_span=span, cue=draft.cue)
        self.previous = quote
        return quote

    def _speaker(self, draft: Draft) -> str:
        assert draft.who is not None
        words = words_of(draft.who.of(self._text))
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
                w.lower() for w in words_of(described.of(self._text))
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


def words_of(text: str) -> list[str]:
    return [w for w in (p.strip(",;:()[]") for p in _SPACE.split(text.strip())) if w]


def _without_determiner(words: list[str]) -> list[str]:
    start = 0
    while start < len(words) - 1 and words[start].lower() in DETERMINERS and words[start + 1].lower() != "of":
        start += 1
    return [*words[start:-1], _POSSESSIVE.sub("", words[-1])]


_POSSESSIVE = re.compile(r"(?:['’]s|(?<=s)['’])\Z")
_PLAIN = Memo(lambda word: word.lower().strip(".,'’"), limit=16384)


def _plain(word: str) -> str:
    return _PLAIN[word]


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


_IMPERSONAL = BODIES | PLURAL_ROLES | (FUNCTION_WORDS - PARTICLES)


def _is_personal(words: Sequence[str], *, is_shouted: bool) -> bool:
    for word in words:
        key = _plain(word)
        if key in _IMPERSONAL:
            return False
        if not is_shouted and not word[:1].isupper() and key.split("-")[0] not in PARTICLES:
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
