"""What does each sentence hold: words, clauses, parties, places and times?"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from geoevents.events.parties import find_parties
from geoevents.events.passage import Moment, Name, Party, Passage
from geoevents.lexicon.people import common_words, given_names
from geoevents.lexicon.triggers import TriggerLexicon
from geoevents.model import Document, Resolution, TimeExpression, Timeline
from geoevents.text import Memo, Span, Tokens, bare_keys, sentences, tokenize

__all__ = ["read"]


# Words that open a clause of their own.
_OPENERS = frozenset(
    """which who whom whose while when where after before because although though but if unless until
    whereas that amid despite saying adding following""".split()
)
_SPEECH = frozenset(
    """said says say told tells reported reports announced claimed claims stated added adding warned
    accused confirmed denied rejected insisted argued noted quoted according alleged retorted arguing insisting claiming noting alleging suggesting""".split()
)
_CLAUSE_WORDS = _OPENERS | _SPEECH
_BREAK = re.compile(r"[;:—–\"“”()\[\]]|--| - |\.\.\.|…")


def read(
    document: Document,
    resolutions: Sequence[Resolution],
    timeline: Timeline,
    *,
    triggers: TriggerLexicon | None = None,
) -> Iterator[Passage]:
    """Yield the sentences in order; with `triggers`, only those that have one of them."""
    text = document.text
    words = tokenize(text)
    places = sorted(resolutions, key=lambda r: r.toponym.span)
    place_starts = [r.toponym.span.start for r in places]
    times = sorted(timeline.expressions, key=lambda e: e.span)
    time_starts = [e.span.start for e in times]
    marks = None if triggers is None else triggers.positions(words.texts)
    mark_starts = [words.starts[mark] for mark in marks or ()]
    for span in _bounded(sentences(text)):
        if marks is not None:
            ahead = bisect_left(mark_starts, span.start)
            if ahead == len(marks) or mark_starts[ahead] >= span.end:
                continue
        first, last = bisect_left(words.starts, span.start), bisect_left(words.starts, span.end)
        if first == last:
            continue
        keys = tuple(map(bare_keys.__getitem__, words.texts[first:last]))
        if marks is not None and triggers is not None:
            own = marks[bisect_left(marks, first) : bisect_left(marks, last)]
            if not own or not triggers.may_tell(keys, [mark - first for mark in own]):
                continue
        here = places[bisect_left(place_starts, span.start) : bisect_left(place_starts, span.end)]
        now = times[bisect_left(time_starts, span.start) : bisect_left(time_starts, span.end)]
        yield _passage(words, span, (first, last), keys=keys, places=here, times=now)


# A "sentence" longer than this is a table or a list; cut, so that no step sees an unbounded one.
_LONGEST = 2_000


def _bounded(spans: Sequence[Span]) -> Iterator[Span]:
    for span in spans:
        for start in range(span.start, span.end, _LONGEST):
            yield Span(start, min(span.end, start + _LONGEST))


def _passage(
    words: Tokens,
    span: Span,
    bounds: tuple[int, int],
    *,
    keys: tuple[str, ...],
    places: Sequence[Resolution],
    times: Sequence[TimeExpression],
) -> Passage:
    first, last = bounds
    tokens = words.part(first, last)
    starts = tokens.starts
    names = tuple(
        Name(start, end, resolution=r) for r in places for start, end in [_words(starts, r.toponym.span)]
    )
    moments = tuple(
        Moment(start, end, expression=e) for e in times for start, end in [_words(starts, e.span)]
    )
    is_shouting = span.of(words.text).isupper()
    parties = find_parties(tokens, keys=keys, names=names, is_shouting=is_shouting)
    classes = _classes(tokens, keys, names, parties)
    return Passage(
        span,
        words.text,
        tokens=tokens,
        keys=keys,
        classes=classes,
        bag=frozenset().union(*classes),
        clauses=_clauses(keys, tokens.gaps),
        names=names,
        parties=parties,
        moments=moments,
        is_shouting=is_shouting,
    )


def _words(starts: Sequence[int], span: Span) -> tuple[int, int]:
    first = max(0, bisect_right(starts, span.start) - 1)
    return first, max(first + 1, bisect_left(starts, span.end))


def _clauses(keys: Sequence[str], gaps: Sequence[str]) -> tuple[int, ...]:
    clause, out = 0, [0]
    for key, gap in zip(keys[1:], gaps[1:-1], strict=True):
        if key in _CLAUSE_WORDS or (gap != " " and (_BREAKS[gap] or _opens_participle(key, gap))):
            clause += 1
        out.append(clause)
    return tuple(out)


def _opens_participle(key: str, gap: str) -> bool:
    """Whether a participle goes on with the story: "..., killing 12 people"."""
    return key.endswith("ing") and len(key) > 5 and "," in gap


_BREAKS = Memo(lambda gap: _BREAK.search(gap) is not None)
_ALONE = Memo(lambda key: frozenset({key}))


# What these have for an object is a place, even one that no gazetteer knows: "seized Golo".
_WAR = frozenset(
    """retook recaptured seized shelled bombed bombarded stormed besieged liberated raided pounded surrounded
    encircled retaking recapturing seizing shelling bombing storming besieging liberating raiding
    encircling""".split()
)


def _unknown_places(tokens: Tokens, keys: Sequence[str], taken: set[int]) -> Iterator[int]:
    """Yield the capitalized words right behind a verb of war that name nobody who is known."""
    for index in range(1, len(keys)):
        if keys[index - 1] in _WAR and index not in taken:
            written = tokens.texts[index]
            is_name = written[:1].isupper() and not written.isupper() and keys[index] not in common_words()
            if is_name and keys[index] not in given_names():
                yield index


def _classes(
    tokens: Tokens, keys: Sequence[str], names: Sequence[Name], parties: Sequence[Party]
) -> tuple[frozenset[str], ...]:
    extra: dict[int, set[str]] = {}
    if not _WAR.isdisjoint(keys):
        taken = {i for name in names for i in range(name.first, name.last)}
        taken.update(i for party in parties for i in range(party.first, party.last))
        for index in _unknown_places(tokens, keys, taken):
            extra.setdefault(index, set()).add("$place")
    for name in names:
        if name.can_locate:
            for index in range(name.first, name.last):
                extra.setdefault(index, set()).add("$place")
    for party in parties:
        if party.bears_arms:
            for index in range(party.first, party.last):
                extra.setdefault(index, set()).add("$armed")
    classes = list(map(_ALONE.__getitem__, keys))
    for index, more in extra.items():
        classes[index] |= more
    return tuple(classes)
