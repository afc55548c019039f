"""Does a span overlap any of those already taken?"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable

from geoevents.model import Span

__all__ = ["Taken"]


class Taken:
    """Spans that do not overlap one another, sorted once, so that each question is a bisection.

    >>> Taken([Span(0, 4), Span(10, 12)]).overlaps(Span(3, 8)), Taken([Span(0, 4)]).overlaps(Span(4, 8))
    (True, False)
    """

    def __init__(self, spans: Iterable[Span]) -> None:
        self._spans = sorted(spans)
        self._ends = [span.end for span in self._spans]

    def overlaps(self, span: Span) -> bool:
        """Say whether the span shares a character with one of them."""
        # The first that ends behind the start is the only one that can come too early.
        index = bisect_left(self._ends, span.start + 1)
        return index < len(self._spans) and self._spans[index].start < span.end
