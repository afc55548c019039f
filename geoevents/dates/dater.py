"""Which day was it written, and which day does each time expression mean?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from geoevents.dates.finding import TimeMention, find_times
from geoevents.dates.reading import Clock
from geoevents.dates.tense import Tense, relation_of, without_preposition
from geoevents.dates.writing import day_of_writing
from geoevents.model import Document, TimeExpression, Timeline
from geoevents.text import plain_letters

__all__ = ["NewsDater"]


class NewsDater:
    """Dates the document and resolves its time expressions against that day.

    The day of writing is the caller's `published`, else a dateline's, else that of a "Published"
    line or a line that is a date, else inferred: from a full date in the text and the weekdays of
    what is reported. Dates that say when the text was written are not among the expressions. A
    fit for `stages.Dater`; it never raises.

    >>> text = "Jets hit a garrison on Thursday, the army said. A truce has held since Feb. 27."
    >>> timeline = NewsDater()(Document(text, published=date(2016, 6, 19)))
    >>> [(e.span.of(text), str(e.value), e.relation) for e in timeline.expressions]
    [('Thursday', '2016-06-16', 'on'), ('Feb. 27', '2016-02-27', 'since')]
    """

    def __call__(self, document: Document, /) -> Timeline:
        """Return the day of writing and the time expressions, in order of span."""
        text = plain_letters(document.text)
        mentions = find_times(text)
        tense = Tense(text)
        published, reason, used = day_of_writing(document, mentions, tense)
        rest = [m for m in mentions if m.span not in used]
        return Timeline(published, _resolve(text, rest, published, tense), reason=reason)


def _resolve(
    text: str, mentions: Sequence[TimeMention], published: date | None, tense: Tense
) -> tuple[TimeExpression, ...]:
    out: list[TimeExpression] = []
    clock, named_in = Clock(published), 0
    for mention in mentions:
        span = without_preposition(text, mention.span)
        sentence = tense.sentence_of(span.start)
        if sentence > named_in + 2:
            # A date named more than two sentences ago is no longer what "earlier" counts from.
            clock = replace(clock, anchor=None)
        is_past = partial(tense.is_past, span)
        reading = mention.read(replace(clock, is_ahead=tense.is_ahead(span), is_past=is_past))
        relation = relation_of(text, mention, reading.value)
        out.append(TimeExpression(span, reading.value, relation=relation, reason=reading.reason))
        if reading.value is not None:
            clock, named_in = replace(clock, anchor=reading.value, year=reading.year or clock.year), sentence
    return tuple(out)
