"""Who says what?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from geoevents.attribution.content import Draft, Reading, after_dateline
from geoevents.attribution.cues import PHRASES, read_noun
from geoevents.attribution.discourse import TELLING, Discourse
from geoevents.attribution.sentences import (
    Sentence,
    between_marks,
    quotations,
    read_sentences,
    without_quotations,
)
from geoevents.attribution.verbs import is_within_address, read_verb
from geoevents.lexicon.speech import SPEECH_NOUNS, VERB_FORMS
from geoevents.model import Document, Quote, Span

__all__ = ["SpeechAttributor"]


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
        marks = quotations(text)
        masked = without_quotations(text, marks)
        discourse = Discourse(text)
        found: list[Quote] = []
        for sentence in read_sentences(text, masked, marks, discourse.is_silent, telling=TELLING):
            if sentence is None:
                discourse.previous = None
                continue
            drafts = _drafts(sentence)
            discourse.enter(sentence)
            found += [discourse.resolve(draft) for draft in drafts]
            found += _continued(sentence, drafts, discourse)
        return _uncrossed(found)


_CUES = PHRASES.keys() | VERB_FORMS.keys() | SPEECH_NOUNS


def _drafts(sentence: Sentence) -> list[Draft]:
    if _CUES.isdisjoint(sentence.keys):
        return []
    reading = Reading(sentence, floor=after_dateline(sentence))
    for index, key in enumerate(sentence.keys):
        if key not in _CUES or is_within_address(sentence, index):
            continue
        if key in PHRASES:
            PHRASES[key](reading, index)
        elif key in VERB_FORMS:
            read_verb(reading, index, VERB_FORMS[key])
        if key in SPEECH_NOUNS:
            read_noun(reading, index)
    return reading.drafts


def _continued(sentence: Sentence, drafts: Sequence[Draft], discourse: Discourse) -> Iterator[Quote]:
    """Give a sentence that is nothing but a quotation to the speaker before it."""
    if drafts:
        return
    is_quotation = bool(sentence.keys) and set(sentence.keys) == {'"'}
    if is_quotation and discourse.previous is not None:
        said = between_marks(sentence.text, sentence.over(0, 1))
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
