"""Which quotes of a document speak of an event, and whose is a figure?"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

from geoevents.model import Document, Quote
from geoevents.text import Span, name_key

__all__ = ["Sources"]

# A quote that runs on for longer is an article of its own; the bound keeps the search short.
_LONGEST_QUOTE = 5_000


# Words that say nothing of their own and mean what was told just before: "Moscow denied the claim".
_REFERRING = frozenset(
    """it this that them any the a these those such all claim claims report reports allegation allegations
    accusation accusations charge charges responsibility involvement statement account version
    killing killings attack strike incident news""".split()
)
# Such an answer stands in the sentence of what it means, or in one soon after.
_ANSWER_CHARACTERS = 300


class Sources:
    """The quotes of a document, by where they and their cues stand.

    A quote that only refers back ("denied it") goes with the mention before it.
    """

    def __init__(self, document: Document, quotes: Iterable[Quote], mentions: Iterable[Span]) -> None:
        self._quotes = sorted(quotes, key=lambda q: (q.span, q.speaker))
        self._starts = [q.span.start for q in self._quotes]
        longest = max((q.span.end - q.span.start for q in self._quotes), default=0)
        self._reach = min(longest, _LONGEST_QUOTE)
        told = sorted(mentions)
        ends = [span.end for span in told]
        self._answers: dict[Span, list[int]] = {}
        for number, quote in enumerate(self._quotes):
            last = bisect_right(ends, quote.cue.start) - 1
            if last >= 0 and quote.cue.start - ends[last] <= _ANSWER_CHARACTERS and _refers(document, quote):
                self._answers.setdefault(told[last], []).append(number)

    def speaker_of(self, span: Span) -> str | None:
        """Return who is quoted with what stands at `span`, by the narrowest quote; `None` for the text itself."""
        low = bisect_left(self._starts, span.start - self._reach)
        high = bisect_left(self._starts, span.end)
        around = [q for q in self._quotes[low:high] if q.span.contains(span)]
        return min(around, key=lambda q: q.span.end - q.span.start).speaker if around else None

    def of(self, mentions: Sequence[Span]) -> tuple[Quote, ...]:
        """Return the quotes that share words with a mention or answer it, by span and speaker."""
        found: set[int] = set()
        for span in mentions:
            low = bisect_left(self._starts, span.start - self._reach)
            high = bisect_left(self._starts, span.end)
            found.update(i for i in range(low, high) if self._quotes[i].span.overlaps(span))
            found.update(self._answers.get(span, ()))
        return tuple(self._quotes[i] for i in sorted(found))


def _refers(document: Document, quote: Quote) -> bool:
    """Whether all that is quoted refers to what was told before."""
    keys = name_key(quote.span.of(document.text)[:_LONGEST_REFERENCE]).split()
    is_short = quote.span.end - quote.span.start <= _LONGEST_REFERENCE
    return is_short and bool(keys) and all(key in _REFERRING for key in keys)


_LONGEST_REFERENCE = 40
